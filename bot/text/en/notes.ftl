## notes: what parents send at any time

note-kept = ✓ Kept safely.
note-kept-read = ✓ Kept safely. { $name } reads it on { $day }.
    Nobody reads it live.
note-kept-later = ✓ Kept safely. { $name } will read it.
    Nobody reads it live.
note-for-whom = For whom is it?
note-tag-win = 🎉 A small win
note-tag-hard = 😟 A hard moment
note-tag-question = ❓ A question
note-tagged-win = 🎉 Kept as a small win. Well seen!
note-tagged-hard = Kept as a hard moment. Thank you for telling us.
note-tagged-question = Kept as a question.
note-cannot-keep = I can keep words, voice notes, photos, videos and files.
    This one I cannot keep.
note-empty = There were no words in it. Please send it again.
note-no-child = There is no child here for you right now.
reads-only = 📖 You read along here. Your clinic set it so.
    I ask nothing of you and keep no words.
    In danger, press “Urgent help” in /help, and call.
    Would you like to answer, too? Please ask your therapist.
