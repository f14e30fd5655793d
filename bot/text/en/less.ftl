## less: what is said when a family is silent, and the hour at which it does answer

less-asked = Is it much just now? What would fit you?
    All of it is fine.
less-button-keep = Keep it as it is
less-button-three = Three days a week
less-button-one = One day a week
less-button-hour = Another hour
less-button-pause = A pause
less-kept = ✓ It stays as it is. The next question comes { $when }.
less-fewer = ✓ We ask less: { $days }.
    The next question comes { $when }.
less-stopped = We stop asking for now. That is fine.
    Write or tap anything, and we go on.
less-button-on = ▶️ Go on asking
less-on = ▶️ Good to have you here. The next question comes { $when }.
less-other-hour = You often answer at about { $hour }.
    Shall we ask at that hour?
less-button-stay = Stay with { $hour }
less-button-move = Ask at { $hour }

task-contact = ☎️ { $name } ({ $child }): no answers since { $day }. We stopped asking. Please contact them in person.
task-button-done = ✓ Contacted: { $name }
task-done = ✓ Thank you. Questions come again when they write or tap.
