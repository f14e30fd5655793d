"""Small phrases that the digest's screens share: days, quotes, lengths, what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain.digest_days import Caregiver, Day, Mark
from bot.domain.digest_facts import Family
from bot.domain.digest_period import Period
from bot.domain.digest_words import Said
from bot.domain.figures import Between
from bot.model import DROPPED, RESTS, CheckInState, Media
from bot.text import numbers
from bot.text.catalogue import Html, Voice

SEPARATOR = " · "
LIMIT = 4000  # UTF-16 units of HTML on one screen; Telegram takes 4096 after reading the tags
MOST_MEDIA = 4

_BARS = {"very_hard": "▁", "hard": "▂", "ok": "▄", "good": "▆", "great": "█", None: "▫"}
_MARKS = {Mark.NO_ANSWER: "·", Mark.EXCUSED: "○", Mark.RESTED: "○", Mark.NOT_ASKED: " "}
LATE = "*"


def length(text: str) -> int:
    """As Telegram counts: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def day(voice: Voice, on: date) -> Html:
    return Html(numbers.short_date(on, voice.language))


def moment(voice: Voice, at: int, timezone: str) -> Html:
    """Fri, 19 Mar, 07:30 on the reader's clock."""
    zone = ZoneInfo(timezone)
    on = from_ms(at).astimezone(zone).date()
    return Html(f"{numbers.long_date(on, voice.language)}, {time(voice, at, timezone)}")


def date_of(at: int, timezone: str) -> date:
    """The local date of a moment (ms)."""
    return from_ms(at).astimezone(ZoneInfo(timezone)).date()


def visit(voice: Voice, at: int, timezone: str) -> str:
    """When they meet."""
    return voice("digest-visit", when=moment(voice, at, timezone))


def time(voice: Voice, at: int, timezone: str) -> Html:
    return Html(numbers.clock_time(from_ms(at), ZoneInfo(timezone), voice.language))


def days(voice: Voice, period: Period) -> str:
    return voice(
        "digest-days",
        first=day(voice, period.first),
        last=day(voice, period.last),
        until=moment(voice, period.until, period.timezone),
    )


def quote(voice: Voice, words: str, most: int, *, rest: bool = True) -> Html:
    """Somebody's exact words; a long text is cut between words, and `rest` says where it goes on."""
    words = words.strip()
    if len(words) <= most:
        return Html(voice("quote", words=words))
    cut = words[:most].rsplit(None, 1)[0].rstrip(" ,;:\u200d") or words[:most]
    return Html(f"{voice('quote', words=cut)} {voice('digest-rest')}" if rest else voice("quote", words=f"{cut}…"))


def strip(caregiver: Caregiver) -> str:
    """One sign a day; a gap stays a gap."""
    return "".join(_sign(one) for one in caregiver.days)


def _sign(one: Day) -> str:
    if one.mark is not Mark.ANSWERED:
        return _MARKS[one.mark]
    return _BARS.get(one.value, _BARS[None]) + (LATE if one.late else "")


def seconds(voice: Voice, whole: int) -> Html:
    minutes, rest = divmod(whole, 60)
    if minutes:
        return Html(voice("digest-minutes", minutes=minutes, seconds=rest))
    return Html(voice("digest-seconds", seconds=rest))


def medium(voice: Voice, media: Media) -> str:
    """What was sent, and how long it is: one voice note of 14 s."""
    what = voice("digest-media", kind=media.kind)
    if not media.seconds:
        return what
    return voice("digest-media-length", what=Html(what), length=seconds(voice, media.seconds))


def media(voice: Voice, family: Family, most: int) -> str:
    """What can be heard and seen, with whose it is; the rest counted."""
    lines = [_piece(voice, family, one, most) for one in family.media[:MOST_MEDIA]]
    rest = len(family.media) - MOST_MEDIA
    if rest > 0:
        lines.append(voice("digest-media-more", count=rest))
    if lines:
        lines.append(voice("digest-not-checked"))
    return SEPARATOR.join(lines)


def _piece(voice: Voice, family: Family, one: Said, most: int) -> str:
    assert one.media is not None  # noqa: S101 - of family.media
    caption = f": {quote(voice, one.text, most)}" if one.text else ""
    return f"{medium(voice, one.media)}{caption} ({who(voice, family, one)})"


def signed(voice: Voice, level: int) -> str:
    """+1, 0, −2."""
    number = numbers.integer(abs(level), voice.language)
    return f"{'+' if level > 0 else '−' if level < 0 else ''}{number}"


def called(voice: Voice, family: Family, person: int) -> str:
    """A caregiver's name, or what they are to the child."""
    return family.names.get(person) or voice.plain(f"role-{family.roles.get(person) or 'parent'}")


def who(voice: Voice, family: Family, one: Said) -> str:
    return voice("digest-new-said", name=called(voice, family, one.by), day=day(voice, one.on))


def counted(voice: Voice, found: Iterable[tuple[str, int]], label: str) -> str:
    """Choices with how often each was tapped."""
    parts = (voice("digest-counted", what=Html(voice(f"{label}-{key}")), count=count) for key, count in found)
    return ", ".join(parts)


def median(voice: Voice, caregiver: Caregiver) -> str:
    """In words, with n and the range: never a decimal."""
    summary = caregiver.summary
    if summary is None:
        return ""
    value = between(voice, summary.median)
    low, high = summary.range
    if low == high or summary.n <= 2:  # noqa: PLR2004 - the median of two says it already
        return voice("digest-median", value=value, n=summary.n)
    ends = {"low": step(voice, low), "high": step(voice, high)}
    return voice("digest-median-range", value=value, n=summary.n, **ends)


def week_apart(voice: Voice, caregiver: Caregiver) -> str:
    """Weekdays and weekend, where they differ."""
    week, end = caregiver.weekdays, caregiver.weekend
    if week is None or end is None:
        return ""
    medians = {"week": between(voice, week.median), "end": between(voice, end.median)}
    return voice("digest-week-apart", week_n=week.n, end_n=end.n, **medians)


def between(voice: Voice, value: Between) -> Html:
    low, high = (step(voice, key) for key in value)
    return low if low == high else Html(voice("digest-between", low=low, high=high))


def step(voice: Voice, key: str) -> Html:
    return Html(voice(f"digest-day-{key}"))


def state_key(state: CheckInState, reason: str) -> str:
    """The message that says how a check-in stands, and why."""
    if state is CheckInState.MISSED and reason in DROPPED:
        return f"digest-state-missed-{reason}"
    return f"digest-state-rest-{reason}" if reason in RESTS else f"digest-state-{state.value}"
