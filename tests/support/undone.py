"""What a change would do: it is made, looked at, and taken back, so that the next one finds everything as it was."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest

from bot.storage.database import Database, Tx

Seen = TypeVar("Seen")


class _Undone(Exception):
    pass


async def after(
    database: Database, change: Callable[[Tx], Awaitable[Any]], look: Callable[[Tx], Awaitable[Seen]]
) -> Seen:
    """What ``look`` sees once it is made."""
    seen: list[Seen] = []

    async def tried(tx: Tx) -> None:
        await change(tx)
        seen.append(await look(tx))
        raise _Undone

    with pytest.raises(_Undone):
        await database.write(tried)
    return seen[0]
