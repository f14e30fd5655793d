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
checkin-fine = 👍 Looks right
checkin-change = ✏️ Change
checkin-thanks = ✓ Thank you. It is kept.
checkin-late = Answered later, and marked so.
checkin-excused = ✓ Not with { $child } today. Thank you for saying so.
checkin-skipped = ✓ That is fine. Nothing was kept.
checkin-expired = This check-in is closed now. That is okay.
    You can still answer if you like.
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
digest-answers-key = Bars: low is harder. A dot is no answer. A star is late. A ring is a day not with { $child }.
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
digest-state-missed = not shown

## trouble on our side

apology = Something went wrong on our side. Your message is kept.
    We will look at it. You need not send it again.
