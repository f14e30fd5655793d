"""The plain values that every part of the house speaks in: enums and frozen dataclasses.

Times are aware UTC ``datetime`` objects in the program and integer milliseconds since 1970 in the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any

Json = dict[str, Any]


def texts(value: Any) -> Iterator[str]:
    """Every string of a JSON value, but for keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


# Telegram's limits, in UTF-16 units of what is shown; a test compares them with telegram.constants.
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
PROTECTION, EFFECT = "protect_content", "message_effect_id"  # what only a new message takes


class Kind(StrEnum):
    """What a person is to the clinic."""

    THERAPIST = "therapist"
    CAREGIVER = "caregiver"


class Right(StrEnum):
    """What a person may do for a child (the access table)."""

    CARE = "care"  # a caregiver: own entries, and what was shared
    TREAT = "treat"  # a therapist: every entry of the child


class Preset(StrEnum):
    """What a caregiver's right lets them do, as the clinic sets it."""

    ALL = "all"  # answers, and sees what is shared
    OWN = "own"  # answers, and sees own entries alone
    READ = "read"  # sees what is shared, is asked nothing and adds nothing


class May(StrEnum):
    """What somebody wants to do for a child; each is a question to the preset of the right."""

    CARE = "care"  # whatever the preset: leave, get help, take the own entries along
    GIVE = "give"  # answer, write, show
    SEE = "see"  # what the therapist shares of the child
    BOTH = "both"  # answer what was shared: a goal, a home step


class Role(StrEnum):
    MOTHER = "mother"
    FATHER = "father"
    PARENT = "parent"
    GRANDPARENT = "grandparent"
    FOSTER = "foster"
    GUARDIAN = "guardian"
    OTHER = "other"


class CheckInState(StrEnum):
    DUE = "due"
    OPEN = "open"
    DONE = "done"
    PARTIAL = "partial"
    EXPIRED = "expired"  # asked, and nobody answered
    SKIPPED = "skipped"  # the parent stopped it
    EXCUSED = "excused"  # not with the child, paused: out of every denominator
    MISSED = "missed"  # never shown


NOT_WITH_CHILD = "not_with_child"  # by their own word, or by the rota
CAP = "cap"  # enough was asked on that day
ANSWERED_BY_OTHER = "answered_by_other"  # whoever shares the check-in was first
NOT_FOLLOWED = "not_followed"  # it comes after another check-in, and that one was not answered

RESTS = ("pause", "ill", "busy", "stopped", "holiday", "silent", CAP, ANSWERED_BY_OTHER, NOT_FOLLOWED)
"""Why a check-in is excused other than that the child was elsewhere."""

DROPPED = ("outage", "not_delivered", "blocked")
"""Why a check-in was never shown."""


class NoteKind(StrEnum):
    NOTE = "note"
    WIN = "win"
    HARD = "hard"
    QUESTION = "question"


class Purpose(StrEnum):
    """What a consent is given for; each is off until given."""

    CARE = "care"
    VOICE = "voice"
    PHOTOS = "photos"
    NEWSLETTER = "newsletter"
    RESEARCH = "research"


class Priority(IntEnum):
    """Who goes first out of the door."""

    SAFETY = 0
    REPLY = 1
    PROMPT = 2
    DIGEST = 3
    NEWSLETTER = 4
    STRANGER = 5  # delays nobody, and leaves no trace once it is said


class OutboxState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    EXPIRED = "expired"


class Effect(StrEnum):
    """What a new message in a private chat may be sent with; Telegram's ids, which it does not promise to keep."""

    CONFETTI = "5046509860389126442"
    HEART = "5159385139981059251"


@dataclass(frozen=True, slots=True)
class Media:
    """One thing that Telegram keeps for us. ``seconds`` is None where it has no length."""

    kind: str
    file_id: str
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file of our own, to be kept. ``name`` is plain ASCII with its ending, which says what kind it is."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: either callback ``data`` (at most 64 bytes) or a ``url``."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """What a person is shown: HTML text, rows of buttons, at most one medium.

    ``text`` is HTML as Telegram reads it; words of people in it are already escaped.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    media: Media | None = None
    photo: bytes | None = None  # a picture of our own, PNG
    document: Document | None = None
    silent: bool = False
    protected: bool = False  # cannot be forwarded or saved
    effect: Effect | None = None  # plays once, on a new message; where Telegram has it no more, it goes without


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One row for the outbox. ``edits`` names the logical message that it changes; None: a new one.

    ``expires_at`` is calendar time in milliseconds: after it the message is stale and is never sent.
    """

    id: int
    chat_id: int
    screen: Screen
    priority: Priority = Priority.REPLY
    edits: int | None = None
    expires_at: int | None = None
    method: str = ""  # another call than showing the screen, with its whole payload
    payload: Json | None = None
    reaction_to: int | None = None  # a Telegram message id: send the reaction in ``screen.text`` instead of a message


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days what is kept. An update is known for longer than Telegram could hand it out again."""

    handled: int = 14
    outbox: int = 7
    moments: int = 60
    dead: int = 90
    voice: int = 0  # 0: as long as everything else of the family
    photos: int = 0
    care: int = 0  # after the last right to a child has ended; 0: until somebody erases it


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    kind: Kind
    name: str
    role: str
    language: str
    address: str
    timezone: str
    telegram_id: int | None
    joined_at: int | None
    quiet_from: str
    quiet_until: str
    weekend: str = ""  # days, Monday is 0; "": as in the country of the zone
    feasts: str = ""  # as bot.domain.feasts reads both
    fast: str = ""


@dataclass(frozen=True, slots=True)
class Child:
    id: int
    name: str
    birth_month: str
    gender: str


@dataclass(frozen=True, slots=True)
class Account:
    """A Telegram account and everyone it is to the clinic; ``asking`` is what the next typed words answer."""

    telegram_id: int
    stopped: bool
    asking: str
    people: tuple[Person, ...] = field(default=())
    silent: bool = False  # has left something unanswered lately

    @property
    def caregivers(self) -> tuple[Person, ...]:
        return tuple(p for p in self.people if p.kind is Kind.CAREGIVER)

    @property
    def therapist(self) -> Person | None:
        return next((p for p in self.people if p.kind is Kind.THERAPIST), None)
