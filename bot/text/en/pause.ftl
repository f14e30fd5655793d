## /pause: asked less, or nothing, until a date

pause-offer = Is it much just now? You may take a rest.
    In a busy week we ask one thing a day.
    No answer is needed.
pause-button-busy = Busy week: one question a day
pause-button-pause = A pause
pause-button-ill = Someone is ill
pause-button-end = ▶️ Go on now
pause-until = Until which day? That day is a rest, too.
pause-on-pause = ✓ A pause, up to { $day }.
    We ask nothing until then. You may write at any time.
pause-on-ill = ✓ Get well soon, all of you.
    We ask nothing up to { $day }. You may write at any time.
pause-on-busy = ✓ One short question a day, up to { $day }.
    No answer is needed. You may write at any time.
pause-ended = ▶️ We go on. The next question comes { $when }.
pause-ended-open = ▶️ We go on.
