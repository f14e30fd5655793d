"""Weekly reviews, visits and mornings on a family's screen: what was tapped, with its n; each caregiver alone."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain import digest_reviews as reviews
from bot.domain.digest_facts import Family
from bot.domain.figures import Between, Summary
from bot.domain.summaries import Basics, Count
from bot.text.catalogue import Html, Voice
from bot.text.screens import digest_phrases as phrases

ABOUT_TO = 86_400_000  # ms before a visit


def helped(voice: Voice, shown: Family) -> Iterator[str]:
    """Strategies that were tapped as helpful, of so many reviews."""
    for one in shown.reviews.weekly:
        parts = [
            voice("digest-counted", what=Html(_strategy(voice, key, label)), count=count)
            for key, label, count in one.helped
        ]
        if parts:
            name = phrases.called(voice, shown, one.by)
            yield voice("digest-helped", name=name, what=Html(", ".join(parts)), n=one.of)


def _strategy(voice: Voice, key: str, label: str) -> str:
    return voice("plain-name", child=label) if label else voice(f"strategies-{key}")


def lines(voice: Voice, shown: Family) -> Iterator[str]:
    """How the week was, what was not as usual after a visit, and the mornings."""
    weeks = [
        voice(
            "digest-week-one",
            week=Html(voice(f"weekly-week-{week}")),
            name=phrases.called(voice, shown, one.by),
            day=phrases.day(voice, on),
        )
        for one in shown.reviews.weekly
        for on, week in one.weeks
    ]
    if weeks:
        yield voice("digest-week", weeks=Html(", ".join(weeks)))
    if unusual := list(_unusual(voice, shown)):
        yield voice("digest-visit-differs", what=Html("; ".join(unusual)))
    yield from _replied(voice, shown)
    if shown.visit_at is not None and shown.visit_at <= shown.period.until + ABOUT_TO:
        yield from _last_visit(voice, shown)
    for by, basics in shown.reviews.mornings:
        if parts := list(_basics(voice, shown, basics)):
            yield voice("digest-mornings", name=phrases.called(voice, shown, by), parts=Html(", ".join(parts)))


def _last_visit(voice: Voice, shown: Family) -> Iterator[str]:
    """For who is about to meet them: what each tapped after the visit before."""
    for by, one in shown.reviews.last_visit:
        told = [
            f"{_short(voice, shown, f'visit-{key}')}: {voice(f'visit-{key}-{choice}')}"
            for key, choice in reviews.felt(one.values)
        ]
        if told:
            name, on = phrases.called(voice, shown, by), phrases.day(voice, one.on)
            yield voice("digest-visit-last", name=name, day=on, told=Html(", ".join(told)))


def _replied(voice: Voice, shown: Family) -> Iterator[str]:
    """What was said after a visit has its answer, after so many days."""
    for one in shown.feedback:
        if one.replied_at is not None:
            days = (shown.period.local_date(one.replied_at) - shown.period.local_date(one.at)).days
            name = phrases.called(voice, shown, one.by)
            yield voice("digest-visit-replied", name=name, day=phrases.day(voice, one.on), days=days)


def _unusual(voice: Voice, shown: Family) -> Iterator[str]:
    for by, one in shown.reviews.visits:
        if one.usual is not None:
            yield voice(
                "digest-visit-unusual",
                question=_short(voice, shown, f"visit-{one.question}"),
                choice=Html(voice(f"visit-{one.question}-{one.choice}")),
                usual=_between(voice, f"visit-{one.question}", one.usual),
                n=one.n,
                name=phrases.called(voice, shown, by),
                day=phrases.day(voice, one.on),
            )


def _basics(voice: Voice, shown: Family, basics: Basics) -> Iterator[str]:
    """No advice, and no cause."""
    for key, summary in (("sleep", basics.sleep), ("woke", basics.woke), ("eating", basics.eating)):
        if summary is not None:
            yield _median(voice, shown, f"basics-{key}", summary)
    for key, counted in (("could_not", basics.could_not), ("sick", basics.sick)):
        if counted.count:
            yield _count(voice, f"digest-mornings-{key}", counted)
    for card in basics.cards:
        if card.helped.of:
            yield _count(voice, "digest-mornings-card", card.helped, card=Html(voice(f"coping-{card.key}")))


def _median(voice: Voice, shown: Family, question: str, summary: Summary) -> str:
    median, name = _between(voice, question, summary.median), _short(voice, shown, question)
    return voice("digest-mornings-median", question=name, median=median, n=summary.n)


def _count(voice: Voice, message: str, counted: Count, **words: Html) -> str:
    return voice(message, count=counted.count, of=counted.of, **words)


def _short(voice: Voice, shown: Family, question: str) -> Html:
    return Html(voice(f"{question}-short", child=shown.name, name="", step=""))


def _between(voice: Voice, question: str, between: Between) -> Html:
    low, high = (Html(voice(f"{question}-{key}")) for key in between)
    return low if low == high else Html(voice("digest-between", low=low, high=high))
