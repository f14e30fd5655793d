"""A report on paper: A4, in the direction of its language, every page with its number and whose it is."""

from __future__ import annotations

import io
import unicodedata

from fpdf import FPDF
from fpdf.enums import Align, TextDirection

from bot.reports import day_hours, fonts, twelve_weeks
from bot.reports.canvas import INK, SOFT
from bot.reports.sheets import PAGE, PAGES, Block, Paper, Part, in_digits

MARGIN, FOOT = 20.0, 18.0  # mm
_CHART = 150.0
_INDENT = 6.0
_BETWEEN = 6.0


class _Sheets(FPDF):
    def __init__(self, paper: Paper, pages: int) -> None:
        super().__init__(format="A4")
        self._paper, self._pages = paper, pages
        self.align = Align.R if paper.rtl else Align.L
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=FOOT + 6)
        for style, path in (("", fonts.REGULAR), ("B", fonts.BOLD), ("I", fonts.SLANTED)):
            self.add_font("body", style, path)
        more = [f"more{number}" for number, _ in enumerate(fonts.more())]
        for name, path in zip(more, fonts.more(), strict=True):
            self.add_font(name, "", path)
        if more:
            self.set_fallback_fonts(more, exact_match=False)
        self._runs(rtl=paper.rtl)
        self.set_title(paper.title)
        self.set_lang(paper.language)

    def _runs(self, *, rtl: bool) -> None:
        """What comes next is a paragraph of that direction; where its lines begin is the paper's affair."""
        direction = TextDirection.RTL if rtl else TextDirection.LTR
        self.set_text_shaping(use_shaping_engine=True, direction=direction)

    def says_as_written(self, words: str, size: float, *, indent: float) -> None:
        """Somebody's words, in the direction of their own letters."""
        self._runs(rtl=_first_strong(words, otherwise=self._paper.rtl))
        self.says(words, size, indent=indent)
        self._runs(rtl=self._paper.rtl)

    def says(self, words: str, size: float, *, style: str = "", colour: str = INK, indent: float = 0) -> None:
        self.set_font("body", style, size)
        self.set_text_color(colour)
        if not self._paper.rtl:
            self.set_x(MARGIN + indent)
        self.multi_cell(
            self.w - 2 * MARGIN - indent, size * 0.5, words, align=self.align, new_x="LMARGIN", new_y="NEXT"
        )

    def footer(self) -> None:
        if not self._pages:
            return
        page = self._paper.page.replace(PAGE, in_digits(self.page_no(), self._paper.digits))
        page = page.replace(PAGES, in_digits(self._pages, self._paper.digits))
        self.set_y(-FOOT)
        self.says(self._paper.footer, 8, colour=SOFT)
        self.says(page, 8, colour=SOFT)


def draw(paper: Paper) -> bytes:
    """PDF. Laid out twice: the first time says how many pages there are."""
    charts = [*map(twelve_weeks.draw, paper.charts), *map(day_hours.draw, paper.hours)]
    pages = _laid_out(paper, charts, 0).pages_count
    return bytes(_laid_out(paper, charts, pages).output())


def _laid_out(paper: Paper, charts: list[bytes], pages: int) -> _Sheets:
    sheets = _Sheets(paper, pages)
    sheets.add_page()
    sheets.says(paper.title, 18, style="B")
    for line in paper.byline:
        sheets.says(line, 10, colour=SOFT)
    for block in paper.blocks:
        _block(sheets, block)
    _pictures(sheets, charts, rtl=paper.rtl)
    return sheets


def _pictures(sheets: _Sheets, charts: list[bytes], *, rtl: bool) -> None:
    """On pages of their own, one below the other where there is room."""
    room = sheets.h - MARGIN - FOOT - 6
    y = room
    for chart in charts:
        width, height = _size(chart)
        # The card is as high as it needs; on paper it is as wide as leaves it whole on one page.
        wide = min(_CHART, (room - MARGIN) * width / height)
        high = wide * height / width
        if y + high > room:
            sheets.add_page()
            y = MARGIN
        sheets.image(io.BytesIO(chart), x=sheets.w - MARGIN - wide if rtl else MARGIN, y=y, w=wide)
        y += high + _BETWEEN


def _first_strong(words: str, *, otherwise: bool) -> bool:
    """Whether the first letter that has a direction runs from the right."""
    kinds = (unicodedata.bidirectional(letter) for letter in words)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), otherwise)


def _size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, as its header says: https://www.w3.org/TR/png-3/#11IHDR"""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def _block(sheets: _Sheets, block: Block) -> None:
    if block.part is Part.HEADING:
        if sheets.will_page_break(24):
            sheets.add_page()
        sheets.ln(4)
        sheets.says(block.words, 12.5, style="B")
        sheets.ln(0.5)
        return
    indent = _INDENT if block.part is Part.QUOTE else 0
    if block.part is Part.QUOTE and sheets.will_page_break(12):
        sheets.add_page()
    (sheets.says_as_written if block.own else sheets.says)(block.words, 10.5, indent=indent)
    if block.source:
        sheets.says(block.source, 8.5, colour=SOFT, indent=indent)
    sheets.ln(1.2)
