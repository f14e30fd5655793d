"""One CSV of families, read and judged cell by cell. Nothing here looks into the database.

Every bad cell becomes one ``Wrong``; the lines are the file's, the header is line 1.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from bot import wellformed
from bot.domain import occurrences, templates
from bot.domain.families import LONGEST_NAME, ROLES, cleaned, fits_a_line

COLUMNS = (
    "child", "birth_month", "caregiver", "role", "language", "timezone", "template", "days", "time", "therapist",
)  # fmt: skip
CASE = "case"
BOM = "\ufeff"
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True, order=True)
class Wrong:
    """Its text is one line for people."""

    line: int
    column: str
    why: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.column}: {self.why}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One good row."""

    line: int
    child: str
    birth_month: str
    caregiver: str
    role: str
    language: str
    timezone: str
    template: str
    days: str
    time: str
    therapist: int
    case: str


@dataclass(frozen=True, slots=True)
class Defaults:
    """What empty cells mean, and what they may name: the languages shipped, the therapists' ids."""

    language: str
    timezone: str
    languages: Collection[str]
    therapists: Collection[int]
    today: date
    template: str = "pulse"
    days: str = "0123456"
    time: str = "19:30"


Progress = Callable[[int], None]


def read(data: bytes, defaults: Defaults, progress: Progress = lambda _: None) -> tuple[list[Entry], list[Wrong]]:
    """`progress` is told how many lines are read."""
    try:
        text = data.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError as error:
        return [], [Wrong(data.count(b"\n", 0, error.start) + 1, "file", "is not UTF-8")]
    return _judged(text, defaults, progress)


def _judged(text: str, defaults: Defaults, progress: Progress) -> tuple[list[Entry], list[Wrong]]:
    entries: list[Entry] = []
    wrong: list[Wrong] = []
    header: list[str] | None = None
    cells = _Cells(defaults)
    try:
        for line, fields in _lines(text):
            if header is None:
                header, found = _header(line, fields)
                wrong += found
                if found:
                    break
                continue
            progress(line)
            _row(cells, line, header, fields, entries, wrong)
    except csv.Error as error:
        wrong.append(Wrong(error.args[1] if len(error.args) > 1 else 1, "file", f"is not CSV: {error.args[0]}"))
    if header is None and not wrong:
        wrong.append(Wrong(1, "header", f"is missing; it is {','.join(COLUMNS)}"))
    return entries, wrong


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line of the file that each begins on; empty ones are left out."""
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise csv.Error(str(error), begins) from error
        if any(field.strip() for field in fields):
            yield begins, fields
        begins = reader.line_num + 1


def _header(line: int, fields: list[str]) -> tuple[list[str], list[Wrong]]:
    header = [field.strip().lower() for field in fields]
    while header and not header[-1]:
        header.pop()
    known = (*COLUMNS, CASE)
    wrong = [Wrong(line, one or "header", "is no column of this file") for one in header if one not in known]
    wrong += [Wrong(line, one, "stands there twice") for one in known if header.count(one) > 1]
    wrong += [Wrong(line, one, "is missing in the header") for one in COLUMNS if one not in header]
    return header, wrong


def _row(
    cells: _Cells, line: int, header: list[str], fields: list[str], entries: list[Entry], wrong: list[Wrong]
) -> None:
    if len(fields) < len(header) or any(field.strip() for field in fields[len(header) :]):
        wrong.append(Wrong(line, "row", f"has {len(fields)} cells, the header has {len(header)}"))
        return
    given = dict(zip(header, (field.strip() for field in fields), strict=False))
    judged: dict[str, str] = {}
    bad = False
    for column in (*COLUMNS, CASE):
        try:
            judged[column] = getattr(cells, column)(given.get(column, ""))
        except ValueError as error:
            wrong.append(Wrong(line, column, str(error)))
            bad = True
    if not bad:
        entries.append(Entry(line=line, **{**judged, "therapist": int(judged["therapist"])}))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Cells:
    """A check for each column: takes the trimmed cell, returns what it means, raises ValueError with what is wrong."""

    defaults: Defaults

    def child(self, cell: str) -> str:
        if not cell:
            raise ValueError("is empty")
        return _name(cell)

    def birth_month(self, cell: str) -> str:
        if not cell:
            return ""
        if not _MONTH.fullmatch(cell):
            raise ValueError("must be YYYY-MM or empty")
        if not f"{self.defaults.today.year - 100}" <= cell[:4] or cell > f"{self.defaults.today:%Y-%m}":
            raise ValueError("is no month in which a child was born")
        return cell

    def caregiver(self, cell: str) -> str:
        return _name(cell)

    def role(self, cell: str) -> str:
        if cell and cell.lower() not in ROLES:
            raise ValueError(f"must be one of {', '.join(sorted(ROLES))}, or empty")
        return cell.lower()

    def language(self, cell: str) -> str:
        if cell and cell not in self.defaults.languages:
            raise ValueError(f"is not shipped; there is: {', '.join(sorted(self.defaults.languages))}")
        return cell or self.defaults.language

    def timezone(self, cell: str) -> str:
        if cell:
            try:
                wellformed.timezone(cell)
            except ValueError:
                raise ValueError("is not an IANA time zone, for example Europe/Berlin") from None
        return cell or self.defaults.timezone

    def template(self, cell: str) -> str:
        if cell and cell not in templates.KEYS:
            raise ValueError(f"must be one of {', '.join(templates.KEYS)}")
        if cell and cell not in templates.load():
            raise ValueError(f"{cell} is not there yet; there is: {', '.join(templates.load())}")
        return cell or self.defaults.template

    def days(self, cell: str) -> str:
        return _days(cell) if cell else self.defaults.days

    def time(self, cell: str) -> str:
        if cell and not _TIME.fullmatch(cell):
            raise ValueError("must be HH:MM, from 00:00 to 23:59")
        return cell or self.defaults.time

    def therapist(self, cell: str) -> str:
        known = self.defaults.therapists
        if not known:
            raise ValueError("there is no therapist yet; `therapist add` makes one")
        if not cell and len(known) > 1:
            raise ValueError("is empty, and there is more than one; `therapist list` shows the ids")
        number = cell or str(*known)
        if not (number.isascii() and number.isdecimal() and int(number[:19]) in known):
            raise ValueError("must be an id that `therapist list` shows")
        return number

    def case(self, cell: str) -> str:
        return _name(cell)


def _name(cell: str) -> str:
    """Names stay as they are, formulas too: they are text here, and the CSV export makes them harmless."""
    if not all(fits_a_line(letter) for letter in cell):
        raise ValueError("has a line break or a control character in it")
    if cell and not cleaned(cell):
        raise ValueError("has nothing in it that can be seen")
    if len(cell) > LONGEST_NAME:
        raise ValueError(f"is longer than {LONGEST_NAME} letters")
    return cell


def _days(cell: str) -> str:
    try:
        return occurrences.parse_days(cell)
    except occurrences.BadDays as error:
        raise ValueError("must be like mon-fri, or mon wed sun, or daily") from error
