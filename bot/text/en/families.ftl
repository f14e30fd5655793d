## families: what a therapist sees and changes

families-title = { $count ->
        [one] You have one family.
       *[other] You have { $count } families.
    }
families-key = ⏳ means: somebody has not joined yet.
families-none = No family is with you yet.
    /invite brings the first one.
families-open-waiting = ⏳ { $child }
families-later = More ▶️
families-earlier = ◀️ Back
families-born = Born: { $month }
families-step = Home steps: { $step }
families-nothing = not set
families-seat-joined = { $name }: joined on { $day }
families-seat-waiting = ⏳ { $name }: not joined yet. The link works until { $day }.
families-seat-no-link = ⏳ { $name }: not joined yet, and no link is open.
families-seat-stopped = { $name }: stopped the messages
families-seat-blocked = { $name }: cannot be reached in Telegram now
families-button-add = ➕ Caregiver
families-button-name = Nickname
families-button-born = Birth month
families-button-words = She, he, they
families-button-cards = 🌬 Coping cards
families-cards = <b>Coping cards for { $child }</b>
    Tap the ones you agreed on. Only those are offered then.
    With none chosen, all of them are.
families-card-on = ● { $card }
families-button-list = ◀️ All families
families-button-back = ◀️ Back to { $child }
families-button-link = 🔗 New link
families-button-cancel = Cancel the link
families-button-role = Role
families-button-out = Cut access
families-which-role = Who is it to the child?
families-which-year = Which year was the child born?
families-which-month = Which month?
families-which-words = Which word fits for the child?
families-words-unsaid = they
families-words-female = she
families-words-male = he
families-ask-name = What is the new nickname?
    /cancel leaves it as it is.
families-too-long = Please write one short line, at most { $most } letters.
families-out-sure = Cut this access to { $child }?
    It takes effect at once. What was said stays with you.
families-out-yes = Cut access now
families-early = Born early: { $n ->
        [0] no, or not said
        [one] { $n } week
       *[other] { $n } weeks
    }
families-button-early = Born early
families-which-early = How many weeks before the due date?
