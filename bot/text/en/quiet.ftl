## days of rest, as a therapist reads them

digest-state-rest-holiday = a holiday
digest-state-asked_less = asked what would fit instead
digest-state-rest-silent = not asked: no answers for two weeks
digest-state-missed-outage = not asked: we were away
digest-away = { $count ->
    [one] 1 day not asked: we were away
   *[other] { $count } days not asked: we were away
}
digest-state-missed-not_delivered = not asked: Telegram did not take it
digest-state-missed-blocked = not asked: they could not be reached

## days off, as a family or a therapist sets them

free-title = <b>Days off</b>
    On these days we ask nothing.
free-title-therapist = <b>Days off</b>
    On these days nothing but urgent help comes.
free-weekend = Weekend: { $days }
free-feasts = Holidays: { $feasts }
free-feasts-none = Holidays: none yet
free-feast = { $feast } from { $day }
free-fast = While you fast: one question, from { $hour } on.
    From { $first } to { $last }.
free-break = School break: { $first } to { $last }
free-button-weekend = 📅 Weekend
free-button-feasts = 🎉 Holidays
free-button-fast = 🌙 Fasting month
free-button-breaks = 🏖 School breaks
free-button-back = ◀️ Days off
free-which-weekend = Which days are your weekend?
free-weekend-work = The button below asks only on your working days.
free-button-country = As in the country
free-button-work = Ask on working days only
free-which-feasts = Which holidays do you keep? On them we ask nothing.
free-which-fast = Do you fast in Ramadan?
    Then one question comes, and none before your hour.
    From which hour on may it come?
free-fast-is = You fast from { $first } to { $last }.
    One question comes, from { $hour } on.
    Did it begin on another day? Move it below.
free-button-hour = 🕖 Another hour
free-button-later = A day later
free-button-earlier = A day earlier
free-button-no-fast = We do not fast
free-breaks = In a school break we ask nothing.
free-button-add = ➕ Add a break
free-button-drop = ✕ { $first } to { $last }
free-which-month = In which month does the break begin?
free-which-first = Which is the first free day?
free-which-last = Free from { $first }. Which is the last free day?
free-button-month = { $month } ▶️
feast-eid_fitr = Eid al-Fitr
feast-eid_adha = Eid al-Adha
feast-nowruz = Nowruz
feast-christmas = Christmas
feast-christmas_orthodox = Orthodox Christmas
feast-easter = Easter
feast-easter_orthodox = Orthodox Easter
feast-diwali = Diwali
feast-lunar_new_year = Lunar New Year
feast-passover = Passover

## why a question came when it did, as a therapist reads it

families-button-why = ❓ Why did this come now?
why-title = Why did this come now? { $child }
why-nothing = No question came in the last two weeks.
why-next = Next: { $when }, on their clock.
why-planned = { $day }, { $what }. Planned for { $hour }.
why-own = { $day }, { $what }. They opened it by themselves at { $hour }.
why-sent = It came at { $hour }.
why-late = It came late, at { $hour }.
why-fast = It was moved from { $hour }, as they fast.
why-short-busy = One question only, for their busy week.
why-short-fast = One question only, as they fast.
why-later = They asked for it later, at { $hour }.
why-reminder = One silent reminder came at { $hour }.
why-again = It came again at { $hour }, as we had been away.
why-answered = Answered at { $hour }.
why-open = It is still open.
why-on-its-way = It is on its way.
why-state = { $words }.

## six weeks of a plan, as a therapist reads them

review-title = <b>{ $child }</b>: six weeks of one plan.
    { $name }, { $what }.
review-asked = Asked { $asked ->
    [one] once
   *[other] { $asked } times
}, answered { $answered ->
    [one] once
   *[other] { $answered } times
}.
review-opened = You opened { $child } in { $opened } of { $digests } digests.
review-question = Does it still fit?
review-button-keep = Keep it as it is
review-button-fewer = Ask less often
review-button-edit = 📅 Edit the plan
review-kept = ✓ It stays as it is. We ask you again in six weeks.
