## inviting: a new family

invite-nickname = A new family. What shall we call the child?
    A nickname or initials are best, no surname.
    /cancel ends this.
invite-confirm = New family: { $child }.
    Daily check-in at { $hour }. Language: { $language }. Clock: { $zone }.
    All of it can be changed in /families.
invite-make = ✓ Make the link
invite-made = ✓ { $child } is set up.
    Please hand on the next message, or let them scan the picture.
    The link works once, for 14 days.
    You hear from me when they join.
invite-forward = Hello! { $name } invites you to Homenotes.
    It is a chat for short notes from home, between the visits.
    Please open this link in Telegram:
    { $link }
invite-qr = Or scan this with a phone.
invite-code-only = Please open our chat and send this:
    <code>/start { $code }</code>
invite-therapists-only = Only therapists can do that.
    /help shows what you can do here.
