## pulse: the daily check-in

pulse-name = Daily check-in

pulse-day = How was { $child }'s day?
pulse-day-short = The day
pulse-day-very_hard = 😣 Very hard
pulse-day-hard = 🙁 Hard
pulse-day-ok = 😐 OK
pulse-day-good = 🙂 Good
pulse-day-great = 😀 Great
pulse-day-after-very_hard = Thank you for telling us. That sounds like a very hard day.
pulse-day-after-hard = Thank you for telling us. Some days are hard.
pulse-day-after-great = Good to hear.

pulse-hard = What made it hard?
pulse-hard-short = What made it hard
pulse-hard-tired = Tired
pulse-hard-sick = Sick
pulse-hard-change_of_plan = Change of plan
pulse-hard-noise = Noise or crowd
pulse-hard-conflict = Conflict
pulse-hard-not_sure = Not sure
pulse-hard-other = Other

pulse-well = What went well?
    Write it, or send a voice note.
pulse-well-short = What went well

pulse-step = Did you try the home step: { $step }?
pulse-step-short = Home step
pulse-step-yes = Yes
pulse-step-a_little = A little
pulse-step-not_today = Not today

pulse-say = Anything { $name } should know?
    Write it, or send a voice note.
pulse-say-short = For { $name }
