## offers: what an answer leads to

support-title = People who listen
support-people = You can also talk to { $name }, your doctor, or someone close.
    { $name } sees what you said. Nobody reads it live.
howto-seen = { $name } sees that you would like to know more.
