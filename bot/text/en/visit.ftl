## visit: a word after a visit

visit-name = After the visit

visit-heard = Did you feel heard today?
visit-heard-short = Felt heard
visit-heard-no = No
visit-heard-a_little = A little
visit-heard-mostly = Mostly
visit-heard-yes = Yes
visit-heard-after-no = Thank you for being open. It helps to know.

visit-matters = Did we work on what matters to you?
visit-matters-short = Worked on what matters
visit-matters-no = No
visit-matters-a_little = A little
visit-matters-mostly = Mostly
visit-matters-yes = Yes

visit-know = Do you know what to do at home?
visit-know-short = Know what to do at home
visit-know-no = No
visit-know-partly = Partly
visit-know-yes = Yes

visit-differently = What should we do differently?
    Write it, or send a voice note.
visit-differently-short = Do differently

visit-talk = Would you like to talk about it?
visit-talk-short = Talk about it
visit-talk-yes = Yes
visit-talk-no = No
visit-talk-after-yes = { $name } will see that you would like to talk.
visit-reply-said = <b>{ $name } said after the visit, { $day }:</b>
visit-reply-which = What may { $name } hear from you?
visit-reply-button-seen = 👀 I have read it
visit-reply-button-change = 🔧 I will change it
visit-reply-button-talk = 💬 Let us talk about it
visit-reply-button-own = ✏️ In my own words
visit-reply-seen = About the visit on { $day }: I have read what you said. Thank you.
visit-reply-change = About the visit on { $day }: thank you for telling me. I will change that.
visit-reply-talk = About the visit on { $day }: thank you for telling me. Let us talk about it when we meet.
visit-talk-after-no = All right. You can always say more here.
