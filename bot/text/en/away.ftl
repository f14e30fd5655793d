## away: a therapist's leave, and who stands in

away-none = You have planned no leave.
away-runs = 🌴 You are away until { $last }. { $name } stands in.
away-planned = 🌴 You are away from { $first } to { $last }. { $name } will stand in.
away-stays = { $name } is family of a child here.
    { $n ->
        [one] That family stays with you.
       *[other] These { $n } families stay with you.
    }
away-how = Who stands in sees your families and gets their news.
    You get no morning digest. Urgent news still comes to you, too.
away-add = ➕ I will be away
away-end = ✖️ Not away from { $day }
away-from = What is your first day away?
away-until = Away from { $day }. What is your last day away?
away-who = Away from { $first } to { $last }. Who stands in?
away-nobody = Nobody is free to stand in on these days.
away-earlier = ◀️ Earlier
away-later = Later ▶️
away-back = ◀️ Back
away-yours = 🌴 { $name } is away until { $day }. You stand in.
    { $n ->
        [one] One family is with you until then.
       *[other] { $n } families are with you until then.
    }
away-alone = { $name } does not work here any more.
    Nobody stands in for you from { $first } to { $last }.
    Choose somebody else here, or in /away.
away-alone-runs = { $name } does not work here any more.
    Nobody stands in for you until { $last }.
    News of your families comes to you again.
    Choose somebody else here, or in /away.
away-told = 🌴 { $name } is away until { $day }.
    Until then { $other } reads what you share about { $child }.
