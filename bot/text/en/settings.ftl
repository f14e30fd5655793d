## settings

settings-title = <b>Your settings</b>
settings-zone = Clock: { $zone }, { $clock } now
settings-quiet = Quiet from { $first } to { $last }
settings-hours = Working hours: { $first } to { $last }
settings-language = Language: { $language }
settings-stopped = Messages are stopped. /start brings them back.
settings-button-zone = 🌍 Clock
settings-button-quiet = 🌙 Quiet hours
settings-button-hours = 🌙 Working hours
settings-button-free = 🌴 Days off
settings-button-language = 🗣 Language
settings-button-back = ◀️ Settings
settings-next = ✓ Next: { $when }
settings-kept = ✓ Kept.
settings-which-language = Which language?
settings-which-zone = Where do you live?
    Choose a part of the world, or write your city.
settings-which-city = Which city has your clock?
settings-no-city = I do not know that place. Please write a large city near you.
settings-quiet-from = No messages from which hour on?
settings-quiet-until = Quiet from { $first }. Until which hour?
settings-hours-from = When does your working day begin?
    Outside it nothing but urgent help comes.
settings-hours-until = You begin at { $first }. When does your day end?
plan-button-amount = 🔢 How often
plan-button-amount-of = 🔢 How often: { $what }
amount-which = How often shall we ask?
    Now: { $days }
amount-planned = As planned: { $days }
amount-all = Every day
amount-five = Five days a week
amount-three = Three days a week
amount-two = Two days a week
amount-one = One day a week
amount-a-day = { $n ->
    [one] At most { $n } question a day
   *[other] At most { $n } questions a day
}
