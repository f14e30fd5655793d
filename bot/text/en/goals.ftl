## goals, as a family sees them (/goals)

goals-name = How close are we?
goals-close = How close is { $child } to: { $item }?
    0 is not there at all, 10 is fully there.
goals-close-short = 🎯 { $item }
goals-why = What makes you say so?
    Write it, or send a voice note.
goals-why-short = Why this number
goals-right = Is this still the right goal: { $item }?
goals-right-short = Still the right goal
goals-right-yes = Yes
goals-right-not_sure = Not sure
goals-right-no = No
goals-right-after-no = Good to know. { $name } will talk about it with you.
goals-title = <b>Goals for { $child }</b>
goals-none = There are no goals yet.
    A wish of yours is a good first step.
goals-new = ✍️ { $name } asks you about: { $goal }
goals-active = 🎯 { $goal }
goals-wishes = 💭 Your wishes:
goals-wish-line = • { $words }
goals-button-wish = 💭 A wish
goals-button-progress = 🌱 How far we have come
goals-button-reached = 🎉 Goals that were reached
goals-button-all = ◀️ All goals
goals-button-rate = How close are we? Rate now
goals-button-see = ✍️ { $goal }
goals-button-one = 🎯 { $goal }
goals-ask-wish = What do you wish for { $child }?
    Write it in your own words, or send a voice note.
goals-wish-kept = 💭 Kept as a wish. { $name } will see it.
goals-wish-kept-alone = 💭 Kept as a wish.
goals-later = Not now
goals-skip = ⏭ Skip

goal-heading = <b>🎯 { $goal }</b>
goal-asks = { $name } suggests this goal. What do you say?
goal-asks-again = { $name } changed this goal. What do you say?
    Until you agree, the one from before stays.
goal-part-place = Where or with whom: { $words }
goal-part-help = With how much help: { $words }
goal-part-measure = How often or how well: { $words }
goal-part-by = By: { $day }
goal-part-why = Why it matters to us: { $words }
goal-levels = What we may see:
goal-level-2 = Much more than we hope for
goal-level-1 = A little more
goal-level-0 = What we hope for
goal-level-m1 = A little less
goal-level-m2 = Much less
goal-level-m3 = Harder than at the start
goal-level-line = { $level }: { $words }
goal-now = Where we are now, { $day }: { $words }
goal-you-rated-one = You said: { $now } of 10, on { $day }
goal-you-rated = You said: { $start } of 10 at the start, now { $now } of 10.
    Ratings so far: { $n }. The newest is from { $day }.
goal-you-rated-last = You said: { $start } of 10 at the start, then { $last }, now { $now }.
    Ratings so far: { $n }. The newest is from { $day }.
goal-your-change = You asked for a change: { $words }
goal-your-change-none = You asked for a change. { $name } will look at it.
goal-your-talk = You want to talk about it. { $name } knows.
goal-agreed-on = ✓ You agreed on { $day }.
goal-reached-on = 🎉 Reached on { $day }
goal-closed-on = Ended on { $day }
goal-button-agree = 👍 I agree
goal-button-change = ✏️ I would change something
goal-button-talk = 💬 Let’s talk about it
goal-button-why = Why it matters to us
goal-ask-why = Why does this matter to your family?
    Write one line, or send a voice note.
goal-ask-change = What would you change?
    Write it, or send a voice note.
goal-thanks-agree = ✓ Thank you. You agreed to this goal.
goal-thanks-change = ✓ Thank you. { $name } will look at it again.
goal-thanks-talk = ✓ Thank you. { $name } will talk about it with you.
goal-kept-change = ✓ Kept. { $name } will see what you would change.
goal-kept-why = ✓ Kept. It stands with the goal now.
goal-kept-talked = ✓ Kept. Thank you both.

goal-proposal = { $name } has a goal for { $child }:
goal-was-reached = 🎉 { $child } reached a goal!
    { $goal }
    Thank you for all the small steps on the way.
goal-starter = 💬 A line to share with { $child } this week:
goal-starter-own = “{ $words }”
goal-starter-1 = “What was fun this week about: { $goal }?”
goal-starter-2 = “Who could you show it to: { $goal }?”
goal-starter-3 = “What helps you most with: { $goal }?”
goal-starter-4 = “When did you feel proud about: { $goal }?”
goal-button-talked = ✓ We talked about it
goal-button-no-starters = No such lines, please
goal-ask-talked = ✓ Lovely. Did { $child } say something about it?
    Write it as { $gender ->
        [female] she
        [male] he
       *[unsaid] they
    } said it, or send a voice note.
goal-no-starters = ✓ No such lines come any more.

## goals, as a therapist shapes them (/goal)

shaping-title = Whose goals shall we look at?
shaping-none = No family is with you yet. /invite brings one.
shaping-child = <b>Goals for { $child }</b>
shaping-nothing = No goal and no wish yet.
    The family can write a wish with /goals.
shaping-wishes = 💭 Wishes of the family:
shaping-wish = • { $name }: { $words }
shaping-draft-line = 📝 Draft: { $goal }
shaping-untitled = no words yet
shaping-goal-line = 🎯 { $goal }
shaping-agreed = ✓ { $name } agreed on { $day }
shaping-waiting = ⏳ { $name } was asked
shaping-change = ✏️ { $name } would change something: { $words }
shaping-change-none = ✏️ { $name } would change something
shaping-talk = 💬 { $name } wants to talk about it
shaping-older = { $name } works by the version before
shaping-why = { $name }: why it matters: { $words }
shaping-child-said = { $child } said, by { $name }: { $words }
shaping-level = Your level: { $level }, set on { $day }
shaping-level-words = Your level: { $level }, set on { $day }: { $words }
shaping-no-level = You have set no level yet.
shaping-rated-one = { $name }: { $now } of 10 on { $newest }. One rating so far.
shaping-rated = { $name }: { $start } → { $now } of 10 since { $day }
    { $n } ratings, the newest on { $newest }.
shaping-rated-last = { $name }: { $start } → { $last } → { $now } of 10 since { $day }
    { $n } ratings, the newest on { $newest }.
shaping-rated-why = { $name } said, { $day }: { $words }
shaping-right-no = { $name } asks for another goal ({ $day }). Something to talk about.
shaping-right-not_sure = { $name } is not sure of this goal ({ $day }). Something to talk about.
shaping-differ = Views differ by { $points } points. Something to talk about.
shaping-differ-level = { $name } and you see it in two ways. Something to talk about.
shaping-t = T-score: { $t }. Goals with a level: { $scored } of { $count }.
shaping-t-none = T-score: none yet. Goals with a level: { $scored } of { $count }.
shaping-weight = Weight: importance { $importance }, difficulty { $difficulty }
shaping-versions = Version { $number }. Those before it are kept.
shaping-version-line = <b>Version { $number }</b>, { $day }
shaping-edit-waits = 📝 You are changing it. The family sees nothing of that yet.
shaping-button-make = 💭 Make a goal: { $words }
shaping-button-draft = 📝 { $goal }
shaping-button-new = ➕ New goal
shaping-button-all = ◀️ All families
shaping-button-ended = Goals that ended
shaping-button-next = ▶️ Next: { $step }
shaping-button-send = 📨 Send it to the family
shaping-button-drop = Give the draft up
shaping-button-level = Set the level
shaping-button-edit = ✏️ Change it
shaping-button-weigh = ⚖️ Weight
shaping-button-reached = 🎉 Reached
shaping-button-closed = End it
shaping-button-versions = Versions
shaping-button-hear = 🎤 { $name }
shaping-button-following = ▶️ The next step
shaping-button-goal = ◀️ Back to the goal
shaping-button-shape = All parts
shaping-sent = ✓ On its way. Each caregiver is asked alone.
shaping-refused-nothing_said = First say what { $child } will do.
shaping-refused-enough = Three goals are open already. End one first.
shaping-refused-nobody = Nobody of the family has joined yet.
shaping-refused-unchanged = There is nothing new to send.
shaping-step-what = What { $child } does
shaping-step-place = Where or with whom
shaping-step-help = How much help
shaping-step-measure = How often or how well
shaping-step-by = By when
shaping-step-scale = Where it starts
shaping-step-l0 = 0: as expected
shaping-step-l1 = +1: a little more
shaping-step-l2 = +2: much more
shaping-step-m1 = −1: a little less
shaping-step-m2 = −2: much less
shaping-step-m3 = −3: worse than now
shaping-step-why = Why it matters to them
shaping-step-starter = Line for the child
shaping-ask-what = What will { $child } do?
    Something that anybody could see.
shaping-ask-place = Where will it be, or with whom?
shaping-ask-help = With how much help?
shaping-ask-measure = How often, or how well?
shaping-ask-by = By when?
shaping-ask-scale = Where does { $child } stand at the start?
shaping-ask-l0 = What is the result you expect? This is level 0.
    One thing that can be seen.
shaping-ask-l1 = What is a little more? This is level +1.
shaping-ask-l2 = What is much more? This is level +2.
shaping-ask-m1 = What is a little less? This is level −1.
shaping-ask-m2 = What is much less? This is level −2.
shaping-ask-m3 = What would be worse than now? This is level −3.
shaping-ask-why = Why does it matter to { $name }?
    Write it in their own words. Only they and you see it.
shaping-ask-whose-why = Whose words are they?
shaping-ask-starter = A line to talk about with { $child }, in child’s words?
shaping-has = It says now: { $words }
shaping-wished = The wish was: { $words }
shaping-empties = “-” empties it. /cancel ends the question.
shaping-too-long = Please write one short line, at most { $most } letters.
shaping-place-home = at home
shaping-place-out = out and about
shaping-place-school = at school
shaping-place-family = with the family
shaping-help-alone = alone
shaping-help-little = with a little help
shaping-help-lots = with lots of help
shaping-measure-day = once a day
shaping-measure-days = on most days
shaping-measure-times = 4 of 5 times
shaping-by-0 = no date
shaping-by-weeks = in { $n } weeks, { $day }
shaping-scale-from_minus_1 = Starts at −1
shaping-scale-from_minus_2 = Starts at −2: nothing less is likely
shaping-scale-down_to_minus_3 = Starts at −2, with −3 for worse
shaping-which-level = Where is { $child } now?
    The level gets today’s date.
shaping-level-button = { $level }: { $words }
shaping-level-kept = ✓ Level { $level } is kept.
shaping-which-importance = How important is it to the family?
    0 is not at all, 3 is very much.
shaping-which-difficulty = How hard is it?
    0 is not at all, 3 is very hard.
shaping-sure-reached = Shall this goal count as reached?
    Who agreed to it is told, kindly.
shaping-sure-closed = Shall this goal end here?
    All of it is kept.
shaping-yes-reached = Yes, reached
shaping-yes-closed = Yes, end it
shaping-is-reached = 🎉 Reached. The family will hear of it.
shaping-is-closed = ✓ Ended. It stands with the goals that ended.
shaping-tell-agree = ✓ { $name } agreed to a goal for { $child }: { $goal }
shaping-tell-change = ✏️ { $name } would change a goal for { $child }: { $goal }
shaping-tell-talk = 💬 { $name } wants to talk about a goal for { $child }: { $goal }
shaping-tell-wish = 💭 { $name } has a wish for { $child }: { $words }
shaping-button-open = Open it
