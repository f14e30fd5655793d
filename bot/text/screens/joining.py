"""From the link to the first day: short screens, the way forward always on top. No child's name until joined."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain.inviting import PREFIX
from bot.domain.joining import Invitation, Joined, Reads
from bot.model import Button, Kind, Role, Screen
from bot.text import numbers
from bot.text.catalogue import Voice

HOURS = ("17:00", "18:00", "19:00", "20:00", "20:30", "21:00")


def welcome(voice: Voice, invitation: Invitation, clinic: str) -> Screen:
    """Who invites, what will be asked, how often."""
    key = invitation.key[:PREFIX]
    if invitation.person.kind is Kind.THERAPIST:
        text = voice("join-therapist", clinic=clinic)
        return Screen(text, ((Button(voice.plain("join-therapist-yes"), f"join:agree:{key}"),),))
    host = _hosts(invitation.hosts, clinic)
    return Screen(voice("join-welcome", name=host), ((Button(voice.plain("join-next"), f"join:next:{key}"),),))


def _hosts(hosts: tuple[object, ...], clinic: str) -> str:
    names = [str(getattr(host, "name", "")) for host in hosts]
    return ", ".join(name for name in names if name) or clinic


def agreement(voice: Voice, invitation: Invitation, clinic: str, version: str) -> Screen:
    """Who reads it and when, what it is not, what Telegram can see, how to stop. The yes says which text it is to."""
    key = invitation.key[:PREFIX]
    rows = (
        (Button(voice.plain("join-agree"), f"join:agree:{key}:{version}"),),
        (Button(voice.plain("join-refuse"), f"join:no:{key}"),),
        (Button(voice.plain("join-more"), f"join:more:{key}"),),
    )
    told = voice("join-agreement", name=_hosts(invitation.hosts, clinic))
    return Screen(f"{told}\n{voice('join-all-right')}", rows)


def details(voice: Voice, invitation: Invitation, clinic: str, version: str) -> Screen:
    """How often, who else, how long, what danger words do, how to take along and to delete; the text's version."""
    key = invitation.key[:PREFIX]
    rows = (
        (Button(voice.plain("join-agree"), f"join:agree:{key}:{version}"),),
        (Button(voice.plain("join-refuse"), f"join:no:{key}"),),
    )
    return Screen(voice("join-details", clinic=clinic, version=version), rows)


def refused(voice: Voice, invitation: Invitation) -> Screen:
    """The door stays open."""
    again = Button(voice.plain("join-think-again"), f"join:next:{invitation.key[:PREFIX]}")
    return Screen(voice("join-refused"), ((again,),))


def hour(voice: Voice, joined: Joined, schedule: int, chosen: str, now: int) -> Screen:
    """Joined. Which hour suits? The one that was planned stands on top."""
    clock = numbers.clock_time(from_ms(now), ZoneInfo(joined.person.timezone), voice.language)
    text = voice("join-done", child=joined.child, name=_hosts(joined.hosts, ""), clock=clock)
    keep = (Button(voice.plain("join-keep-hour", hour=chosen), f"setup:hour:{schedule}:{_plain(chosen)}"),)
    others = [Button(one, f"setup:hour:{schedule}:{_plain(one)}") for one in HOURS if one != chosen]
    return Screen(text, (keep, tuple(others[:3]), tuple(others[3:])))


def _plain(hour: str) -> str:
    return hour.replace(":", "")


def try_out(voice: Voice, first: str) -> Screen:
    rows = ((Button(voice.plain("join-try"), "setup:try"),), (Button(voice.plain("join-try-later"), "setup:later"),))
    return Screen(voice("join-try-out", first=first), rows)


def trying(voice: Voice) -> Screen:
    rows = tuple((Button(voice.plain(f"pulse-day-{key}"), "setup:tried"),) for key in ("good", "ok", "hard"))
    return Screen(f"<i>{voice('join-trying')}</i>\n\n{voice('join-try-question')}", rows)


def tried(voice: Voice) -> Screen:
    return Screen(voice("join-tried"))


def all_set(voice: Voice) -> Screen:
    return Screen(voice("join-all-set"))


def therapist_joined(voice: Voice, clinic: str) -> Screen:
    return Screen(voice("join-therapist-done", clinic=clinic))


def already_in(voice: Voice) -> Screen:
    return Screen(voice("join-already"))


def not_both(voice: Voice, reads: Reads, key: str) -> Screen:
    """The link stays good, should the clinic arrange it."""
    again = Button(voice.plain("join-think-again"), f"join:next:{key}")
    return Screen(voice(f"join-reads-{reads.value}"), ((again,),))


def no_such_link(voice: Voice) -> Screen:
    return Screen(voice("join-no-link"))


def notice(voice: Voice, joined: Joined) -> Screen:
    """For the therapist: who came in by that link, and one tap to put them out again."""
    text = voice("join-notice", name=called(voice, joined.person.name, joined.person.role), child=joined.child)
    return Screen(text, ((Button(voice.plain("join-not-them"), f"seat:out:{joined.person.id}"),),))


def called(voice: Voice, name: str, role: str) -> str:
    """Ana (mother), or the role alone. Not HTML: for buttons and as an argument."""
    known = voice.plain(f"role-{role or Role.PARENT.value}")
    return f"{name} ({known})" if name else known


def put_out(voice: Voice) -> Screen:
    return Screen(voice("join-put-out"))


def stranger(voice: Voice) -> Screen:
    return Screen(voice("stranger"))
