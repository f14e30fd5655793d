"""docs/faults.md says what the tests say."""

from __future__ import annotations

import re

from tests.support.fault_table import FAULTS, PAGE, proofs

SHOWN = PAGE.read_text(encoding="utf-8")
AGAIN = "run: python -m tests.support.fault_table"


def test_the_page_names_no_test_that_is_gone() -> None:
    assert set(re.findall(r"`(test_\w+)`", SHOWN)) <= {proof.test for proof in proofs()}, AGAIN


def test_the_page_calls_no_fault_open_that_has_a_test() -> None:
    shown_open = {int(number) for number in re.findall(r"^\| (\d+) \|[^|]*\| open \|", SHOWN, re.MULTILINE)}
    assert shown_open == set(FAULTS) - {proof.fault for proof in proofs()}, AGAIN


def test_every_test_of_a_fault_says_what_is_seen() -> None:
    assert [proof.test for proof in proofs() if not proof.seen] == []


def test_no_test_names_a_fault_that_is_none() -> None:
    assert {proof.fault for proof in proofs()} <= set(FAULTS)
