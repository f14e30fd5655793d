"""The part of a caregiver's own copy that is about themselves: what they set and agreed to, and what still waits."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain import feasts, zones
from bot.model import Json
from bot.text import numbers
from bot.text.catalogue import Html
from bot.text.screens import plans
from bot.text.screens.leaving_speech import Speech, line
from bot.text.screens.settings import language_name


def seat(of: Speech, own: Json) -> Iterator[str]:
    """Of one child: since when they are here, what they agreed to and are asked, and when it rests."""
    voice = of.voice
    for one in own["rights"]:
        yield line(voice("leave-doc-since", day=of.date(one["from"])), of.date(one["until"]) if one["until"] else "")
    for one in own["consents"]:
        word = Html(voice("leave-doc-yes" if one["given"] else "leave-doc-no"))
        yield line(voice("leave-doc-consent", purpose=one["purpose"], word=word), of.date(one["at"]))
    for one in own["plans"]:
        row = {**one, "form_name": one["name"], "ends_on": one["until"], "follows_key": one["follows"] or ""}
        yield line(plans.line(voice, row), of.date(one["ended_at"]) if one["ended_at"] else "")
    for one in own["rests"]:
        first, last = of.local(one["from"]), of.local(one["until"])
        yield line(voice("leave-doc-rest", kind=one["kind"], first=first, last=last))
    for one in own["shared_checkins"]:
        yield line(voice("leave-doc-shared", day=of.date(one["agreed_at"])))
    yield from _settings(of, own)


def _settings(of: Speech, own: Json) -> Iterator[str]:
    voice, kept = of.voice, own["settings"]
    yield line(voice("settings-language", language=language_name(own["language"])))
    yield line(voice("leave-doc-zone", zone=zones.city(own["timezone"])))
    yield line(voice("settings-quiet", first=kept["quiet_from"], last=kept["quiet_until"]))
    if kept["weekend"]:
        days = ", ".join(numbers.weekday(int(day), voice.language) for day in kept["weekend"])
        yield line(voice("free-weekend", days=days))
    if kept["feasts"]:
        yield line(
            voice("free-feasts", feasts=", ".join(voice.plain(f"feast-{one}") for one in kept["feasts"].split()))
        )
    if (fast := feasts.read_fast(kept["fast"])) is not None:
        yield line(voice("leave-doc-fast", hour=fast.hour))
    if kept["questions_a_day"] is not None:
        yield line(voice("amount-a-day", n=kept["questions_a_day"]))
    if kept["journey"]:
        yield line(voice("leave-doc-journey", day=of.local(kept["journey"]["until"])))
    if kept["before_visits_since"]:
        yield line(voice("leave-doc-before-visits"), of.date(kept["before_visits_since"]))
    if kept["stopped_at"]:
        yield line(voice("settings-stopped"), of.date(kept["stopped_at"]))


def waiting(of: Speech, document: Json) -> Iterator[str]:
    """What stands with no child: it waits for a yes, or could not be read."""
    for one in document["waiting"]:
        words = of.voice("quote", words=one["text"]) if one["text"] else ""
        said = of.voice("leave-doc-waiting", purpose=one["purpose"])
        yield line(f"{said} {words}".strip(), of.date(one["arrived_at"]))
    for moment in document["not_handled"]:
        yield line(of.voice("leave-doc-not-handled"), of.date(moment))
