"""The fonts that everything is drawn with: DejaVu Sans, which matplotlib brings along, then whatever the machine has
for scripts that it lacks.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager

FACES = Path(mpl.get_data_path()) / "fonts" / "ttf"
REGULAR, BOLD, SLANTED = (FACES / f"DejaVuSans{name}.ttf" for name in ("", "-Bold", "-Oblique"))
OURS = tuple(sorted((Path(__file__).parent / "fonts").glob("*.ttf")))
# What systems ship for the scripts of the launch languages, where it is there.
_ELSEWHERE = ("Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Micro Hei", "Droid Sans Fallback", "Noto Sans Devanagari")


@cache
def more() -> tuple[Path, ...]:
    """Font files to turn to for letters that DejaVu Sans lacks, in that order."""
    wanted = {name: number for number, name in enumerate(_ELSEWHERE)}
    found = {one.name: Path(one.fname) for one in font_manager.fontManager.ttflist if one.name in wanted}
    return (*OURS, *(found[name] for name in sorted(found, key=wanted.__getitem__)))


@cache
def use() -> None:
    """Tell matplotlib."""
    for path in OURS:
        font_manager.fontManager.addfont(path)
    names = [font_manager.FontProperties(fname=path).get_name() for path in (REGULAR, *more())]
    mpl.rcParams.update({"font.family": names, "text.parse_math": False, "axes.unicode_minus": False})
