## consent: one tap for the first voice note and the first photo

consent-yes = Yes, keep it
consent-no = No, thank you
consent-allow = Allow from now on
consent-ask-voice = May we keep your voice notes for your therapist?
    Without a yes, this one is not kept.
consent-ask-photos = May we keep your photos and videos for your therapist?
    Without a yes, this one is not kept.
consent-given-voice = ✓ Thank you. We keep your voice notes from now on.
    You can change it in /privacy.
consent-given-photos = ✓ Thank you. We keep your photos from now on.
    You can change it in /privacy.
consent-refused-voice = ✓ All right. Your voice note was not kept.
    Words are always welcome.
consent-refused-photos = ✓ All right. Your picture was not kept.
    Words are always welcome.
consent-dropped-voice = There was no answer, so your voice note was not kept.
    You can send it again.
consent-dropped-photos = There was no answer, so your picture was not kept.
    You can send it again.
