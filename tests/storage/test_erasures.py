"""The list of the erased: numbers alone, each once, on disk before what it says is committed."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from bot import durable
from bot.storage import erasures
from bot.storage.erasures import Erased

NOW = 1_900_000_000_000
MIKA = Erased("child", 1, 10)


def test_it_stands_beside_the_file_or_for_a_server_where_the_key_is(tmp_path: Path) -> None:
    file = erasures.of("sqlite+aiosqlite:////somewhere/clinic.db", tmp_path)
    assert file == Path("/somewhere/clinic.db.erased")
    assert erasures.of("postgresql+psycopg://clinic@localhost/clinic", tmp_path) == tmp_path / "homenotes.db.erased"


def test_its_folder_is_made_for_the_clinic_alone(tmp_path: Path) -> None:
    listed = tmp_path / "data" / "deeper" / "list"
    erasures.add(listed, [MIKA], NOW)
    assert erasures.read(listed) == [MIKA]
    assert listed.parent.stat().st_mode & 0o777 == 0o700


def test_nothing_is_left_of_a_line_that_was_cut_short(tmp_path: Path) -> None:
    listed = tmp_path / "list"
    erasures.add(listed, [MIKA], NOW)
    with listed.open("a") as file:
        file.write("child 7 " + "1" * 99)
    erasures.add(listed, [Erased("child", 8, 12)], NOW)
    assert listed.read_text() == f"child 1 10 {NOW}\nchild 8 12 {NOW}\n"


def test_all_of_it_is_on_disk_when_it_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed, synced = tmp_path / "list", list[str]()
    monkeypatch.setattr(os, "fsync", lambda _file: synced.append(listed.read_text()))
    monkeypatch.setattr(durable, "sync_folder", lambda folder: synced.append(str(folder)))
    erasures.add(listed, [MIKA], NOW)
    assert synced == [f"child 1 10 {NOW}\n", str(tmp_path)]


def test_two_who_add_at_once_wait_for_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The running bot and a command: who reads what stands there has it for themselves until their own line does."""
    listed, read, tried = tmp_path / "list", erasures.read, list[bool]()

    def while_it_reads(path: Path) -> list[Erased]:
        with path.open("rb") as another, pytest.raises(BlockingIOError):
            fcntl.flock(another, fcntl.LOCK_EX | fcntl.LOCK_NB)
        tried.append(True)
        return read(path)

    monkeypatch.setattr(erasures, "read", while_it_reads)
    erasures.add(listed, [MIKA], NOW)
    assert (read(listed), tried) == ([MIKA], [True])


def test_the_list_keeps_each_once_and_forgets_a_line_without_an_end(tmp_path: Path) -> None:
    listed = tmp_path / "list"
    assert erasures.read(listed) == []
    ana, mika = Erased("person", 1, 10), Erased("child", 1, 10)
    erasures.add(listed, [ana, mika, ana], NOW)
    with listed.open("a") as file:
        file.write("child 7 12")
    assert erasures.read(listed) == [ana, mika]
    erasures.add(listed, [ana, Erased("child", 8, 12)], NOW)
    assert erasures.read(listed) == [ana, mika, Erased("child", 8, 12)]
    assert listed.read_text() == f"person 1 10 {NOW}\nchild 1 10 {NOW}\nchild 8 12 {NOW}\n"
    assert listed.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("line", ["nonsense", "child x 1 2", "pet 1 2 3", "child 1 2", "child 1 2 3 4", "kind ä 1 2"])
def test_a_list_that_was_tampered_with_says_where(line: str, tmp_path: Path) -> None:
    listed = tmp_path / "list"
    erasures.add(listed, [Erased("child", 1, 1)], NOW)
    with listed.open("a") as file:
        file.write(f"{line}\n")
    with pytest.raises(erasures.ListDamaged, match="list"):
        erasures.read(listed)
