## home steps: what a therapist gives a family to practise

steps-title = <b>Home steps for { $child }</b>
steps-none = There is none yet.
steps-line = 🏠 { $step }
    { $routine }, { $days }
steps-line-until = 🏠 { $step }
    { $routine }, { $days }, until { $day }
steps-full = Three at a time are enough. Take one away first.
steps-button-add = ➕ A home step
steps-button-all = 🏠 Home steps
steps-button-back = ◀️ Back to the step
steps-button-text = ✏️ Words
steps-button-routine = 🛁 Routine
steps-button-days = 📅 Days
steps-button-weeks = ⏳ How long
steps-button-how = 📖 How to
steps-button-tip = 💡 Tips
steps-button-see = 👀 As they see it
steps-button-end = ✓ Take it away
steps-ask-text = What should they try at home? One short line.
    /cancel leaves it as it is.
steps-ask-how = How does it go? Write it in a few lines.
    Or send a picture, a voice note, a video or a file.
    “-” takes it away. /cancel leaves it as it is.
steps-ask-tip = What helps with this: { $barrier }?
    Now they read: “{ $now }”
    Write your own, in one line. “-” brings ours back.
steps-which-routine = At which moment of the day?
steps-which-weeks = For how long, from today?
steps-weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
}
steps-no-end = Until you take it away
steps-which-tip = They get a tip when something gets in the way.
    ✏️ marks your own words.
steps-how-words = 📖 { $words }
steps-how-media = 📎 With { $kind ->
        [photo] a picture
        [voice] a voice note
        [audio] a sound
        [video] a video
        [video_note] a video note
        [animation] a moving picture
       *[document] a file
    }
steps-tips = 💡 { $count ->
        [one] One tip of your own
       *[other] { $count } tips of your own
    }
steps-tells = The family is told once, outside their quiet hours.
steps-too-long = Please write at most { $most } letters.
steps-end-sure = Take this step away?
    What was told of it stays.
steps-end-yes = Take it away
steps-told = 🏠 { $name } has a home step for { $child }:
steps-told-over = ✓ This home step is done with. Thank you for trying it.
    { $step }
steps-told-how = Tell how it goes: /practice
