## crisis: what an admin, or each therapist, hears of the crisis numbers, once a month

crisis-old = ☎️ The crisis numbers were last checked on { $day }.
    Please have each one rung again.
crisis-unknown = ☎️ { $n ->
        [one] One family sees
       *[other] { $n } families see
    } no crisis numbers. None are known for your country.
crisis-elsewhere = ☎️ { $n ->
        [one] One family’s clock stands
       *[other] The clocks of { $n } families stand
    } in another country. They see the numbers of yours.
crisis-no-admin = Your clinic has no admin here yet.
    So each therapist gets this message.
crisis-tell = Please tell who runs this bot. I ask again in a month.
