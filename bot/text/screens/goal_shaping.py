"""/goal: how a therapist shapes goals with a family, and what each caregiver said to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.domain import attainment, flags_home, goal_ratings, goal_shaping
from bot.domain.families import Family, Page
from bot.domain.flags import Rules
from bot.domain.goal_ratings import Beside, Course, Ratings
from bot.domain.goal_shaping import LEVELS, Refused
from bot.domain.goals import Goal, Goals, Scale, Version, Word
from bot.model import Button, Child, Person, Screen
from bot.storage.database import Row
from bot.text import numbers
from bot.text.catalogue import Html, Voice
from bot.text.screens import digest_phrases as phrases
from bot.text.screens import goals as seen
from bot.text.screens import joining, plans

SUGGESTED = {
    "place": ("home", "out", "school", "family"),
    "help": ("alone", "little", "lots"),
    "measure": ("day", "days", "times"),
}
WEEKS = (4, 6, 8, 12)
BUTTON = 30


class Who:
    """The names of a family's caregivers, and the clock they are told by: the therapist's."""

    def __init__(self, voice: Voice, family: Family, timezone: str, rules: Rules) -> None:
        self.voice, self.timezone, self.rules = voice, timezone, rules
        self.child = str(family.child["name"])
        self._rows = {seat.row["id"]: seat.row for seat in family.seats}

    def name(self, person: int) -> str:
        row = self._rows.get(person)
        return self.voice.plain("role-other") if row is None else joining.called(self.voice, row["name"], row["role"])

    def day(self, at: int) -> str:
        return seen.day(self.voice, at, self.timezone)

    @property
    def joined(self) -> list[int]:
        return [person for person, row in self._rows.items() if row["joined_at"] is not None]


def listed(voice: Voice, page: Page) -> Screen:
    if not page.count:
        return Screen(voice("shaping-none"))
    buttons = [Button(voice.plain("plain-name", child=row["name"]), f"goal:child:{row['id']}") for row in page.families]
    later, earlier = page.number + 1, page.number - 1
    turn = [Button(voice.plain("families-later"), f"goal:page:{later}")] if later < page.pages else []
    turn += [Button(voice.plain("families-earlier"), f"goal:page:{earlier}")] if earlier >= 0 else []
    return Screen(voice("shaping-title"), (*plans.in_rows(buttons, 1), *((tuple(turn),) if turn else ())))


def child(who: Who, found: Goals, ratings: Ratings) -> Screen:
    """Everything of one child on a screen: wishes, drafts, goals with both views side by side."""
    voice = who.voice
    parts = [voice("shaping-child", child=who.child)]
    if found.open:
        parts.append(_t_score(voice, found))
    parts += ["\n".join(_summary(who, one, ratings)) for one in found.open]
    parts += [voice("shaping-draft-line", goal=title(voice, one)) for one in found.drafts]
    if found.wishes:
        parts.append("\n".join([voice("shaping-wishes"), *(_wish(who, one) for one in found.wishes)]))
    if len(parts) == 1:
        parts.append(voice("shaping-nothing"))
    return Screen("\n\n".join(parts), _of_child(who, found))


def _of_child(who: Who, found: Goals) -> tuple[tuple[Button, ...], ...]:
    voice = who.voice
    buttons = [
        Button(voice.plain("shaping-button-make", words=_short(who, one)), f"goal:make:{one.id}")
        for one in found.wishes
    ]
    buttons += [
        Button(voice.plain("shaping-button-draft", goal=seen.cut(title(voice, one))), f"goal:one:{one.id}")
        for one in found.drafts
    ]
    buttons += [
        Button(voice.plain("goals-button-one", goal=seen.cut(title(voice, one))), f"goal:one:{one.id}")
        for one in found.open
    ]
    buttons += list(_hear(who, found.wishes))
    buttons.append(Button(voice.plain("shaping-button-new"), f"goal:new:{found.child}"))
    if found.ended:
        buttons.append(Button(voice.plain("shaping-button-ended"), f"goal:ended:{found.child}"))
    buttons.append(Button(voice.plain("progress-wins-button"), f"goal:wins:{found.child}"))
    buttons.append(Button(voice.plain("stones-button-seen"), f"goal:list:{found.child}"))
    buttons.append(Button(voice.plain("shaping-button-all"), "goal:page:0"))
    return plans.in_rows(buttons, 1)


def _short(who: Who, word: Word) -> str:
    return seen.cut(word.text, BUTTON) if word.text else who.name(word.by)


def _wish(who: Who, word: Word) -> str:
    words = Html(seen.words_of(who.voice, word))
    return who.voice("shaping-wish", name=who.name(word.by), words=words)


def title(voice: Voice, goal: Goal) -> str:
    """Of a goal as it stands: what was proposed, else what the draft says."""
    return (goal.proposed or goal.newest).what or voice.plain("shaping-untitled")


def _t_score(voice: Voice, found: Goals) -> str:
    figures = attainment.score([one for one in found.open if one.active])
    counts = {"scored": figures.scored, "count": figures.goals}
    if figures.t is None:
        return voice("shaping-t-none", **counts)
    return voice("shaping-t", t=round(figures.t), **counts)


def _summary(who: Who, goal: Goal, ratings: Ratings) -> Iterable[str]:
    voice = who.voice
    yield voice("shaping-goal-line", goal=title(voice, goal))
    yield from _said(who, goal)
    if goal.active:
        yield _level(who, goal)
    yield from rated(who, goal, ratings)
    if goal.draft is not None:
        yield voice("shaping-edit-waits")


def _said(who: Who, goal: Goal) -> Iterable[str]:
    """What each caregiver said to the newest proposal; each is only named here, for the therapist."""
    voice = who.voice
    spoke = dict.fromkeys(word.by for word in goal.words if word.kind != "wish")
    for person in dict.fromkeys([*who.joined, *spoke]):
        name, said = who.name(person), goal.answer(person)
        if said is None:
            if person in who.joined and goal.end is None:
                yield voice("shaping-waiting", name=name)
        elif said.kind == "agree":
            yield voice("shaping-agreed", name=name, day=who.day(said.at))
        elif said.kind == "talk":
            yield voice("shaping-talk", name=name)
        elif said.text or said.media:
            yield voice("shaping-change", name=name, words=Html(seen.words_of(voice, said)))
        else:
            yield voice("shaping-change-none", name=name)
        if (said is None or said.kind != "agree") and goal.in_force(person):
            yield voice("shaping-older", name=name)


def _level(who: Who, goal: Goal) -> str:
    level = goal.level
    if level is None:
        return who.voice("shaping-no-level")
    version = goal.version(level.version)
    words = version.levels.get(level.level, "") if version else ""
    shown, on = phrases.signed(who.voice, level.level), who.day(level.at)
    if words:
        return who.voice("shaping-level-words", level=shown, day=on, words=words)
    return who.voice("shaping-level", level=shown, day=on)


def rated(who: Who, goal: Goal, ratings: Ratings) -> Iterable[str]:
    """Each caregiver's own course, never one number of several; what to talk about where views are apart."""
    voice, given = who.voice, ratings.get(goal.id, ())
    courses = goal_ratings.courses(given)
    yield from (_course(who, one) for one in courses)
    views = goal_ratings.views(goal, given, who.timezone)
    told = [one for one in views if one.level is None]
    if apart := flags_home.differ("", "", told, who.rules):
        yield voice("shaping-differ", points=apart.weight)
    for one in told:
        if flags_home.differ("", "", [one, *(level for level in views if level.level is not None)], who.rules):
            yield voice("shaping-differ-level", name=who.name(one.by))


def _course(who: Who, one: Course) -> str:
    dates = {"day": who.day(one.start.at), "newest": who.day(one.now.at)}
    figures = {"start": one.start.value, "now": one.now.value, "n": one.n}
    if one.last is None:
        return who.voice("shaping-rated-one", name=who.name(one.by), now=one.now.value, newest=dates["newest"])
    if one.n == 2:  # noqa: PLR2004 - the last one is the first one
        return who.voice("shaping-rated", name=who.name(one.by), **figures, **dates)
    return who.voice("shaping-rated-last", name=who.name(one.by), last=one.last.value, **figures, **dates)


def _beside(who: Who, said: Iterable[Beside]) -> Iterable[str]:
    """Why they rate so, and who doubts the goal."""
    for one in said:
        name, on = who.name(one.by), who.day(one.at)
        if one.right in ("no", "not_sure"):
            yield who.voice(f"shaping-right-{one.right}", name=name, day=on)
        elif one.right is None:
            medium = who.voice(f"media-{one.media.kind}") if one.media else who.voice("quote", words=one.text or "")
            yield who.voice("shaping-rated-why", name=name, day=on, words=Html(medium))


def one(who: Who, goal: Goal, ratings: Ratings, beside: Iterable[Beside] = ()) -> Screen:
    """A goal in full. While it is being changed, the draft is what is shown."""
    voice, shown = who.voice, goal.newest
    parts = [voice("goal-heading", goal=shown.what or voice.plain("shaping-untitled"))]
    if goal.draft is not None and goal.proposed is not None:
        parts.append(voice("shaping-edit-waits"))
    parts.append("\n".join(seen.version(voice, shown)).strip())
    if shown.starter:
        parts.append(voice("goal-starter-own", words=shown.starter))
    parts.append("\n".join(_heard(who, goal)))
    if goal.proposed is not None:
        parts.append("\n".join([*_said(who, goal), *([_level(who, goal)] if goal.active else [])]))
        parts.append("\n".join([*rated(who, goal, ratings), *_beside(who, beside)]))
    if goal.importance is not None and goal.difficulty is not None:
        parts.append(voice("shaping-weight", importance=goal.importance, difficulty=goal.difficulty))
    if shown.number > 1:
        parts.append(voice("shaping-versions", number=shown.number))
    return Screen("\n\n".join(part for part in parts if part), (*_verbs(who, goal), _back(who, goal)))


def _heard(who: Who, goal: Goal) -> Iterable[str]:
    voice = who.voice
    if goal.wish is not None:
        yield voice("shaping-wished", words=Html(seen.words_of(voice, goal.wish)))
    for person in dict.fromkeys(word.by for word in goal.words):
        why = goal.why(person)
        if why is not None:
            yield voice("shaping-why", name=who.name(person), words=Html(seen.words_of(voice, why)))
    for word in [one for one in goal.words if one.kind == "talked" and (one.text or one.media)][-3:]:
        words = Html(seen.words_of(voice, word))
        yield voice("shaping-child-said", child=who.child, name=who.name(word.by), words=words)


def _verbs(who: Who, goal: Goal) -> tuple[tuple[Button, ...], ...]:
    voice, number = who.voice, goal.id
    hear = list(_hear(who, goal.words))
    if goal.end is not None:
        following = [Button(voice.plain("shaping-button-following"), f"goal:following:{number}")]
        verbs = [*following, Button(voice.plain("shaping-button-versions"), f"goal:versions:{number}")]
    elif goal.draft is not None:
        step = goal_shaping.next_step(goal)
        verbs = [_step_button(voice, number, step, "shaping-button-next")] if step else []
        if goal.draft.what:
            verbs.append(Button(voice.plain("shaping-button-send"), f"goal:send:{number}"))
        verbs.append(Button(voice.plain("shaping-button-shape"), f"goal:shape:{number}"))
        verbs.append(Button(voice.plain("shaping-button-drop"), f"goal:drop:{number}"))
    else:
        names = ("level", "edit", "weigh", "reached", "closed", "versions") if goal.active else ("edit", "closed")
        verbs = [Button(voice.plain(f"shaping-button-{name}"), f"goal:{name}:{number}") for name in names]
    return plans.in_rows([*verbs, *hear], 1 if goal.draft is not None else 2)


def _hear(who: Who, words: Sequence[Word]) -> Iterable[Button]:
    for word in words:
        if word.media is not None:
            yield Button(who.voice.plain("shaping-button-hear", name=who.name(word.by)), f"goal:hear:{word.id}")


def _step_button(voice: Voice, goal: int, step: str, label: str = "") -> Button:
    name = voice.plain(f"shaping-step-{step}", child="")
    return Button(voice.plain(label, step=name) if label else name, f"goal:step:{goal}:{step}")


def _back(who: Who, goal: Goal) -> tuple[Button, ...]:
    return (Button(who.voice.plain("families-button-back", child=who.child), f"goal:child:{goal.child}"),)


def _to_goal(voice: Voice, goal: Goal) -> tuple[Button, ...]:
    return (Button(voice.plain("shaping-button-goal"), f"goal:one:{goal.id}"),)


def shape(who: Who, goal: Goal) -> Screen:
    """Every part as a button; a tick where something stands already."""
    voice = who.voice
    buttons = []
    for step in goal_shaping.steps(goal.newest):
        tick = "✓ " if goal_shaping.said(goal, step) else ""
        label = voice.plain(f"shaping-step-{step}", child=who.child)
        buttons.append(Button(f"{tick}{label}", f"goal:step:{goal.id}:{step}"))
    heading = voice("goal-heading", goal=goal.newest.what or voice.plain("shaping-untitled"))
    return Screen(heading, (_to_goal(voice, goal), *plans.in_rows(buttons, 2)))


def step(who: Who, goal: Goal, name: str, today: date) -> Screen:
    """One question. Skip comes first; what stands there already is shown."""
    voice, number = who.voice, goal.id
    parts = [voice(f"shaping-ask-{name}", child=who.child, name=who.child)]
    if name == "what" and goal.wish is not None:
        parts.append(voice("shaping-wished", words=Html(seen.words_of(voice, goal.wish))))
    has = goal_shaping.said(goal, name)
    if has and name not in ("by", "scale", "why"):
        parts.append(voice("shaping-has", words=has))
    skip = (Button(voice.plain("goals-skip"), f"goal:skip:{number}:{name}"),)
    if name == "by":
        return Screen("\n\n".join(parts), (skip, *_weeks(voice, number, today), _to_goal(voice, goal)))
    if name == "scale":
        rows = [(_scale(voice, goal, one),) for one in Scale]
        return Screen("\n\n".join(parts), (skip, *rows, _to_goal(voice, goal)))
    parts.append(f"<i>{voice('shaping-empties')}</i>")
    buttons = [
        Button(voice.plain(f"shaping-{name}-{one}"), f"goal:put:{number}:{name}-{one}")
        for one in SUGGESTED.get(name, ())
    ]
    return Screen("\n\n".join(parts), (skip, *plans.in_rows(buttons, 2), _to_goal(voice, goal)))


def _weeks(voice: Voice, goal: int, today: date) -> tuple[tuple[Button, ...], ...]:
    buttons = [
        Button(
            voice.plain("shaping-by-weeks", n=n, day=numbers.short_date(today + timedelta(weeks=n), voice.language)),
            f"goal:put:{goal}:by-{n}",
        )
        for n in WEEKS
    ]
    buttons.append(Button(voice.plain("shaping-by-0"), f"goal:put:{goal}:by-0"))
    return plans.in_rows(buttons, 1)


def _scale(voice: Voice, goal: Goal, one: Scale) -> Button:
    tick = "● " if one is goal.newest.scale else ""
    return Button(f"{tick}{voice.plain(f'shaping-scale-{one.value}')}", f"goal:put:{goal.id}:scale-{one.value}")


def whose_why(who: Who, goal: Goal) -> Screen:
    """Several caregivers: their reasons are kept apart."""
    voice = who.voice
    skip = (Button(voice.plain("goals-skip"), f"goal:skip:{goal.id}:why"),)
    buttons = [Button(who.name(person), f"goal:step:{goal.id}:why-{person}") for person in who.joined]
    return Screen(voice("shaping-ask-whose-why"), (skip, *plans.in_rows(buttons, 1), _to_goal(voice, goal)))


def why(who: Who, goal: Goal, person: int) -> Screen:
    voice = who.voice
    parts = [voice("shaping-ask-why", name=who.name(person))]
    has = goal.why(person)
    if has is not None:
        parts.append(voice("shaping-has", words=Html(seen.words_of(voice, has))))
    skip = (Button(voice.plain("goals-skip"), f"goal:skip:{goal.id}:why"),)
    return Screen("\n\n".join(parts), (skip, _to_goal(voice, goal)))


def suggested(voice: Voice, name: str, choice: str) -> str:
    """The words behind a button; "" where there is no such button."""
    return voice.plain(f"shaping-{name}-{choice}") if choice in SUGGESTED.get(name, ()) else ""


def too_long(voice: Voice) -> Screen:
    return Screen(voice("shaping-too-long", most=goal_shaping.LONGEST))


def refused(voice: Voice, why: Refused, child_name: str) -> str:
    """For the line over the chat."""
    return voice.plain(f"shaping-refused-{why.name.lower()}", child=child_name)


def levels(who: Who, goal: Goal, version: Version) -> Screen:
    """Best first; each with its words."""
    voice = who.voice
    names = {level: name for name, level in LEVELS.items()}
    buttons = []
    for level in sorted(version.scale.levels, reverse=True):
        words = version.levels.get(level) or voice.plain(seen.level_key(level))
        label = voice.plain("shaping-level-button", level=phrases.signed(voice, level), words=seen.cut(words))
        buttons.append(Button(label, f"goal:level:{goal.id}:{names[level]}"))
    return Screen(voice("shaping-which-level", child=who.child), (*plans.in_rows(buttons, 1), _to_goal(voice, goal)))


def weigh(who: Who, goal: Goal, importance: int | None) -> Screen:
    """First how important, then how hard: 0 to 3 each."""
    voice = who.voice
    question = "shaping-which-importance" if importance is None else "shaping-which-difficulty"
    before = "" if importance is None else f"{importance}-"
    buttons = [
        Button(numbers.integer(n, voice.language), f"goal:weigh:{goal.id}:{before}{n}")
        for n in range(goal_shaping.HEAVIEST + 1)
    ]
    return Screen(voice(question), (tuple(buttons), _to_goal(voice, goal)))


def sure(voice: Voice, goal: Goal, end: str) -> Screen:
    yes = (Button(voice.plain(f"shaping-yes-{end}"), f"goal:{end}:{goal.id}:yes"),)
    rows = (yes, _to_goal(voice, goal)) if end == "reached" else (_to_goal(voice, goal), yes)
    return Screen(voice(f"shaping-sure-{end}"), rows)


def over(who: Who, goal: Goal, end: str) -> Screen:
    following = (Button(who.voice.plain("shaping-button-following"), f"goal:following:{goal.id}"),)
    return Screen(who.voice(f"shaping-is-{end}"), (following, _back(who, goal)))


def versions(who: Who, goal: Goal) -> Screen:
    """Every version that was proposed, newest first, with who agreed to it."""
    voice = who.voice
    parts = []
    for one in reversed([shown for shown in goal.versions if shown.proposed_at is not None]):
        lines = [
            voice("shaping-version-line", number=one.number, day=who.day(one.proposed_at or 0)),
            voice("plain-name", child=one.what),
            *seen.version(voice, one),
        ]
        lines += [
            voice("shaping-agreed", name=who.name(word.by), day=who.day(word.at))
            for word in goal.words
            if word.kind == "agree" and word.version == one.id
        ]
        parts.append("\n".join(lines))
    return Screen("\n\n".join(parts), (_to_goal(voice, goal),))


def ended(who: Who, found: Goals) -> Screen:
    voice = who.voice
    lines = [
        f"{voice('shaping-goal-line', goal=title(voice, one))}\n"
        + voice(f"goal-{one.end}-on", day=who.day(one.ended_at or 0))
        for one in found.ended
    ]
    buttons = [
        Button(voice.plain("goals-button-one", goal=seen.cut(title(voice, one))), f"goal:one:{one.id}")
        for one in found.ended
    ]
    back = (Button(voice.plain("families-button-back", child=who.child), f"goal:child:{found.child}"),)
    return Screen("\n\n".join([voice("shaping-child", child=who.child), *lines]), (back, *plans.in_rows(buttons, 1)))


def news(voice: Voice, kind: str, of: Child, seat: Person, goal: Goal) -> Screen:
    """For the therapist: what a caregiver said to a proposal."""
    name = joining.called(voice, seat.name, seat.role)
    text = voice(f"shaping-tell-{kind}", name=name, child=of.name, goal=title(voice, goal))
    return Screen(text, ((Button(voice.plain("shaping-button-open"), f"goal:one:{goal.id}"),),))


def wished(voice: Voice, of: Child, seat: Person, word: Word | None) -> Screen:
    name = joining.called(voice, seat.name, seat.role)
    words = Html(seen.words_of(voice, word)) if word else ""
    text = voice("shaping-tell-wish", name=name, child=of.name, words=words)
    return Screen(text, ((Button(voice.plain("shaping-button-open"), f"goal:child:{of.id}"),),))


def heard(who: Who, word: Row, shown: Word) -> Screen:
    """A voice note, to listen to; it cannot be handed on."""
    return Screen(who.voice("plain-name", child=who.name(word["person_id"])), media=shown.media, protected=True)
