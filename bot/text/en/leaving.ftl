## leaving: taking the own entries along, and deleting them

leave-therapist = This is for families and what they gave.
    Your clinic can make a copy for you.
leave-coming = 📄 I put your entries together.
    Two files come in a moment.
leave-page = Everything you gave, to read. It opens in any browser.
leave-data = The same for other programs.
leave-sure = <b>Shall I delete everything you gave?</b>
    Your answers, notes and photos go, and so does your place here.
    It cannot be brought back.
    What other caregivers gave stays.
    Your care goes on as before.
leave-sure-help = What was urgent stays with the clinic, as you sent it.
leave-stay = No, keep it
leave-copy-first = Give me a copy first
leave-yes = Yes, delete it all
leave-kept = ✓ Nothing was deleted.
leave-done = ✓ It is deleted. Thank you for all you told.
    Older messages stay in this chat until you delete the chat.
    Your care goes on as before.
leave-held = ✋ The law asks your clinic to keep this for now.
    Nothing was deleted. Your clinic knows of your wish.
    You can still take your agreement back.
leave-held-notice = { $name } wishes to delete what they gave for { $child }.
    The law asks to keep it for now. Please tell who decides.
leave-notice = { $name } deleted what they gave for { $child }.
    No more questions go to them.
leave-doc-title = Your entries at { $clinic }
leave-doc-made = Made on { $day }.
leave-doc-readers = Read by { $names }.
leave-doc-step = A home step: { $step }
leave-doc-since = You are here since { $day }.
leave-doc-zone = Clock: { $zone }
leave-doc-fast = You fast in Ramadan. One question comes, from { $hour } on.
leave-doc-journey = You are on a journey until { $day }.
leave-doc-before-visits = Before a visit you see what to raise.
leave-doc-rest = { $kind ->
        [pause] A pause
        [ill] Someone was ill
        [busy] A busy week
       *[other] A school break
    }: { $first } to { $last }
leave-doc-shared = You share a check-in, since { $day }.
leave-doc-waiting = { $purpose ->
        [voice] A voice note waits for your yes.
       *[other] A picture waits for your yes.
    }
leave-doc-not-handled = Something from you could not be read here.
leave-doc-card = A coping card: { $card }
leave-doc-a-goal = A goal: { $goal }
leave-doc-reached = Reached: { $level }
leave-doc-wins = { $n ->
    [one] { $n } small win belongs to it.
   *[other] { $n } small wins belong to it.
}
leave-doc-message = ✉️ A message to you:
leave-doc-used = ✉️ Thanks: what you told was used in the visit.
leave-doc-visit = 📅 A visit.
leave-doc-visit-off = 📅 A visit that was called off.
leave-doc-visit-yes = You said that you come.
leave-doc-visit-no = You said that you cannot come.
leave-doc-count = 🔢 { $what }: { $band }
leave-doc-booked = 📅 You planned to practise: { $step }
leave-doc-list = 🌱 The list for { $age }
leave-doc-item = { $item } { $said }
leave-doc-urgent = 🆘 You asked for urgent help.
leave-doc-none = There are no entries yet.
leave-doc-consent = { $purpose ->
        [voice] Voice notes: { $word }
        [photos] Photos: { $word }
        [newsletter] Letters: { $word }
        [research] Research: { $word }
       *[other] Taking part: { $word }
    }
leave-doc-yes = yes
leave-doc-no = no
leave-doc-goal = { $what }: { $goal }
leave-doc-goal-wish = 💭 A wish
leave-doc-goal-agree = 👍 You agreed to a goal
leave-doc-goal-change = ✏️ You asked to change a goal
leave-doc-goal-talk = 💬 You wanted to talk about a goal
leave-doc-goal-why = Why a goal matters to you
leave-doc-goal-talked = You talked about a goal together
