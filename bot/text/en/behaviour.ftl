## behaviour: one moment, while it is fresh

behaviour-name = Behaviour

behaviour-what = What happened?
behaviour-what-short = What happened
behaviour-what-other = Something else

behaviour-what_words = What happened? Just as a camera would show it.
    Write it, or send a voice note.
behaviour-what_words-short = What happened

behaviour-what_other = What did you see? Just as a camera would show it.
    Write it, or send a voice note.
behaviour-what_other-short = What was seen

behaviour-before = What was just before?
behaviour-before-short = Just before
behaviour-before-asked = Asked to do something
behaviour-before-told_no = Told no
behaviour-before-change = Had to stop or change
behaviour-before-waiting = Waiting
behaviour-before-busy = Someone left or was busy
behaviour-before-noise = Noise or crowd
behaviour-before-alone = Alone
behaviour-before-not_sure = Not sure
behaviour-before-other = Other

behaviour-after = What was just after?
behaviour-after-short = Just after
behaviour-after-talked = We talked or hugged
behaviour-after-gave = We gave it
behaviour-after-said_no = We said no
behaviour-after-stopped = The task stopped
behaviour-after-waited = We waited
behaviour-after-calm_place = Moved to a calm place
behaviour-after-other = Other

behaviour-long = How long was it?
behaviour-long-short = How long
behaviour-long-under_1 = Under 1 minute
behaviour-long-from_1 = 1 to 5 minutes
behaviour-long-from_5 = 5 to 15 minutes
behaviour-long-over_15 = Over 15 minutes

behaviour-strong = How strong was it?
behaviour-strong-short = How strong
behaviour-strong-mild = Mild
behaviour-strong-medium = Medium
behaviour-strong-strong = Strong
behaviour-strong-hurt = Someone could get hurt

behaviour-safe = Is everyone safe now?
behaviour-safe-short = Everyone safe
behaviour-safe-yes = Yes
behaviour-safe-no = No
behaviour-safe-not_sure = Not sure
behaviour-safe-after-yes = Good that everyone is safe.

behaviour-where = Where was it?
behaviour-where-short = Where
behaviour-where-home = At home
behaviour-where-out = Out
behaviour-where-school = At school
behaviour-where-car = In the car
behaviour-where-other = Other

behaviour-day = Was there anything else that day?
behaviour-day-short = That day
behaviour-day-bad_sleep = Little sleep
behaviour-day-sick = Sick
behaviour-day-hungry = Hungry
behaviour-day-new_place = New place
behaviour-day-change_of_plan = Change of plan
behaviour-day-none = None of these

behaviour-observed = How long were you with { $child } that day?
behaviour-observed-short = With { $child }
behaviour-observed-under_1 = Under 1 hour
behaviour-observed-from_1 = 1 to 3 hours
behaviour-observed-from_3 = 3 to 6 hours
behaviour-observed-over_6 = Over 6 hours

## /behaviour: what to tell

behaviours-start = What would you like to tell of { $child }?
behaviours-now = ⚡ Something happened just now
behaviours-earlier = 🕐 Something happened earlier today
behaviours-count = 🔢 How often it was today
behaviours-which-hour = At about which hour?
behaviours-no-hour = The day is still young. Tell it as something just now.
behaviours-which = Which one?
behaviours-band = { $day }: how often was it?
    { $what }
behaviours-band-none = Not once
behaviours-band-one = Once
behaviours-band-two_three = 2 or 3 times
behaviours-band-four_six = 4 to 6 times
behaviours-band-seven_more = 7 times or more
behaviours-counted = ✓ Kept for { $day }.
    { $what }: { $band }
    With { $child }: { $observed }

## behaviours that a therapist and a family look at

targets-title = <b>What we look at with { $child }</b>
targets-none = Nothing is agreed yet.
targets-line = 🎯 { $what }
targets-full = Six at a time are enough. Take one away first.
targets-button = 🎯 Behaviours
targets-button-add = ➕ A behaviour
targets-button-text = ✏️ Words
targets-button-end = ✓ Take it away
targets-ask-text = What shall the family look at? A few words.
    Say what a camera would see, like “throws the cup”.
    /cancel leaves it as it is.
targets-end-sure = Take this away?
    What was told of it stays.
targets-end-yes = Take it away
