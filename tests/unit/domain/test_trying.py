"""Every check-in of the library can be walked through without a family, whatever is answered."""

from __future__ import annotations

import pytest

from bot.domain import templates, trying


@pytest.mark.parametrize("key", templates.load())
@pytest.mark.parametrize("sign", ["0", "1", "4", trying.SKIP])
def test_it_ends_after_each_question_was_asked_once(key: str, sign: str) -> None:
    way, seen = "", []
    while (tried := trying.walk(templates.load()[key], way, "…")).question is not None:
        seen.append(tried.question.key)
        way += sign
    assert seen
    assert len(seen) == len(set(seen)) <= trying.LONGEST


def test_what_was_answered_decides_what_comes() -> None:
    asked = [trying.walk(templates.load()["pulse"], way, "…").question for way in ("1", "2", "4")]
    assert [one.key for one in asked if one] == ["hard", "step", "well"]
