## help and privacy

help-parent = <b>What you can do here</b>
    Write, say or show something at any time. I keep it.
    /checkin opens the questions of today.
    /meetings shows your visits.
    /milestone is for something new.
    /goals is for wishes and goals.
    /progress shows how far you have come.
    /practice is for what you try at home.
    /behaviour is for what happened.
    This chat is not watched. In danger, press “Urgent help” and call.
help-reader = <b>What you can do here</b>
    /goals shows the goals that are shared with you.
    /progress shows how far you have come together.
    /meetings shows your visits.
    This chat is not watched. In danger, press “Urgent help” and call.
help-therapist = <b>For you as a therapist</b>
    /digest shows what is new.
    /families shows who is with you.
    /goal shapes goals with a family.
    /plan sets what is asked, and when.
    /templates changes the questions.
    /meeting agrees a visit.
    /invite brings a new family.
    /report makes a paper for a meeting.
    /oncall sets when alarms come to you.
help-everyone = /settings changes hours, days and the clock.
    /privacy shows who reads what.
    /stop ends the messages. /cancel ends only the question.
help-not-kept = I do not keep words here.
    These buttons show what you can do.
welcome-back = Good to see you.
welcome-back-stopped = Welcome back. Messages come again.
stopped = ✓ No more messages. Everything you gave is kept.
    /start brings them back.
cancelled = ✓ That question is over.
cancelled-nothing = There is no question open. All is well.
privacy-readers = 👀 { $name } reads what you send. Nobody reads it live.
    No other family sees it, nor another caregiver.
privacy-rests = ⏸ You have no access now. What you gave is still yours.
privacy-stored = 🔒 It is stored at the clinic, under lock.
    Voice notes and pictures stay at Telegram. We keep the key to them.
privacy-telegram = ✈️ Telegram carries the messages, and it can see them.
privacy-yours = Each yes is yours. You can take it back here.
privacy-preset-own = 📝 Your clinic set that you see what you gave yourself.
privacy-preset-read = 📖 Your clinic set that you read along. Nothing is asked of you.
privacy-therapist = 🔒 What families say is stored at your clinic, under lock.
    ✈️ Telegram carries the messages, and it can see them.
    You see only your families.
privacy-voice-on = 🎤 Voice notes: yes. Turn off
privacy-voice-off = 🎤 Voice notes: no. Turn on
privacy-photos-on = 🖼 Photos: yes. Turn off
privacy-photos-off = 🖼 Photos: no. Turn on
privacy-newsletter-on = 📰 Letters: yes. Turn off
privacy-newsletter-off = 📰 Letters: no. Turn on
privacy-research-on = 🔬 Research: yes. Turn off
privacy-research-off = 🔬 Research: no. Turn on
privacy-agreed = ✍️ You agreed on { $day }, to text { $version }.
privacy-text-changed = The text has changed since. You can read it here.
privacy-text = 📖 What I agree to
privacy-text-back = ◀️ Back
privacy-earlier-voice = ✓ Voice notes are off. Nobody is shown earlier ones.
    Shall I delete the earlier ones too?
privacy-earlier-photos = ✓ Photos are off. Nobody is shown earlier ones.
    Shall I delete the earlier ones too?
privacy-keep = No, keep them
privacy-delete = Yes, delete them
privacy-deleted = ✓ They are deleted. Your words stay.
    Older messages stay in this chat until you delete the chat.
privacy-urgent-stays = 🆘 What was urgent stays with your clinic, as you sent it.
privacy-leave = Take back my agreement
privacy-leave-sure = Shall everything end here for you?
    No more questions come, and your access ends.
    What you said stays with your therapist.
    Your care goes on as before.
privacy-stay = No, stay
privacy-leave-yes = Yes, end it
privacy-gone = ✓ It has ended. Thank you for all you told.
    Your care goes on as before.
    A new link from your therapist opens it again.
privacy-gone-delete = 🗑 Delete what I said
privacy-gone-notice = { $name } took the agreement for { $child } back.
    What was said stays with you.

## menu: the phone's list of commands

command-checkin = Questions of today
command-milestone = Something new
command-practice = Home practice
command-behaviour = Something happened
command-digest = What is new
command-families = My families
command-plan = Plans
command-templates = My check-ins
command-meeting = Plan a visit
command-meetings = My visits
command-invite = Invite a family
command-message = A message
command-prepare = For the visit
command-report = A report
command-oncall = On call
command-away = My leave
command-pause = A pause
command-settings = Settings
command-privacy = Who reads what
command-hide = Clear this chat
command-export = A copy for me
command-delete_my_data = Delete my entries
command-help = Help
command-goals = Goals and wishes
command-goal = Goals
command-progress = How far we have come
