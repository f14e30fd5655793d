## check-ins: what every one of them says

plain-name = { $child }
plain-number = { $number }
quote = “{ $words }”

checkin-heading = { $child } · { $day }
checkin-many-hint = Tap all that fit, then Done.
checkin-done = ✅ Done
checkin-skip = ⏭ Skip
checkin-keep = Keep it as it is
checkin-not-today = Not with { $child } today
checkin-stop = Stop here
checkin-later = ⏰ Later
checkin-stopped-for = ✓ Your words are kept. The other questions can wait.
checkin-go-on = ▶️ Go on
checkin-now = Answer now
checkin-when-later = When shall we ask again?
checkin-put-off = ⏰ We ask again at { $time }.
checkin-no-later = There is no later time for it today.
checkin-reminder = 🌙 There is time until { $time }, if you like.
checkin-reminder-begun = 🌙 You had begun. The rest can wait until { $time }.
checkin-again = We were away for a while. Your taps may be lost. Here it is again.
checkin-fine = 👍 Looks right
checkin-change = ✏️ Change
checkin-thanks = ✓ Thank you. It is kept.
checkin-late = Answered later, and marked so.
checkin-excused = ✓ Not with { $child } today. Thank you for saying so.
checkin-skipped = ✓ That is fine. Nothing was kept.
checkin-expired = This check-in is closed now. That is okay.
    You can still answer if you like.
checkin-over = This check-in is closed now. That is okay.
checkin-part-kept = This check-in is closed now. Your answers are kept.
checkin-answer-late = Answer for { $day }
checkin-moved = This check-in moved to a newer message below.
checkin-closed-toast = This check-in is closed.
checkin-moved-on = This question was answered already.
button-gone = This button is too old. Please use a newer message.
one-moment = One moment, please.

choose-child = For which child?
choose-child-done = ✓ All right. See below.
