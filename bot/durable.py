"""What is on disk stays there, whatever dies: a file's content and a folder's names are synced one by one."""

from __future__ import annotations

import os
from pathlib import Path


def sync(path: Path) -> None:
    """The content of a file is on disk when this returns."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """What was made, renamed or removed in it stays so after a power loss."""
    sync(folder)


def remove(*paths: Path) -> None:
    """Those that are there."""
    for path in paths:
        path.unlink(missing_ok=True)
