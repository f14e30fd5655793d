## oncall: who is told first when something is urgent

oncall-now = On call now: { $names }
oncall-nobody = Nobody is on call now.
oncall-mine = Your time: { $when }
oncall-none = You have no time on call.
oncall-how = Alarms come to you also in your quiet hours.
    Press “I have it”, or the next person is told.
oncall-rota = Everybody’s time:
oncall-line = { $place }. { $name }: { $when }
oncall-nobody-planned = Nobody has a time yet.
oncall-put = 👥 Put a colleague on call
oncall-off = ✖️ { $name }: { $when }
oncall-who = Who is on call?
oncall-place = Who is told first? 1 is first, then 2.
oncall-told = ✓ { $name } is on call, and is told.
oncall-tell = ✓ { $name } is on call. Please tell them yourself.
oncall-yours = 📟 { $name } put you on call: { $when }.
    Alarms come to you then, in quiet hours too.
    /oncall shows all your time.
oncall-yours-off = 📟 { $name } took you off call: { $when }.
    /oncall shows all your time.
oncall-add = ➕ I am on call
oncall-drop = ✖️ Not: { $when }
oncall-which-days = On which days?
oncall-from = From which hour?
oncall-until = Until which hour?
oncall-back = ◀️ Back
