## trouble on our side

outage-lost = We were away for more than a day. What you sent may be lost.
    Please send again what matters. We are sorry.

apology = Something went wrong on our side. Your message is kept.
    We will look at it. You need not send it again.
apology-stranger = Sorry, that did not work on our side.
    Please try it again.
