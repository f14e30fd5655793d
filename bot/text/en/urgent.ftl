## urgent: the safety card

urgent-button = 🆘 Urgent help
urgent-title = If someone is in danger, please call now.
urgent-no-numbers = Please call the emergency number of your country.
urgent-told = We are telling your therapist now.
    It may take time until it is read.
urgent-nobody = We could not tell anyone here.
    Please call.
urgent-not-watched = This chat is not watched. It cannot send help.
urgent-question = Is anyone in danger right now?
urgent-yes = Yes
urgent-no = No
urgent-unsure = Not sure
urgent-false = It was a false alarm
urgent-after-yes = Please call now. Stay with the person if you can.
urgent-after-no = Thank you. Your therapist knows that you pressed the button.
    If that changes, please call.
urgent-after-unsure = If you are not sure, please call. It is always right to ask.
urgent-after-false = ✓ All right. Your therapist knows it was a false alarm.
urgent-therapist = A family pressed “Urgent help”. Please look now.
urgent-therapist-yes = Urgent help: the family says someone is in danger.
urgent-therapist-no = Urgent help: the family says nobody is in danger now.
urgent-therapist-unsure = Urgent help: the family is not sure about danger.
urgent-therapist-false = Urgent help: the family says it was a false alarm.
urgent-open = Open
urgent-details = { $child }: { $name } pressed “Urgent help”.
    { $when }.
urgent-state-open = The question “Is anyone in danger?” has no answer yet.
urgent-state-yes = Answer: yes, someone is in danger.
urgent-state-no = Answer: nobody is in danger now.
urgent-state-unsure = Answer: not sure.
urgent-state-false = The family says it was a false alarm.
urgent-line-emergency = Emergency
urgent-line-crisis = Crisis line
urgent-line-child = Child helpline
urgent-line-protection = Child protection
urgent-line-poison = Poison line
