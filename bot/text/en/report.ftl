## report: the chart of twelve weeks, and the report on paper

chart-button = 📈 12 weeks
chart-coming = One moment. I draw the picture.
chart-title = { $child }: 12 weeks
chart-span = { $first } to { $last }. Data until { $until }.
chart-answered = { $answered } of { $asked } answered
chart-legend-answer = an answer
chart-legend-late = a late answer
chart-legend-unrated = answered, without a word for the day
chart-legend-silent = asked, no answer
chart-legend-rest = a day of rest, or not with { $child }
chart-legend-practice-yes = practised
chart-legend-practice-little = practised a little
chart-legend-practice-no = not practised
chart-legend-moments = moments, told one by one
chart-legend-band = a day, counted as a whole
chart-band-none = 0
chart-band-one = 1
chart-band-two_three = 2–3
chart-band-four_six = 4–6
chart-band-seven_more = 7+
chart-behaviour-before = Just before: { $told }, of { $n ->
        [one] { $n } moment
       *[other] { $n } moments
    }
chart-behaviour-after = Just after: { $told }, of { $n ->
        [one] { $n } moment
       *[other] { $n } moments
    }
chart-change = { $day }: { $changes }
chart-change-step = new home step “{ $what }”
chart-change-step-days = other days for “{ $what }”
chart-change-step-over = home step ended “{ $what }”
chart-change-goal = new goal “{ $what }”
chart-change-goal-words = goal in new words “{ $what }”
chart-change-goal-reached = goal reached “{ $what }”
chart-change-goal-closed = goal ended “{ $what }”
chart-nothing = No answers stand in these weeks yet.
chart-goal-rated = { $n ->
        [one] { $name }: { $last } of 10, 1 rating
       *[other] { $name }: { $first } to { $last } of 10, { $n } ratings
    }

chart-goal-level = level { $level } since { $day }, set { $n ->
        [one] once
       *[other] { $n } times
    }: { $words }
chart-goal-unrated = not rated in this time
chart-why = Why it matters: “{ $words }” { $name }

report-whom = Of whom shall the report be?
report-no-child = No family is with you yet.
    /invite brings the first one.
report-when = Which time shall it hold?
report-period-visit = Since the last visit
report-period-4 = The last 4 weeks
report-period-12 = The last 12 weeks
report-period-all = Everything
report-coming = 📄 One moment. I write the report.
report-here = 📄 A report on { $child }, { $first } to { $last }.
    Each number in it says how many answers it stands on.
report-sorry = I could not make it this time. I am sorry.
    Please ask for it once more.
report-title = { $child }: a report
report-made = Made by { $name } on { $moment }.
report-made-own = Made for { $name } on { $moment }, from the own entries.
report-footer = { $child } · { $clinic } · { $moment }
report-page = Page { $page } of { $pages }
report-chart-title = { $child }: the days
report-days = Days
report-days-none = Nobody was asked about the days in this time.
report-range = from { $low } to { $high }
report-practice = Home practice
report-behaviours = Behaviours
report-media = { $kind ->
        [voice] one voice note
        [audio] one sound file
        [photo] one photo
        [video] one video
        [video_note] one round video
        [animation] one short film
       *[document] one file
    }
report-line = { $what }: { $parts }.
report-changes = What changed
report-reasons = { $days ->
        [one] Made it hard, on { $days } hard day: { $reasons }.
       *[other] Made it hard, on { $days } hard days: { $reasons }.
    }
report-new = New
report-questions = Questions
report-goals = Goals
report-words = In the family’s words
report-own-words = In your words
report-hours = { $moments ->
        [one] { $moments } moment
       *[other] { $moments } moments
    }, told of on { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
report-hours-morning = Morning
report-hours-midday = Midday
report-hours-afternoon = Afternoon
report-hours-evening = Evening
report-hours-night = Night
report-hours-legend = A dash: nobody told of that day. A number: moments.
    They are counts, and say nothing of why.
report-about = How to read this
report-about-text = Each day counts once. A day without an answer is a gap.
    The median is the middle answer. It is a word of the scale.
    With it, n says how many answers there are.
    Words stand here as they were written.
as-it-is = { $words }
