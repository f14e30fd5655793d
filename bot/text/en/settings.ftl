## settings

settings-title = <b>Your settings</b>
settings-zone = Clock: { $zone }, { $clock } now
settings-quiet = Quiet from { $first } to { $last }
settings-language = Language: { $language }
settings-stopped = Messages are stopped. /start brings them back.
settings-button-zone = 🌍 Clock
settings-button-quiet = 🌙 Quiet hours
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
