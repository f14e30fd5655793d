"""How the bot's process runs, as opposed to a test's or a command's."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

COLLECT_AFTER = 10_000  # objects more than before: a batch makes about as many


def settle() -> None:
    """Everything is put together and stays: the garbage collector need not look through it again and again."""
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 20)


@contextmanager
def loading() -> Iterator[None]:
    """What is being put together is no garbage: to look for some costs a sixth of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
