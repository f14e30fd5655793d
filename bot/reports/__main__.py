"""The process that draws: reads wishes from standard input until it ends, answers each on standard output."""

from __future__ import annotations

import importlib
import os
import pickle
import select
import sys
from typing import BinaryIO

from bot.reports.workshop import ASKED, MADE

IDLE = 300.0  # seconds without a wish; the memory is worth more to the machine then
NICENESS = 5  # answering people comes first


def main() -> int:
    os.nice(NICENESS)
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints does not print into an answer
    while select.select([asked], [], [], IDLE)[0]:
        wish = _next(asked)
        if wish is None:
            break
        made, content = _made(wish)
        answers.write(MADE.pack(made, len(content)) + content)
        answers.flush()
    return 0


def _next(asked: BinaryIO) -> bytes | None:
    """None at the end: the program that asks has closed its side, or is gone."""
    head = asked.read(ASKED.size)
    return asked.read(ASKED.unpack(head)[0]) if len(head) == ASKED.size else None


def _made(wish: bytes) -> tuple[bool, bytes]:
    try:
        drawing, values = pickle.loads(wish)  # noqa: S301 - from the process that started this one
        content: bytes = importlib.import_module(f"bot.reports.{drawing}").draw(values)
    except Exception as error:  # noqa: BLE001 - one drawing; its words stay here
        return False, type(error).__name__.encode()
    return True, content


if __name__ == "__main__":
    sys.exit(main())
