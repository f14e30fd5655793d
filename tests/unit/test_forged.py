"""What a press may carry."""

from __future__ import annotations

import pytest

from bot.domain.inviting import PREFIX
from handlers import forged


@pytest.mark.parametrize("key", ["1234567890123456789a" + "0" * 12, "9" * PREFIX, "a" * PREFIX, "0f" * (PREFIX // 2)])
def test_the_key_of_an_invitation_is_no_number_however_many_digits_it_has(key: str) -> None:
    """One key in a thousand has nineteen digits in a row: its family could not join."""
    assert forged.is_ours(f"join:next:{key}")


@pytest.mark.parametrize("data", ["c:99999999999999999999:a:day:good", "n:1:" + "9" * 19, "x" * 65, "a b", "", "ü"])
def test_what_no_row_or_button_of_ours_can_have_goes_no_further(data: str) -> None:
    assert not forged.is_ours(data)


def test_numbers_that_rows_have_go_on() -> None:
    assert forged.is_ours(f"c:{forged.LARGEST}:a:day:good")
