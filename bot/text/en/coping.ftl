## coping: cards for big feelings, to do together; "little" up to five years, "older" from six on

coping-breathing = Breathing
coping-breathing-little = 🌬 <b>Breathing</b>

    Hold up a finger. It is a candle.
    Breathe in through the nose together.
    Blow the candle out, slowly.
    Do it five times. You do it, too.
coping-breathing-older = 🌬 <b>Breathing</b>

    Draw a square with your finger.
    Breathe in along one side, and count to four.
    Breathe out along the next side, and count to four.
    Go round the square four times.

coping-grounding = Five things
coping-grounding-little = 🖐 <b>Five things</b>

    Find something red together. Point at it.
    Touch something soft.
    Listen: what can you hear?
    Press the feet on the floor.
coping-grounding-older = 🖐 <b>Five things</b>

    Name five things that you can see.
    Name four that you can touch.
    Name three that you can hear.
    Press both feet on the floor, and breathe out.

coping-quiet_corner = Quiet corner
coping-quiet_corner-little = 🛋 <b>Quiet corner</b>

    Go to the cosy place together.
    Sit close. Say little.
    Bring the blanket or the toy that calms.
    Stay until the body is soft again.
coping-quiet_corner-older = 🛋 <b>Quiet corner</b>

    Agree on the place while all is calm.
    Going there is a rest. It is never a punishment.
    Nobody talks until the body is calm.
    After that, one kind word is enough.

coping-first_then = First, then
coping-first_then-little = ➡️ <b>First, then</b>

    Show two things: now this, then that.
    “First shoes, then swing.”
    Use the same few words each time.
    Do the second thing at once.
coping-first_then-older = ➡️ <b>First, then</b>

    Say what comes first, and what comes then.
    Let your child choose the second thing.
    Write both on a paper, and tick them off.
    Keep your word about the second thing.

coping-sent = A card for the next time. Take your time with it.

# the card that was taken the last time, as a review asks about it
card-breathing = { coping-breathing }
card-grounding = { coping-grounding }
card-quiet_corner = { coping-quiet_corner }
card-first_then = { coping-first_then }
