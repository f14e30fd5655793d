## flags: what a digest raises, each with its own reason

flag-fall = 🟠 Sharp fall, { $name }{ $what }: { $recent }. Median { $median }. Usual { $usual }, lower quartile { $quartile }, n = { $n }.
flag-rise = 🟢 Sharp rise, { $name }{ $what }: { $recent }. Median { $median }. Usual { $usual }, upper quartile { $quartile }, n = { $n }.
flag-about = { " " }({ $what })
flag-gone_quiet = 🔵 Gone quiet, { $name }. No answers since { $day }. Before that { $answered } of { $asked } answered.
flag-gone_quiet-weekly = 🔵 Gone quiet in the weekly review, { $name }. No answers since { $day }. Before that { $answered } of { $asked } answered.
flag-stretched = 🟠 Very stretched, says { $name }, { $day }.
flag-stretched-call = 🟠 { $name } would like a call. Asked on { $day }.
flag-stretched-both = 🟠 Very stretched, and would like a call. { $name }, { $day }.
flag-feedback = 🟠 After the visit, { $name }, { $day }: { $what }.
flag-feedback-no = no to { $questions }
flag-feedback-own = a question of your own
flag-feedback-talk = would like to talk
flag-eating = 🟠 Much less eaten, two days running. { $name }, { $day }. The family was asked to call a doctor.
flag-could_not_calm = { $count ->
        [one] 🔵 Big feelings that could not calm, 1 day. { $name }, { $day }.
       *[other] 🔵 Big feelings that could not calm, { $count } days. { $name }, the last on { $day }.
    }
flag-feedback-words = words on what to do differently
flag-stuck-not_sure_how = { $count ->
        [one] 🔵 Home step: not sure how, once in { $days } days.
       *[other] 🔵 Home step: not sure how, { $count } times in { $days } days.
    }
flag-stuck-did_not_want = 🔵 Home step: { $child } did not want to, { $count } times in { $days } days. The step may need a change.
flag-differ = 🔵 Views differ on { $goal }. { $high }, { $low }.
flag-differ-view = { $name } { $points } of 10 ({ $day })
flag-differ-level = your level { $level } ({ $day })
flag-again = { $reason } <i>You saw this on { $day }.</i>
flag-snoozed = <i>Put off until { $day }: { $what }. { $why }</i>
flag-told = told on { $day }

flag-short-fall = 🟠 sharp fall, { $name }: { $recent }
flag-short-rise = 🟢 sharp rise, { $name }: { $recent }
flag-short-gone_quiet = 🔵 gone quiet. No answers since { $day }
flag-short-stretched = 🟠 { $name } is stretched
flag-short-feedback = 🟠 feedback after the visit
flag-short-eating = 🟠 much less eaten
flag-short-could_not_calm = 🔵 could not calm
flag-short-stuck = 🔵 home step stuck
flag-short-differ = 🔵 views differ on { $goal }

flag-name-urgent = the call for help
flag-name-lost_skill = what stopped
flag-name-maybe_lost = what may have stopped
flag-name-fall = the harder days
flag-name-rise = the better days
flag-name-stretched = how the family holds up
flag-name-feedback = their words on the visit
flag-name-eating = how eating goes
flag-name-could_not_calm = the big feelings
flag-name-question = the question
flag-name-gone_quiet = what would make answering easier
flag-name-stuck = the home step
flag-name-differ = how each sees the goal
flag-name-new = what is new

flag-notice-lost_skill = 🟠 News of { $child } that you should see today.
