## hiding: taking the bot's messages out of the chat

hide-sure = 🙈 Shall I take my messages out of this chat?
    Those of the last two days can go.
    What you told is kept. Your own words stay in the chat.
hide-yes = Yes, take them out
hide-no = No, leave them
hide-left = ✓ All stays as it is.
hide-done = ✓ My messages of the last two days are going.
    Older ones, this one and your own you can delete by hand.
    Hold your finger on one, then choose “Delete”.
    /checkin brings open questions back.
