## rights: a caregiver's access, and who treats a child

rights-button = 🔑 Access
rights-open = { $name }: access to { $child }, without an end
rights-until = { $name }: access to { $child } until { $day }
rights-over = ⏸ { $name }: access ended on { $day }
rights-suspended = ⏸ { $name }: access suspended on { $day }
rights-paper = It rests on: { $paper }
rights-no-paper = No paper is noted.
rights-how = Suspending works at once, on old buttons too.
    A question that is open closes.
    Nobody is told. What was said stays.
rights-suspend = ⏸ Suspend now
rights-give-back = ▶️ Give access back
rights-button-until = Until when
rights-button-paper = On what paper
rights-which-until = How long shall { $name } have access?
rights-months = { $n ->
        [one] { $n } month
       *[other] { $n } months
    }
rights-another-day = Another day
rights-which-day = Which is the last day for { $name }?
rights-no-end = Without an end
rights-button-may = What they may do
rights-which-may = What may { $name } do?
rights-may-all = They answer, and see what you share.
rights-may-own = They answer, and see only what they gave.
rights-may-read = They see what you share. They are asked nothing.
rights-may-how = A change works at once, on old buttons too.
    Urgent help works for everybody.
rights-preset-all = Answer and see all
rights-preset-own = Answer, see own entries
rights-preset-read = Only see
rights-ask-paper = On what paper does it rest? One line, please.
    Only the clinic reads it. /cancel leaves it.
rights-drop-paper = No paper
rights-too-long = Please write one short line, at most { $most } letters.
rights-ended = The access of { $name } to { $child } has ended, as agreed.
case-button = 👥 Who treats
case-title = { $child } is treated by:
case-lead = { $name }
case-co = { $name }, who helps
case-stand-in = { $name }, who stands in until { $day }
case-how = Who helps sees all. Only you give access.
case-add = ➕ A colleague helps
case-drop = ✖️ No more: { $name }
case-give = Hand over
case-which-helper = Which colleague helps with { $child }?
case-which-next = Who takes { $child } over?
case-no-colleague = No other therapist has joined here yet.
case-sure = Hand { $child } over to { $name }?
    You will not see the family any more.
case-yes = Hand over now
case-given = ✓ { $child } is with { $name } now.
case-yours = The family of { $child } is with you now.
case-helps = You help with the family of { $child } now.
case-open = Open
case-new-reader = { $name } reads what you share about { $child } now.
    Nothing is lost.
case-over = 🏁 Care is over
case-over-sure = Is the care of { $child } over?
    Questions and visits end, and nobody here has access any more.
    What was said stays at the clinic for its time.
case-over-yes = Yes, it is over
case-over-done = ✓ The care of { $child } is over.
    The family hears it in their hours.
    You can take this back for a week.
case-over-undo = ↩️ Take this back
case-over-back = ✓ The care of { $child } goes on, as it was.
    Links between caregivers have ended.
case-over-told = The care of { $child } here is over. Thank you for all you told.
    What you gave is still yours: /privacy shows it.
case-over-told-visits = A visit that was planned is off.
case-over-told-back = The care of { $child } goes on. Questions come again.
case-over-told-back-visits = The visit that was planned stands again.
