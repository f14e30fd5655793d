# Homenotes in English.
#
# Easy words, at most 12 words a sentence, one idea a message. No guilt, no jargon.
# $child is a nickname, $name the therapist's name, $step the home step: each is somebody's words.
# Every message may select on $address (formal, informal) and $gender (unsaid, female, male: the child's).

## pulse: the daily check-in

pulse-name = Daily check-in

pulse-day = How was { $child }'s day?
pulse-day-short = The day
pulse-day-very_hard = 😣 Very hard
pulse-day-hard = 🙁 Hard
pulse-day-ok = 😐 OK
pulse-day-good = 🙂 Good
pulse-day-great = 😀 Great
pulse-day-after-very_hard = Thank you for telling us. That sounds like a very hard day.
pulse-day-after-hard = Thank you for telling us. Some days are hard.
pulse-day-after-great = Good to hear.

pulse-hard = What made it hard?
pulse-hard-short = What made it hard
pulse-hard-tired = Tired
pulse-hard-sick = Sick
pulse-hard-change_of_plan = Change of plan
pulse-hard-noise = Noise or crowd
pulse-hard-conflict = Conflict
pulse-hard-not_sure = Not sure
pulse-hard-other = Other

pulse-well = What went well?
    Write it, or send a voice note.
pulse-well-short = What went well

pulse-step = Did you try the home step: { $step }?
pulse-step-short = Home step
pulse-step-yes = Yes
pulse-step-a_little = A little
pulse-step-not_today = Not today

pulse-say = Anything { $name } should know?
    Write it, or send a voice note.
pulse-say-short = For { $name }

## milestone: a small win

milestone-name = Small win

milestone-did = What did { $child } do?
    Write it, or send a voice note or a photo.
milestone-did-short = { $child }

milestone-often = How often?
milestone-often-short = How often
milestone-often-first_time = First time
milestone-often-few_times = A few times
milestone-often-most_times = Most of the time
milestone-often-after-first_time = 🎉 A first time! Thank you for catching it.

milestone-help = How much help?
milestone-help-short = Help
milestone-help-lots = Lots
milestone-help-a_little = A little
milestone-help-none = None

milestone-where = Where was it?
milestone-where-short = Where
milestone-where-home = At home
milestone-where-out = Out
milestone-where-school = At school

milestone-share = May we share it in the family newsletter?
milestone-share-short = Newsletter
milestone-share-yes = Yes
milestone-share-no = No

milestone-stopped = Has { $child } stopped doing something { $gender ->
        [female] she
        [male] he
       *[unsaid] they
    } could do before?
milestone-stopped-short = Stopped doing something
milestone-stopped-no = No
milestone-stopped-yes = Yes
milestone-stopped-not_sure = Not sure
milestone-stopped-after-yes = Thank you for telling us.
    { $name } will see this first.
    Please also call your doctor.
milestone-stopped-after-not_sure = Thank you. { $name } will read this.

milestone-stopped_what = What is it, and since when?
    Write it, or send a voice note.
milestone-stopped_what-short = What, and since when

# a card to look at together with the child
milestone-celebration = 🎉 { $child } did it, for the first time!
    Show this to { $child } and be glad together.

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

choose-child = For which child?
choose-child-done = ✓ All right. See below.

## media: what was sent

media-photo = 🖼 a photo
media-voice = 🎤 a voice note
media-audio = 🎵 a sound file
media-video = 🎬 a video
media-video_note = 🎬 a round video
media-animation = 🎬 a short film
media-document = 📄 a file

## notes: what parents send at any time

note-kept = ✓ Kept safely.
note-kept-read = ✓ Kept safely. { $name } reads it on { $day }.
    Nobody reads it live.
note-kept-later = ✓ Kept safely. { $name } will read it.
    Nobody reads it live.
note-for-whom = For whom is it?
note-tag-win = 🎉 A small win
note-tag-hard = 😟 A hard moment
note-tag-question = ❓ A question
note-tagged-win = 🎉 Kept as a small win. Well seen!
note-tagged-hard = Kept as a hard moment. Thank you for telling us.
note-tagged-question = Kept as a question.
note-cannot-keep = I can keep words, voice notes, photos, videos and files.
    This one I cannot keep.
note-empty = There were no words in it. Please send it again.
note-no-child = There is no child here for you right now.
    Please ask your therapist for a new link.

## consent: one tap for the first voice note and the first photo

consent-yes = Yes, keep it
consent-no = No, thank you
consent-allow = Allow from now on
consent-ask-voice = May we keep your voice notes for your therapist?
    Without a yes, this one is not kept.
consent-ask-photos = May we keep your photos and videos for your therapist?
    Without a yes, this one is not kept.
consent-given-voice = ✓ Thank you. We keep your voice notes from now on.
    You can change it in /privacy.
consent-given-photos = ✓ Thank you. We keep your photos from now on.
    You can change it in /privacy.
consent-refused-voice = ✓ All right. Your voice note was not kept.
    Words are always welcome.
consent-refused-photos = ✓ All right. Your picture was not kept.
    Words are always welcome.
consent-dropped-voice = There was no answer, so your voice note was not kept.
    You can send it again.
consent-dropped-photos = There was no answer, so your picture was not kept.
    You can send it again.

## urgent: the safety card

urgent-button = 🆘 Urgent help
urgent-title = If someone is in danger, please call now.
urgent-no-numbers = Please call the emergency number of your country.
urgent-told = We are telling your therapist now.
    It may take time until it is read.
urgent-nobody = We could not tell anyone here.
    Please call.
urgent-not-watched = This chat is not watched. It cannot send help.
urgent-question = Is anyone in danger right now?
urgent-yes = Yes
urgent-no = No
urgent-unsure = Not sure
urgent-false = It was a false alarm
urgent-after-yes = Please call now. Stay with the person if you can.
urgent-after-no = Thank you. Your therapist knows that you pressed the button.
    If that changes, please call.
urgent-after-unsure = If you are not sure, please call. It is always right to ask.
urgent-after-false = ✓ All right. Your therapist knows it was a false alarm.
urgent-therapist = A family pressed “Urgent help”. Please look now.
urgent-therapist-yes = Urgent help: the family says someone is in danger.
urgent-therapist-no = Urgent help: the family says nobody is in danger now.
urgent-therapist-unsure = Urgent help: the family is not sure about danger.
urgent-therapist-false = Urgent help: the family says it was a false alarm.
urgent-open = Open
urgent-details = { $child }: { $name } pressed “Urgent help”.
    { $when }.
urgent-state-open = The question “Is anyone in danger?” has no answer yet.
urgent-state-yes = Answer: yes, someone is in danger.
urgent-state-no = Answer: nobody is in danger now.
urgent-state-unsure = Answer: not sure.
urgent-state-false = The family says it was a false alarm.
urgent-line-emergency = Emergency
urgent-line-crisis = Crisis line
urgent-line-child = Child helpline
urgent-line-protection = Child protection
urgent-line-poison = Poison line

## digest: what the therapist reads in the morning

digest-title = Your families
digest-days = { $first } to { $last }. Data until { $until }.
digest-no-families = No family is with you yet.
    /invite brings the first one.
digest-all-quiet = Nothing new in these days.
digest-quiet = Quiet: { $families }
digest-more-families = { $count ->
        [one] One more family follows.
       *[other] { $count } more families follow.
    }
digest-coming = One moment. Your digest is on its way.
digest-therapists-only = A digest is for therapists.
    /help shows what you can do here.
digest-end = ✓ That was everyone. Data until { $until }.
digest-marked = ✓ Marked as answered.

digest-age = { $days ->
        [0] asked today
        [one] 1 day old
       *[other] { $days } days old
    }
digest-need-urgent = { $count ->
        [one] 🔴 urgent help pressed
       *[other] 🔴 urgent help pressed { $count } times
    }
digest-need-lost_skill = 🟠 stopped doing something
digest-need-maybe_lost = 🔵 maybe stopped doing something
digest-need-question = { $count ->
        [one] 🔵 a question, { $age }
       *[other] 🔵 { $count } questions, the first { $age }
    }
digest-need-new = 🟢 something new
digest-need-hard_days = { $count ->
        [one] 1 hard day
       *[other] { $count } hard days
    }

digest-answered = { $name }: { $answered } of { $asked } answered
digest-answered-short = { $name } { $answered } of { $asked }
digest-not-asked = { $name }: nothing to answer
digest-late = { $count } late ({ $days })
digest-excused = { $count ->
        [one] 1 day not with { $child }
       *[other] { $count } days not with { $child }
    }
digest-resting = { $count ->
        [one] 1 day of rest
       *[other] { $count } days of rest
    }
digest-median = median { $value }, n = { $n }
digest-between = between { $low } and { $high }
digest-day-very_hard = Very hard
digest-day-hard = Hard
digest-day-ok = OK
digest-day-good = Good
digest-day-great = Great
digest-silent-since = No answers since { $day }
digest-silent = No answers yet

digest-alert = 🔴 Urgent help pressed. { $name }, { $day }, { $time }.
digest-alert-false = 🔴 Urgent help pressed. The family says: a false alarm. { $name }, { $day }, { $time }.
digest-lost_skill = 🟠 Stopped doing something. { $name }, { $day }.
digest-maybe_lost = 🔵 Maybe stopped doing something. { $name }, { $day }.
digest-question = ❓ Question, { $age }. { $name }: { $words }
digest-new = 🟢 New: { $words }
digest-new-said = { $name }, { $day }
digest-help-lots = lots of help
digest-help-a_little = a little help
digest-help-none = no help
digest-reasons = Made it hard: { $reasons }.
digest-counted = { $what } { $count }
digest-step = Home step: { $done } of { $of } days.
digest-step-little = Home step: { $done } of { $of } days, a little on { $little }.
digest-quote = { $words } { $name }, { $day }
digest-quote-late = { $words } { $name }, { $day }, late
digest-unsure = (for which child is not said yet)
digest-more-words = { $count ->
        [one] One more note under Answers.
       *[other] { $count } more notes under Answers.
    }
digest-more-questions = { $count ->
        [one] One more question follows.
       *[other] { $count } more questions follow.
    }
digest-rest = … [more under Answers]
digest-media = { $kind ->
        [voice] 🎤 one voice note
        [audio] 🎵 one sound file
        [photo] 🖼 one photo
        [video] 🎬 one video
        [video_note] 🎬 one round video
        [animation] 🎬 one short film
       *[document] 📄 one file
    }
digest-media-length = { $what } of { $length }
digest-media-more = { $count ->
        [one] and one more
       *[other] and { $count } more
    }
digest-seconds = { $seconds } s
digest-minutes = { $minutes } min { $seconds } s
digest-earlier = Last words, { $day }: { $words }
digest-open-with = 💬 Open with: { $words }

digest-button-start = ▶️ { $child }
digest-button-next = Next: { $child } ▶️
digest-button-done = ✓ Done
digest-button-list = All families
digest-button-answers = Answers
digest-button-media = Voice and photos ({ $count })
digest-button-mark = ✓ Mark answered
digest-button-mark-one = ✓ Answered: { $words }
digest-button-back = Back to { $child }
digest-button-later = Later ▶️
digest-button-earlier = ◀️ Earlier

digest-answers-title = { $child }: every answer
digest-answers-key = Bars: low is harder. A dot is no answer. A star is late. A ring is a day of rest, or not with { $child }.
digest-answers-none = Nothing was said in these days.
digest-answer-late = late, on { $day }, { $time }
digest-answer-before = before { $day }, { $time }:
digest-answer-left-out = skipped
digest-note = Note
digest-note-hard = Hard moment
digest-note-win = Small win
digest-note-question = Question
digest-state-due = planned
digest-state-open = still open
digest-state-done = answered
digest-state-partial = partly answered
digest-state-expired = no answer
digest-state-skipped = skipped
digest-state-excused = not with { $child }
digest-state-rest-pause = a pause
digest-state-rest-ill = someone was ill
digest-state-rest-busy = a busy week
digest-state-rest-stopped = messages stopped
digest-state-missed = not shown

## people: who someone is to a child

role-mother = mother
role-father = father
role-parent = parent
role-grandparent = grandparent
role-foster = foster parent
role-guardian = guardian
role-other = caregiver

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
    Is that all right for you?
join-agree = ✓ I agree
join-refuse = No, thank you
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

## inviting: a new family

invite-nickname = A new family. What shall we call the child?
    A nickname or initials are best, no surname.
    /cancel ends this.
invite-confirm = New family: { $child }.
    Daily check-in at { $hour }. Language: { $language }. Clock: { $zone }.
    All of it can be changed in /families.
invite-make = ✓ Make the link
invite-made = ✓ { $child } is set up.
    Please hand on the next message, or let them scan the picture.
    The link works once, for 14 days.
    You hear from me when they join.
invite-forward = Hello! { $name } invites you to Homenotes.
    It is a chat for short notes from home, between the visits.
    Please open this link in Telegram:
    { $link }
invite-qr = Or scan this with a phone.
invite-code-only = Please open our chat and send this:
    <code>/start { $code }</code>
invite-therapists-only = Only therapists can do that.
    /help shows what you can do here.

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
families-step = Home step: { $step }
families-nothing = not set
families-seat-joined = { $name }: joined on { $day }
families-seat-waiting = ⏳ { $name }: not joined yet. The link works until { $day }.
families-seat-no-link = ⏳ { $name }: not joined yet, and no link is open.
families-seat-stopped = { $name }: stopped the messages
families-seat-blocked = { $name }: cannot be reached in Telegram now
families-button-add = ➕ Caregiver
families-button-step = Home step
families-button-name = Nickname
families-button-born = Birth month
families-button-words = She, he, they
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
families-ask-step = What should they try at home? One short line.
    “-” takes it away. /cancel leaves it as it is.
families-too-long = Please write one short line, at most { $most } letters.
families-out-sure = Cut this access to { $child }?
    It takes effect at once. What was said stays with you.
families-out-yes = Cut access now

## plans: hours and days

plan-every-day = every day
plan-working-days = Monday to Friday
plan-line = { $what }: { $days }, { $hour }
plan-line-child = { $child }. { $what }: { $days }, { $hour }
plan-button-hour = 🕖 Hour
plan-button-days = 📅 Days
plan-button-hour-of = 🕖 Hour: { $what }
plan-button-days-of = 📅 Days: { $what }
plan-which-hour = Which hour?
plan-which-days = Which days?
plan-other-hours = Other hours
plan-every = { $n ->
    [one] every day
   *[other] every { $n } days
}
plan-weeks = { $n ->
    [one] every week: { $days }
    [2] every second week: { $days }
   *[other] every { $n } weeks: { $days }
}
plan-nth-1 = first { $day } of the month
plan-nth-2 = second { $day } of the month
plan-nth-3 = third { $day } of the month
plan-nth-4 = fourth { $day } of the month
plan-nth-last = last { $day } of the month
plan-dates = each month on: { $dates }
plan-until = { $days } until { $day }
plan-between = between { $first } and { $last }

## /plan: what a family is asked, and when

planning-title = Whose plan shall we look at?
planning-none = No family is with you yet. /invite brings one.
planning-child = What { $child }’s family is asked:
planning-nothing = Nobody is asked anything now.
planning-whose = { $name }: { $what }
planning-of = <b>{ $child }</b>, { $name }
planning-first = First day: { $day }
planning-next = The next questions, on the family’s clock:
planning-no-next = No more questions come from this plan.
planning-waiting = It begins on the day after they join.
planning-tells = Each change is told to them once, outside their quiet hours.
planning-burst-is = This plan ends by itself. The other plan goes on beside it.
planning-button-often = 📅 How often
planning-button-hour = 🕖 Hour
planning-button-window = 🕰 Any time between
planning-button-burst = 🌅 Mornings for 2 weeks
planning-button-over = ↩️ Start over
planning-button-end = End these mornings now
planning-button-all = ◀️ All families
planning-button-back = ◀️ Back to the plan
planning-which-often = How often?
planning-button-days = Weekdays
planning-button-weeks = Every second week
planning-button-month = Once or twice a month
planning-which-weeks = Every second week, on which days?
planning-which-month = Which day of the month?
planning-which-window = Each day at another minute. Between which hours?
planning-burst-sure = Ask each morning at { $hour } too, for two weeks?
    It ends by itself. The plan of now goes on beside it.
planning-burst-yes = Yes, add the mornings
planning-over-sure = Go back to every day?
    The hour stays as it is: { $hour }.
planning-over-yes = Yes, every day
planning-changed = ✓ Next: { $when }
planning-told = { $name } changed when we ask about { $child }.
planning-told-next = The next question comes { $when }.
planning-told-no-next = No more questions come from this plan.
planning-told-yours = You may change hour and days in /settings.

## /pause: asked less, or nothing, until a date

pause-offer = Is it much just now? You may take a rest.
    In a busy week we ask one thing a day.
    No answer is needed.
pause-button-busy = Busy week: one question a day
pause-button-pause = A pause
pause-button-ill = Someone is ill
pause-button-end = ▶️ Go on now
pause-until = Until which day? That day is a rest, too.
pause-on-pause = ✓ A pause, up to { $day }.
    We ask nothing until then. You may write at any time.
pause-on-ill = ✓ Get well soon, all of you.
    We ask nothing up to { $day }. You may write at any time.
pause-on-busy = ✓ One short question a day, up to { $day }.
    No answer is needed. You may write at any time.
pause-ended = ▶️ We go on. The next question comes { $when }.
pause-ended-open = ▶️ We go on.

## settings

settings-title = <b>Your settings</b>
settings-zone = Clock: { $zone }, { $clock } now
settings-quiet = Quiet from { $first } to { $last }
settings-language = Language: { $language }
settings-stopped = Messages are stopped. /start brings them back.
settings-button-zone = 🌍 Clock
settings-button-quiet = 🌙 Quiet hours
settings-button-language = 🗣 Language
settings-button-back = ◀️ Settings
settings-next = ✓ Next: { $when }
settings-kept = ✓ Kept.
settings-which-language = Which language?
settings-which-zone = Where do you live?
    Choose a part of the world, or write your city.
settings-which-city = Which city has your clock?
settings-no-city = I do not know that place. Please write a large city near you.
settings-quiet-from = No messages from which hour on?
settings-quiet-until = Quiet from { $first }. Until which hour?

## help and privacy

help-parent = <b>What you can do here</b>
    Write, say or show something at any time. I keep it.
    /checkin opens the questions of today.
    /milestone is for something new.
    This chat is not watched. In danger, press “Urgent help” and call.
help-therapist = <b>For you as a therapist</b>
    /digest shows what is new.
    /families shows who is with you.
    /plan sets what is asked, and when.
    /invite brings a new family.
help-everyone = /settings changes hours, days and the clock.
    /privacy shows who reads what.
    /stop ends the messages. /cancel ends only the question.
help-not-kept = I do not keep words here.
    These buttons show what you can do.
welcome-back = Good to see you.
welcome-back-stopped = Welcome back. Messages come again.
stopped = ✓ No more messages. Everything you gave is kept.
    /start brings them back.
cancelled = ✓ That question is over.
cancelled-nothing = There is no question open. All is well.
privacy-readers = 👀 { $name } reads what you send. Nobody reads it live.
    No other family sees it, nor another caregiver.
privacy-stored = 🔒 It is stored at the clinic, under lock.
    Voice notes and pictures stay at Telegram. We keep the key to them.
privacy-telegram = ✈️ Telegram carries the messages, and it can see them.
privacy-yours = Each yes is yours. You can take it back here.
privacy-therapist = 🔒 What families say is stored at your clinic, under lock.
    ✈️ Telegram carries the messages, and it can see them.
    You see only your families.
privacy-voice-on = 🎤 Voice notes: yes. Turn off
privacy-voice-off = 🎤 Voice notes: no. Turn on
privacy-photos-on = 🖼 Photos: yes. Turn off
privacy-photos-off = 🖼 Photos: no. Turn on
privacy-leave = Take back my agreement
privacy-leave-sure = Shall everything end here for you?
    No more questions come, and your access ends.
    What you said stays with your therapist.
    Your care goes on as before.
privacy-stay = No, stay
privacy-leave-yes = Yes, end it
privacy-gone = ✓ It has ended. Thank you for all you told.
    Your care goes on as before.
    A new link from your therapist opens it again.
privacy-gone-notice = { $name } took the agreement for { $child } back.
    What was said stays with you.

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
leave-sure-help = That you asked for urgent help stays with the clinic.
leave-stay = No, keep it
leave-copy-first = Give me a copy first
leave-yes = Yes, delete it all
leave-kept = ✓ Nothing was deleted.
leave-done = ✓ It is deleted. Thank you for all you told.
    Older messages stay in this chat until you delete the chat.
    Your care goes on as before.
leave-notice = { $name } deleted what they gave for { $child }.
    No more questions go to them.
leave-doc-title = Your entries at { $clinic }
leave-doc-made = Made on { $day }.
leave-doc-readers = Read by { $names }.
leave-doc-step = The home step: { $step }
leave-doc-none = There are no entries yet.
leave-doc-consent = { $purpose ->
        [voice] Voice notes: { $word }
        [photos] Photos: { $word }
       *[other] Taking part: { $word }
    }
leave-doc-yes = yes
leave-doc-no = no

## menu: the phone's list of commands

command-checkin = Questions of today
command-milestone = Something new
command-digest = What is new
command-families = My families
command-plan = Plans
command-invite = Invite a family
command-pause = A pause
command-settings = Settings
command-privacy = Who reads what
command-export = A copy for me
command-delete_my_data = Delete my entries
command-help = Help

## trouble on our side

outage-lost = We were away for more than a day. What you sent may be lost.
    Please send again what matters. We are sorry.

apology = Something went wrong on our side. Your message is kept.
    We will look at it. You need not send it again.
apology-stranger = Sorry, that did not work on our side.
    Please try it again.
