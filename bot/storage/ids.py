"""Ids that are known before they are stored, so that a batch can be written in one grouped statement."""

from __future__ import annotations

import itertools
import random
import secrets
import threading
import time

PARTS = 16  # ids are multiples of this: room for the parts of a message that has to be split
_LOCK = threading.Lock()
_last = 0
_ROOM = 22  # bits below the millisecond
_chance = random.Random(secrets.randbits(128))  # noqa: S311 - told apart, not kept secret
_batches = itertools.count(secrets.randbits(_ROOM))


def new_id() -> int:
    """A positive 63-bit integer: milliseconds since 1970, then 18 random bits, then room for parts.

    Grows within the process; between processes two of the same millisecond differ by chance.
    """
    global _last  # noqa: PLW0603 - the order of ids is the order of this process
    with _LOCK:
        wanted = ((time.time_ns() // 1_000_000) << 18 | _chance.getrandbits(18)) * PARTS
        _last = max(_last + PARTS, wanted)
        return _last


def logical(message: int) -> int:
    """The message that a part belongs to, by the id that the part goes by."""
    return message - message % PARTS


def batch_id(ms: int) -> int:
    """An id of that moment of the machine's time, given once; for what `at` tells apart by age."""
    return ms << _ROOM | next(_batches) % (1 << _ROOM)


def at(ms: int) -> int:
    """The lowest id that could have been made at that moment: everything below it is older."""
    return (ms << 18) * PARTS
