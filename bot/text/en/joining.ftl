## joining: from the link to the first day

join-welcome = Hello! { $name } invites you to Homenotes.
    You tell how days at home go. { $name } reads it before the next visit.
    We ask a few short questions, most often once a day. It takes a minute.
    You can skip any question.
join-next = Next ▶️
join-agreement = <b>Good to know</b>
    👀 { $name } reads it before visits. Nobody reads it live.
    🆘 This is not for emergencies. In danger, call your emergency number.
    🔒 It is stored at the clinic, under lock.
    ✈️ Telegram carries the messages, and it can see them.
    🙋 { $name } sees your name in Telegram.
    ✋ /stop ends the messages at any time.
    Saying no changes nothing in the care of your child.
join-all-right = Is that all right for you?
join-agree = ✓ I agree
join-refuse = No, thank you
join-more = More about it
join-details = <b>More about it</b>
    ⏱ Questions come about once a day. You choose the hour.
    👀 Only who treats your child at { $clinic } reads it.
    🆘 Some words sound like danger. Then we show numbers to call.
    Your therapist is told of it, too.
    🤝 No other caregiver sees what you send.
    🙅 Photos, voice notes and letters each need a yes of their own.
    🔒 It is kept while care lasts, and as the law asks.
    📄 /export gives you a copy.
    🗑 /delete_my_data deletes it. /privacy takes any yes back.
    This is text { $version }.
join-refused = That is fine. Nothing changes in your care.
    If you think again, this link stays open for a while.
join-think-again = Read it again
join-done = 🎉 You are in. This is for { $child }.
    { $name } reads what you send.
    By your settings, it is { $clock } where you are. If not, change it in /settings.

    <b>Which hour suits you for the daily questions?</b>
join-keep-hour = ✓ { $hour } is good
join-try-out = ✓ All right. The first questions come on { $first }.
    You can write to me at any time before.

    Would you like to try how it works?
join-try = ▶️ Try it
join-try-later = Not now
join-trying = Just a try. Nothing of it is kept.
join-try-question = How was your day?
join-tried = 👍 That was all. It is as easy as that.
    Nothing of this try was kept.
    Write or say something at any time. /help shows more.
join-all-set = ✓ All set.
    Write or say something at any time. /help shows more.
join-already = You are in already. All is well.
    /help shows what you can do here.
join-reads-oneself = This link cannot be used with your account.
    You treat this child here, and another caregiver writes to you.
    Who treats a child cannot be its family here, too.
    Please ask the clinic. Somebody else can treat the child.
join-reads-somebody = This link does not work for you yet.
    All is well on your side. Please call the clinic.
join-no-link = This link does not work, or not any more.
    Please ask your therapist for a new one.
join-therapist = Hello! { $clinic } invites you to Homenotes as a therapist.
    Families tell you here how days at home go.
    Each working morning you get a short digest.
    Telegram carries the messages, and it can see them.
join-therapist-yes = ✓ Begin
join-therapist-done = 🎉 You are in, { $clinic } is set up for you.
    /invite brings a family. It takes one name and one tap.
    Your first digest comes on your next working day.
    /settings changes the hour and the days.
join-notice = { $name } joined for { $child }.
join-not-them = Not them
join-put-out = ✓ Their access has ended. Nothing more is sent to them.
    What was said before stays with you.
    /families gives a new link.
stranger = Hello! I only talk with families and therapists of one clinic.
    Please open the link that your therapist gave you.
