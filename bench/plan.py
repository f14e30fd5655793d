"""How much is measured: the whole of it, the long broadcast too, or in miniature, to see that it still works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import clinic
from bench.clinic import Clinic


@dataclass(frozen=True, slots=True)
class Plan:
    """`folder` keeps the databases of this run; `say` shows what is being done."""

    server: str
    folder: Path
    runs: int
    say: Callable[[str], None]
    small: bool = False
    long: bool = False

    def size(self, whole: int, small: int) -> int:
        return small if self.small else whole

    def database(self, name: str, wanted: Clinic) -> Path:
        """A clinic of its own; the same name is the same file, made once. Each lies in a folder of its own."""
        path = self.folder / name / "homenotes.db"
        if not path.exists():
            self.say(f"making a clinic of {wanted.families:,} families")
            path.parent.mkdir(parents=True)
            clinic.build(path, wanted)
        return path
