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
planning-button-end = End it now
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
