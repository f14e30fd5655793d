"""The updates that the fake Telegram hands out, and the ids that the prepared databases share with them."""

from __future__ import annotations

import json
from collections.abc import Iterator

ACCOUNT = 700_000_000  # family k writes from the account ACCOUNT + k
CHECK_IN = 1_000_000_000_000  # and is asked in the check-in CHECK_IN + k,
SHOWN = 50  # which the Telegram message SHOWN shows
DATE = 1_900_000_000

_TEXT = (
    "Number {number}. She put on both shoes without being asked, and waited at the door until I was ready."
    " At the playground she asked another child for the shovel."
)
# A third each answers the first question, the second, and skips the last: where bench/sql/open.sql put them.
PRESSES = ("a:day:ok", "a:step:yes", "s:say")


def _sender(family: int) -> str:
    return json.dumps({"id": ACCOUNT + family, "is_bot": False, "first_name": "Alex", "language_code": "en"})


def _chat(family: int) -> str:
    return json.dumps({"id": ACCOUNT + family, "type": "private", "first_name": "Alex"})


def notes(first: int, count: int, families: int) -> Iterator[str]:
    """`count` notes from different families, spread over `families`; numbered from `first`."""
    stride = max(1, families // count)
    for number in range(first, first + count):
        yield note(number, number * stride % families)


def note(number: int, family: int) -> str:
    return (
        f'{{"update_id": {number}, "message": {{"message_id": {100 + number}, "date": {DATE},'
        f' "from": {_sender(family)}, "chat": {_chat(family)}, "text": "{_TEXT.format(number=number)}"}}}}'
    )


def taps(first: int, count: int, families: int) -> Iterator[str]:
    """`count` presses, each of another family on its open check-in; numbered from `first`."""
    del families
    for number in range(first, first + count):
        data = f"c:{CHECK_IN + number}:{PRESSES[number % len(PRESSES)]}"
        yield (
            f'{{"update_id": {number}, "callback_query": {{"id": "{7_000_000 + number}", "from": {_sender(number)},'
            f' "chat_instance": "1", "data": "{data}", "message": {{"message_id": {SHOWN}, "date": {DATE},'
            f' "chat": {_chat(number)}, "text": "How was today?"}}}}}}'
        )


KINDS = {"notes": notes, "taps": taps}
