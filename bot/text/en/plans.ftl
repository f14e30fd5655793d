## plans: hours and days

plan-every-day = every day
plan-working-days = Monday to Friday
plan-work = on working days
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
plan-visit-before = { $n ->
    [one] the day before each visit
   *[other] { $n } days before each visit
}
plan-visit-after = { $n ->
    [one] the day after each visit
   *[other] { $n } days after each visit
}
plan-visit-on = on the day of each visit
plan-joined-before = before they join
plan-joined-on = on the day they join
plan-joined-after = { $n ->
    [one] once, the day after they join
   *[other] once, { $n } days after they join
}
plan-birthday-on = on the first day of the birth month
plan-birthday-before = { $n ->
    [one] the day before the birth month
   *[other] { $n } days before the birth month
}
plan-birthday-after = { $n ->
    [one] a day into the birth month
   *[other] { $n } days into the birth month
}
plan-follows = It opens right after: { $what }
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
planning-by-family = The family chose these days. Planned: { $days }
planning-next = The next questions, on the family’s clock:
planning-no-next = No more questions come from this plan.
planning-no-next-visit = No visit is planned that it could go by. /meeting plans one.
planning-no-next-joined = That day is over. No more questions come from this plan.
planning-no-next-birthday = The birth month is not known. /families sets it.
planning-waiting = It begins on the day after they join.
planning-tells = Each change is told to them once, outside their quiet hours.
planning-burst-is = This plan ends by itself. The other plan goes on beside it.
planning-button-often = 📅 How often
planning-button-hour = 🕖 Hour
planning-button-window = 🕰 Any time between
planning-button-burst = 🌅 Mornings for 2 weeks
planning-button-around = Around a date: visit, joining, birth month
planning-button-follow = ⛓ Right after the daily question
planning-which-around = Around which date?
planning-button-over = ↩️ Start over
planning-button-end = End this plan
planning-button-else = ➕ Ask something else
planning-which-else = { $child }: what else shall we ask { $name }?
planning-else-none = All that there is, is asked already.
planning-button-all = ◀️ All families
planning-button-back = ◀️ Back to the plan
planning-which-often = How often?
planning-button-days = Weekdays
planning-button-weeks = Every second week
planning-button-month = Once or twice a month
planning-which-weeks = Every second week, on which days?
planning-which-month = Which day of the month?
planning-which-window = Each day at another minute. Between which hours?
planning-burst-sure = Ask each morning at { $hour } too? For how long?
    It ends by itself. The plan of now goes on beside it.
    Then there are two questions a day.
planning-burst-weeks = { $n ->
    [one] For a week
   *[other] For { $n } weeks
}
planning-end-sure = Shall nothing more be asked by this plan?
planning-end-yes = Yes, end it
planning-over-sure = Go back to every day?
    The hour stays as it is: { $hour }.
planning-over-yes = Yes, every day
planning-changed = ✓ Next: { $when }
planning-told = { $name } changed when we ask about { $child }.
planning-told-next = The next question comes { $when }.
planning-told-no-next = No more questions come from this plan.
planning-told-yours = You may change hour and days in /settings.
