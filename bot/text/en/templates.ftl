## templates: a therapist's own check-ins; what families read of them are the therapist's words

templates-title = Your own check-ins
templates-none = There are none yet. Copy one, and change its words.
templates-new = ➕ Copy one
templates-which = Which one shall we copy?
templates-draft = Not in use yet
templates-version = Version { $n }
templates-changed = Version { $n }, with changes that are not in use yet
templates-of = <b>{ $name }</b>
templates-questions = Its questions:
templates-button-see = 👀 Try it
templates-button-add = ➕ Question
templates-button-name = ✏️ Name
templates-button-publish = ✅ Use it
templates-button-undo = ↩️ Undo changes
templates-button-archive = 🗄 Put away
templates-button-all = ◀️ All of mine
templates-button-back = ◀️ Back
templates-button-words = ✏️ Words
templates-button-up = ⬆️ Up
templates-button-down = ⬇️ Down
templates-button-remove = 🗑 Remove
templates-button-choice = ➕ Choice
templates-scale = These steps stay in this order. Only their words can change.
templates-kind = What kind of question?
templates-kind-one = One choice
templates-kind-many = Several choices
templates-kind-words = Own words
templates-write = Write the new words.
    { "{child}" } stands for the nickname, { "{name}" } for you.
templates-too-long = That is too long. { $n } letters fit.
templates-published = Version { $n } is in use. Earlier answers keep their words.
    /plan sets who gets it.
templates-archive-sure = Put it away? Plans that have it go on.
templates-archive-yes = Yes, put it away
templates-archived = It is put away.
templates-stays-leads = This stays. Another question follows from it.
templates-stays-last = The last one stays.
templates-stays-full = There is no room for more.
templates-stays-scale = These steps stay in this order.
templates-stays-gone = It is not there any more.
templates-seen = That was the last question. Nothing was kept.
templates-after = Only where the child has such a thing.
templates-yes = Yes
templates-no = No
templates-child = Mika
