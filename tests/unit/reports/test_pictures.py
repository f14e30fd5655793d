"""Pictures look as they did when somebody looked at them: small copies of them stand beside this file.

A picture that was changed on purpose: look at it, then `python -m tests.unit.reports.test_pictures` keeps it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageColor

from bot.reports import card, day_hours, twelve_weeks
from bot.reports.canvas import COOL, DOTS, MIDDLE, WARM
from bot.reports.sheets import Celebration, Change, Chart, Done, Dot, Goal, Hours, Practice, Rater, Sign, Strip

FOLDER = Path(__file__).parent
SMALL = DOTS // 4  # pixels wide
BLOCK = 6  # small pixels: about a dot of a chart, or a letter
APART = 14  # of 255, the most that a block may have changed: another edge of a letter is less, a dot that is gone more
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
STEPS = ("Very hard", "Hard", "OK", "Good", "Great")
CHART = Chart(
    "Mika: 12 weeks",
    "1 March to 23 May. Data until Mon, 24 May, 07:30.",
    84,
    ((0, "1 Mar"), (28, "29 Mar"), (56, "26 Apr")),
    (
        Strip(
            "Ana",
            "20 of 22 answered · median OK, n = 18",
            STEPS,
            (
                *(Dot(day, Sign.LATE if day == 9 else Sign.ANSWER, day % 5) for day in range(0, 54, 3)),
                Dot(60, Sign.SILENT),
                Dot(62, Sign.REST),
                Dot(64, Sign.UNRATED),
            ),
        ),
    ),
    (
        Goal(
            "Asks for the cup",
            "Ana: 3 to 6 of 10, 2 ratings",
            (Rater("Ana", ((5, 3), (40, 6))), Rater("Tom", ((6, 4), (41, 4)))),
            ((10, 1), (50, 2)),
            ("-2", "-1", "0", "+1", "+2"),
        ),
    ),
    (Practice("Red cup", "2 of 3 days", ((3, Done.YES), (10, Done.LITTLE), (17, Done.NO))),),
    (
        Strip(
            "Throws the cup",
            "Ana: 4 moments, “2 or 3 times” on 1 day, told of on 4 days",
            ("0", "1", "2–3", "4–6", "7+"),
            (Dot(8, Sign.MOMENTS, 1), Dot(15, Sign.MOMENTS, 2), Dot(22, Sign.BAND, 2), Dot(29, Sign.BAND, 0)),
        ),
    ),
    (
        Change(30, "A", "31 March: new home step “Red cup”"),
        Change(31, "B", "1 April: new goal “Asks for the cup”; other days for “Red cup”, which is a long line"),
        Change(60, "C", "30 April: goal reached “Asks for the cup”"),
    ),
    ((Sign.ANSWER, "an answer"), (Sign.SILENT, "asked, no answer"), (Sign.BAND, "a day, counted as a whole")),
)
HOURS = Hours(
    "Throws toys",
    "7 moments, told of on 5 days",
    DAYS,
    ("Morning", "Midday", "Afternoon", "Evening", "Night"),
    ((1, 0, 0, 3, 0), (0, 0, 1, 2, 0), *((None,) * 5,) * 5),
    "A dash: nobody told of that day.",
)
CARD = Celebration("Mika did it!", "Said ‘red cup please’ at dinner", "For the first time", "13 April 2027")
LONG = Celebration(
    "Maximiliane-Wilhelmine reached a goal!",
    "She put on both shoes all by herself this morning, then the jacket, and waited at the door until we had found the "
    "keys, the bag and grandpa’s hat, and laughed.",
    "A goal was reached",
    "13 April 2027",
)
ARABIC = "٠١٢٣٤٥٦٧٨٩"
MADE: dict[str, Callable[[], bytes]] = {
    "weeks": lambda: twelve_weeks.draw(CHART),
    "weeks-mirrored": lambda: twelve_weeks.draw(replace(CHART, rtl=True, digits=ARABIC)),
    "card": lambda: card.draw(CARD),
    "card-long": lambda: card.draw(LONG),
    "hours": lambda: day_hours.draw(HOURS),
    "hours-mirrored": lambda: day_hours.draw(replace(HOURS, rtl=True, digits=ARABIC)),
}


def small(content: bytes) -> Image.Image:
    whole = Image.open(io.BytesIO(content)).convert("RGB")
    assert whole.width == DOTS
    return whole.resize((SMALL, round(whole.height * SMALL / whole.width)), Image.Resampling.BOX)


def apart(one: Image.Image, other: Image.Image) -> int:
    """How much the block changed that changed most."""
    difference = ImageChops.difference(one, other.resize(one.size)).convert("L")
    blocks = difference.resize((one.width // BLOCK, one.height // BLOCK), Image.Resampling.BOX)
    return int(blocks.getextrema()[1])  # type: ignore[arg-type]  # of one band: a pair


@pytest.mark.parametrize("name", MADE)
def test_it_looks_as_it_did(name: str) -> None:
    with Image.open(FOLDER / f"{name}.png") as kept:
        before, now = kept.convert("RGB"), small(MADE[name]())
    assert abs(before.height - now.height) <= 2
    assert apart(before, now) < APART


def test_one_answer_less_is_noticed() -> None:
    strip = replace(CHART.strips[0], dots=CHART.strips[0].dots[1:])
    now, fewer = small(MADE["weeks"]()), small(twelve_weeks.draw(replace(CHART, strips=(strip,))))
    assert apart(now, fewer) > APART


@pytest.mark.parametrize("level", range(5))
def test_a_single_dot_keeps_its_colour_in_a_picture_of_few(level: int) -> None:
    rest = tuple(Dot(day, Sign.ANSWER, (level + 1) % 5) for day in range(0, 80, 2))
    strip = replace(CHART.strips[0], dots=(Dot(81, Sign.ANSWER, level), *rest))
    drawn = Image.open(io.BytesIO(twelve_weeks.draw(replace(CHART, strips=(strip,), goals=(), practice=()))))
    wanted = ImageColor.getrgb((*WARM, MIDDLE, *COOL)[level])
    found = [colour for _, colour in drawn.convert("RGB").getcolors(1 << 16) or ()]
    assert min(sum(abs(one - other) for one, other in zip(wanted, colour, strict=False)) for colour in found) < 8


def test_names_of_two_who_gave_the_same_mark_are_both_read() -> None:
    def drawn(*names: str) -> Image.Image:
        raters = tuple(Rater(name, ((50 + number, 7),)) for number, name in enumerate(names))
        return small(twelve_weeks.draw(replace(CHART, goals=(replace(CHART.goals[0], raters=raters),))))

    def where(name: Image.Image) -> tuple[int, int]:
        """From which line to which: what is seen of it in the whole picture alone."""
        seen = ImageChops.difference(drawn("Ana", "Tom"), name).convert("L").point(lambda value: 255 * (value > 40))
        box = seen.getbbox()
        assert box is not None
        return box[1], box[3]

    ana, tom = where(drawn("", "Tom")), where(drawn("Ana", ""))
    assert tom[1] <= ana[0] + 1, "one stands above the other"


if __name__ == "__main__":
    for name, made in MADE.items():
        small(made()).save(FOLDER / f"{name}.png", optimize=True)
