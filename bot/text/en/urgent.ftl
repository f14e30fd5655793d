## urgent: the safety card

urgent-button = 🆘 Urgent help
urgent-title = If someone is in danger, please call now.
urgent-no-numbers = Please call the emergency number of your country.
urgent-at-once = If someone is in danger, please call { $number } now.
    Our computer has a problem. Nobody here knows yet.
urgent-at-once-no-number = If someone is in danger, please call for help now.
    Use the emergency number of your country.
    Our computer has a problem. Nobody here knows yet.
urgent-told = We are telling your therapist now.
    It may take time until it is read.
urgent-nobody = We could not tell anyone here.
    Please call.
urgent-not-on-call = Nobody is on call here now. Please do not wait for an answer.
urgent-words-kept = ✓ Your words are kept.
    Some of them may be about danger. We ask too often.
urgent-not-watched = This chat is not watched. It cannot send help.
urgent-question = Is anyone in danger right now?
urgent-yes = Yes
urgent-no = No
urgent-unsure = Not sure
urgent-false = It was a false alarm
urgent-after-yes = Please call now. Stay with the person if you can.
urgent-after-no = Thank you. We pass that on.
    If that changes, please call.
urgent-after-unsure = If you are not sure, please call. It is always right to ask.
urgent-after-false = ✓ All right, a false alarm. We pass that on.
urgent-therapist = Urgent help, level red. Case { $case }. Please look now.
urgent-therapist-yes = Urgent help: the family says someone is in danger.
urgent-therapist-no = Urgent help: the family says nobody is in danger now.
urgent-therapist-unsure = Urgent help: the family is not sure about danger.
urgent-therapist-false = Urgent help: the family says it was a false alarm.
urgent-open = Open
urgent-take = ✋ I have it
urgent-taken-by = Urgent: { $name } has it.
urgent-mail = Please open the chat with the bot. The details are there.
urgent-amber = Level amber. Case { $case }. Please look today.
urgent-amber-words = { $child }: words of { $name } for you to see today.
urgent-words-err = Found by a list of words. It misses much and errs often.
urgent-step-told = { $when }: { $name } was told.
urgent-step-out_of_reach = { $when }: { $name } could not be reached.
urgent-step-nobody = { $when }: nobody was on call.
urgent-step-mail = { $when }: an e-mail to { $name } was asked for.
urgent-step-mailed = { $when }: the e-mail to { $name } went out.
urgent-step-mail_failed = { $when }: the e-mail to { $name } did not go out.
urgent-step-taken = { $when }: { $name } has it.
urgent-step-false_alarm = { $when }: the family says it was a false alarm.
urgent-step-passed_on = { $when }: the family’s answer was sent to { $name }.
urgent-family = { $child }: open the family
urgent-topic-suicide = suicide
urgent-topic-self_harm = self-harm
urgent-topic-violence = violence
urgent-topic-injury = injury
urgent-topic-fit = a fit
urgent-topic-breathing = breathing
urgent-topic-poison = poison
urgent-topic-weapon = a weapon
urgent-topic-missing = a missing child
urgent-topic-breaking_point = at breaking point
urgent-topic-lost_skill = a lost skill
urgent-topic-medicine = medicine
urgent-topic-school = school
urgent-topic-running_away = running away
urgent-details = { $child }: { $name } pressed “Urgent help”.
    { $when }.
urgent-details-words = { $child }: words of { $name } may be about danger.
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
urgent-line-text = text message: { $number }
urgent-hours = { $days } { $first }–{ $last }
urgent-hours-days = { $first }–{ $last }
urgent-hours-always = day and night
