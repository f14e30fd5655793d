## weekly: the review before a visit

weekly-name = Weekly review

weekly-week = How was this week?
weekly-week-short = This week
weekly-week-much_harder = 😣 Much harder
weekly-week-harder = 🙁 Harder
weekly-week-same = 😐 Same
weekly-week-easier = 🙂 Easier
weekly-week-much_easier = 😀 Much easier
weekly-week-after-much_harder = Thank you for telling us. That sounds like a very hard week.
weekly-week-after-harder = Thank you for telling us. Some weeks are hard.
weekly-week-after-much_easier = Good to hear.

weekly-since = Since when is it much harder?
    Write it, or send a voice note.
weekly-since-short = Much harder since

weekly-well = What is one thing that went well?
    Write it, or send a voice note or a photo.
weekly-well-short = Went well

weekly-hard = What is one hard thing?
    Write it, or send a voice note.
weekly-hard-short = Was hard

weekly-helped = What helped?
weekly-helped-short = Helped
weekly-helped-other = Something else
weekly-helped_other = What else helped?
    Write it, or send a voice note.
weekly-helped_other-short = Helped, too
weekly-helped_words = What helped this week?
    Write it, or send a voice note.
weekly-helped_words-short = Helped

weekly-change = What should we change?
    Write it, or send a voice note.
weekly-change-short = To change

weekly-question = Is there a question for { $name }?
    Write it, or send a voice note.
weekly-question-short = Question

weekly-you = And you, how are you doing yourself?
    Only { $name } reads this.
weekly-you-short = You
weekly-you-ok = OK
weekly-you-tired = Tired
weekly-you-very_stretched = Very stretched
weekly-you-rather_not = Rather not say
weekly-you-after-tired = You do a lot. Thank you for saying so.
weekly-you-after-very_stretched = Thank you for saying so. That is a lot to carry.

weekly-call = Would you like a call from { $name }?
weekly-call-short = A call
weekly-call-yes = Yes
weekly-call-no = No
weekly-call-after-yes = { $name } will see that you would like a call.

# what a family tries these days: the list that a review can choose from
strategies-breathing = { coping-breathing }
strategies-grounding = { coping-grounding }
strategies-quiet_corner = { coping-quiet_corner }
strategies-first_then = { coping-first_then }
