## mirror: what a caregiver may want to raise at the visit

mirror-title = <b>For your visit: { $child }</b>
mirror-visit = <b>For your visit with { $name }: { $child }</b>, { $when }
mirror-question = ❓ You asked: { $words }
mirror-new = 🟢 New: { $words }
mirror-hard = 😟 A hard moment: { $words }
mirror-said = 💬 You said on { $day }: { $words }
mirror-days = Your last 7 days: { $answered } of { $asked } answered
mirror-middle = { $n ->
        [one] You said { $value }
       *[other] The middle of your { $n } answers: { $value }
    }
mirror-nothing = Is there something you want to talk about?
    Write it here, and tap “A question”.
mirror-same = { $name } sees the same numbers.
mirror-button-on = 🔔 Show me this before each visit
mirror-button-off = 🔕 Not before each visit
mirror-on = ✓ It comes before each visit.
mirror-off = ✓ It comes only when you ask.
