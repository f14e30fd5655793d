## visits: what a therapist agrees with a family

meeting-title = <b>Your visits</b>
meeting-none = No visit is planned yet.
meeting-button-new = ➕ Plan a visit
meeting-whom = Whom do you want to see?
meeting-which-day = Which day, for { $child }?
meeting-which-hour = { $day }: which hour?
    A dot marks an hour that is taken.
meeting-which-kind = { $when }. How do you meet?
meeting-which-who = Who is asked to come?
    Each is asked alone, and learns of nobody else.
meeting-who-all = Everyone
meeting-kind-person = 🏠 In person
meeting-kind-video = 📹 By video
meeting-button-later = Later days ▶️
meeting-button-sooner = ◀️ Sooner days
meeting-button-move = 📅 Another time
meeting-button-again = 🔁 Also a week later
meeting-button-turn = 🔄 In person or video
meeting-button-write = ✏️ Place or link
meeting-button-off = Call it off
meeting-button-list = ◀️ All visits
meeting-button-back = ◀️ Back to the visit
meeting-one = <b>{ $child }</b>: { $when }
meeting-note = { $note }
meeting-nobody = Nobody is asked to come yet.
meeting-asked-waits = { $name } hears of it when they join.
meeting-asked-soon = { $name } hears of it soon.
meeting-asked-told = { $name } knows of it.
meeting-asked-yes = ✓ { $name } comes.
meeting-asked-no = ✗ { $name } cannot come.
meeting-asked-clock = On their clock: { $when }.
meeting-button-ask = ➕ Ask { $name }
meeting-button-unask = ➖ Not { $name }
meeting-write = Where do you meet? Write the place or the link.
    Write - to leave it empty.
meeting-write-long = Please use at most { $most } letters.
meeting-off-sure = Call off this visit? Who knows of it is told.
meeting-off-yes = Yes, call it off
meeting-off-done = ✓ It is called off.
meeting-taken = There is a visit with this family at that hour.
meeting-report-no = { $name } cannot come: { $child }, { $when }.
meeting-report-yes = { $name } can come after all: { $child }, { $when }.

## visits: what a family sees

meetings-title = <b>Your visits</b>
meetings-none = No visit is planned now. I tell you when one is.
meetings-agreed = 📅 { $name } asks you to a visit for { $child }.
meetings-changed = 📅 The visit for { $child } has changed.
meetings-cancelled = 📅 { $name } called off this visit for { $child }:
meetings-tomorrow = 📅 Tomorrow is your visit for { $child }.
meetings-line = { $child }: { $when }
meetings-said-yes = ✓ You come. Thank you.
meetings-said-no = ✓ You cannot come. { $name } hears of it.
meetings-button-yes = 👍 I come
meetings-button-no = I cannot come
meetings-button-after-all = 👍 I can come after all
meetings-button-yes-on = 👍 I come: { $day }
meetings-button-no-on = I cannot come: { $day }
