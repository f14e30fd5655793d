## days of rest, as a therapist reads them

digest-state-rest-holiday = a holiday
digest-state-rest-asked_less = asked what would fit instead
digest-state-rest-silent = not asked: no answers for two weeks
digest-state-missed-outage = not asked: we were away
digest-state-missed-not_delivered = not asked: Telegram did not take it
digest-state-missed-blocked = not asked: they could not be reached
