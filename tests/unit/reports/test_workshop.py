"""The process that draws: what goes wrong there costs one drawing, and nothing is left of it at the end."""

from __future__ import annotations

import os
import signal

import pytest

from bot.reports import report
from bot.reports.sheets import Chart
from bot.reports.workshop import NotMade, Workshop
from bot.text.literal import literal

CHART = Chart("Mika: 12 weeks", "1 March to 2 March.", 2, ((0, "1 Mar"),), ())


async def test_it_draws_after_an_error_and_after_it_was_killed_and_is_gone_when_closed() -> None:
    workshop = Workshop()
    try:
        with pytest.raises(NotMade, match=r"^twelve_weeks: AttributeError$"):
            await workshop.make("twelve_weeks", "Mika's secret")
        first = workshop.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        with pytest.raises(NotMade):
            await workshop.make("twelve_weeks", CHART)
        assert (await workshop.make("twelve_weeks", CHART)).startswith(b"\x89PNG")
        assert workshop.pid not in {None, first}
    finally:
        await workshop.close()
    assert workshop.pid is None


async def test_what_takes_too_long_is_ended() -> None:
    workshop = Workshop(within=0.01)
    with pytest.raises(NotMade, match="TimeoutError"):
        await workshop.make("twelve_weeks", CHART)
    assert workshop.pid is None


def test_nothing_is_hidden_in_words_on_paper() -> None:
    """Fault 21: direction marks and control characters are seen; joined emoji and line breaks stay."""
    assert literal("a\u202eb\x00\x1b[31m<b>\n👩\u200d👧") == "a[U+202E]b[U+0000][U+001B][31m<b>\n👩\u200d👧"


@pytest.mark.parametrize(
    ("words", "from_the_right"),
    [("“Hello”", False), ("“مرحبا (2)”", True), ("12 שלום", True), ("12 ok שלום", False), ("12 👍", None), ("", None)],
)
def test_words_run_as_their_first_letter_does_and_else_as_the_paper(words: str, from_the_right: bool | None) -> None:
    for paper in (True, False):
        wanted = paper if from_the_right is None else from_the_right
        assert report._first_strong(words, otherwise=paper) is wanted
