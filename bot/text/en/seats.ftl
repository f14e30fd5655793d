## one caregiver, as the therapist arranges them

seat-button-one = 👤 { $name }: days, limits, more
seat-days-every = { $child } is with them every day.
seat-days = { $child } is with them: { $days }.
seat-days-now = { $days }, with this week
seat-days-next = { $days }, from next week
seat-caps = At most { $prompts } a day, and { $content } a week.
seat-wished = They wish for { $prompts } a day.
seat-prompts = { $n ->
    [one] { $n } question
   *[other] { $n } questions
}
seat-content = { $n ->
    [0] no other message
    [one] { $n } other message
   *[other] { $n } other messages
}
seat-link-asked = 🔗 They are asked whether they share with { $name }.
seat-link-both = 🔗 Shared with { $name }: both answer, kept apart.
seat-link-first = 🔗 Shared with { $name }: the first answer is enough.
seat-button-add = ➕ Another plan
seat-button-days = 🏠 Days with { $child }
seat-button-cap = 🔢 How much at most
seat-button-link = 🔗 Share a check-in
seat-button-unlink = 🔗 End the sharing
seat-button-back = ◀️ Back to { $name }
seat-which-plan = What else shall we ask?
seat-which-days = On which days is { $child } with them?
    On other days nothing is asked, and nothing counts.
seat-button-weeks = Every second week
seat-button-each = Each week
seat-button-turn = 🔄 The other week
seat-which-cap = How much may they get at most?
    Other messages are lines to share with { $child } and the like.
    What you write, visits and goals always arrive.
seat-which-other = Who shares the check-in with { $name }?
    Each is asked alone. They learn of each other only if both agree.
seat-which-kind = What is shared?
seat-kind-both = Both answer, kept apart
seat-kind-first = The first answer is enough
seat-linked = ✓ Both are asked now, each alone.

## what two caregivers hear of sharing

link-asked = { $name } asks: would you share { $child }’s questions with another caregiver?
    This does not say that there is one here.
    You would learn each other’s names only if you both agree.
link-asked-free = You are free to say no. Nobody else hears of it.
link-kind-both = Both answer. Each answer is kept apart.
link-kind-first = One answer is enough for both.
link-button-no = I answer on my own
link-button-yes = Yes, I share
link-said-no = ✓ You answer on your own. Thank you.
link-said-yes = ✓ Thank you. You hear of it again only if it is set up.
link-linked = 🔗 You and { $name } now share the questions for { $child }.
link-yours = You can end it at any time in /settings.
link-ended = 🔗 You now answer the questions for { $child } on your own.
link-line = 🔗 Shared for { $child }: { $name }
link-button-end = 🔗 End sharing with { $name }
link-end-sure = Shall each of you answer alone again?
    { $name } is told that it has ended.
link-end-yes = Yes, end it
checkin-answered-by = ✓ { $name } has answered this one. Thank you both.
checkin-answered-by-other = ✓ This one is answered already. Thank you both.
digest-state-rest-cap = held back: enough was asked
digest-state-rest-answered_by_other = answered by the other caregiver
digest-state-rest-not_followed = its first check-in was not answered
