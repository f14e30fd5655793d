## practice: the home-practice log

practice-name = Home practice

practice-done = { $step }: done?
practice-done-short = { $step }
practice-done-yes = Yes
practice-done-a_little = A little
practice-done-no = No

practice-help = How did { $child } do?
practice-help-short = How { $child } did
practice-help-did_not_want = Did not want to
practice-help-lots = With lots of help
practice-help-some = With some help
practice-help-alone = Alone

practice-long = How long?
practice-long-short = How long
practice-long-under_5 = Under 5 minutes
practice-long-from_5 = 5 to 10 minutes
practice-long-from_10 = 10 to 20 minutes
practice-long-over_20 = Over 20 minutes

practice-barrier = What got in the way?
practice-barrier-short = In the way
practice-barrier-no_time = No time
practice-barrier-did_not_want = { $child } did not want to
practice-barrier-not_sure_how = Not sure how
practice-barrier-sick = Sick
practice-barrier-away = Away
practice-barrier-forgot = It slipped our minds
practice-barrier-other = Other

practice-barrier_other = What was it?
    Write it, or send a voice note.
practice-barrier_other-short = What it was

## what comes back for what got in the way

practice-tip-own = 💡 { $name } says: “{ $words }”
practice-tip-no_time = 💡 Two minutes count too. Pick a moment you have anyway.
practice-tip-did_not_want = 💡 A “no” is fine. Try again later, shorter, as a game.
practice-tip-not_sure_how = 💡 Here is how it goes. { $name } will see that you asked.
practice-tip-not_sure_how-none = 💡 Good that you say so. { $name } will see it.
practice-tip-sick = 💡 Rest comes first. Practice can wait.
practice-tip-away = 💡 That is fine. It goes on when you are together again.
practice-tip-forgot = 💡 A fixed moment helps. You can pick one for tomorrow.
practice-tip-other = 💡 Thank you. { $name } will read this.

## /practice

practice-which = 🏠 What did you practise with { $child }?
practice-nothing = 🏠 There is no home step for { $child } now.
    { $name } can give you one.
practice-next = ➡️ Next: { $step }
practice-button-how = 📖 How to
practice-button-book = 📅 Tomorrow
practice-how = 📖 <b>{ $step }</b>
practice-how-routine = When: { $routine }
practice-how-none = There is no more to it yet. Ask { $name } at any time.

practice-book = 📅 When tomorrow?
    { $step }
practice-book-other = Other hours
practice-book-usual = { $routine }, { $hour }
practice-booked = ✓ Tomorrow at { $hour }. I will remind you then.
    { $step }
practice-unbook = Not tomorrow
practice-unbooked = ✓ All right, no reminder.
practice-moment = ⏰ This is the moment you picked.
practice-yesterday = 🙂 How did it go?

routine-bath = At bath time
routine-car = In the car
routine-meal = At a meal
routine-bedtime = At bedtime
routine-play = At play
routine-dressing = When getting dressed
routine-other = Any time of the day
