## milestone: a small win

milestone-name = Small win

milestone-did = What did { $child } do?
    Write it, or send a voice note or a photo.
milestone-did-short = { $child }

milestone-often = How often?
milestone-often-short = How often
milestone-often-first_time = First time
milestone-often-few_times = A few times
milestone-often-most_times = Most of the time
milestone-often-after-first_time = 🎉 A first time! Thank you for catching it.

milestone-help = How much help?
milestone-help-short = Help
milestone-help-lots = Lots
milestone-help-a_little = A little
milestone-help-none = None

milestone-where = Where was it?
milestone-where-short = Where
milestone-where-home = At home
milestone-where-out = Out
milestone-where-school = At school

milestone-share = May we share it in the family newsletter?
milestone-share-short = Newsletter
milestone-share-yes = Yes
milestone-share-no = No

milestone-stopped = Has { $child } stopped doing something { $gender ->
        [female] she
        [male] he
       *[unsaid] they
    } could do before?
milestone-stopped-short = Stopped doing something
milestone-stopped-no = No
milestone-stopped-yes = Yes
milestone-stopped-not_sure = Not sure
milestone-stopped-after-yes = Thank you for telling us.
    { $name } will see this first.
    Please also call your doctor.
milestone-stopped-after-not_sure = Thank you. { $name } will read this.

milestone-stopped_what = What is it, and since when?
    Write it, or send a voice note.
milestone-stopped_what-short = What, and since when

# once a month, after a check-in, where no small win was told
milestone-month = Has { $child } done something new this month?
    Small things count, too.

# a card to look at together with the child
milestone-celebration = 🎉 { $child } did it, for the first time!
    Show this to { $child } and be glad together.
