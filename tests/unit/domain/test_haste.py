"""A burst, then a steady pace; each chat alone, and a bounded memory."""

from __future__ import annotations

import pytest

from bot.domain import haste
from bot.domain.haste import A_SECOND, AT_ONCE, Haste


def test_a_burst_and_then_a_steady_pace_for_each_chat_alone() -> None:
    paces = Haste()
    assert [paces.allows(1, 0.0) for _ in range(AT_ONCE + 1)] == [True] * AT_ONCE + [False]
    assert paces.allows(2, 0.0)
    assert sum(paces.allows(1, 1.0) for _ in range(20)) == A_SECOND
    assert sum(paces.allows(1, 1.0 + AT_ONCE / A_SECOND) for _ in range(2 * AT_ONCE)) == AT_ONCE


def test_a_flood_is_told_once_and_the_next_one_again() -> None:
    paces = Haste()
    while paces.allows(1, 0.0):
        pass
    assert [paces.tells(1) for _ in range(2)] == [True, False]
    assert paces.allows(1, 1.0)
    assert not paces.tells(1)
    assert paces.allows(1, 1.0 + AT_ONCE / A_SECOND)
    assert paces.tells(1)


def test_the_chats_that_are_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(haste, "REMEMBERED", 3)
    paces = Haste()
    for chat in range(5):
        paces.allows(chat, 0.0)
    assert len(paces) == 3
