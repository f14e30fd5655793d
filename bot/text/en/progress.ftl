## how far a child has come, as a family sees it (/progress)

progress-title = <b>🌱 How far { $child } has come</b>
progress-nothing = Nothing is here yet.
    Tell me something new, and it stays here.
progress-month = <b>{ $month }</b>
progress-win = • { $day }: { $words }
progress-first = the first time
progress-for = for 🎯 { $goal }
progress-reached = 🎉 { $day }: { $goal } – a goal was reached
progress-new = 🎉 Something new
progress-list = 📋 The list for this age
progress-older = Further back ▶️
progress-newer = ◀️ Newer
progress-link = Link to a goal
progress-back = ◀️ Back to the album
progress-which = Which one shall we link?
progress-which-goal = { $words }
    Which goal does it belong to?
progress-no-goal = To no goal
progress-show = 👀 { $day }

## wins, as a therapist links them (/goal)

progress-wins-button = 🎉 New things
progress-wins = <b>New things of { $child }</b>
progress-wins-none = Nothing new was told in the last two months.
progress-wins-line = • { $day }, { $name }: { $words }
