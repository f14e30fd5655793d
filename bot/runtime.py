"""How the bot's process runs, as opposed to a test's or a command's."""

from __future__ import annotations

import gc

COLLECT_AFTER = 10_000  # objects more than before: a batch makes about as many


def settle() -> None:
    """Everything is put together and stays: the garbage collector need not look through it again and again."""
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 20)
