## consent: one tap for the first voice note and the first photo; and for letters and research, which nobody must

consent-yes-voice = Yes, keep it
consent-yes-photos = Yes, keep it
consent-yes-newsletter = Yes, please
consent-yes-research = Yes, they may
consent-no = No, thank you
consent-allow = Allow from now on
consent-ask-voice = May we keep your voice notes for your therapist?
    Without a yes, this one is not kept.
consent-ask-photos = May we keep your photos and videos for your therapist?
    Without a yes, this one is not kept.
consent-ask-newsletter = May your clinic send you a letter now and then?
    It shows only what is meant for you.
consent-ask-research = May your clinic use your answers for research?
    Names are taken out first.
    Saying no changes nothing in your care.
consent-given-voice = ✓ Thank you. We keep your voice notes from now on.
    You can change it in /privacy.
consent-given-photos = ✓ Thank you. We keep your photos from now on.
    You can change it in /privacy.
consent-given-newsletter = ✓ Thank you. Letters may come from now on.
    You can change it in /privacy.
consent-given-research = ✓ Thank you. Your clinic knows of your yes.
    You can change it in /privacy.
consent-refused-voice = ✓ All right. Your voice note was not kept.
    Words are always welcome.
consent-refused-photos = ✓ All right. Your picture was not kept.
    Words are always welcome.
consent-refused-newsletter = ✓ All right. No letters come.
consent-refused-research = ✓ All right. Your answers are only for your care.
consent-only-words-voice = Your voice note was not kept, only your words.
consent-only-words-photos = Your picture was not kept, only your words.
consent-dropped-voice = There was no answer, so your voice note was not kept.
    You can send it again.
consent-dropped-photos = There was no answer, so your picture was not kept.
    You can send it again.
