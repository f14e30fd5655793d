## messages: a short line from a therapist to a caregiver

message-whom = <b>A message</b>
    Which family is it for?
message-to-whom = Who gets it?
message-write = ✏️ Write your message to { $name } now.
    Up to { $most } letters. It is not for emergencies.
message-too-long = That is too long. Up to { $most } letters, please.
message-not-reached = { $name } takes no messages here now.
    Please call, or speak in person.
message-preview = <b>To { $name }</b>
    { $words }
message-goes-now = It goes now.
message-goes-at = It goes on { $when }. Before that { $name } rests.
message-button-send = ✓ Send
message-button-again = Write again
message-button-drop = Do not send
message-dropped = It was not sent.
message-waits = 🕗 To { $name }: { $words }
    It goes on { $when }.
message-on-its-way = 📨 To { $name }: { $words }
    It is on its way.
message-sent = 📨 To { $name }: { $words }
    Sent on { $when }.
message-confirmed = ✅ To { $name }: { $words }
    { $name } has read it, { $when }.
message-received = 💬 { $name } writes about { $child }:

    { $words }

    <i>This chat is not for emergencies.</i>
message-button-got = ✓ Got it
message-got = ✓ { $name } knows you have read it.
message-line-sent = 📨 You wrote to { $name }, { $day }. Not confirmed yet.
message-line-confirmed = 📨 You wrote to { $name }, { $day }. Read.
used-told = 🌟 { $name } used what you said on { $day }.
    Thank you. You noticed something that helps.
used-choose = What did you use today?
    Who said it gets one warm line.
used-marked = ✓ Marked. The family will hear it.
used-none = Nothing here is left to mark.

## snooze: a flag is put off, with a reason

snooze-which = What shall wait?
snooze-why = Why may it wait?
snooze-why-known = I know, and I am on it
snooze-why-talked = We have talked about it
snooze-why-expected = Expected in these days
snooze-why-not_useful = Not useful to me
snooze-button-words = In my own words
snooze-write = ✏️ Write the reason now. One line is enough.
snooze-done = ✓ Until { $day } it waits: { $what }.
    It comes back sooner if it gets worse.
snooze-ended = ✓ It waits no longer.
snooze-none = Nothing here can wait.
snooze-button-days = { $days ->
        [one] 1 day
       *[other] { $days } days
    }
snooze-button-end = Do not wait
