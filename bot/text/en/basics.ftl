## basics: sleep, eating, feelings

basics-name = Sleep, eating, feelings

basics-sleep = How was last night's sleep?
basics-sleep-short = Sleep
basics-sleep-very_bad = 😣 Very bad
basics-sleep-bad = 🙁 Bad
basics-sleep-ok = 😐 OK
basics-sleep-good = 🙂 Good
basics-sleep-very_good = 😀 Very good

basics-woke = How often did { $child } wake up?
basics-woke-short = Woke up
basics-woke-zero = Not once
basics-woke-one = Once
basics-woke-two_three = 2 or 3 times
basics-woke-four_more = 4 times or more

basics-eating = How did { $child } eat yesterday?
basics-eating-short = Eating
basics-eating-much_less = Much less
basics-eating-less = Less
basics-eating-usual = As usual
basics-eating-more = More
basics-eating-twice-much_less = Two days with much less food.
    Please call your doctor about eating.

basics-card_used = You took a card: { $item }. Did you use it?
basics-card_used-short = Card used: { $item }
basics-card_used-yes = Yes
basics-card_used-no = Not yet
basics-card_helped = Did it help?
basics-card_helped-short = Card helped: { $item }
basics-card_helped-no = No
basics-card_helped-a_little = A little
basics-card_helped-yes = Yes

basics-feelings = Were there big feelings?
basics-feelings-short = Big feelings
basics-feelings-none = None
basics-feelings-few = A few, calmed with help
basics-feelings-many = Many
basics-feelings-could_not = Could not calm
basics-feelings-after-could_not = Thank you for telling us. That is hard for everyone.

basics-calm = What helped to calm?
basics-calm-short = Helped to calm
basics-calm-other = Something else
basics-calm-nothing = Nothing

basics-card = Shall we send a card for the next time?
basics-card-short = Card
basics-card-no_thanks = No, thank you

basics-sick = Is { $child } sick?
basics-sick-short = Sick
basics-sick-no = No
basics-sick-yes = Yes
basics-sick-after-yes = Get well soon, { $child }.
