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
digest-median-range = median { $value }, n = { $n }, { $low } to { $high }
digest-week-apart = weekdays { $week } (n = { $week_n }), weekend { $end } (n = { $end_n })
digest-too-few = too few answers to compare
digest-visit = Visit { $when }
digest-old = old
digest-between = between { $low } and { $high }
digest-day-very_hard = Very hard
digest-day-hard = Hard
digest-day-ok = OK
digest-day-good = Good
digest-day-great = Great
digest-silent-since = No answers since { $day }
digest-silent = No answers yet

digest-alert = 🔴 Urgent help pressed. { $name }, { $day }, { $time }.
digest-alert-words = 🔴 Words that may be about danger. { $name }, { $day }, { $time }.
digest-alert-words-false = 🔴 Words that may be about danger. The family says: a false alarm. { $name }, { $day }, { $time }.
digest-not-checked = not checked for danger
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
digest-goal = 🎯 { $goal }: { $parts }.
digest-goal-rated = { $name } { $n ->
        [one] { $now } of 10 on { $since } (1 rating)
       *[other] { $start } → { $now } of 10 since { $since } ({ $n } ratings)
    }
digest-goal-level = your last level { $level } ({ $day })
digest-topic-right = 🗣 To talk about: is “{ $goal }” still right? { $name } says no ({ $day }).
digest-topic-change = 🗣 To talk about: { $name } would change “{ $goal }” ({ $day }).
digest-topic-talk = 🗣 To talk about: “{ $goal }”. { $name } wishes it ({ $day }).
digest-practice = 🏠 { $step }: { $parts }.
digest-practice-days = { $done } of { $planned ->
        [one] 1 planned day
       *[other] { $planned } planned days
    }
digest-practice-little = a little on { $count }
digest-practice-missing = no word of { $count }
digest-practice-extra = { $count ->
        [one] 1 day more than planned
       *[other] { $count } days more than planned
    }
digest-practice-help = usually { $help } (n = { $n })
digest-practice-help-lots = with lots of help
digest-practice-help-some = with some help
digest-practice-help-alone = alone
digest-practice-trend-less = lately less help
digest-practice-trend-more = lately more help
digest-behaviour = 👀 { $what }. { $parts }.
digest-behaviour-week = { $name }: { $times }, told of { $days ->
        [one] 1 day
       *[other] { $days } days
    }
digest-behaviour-earlier = week before: { $times }, told of { $days ->
        [one] 1 day
       *[other] { $days } days
    }
digest-behaviour-times = { $count ->
        [one] 1 moment
       *[other] { $count } moments
    }
digest-behaviour-band = { $days ->
        [one] “{ $band }” on 1 day
       *[other] “{ $band }” on { $days } days
    }
digest-behaviour-pair = { $before }, then { $after }: { $count } of { $of }
digest-barriers = in the way: { $what }
digest-working = 👍 Working: { $words }
digest-helped = helped, says { $name }: { $what } (n = { $n })
digest-week = 🗓 The week: { $weeks }.
digest-week-one = { $week } ({ $name }, { $day })
digest-visit-differs = After the visit: { $what }.
digest-visit-unusual = { $question } “{ $choice }”, usual “{ $usual }”, n = { $n } ({ $name }, { $day })
digest-visit-last = 🗓 After the last visit, { $name }, { $day }: { $told }.
digest-visit-replied = ↩️ After the visit, { $name }, { $day }: answered { $days ->
        [0] the same day
        [one] 1 day later
       *[other] { $days } days later
    }.
digest-mornings = 🌙 { $name }: { $parts }.
digest-mornings-median = { $question } { $median } (n = { $n })
digest-mornings-could_not = could not calm { $count } of { $of }
digest-mornings-sick = sick { $count } of { $of }
digest-mornings-card = { $card } helped { $count } of { $of }
digest-adjust = 🔧 To adjust: { $words }
digest-coming-up = 📅 Coming up: { $what }.
digest-coming-pause = { $begun ->
        [now] { $name } has a pause until { $last }
       *[next] { $name } has a pause, { $first } to { $last }
    }
digest-coming-busy = { $begun ->
        [now] a busy time for { $name } until { $last }
       *[next] a busy time for { $name }, { $first } to { $last }
    }
digest-coming-ill = { $begun ->
        [now] illness, { $name }, until { $last }
       *[next] illness, { $name }, { $first } to { $last }
    }
digest-coming-school = { $begun ->
        [now] a school break until { $last }
       *[next] a school break, { $first } to { $last }
    }
digest-coming-holiday = { $begun ->
        [now] a holiday until { $last }
       *[next] a holiday, { $first } to { $last }
    }
digest-coming-away = { $name } is away until { $last }
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
digest-withheld = { $count ->
        [one] One more is not shown. The family took that yes back.
       *[other] { $count } more are not shown. The family took that yes back.
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
digest-open-then = 💬 Open with: { $words }, then { $what }.
digest-open-quiet = 💬 Open with: how are things, and what would be easier?
digest-more-lines = { $count ->
        [one] One more line under Answers.
       *[other] { $count } more lines under Answers.
    }

digest-button-start = ▶️ { $child }
digest-button-next = Next: { $child } ▶️
digest-button-done = ✓ Done
digest-button-list = All families
digest-button-answers = Answers
digest-button-reply = Write
digest-button-used = Used today
digest-button-snooze = Not now
digest-button-visit = ↩️ Answer { $name }: the visit
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
