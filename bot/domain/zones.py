"""Time zones as people look for them: by continent and city, or by the name of a city or country.

The list is zone.tab of the tz database: one city for each zone of a country.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

ON_A_PAGE = 12


@cache
def _countries() -> dict[str, str]:
    text = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text("utf-8")
    return dict(line.split("\t", 1) for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _zones() -> dict[str, str]:
    """IANA names with the country they lie in, sorted by name."""
    text = files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return dict(sorted((fields[2], fields[0]) for fields in lines))


def city(zone: str) -> str:
    """America/Argentina/Buenos_Aires: Buenos Aires."""
    return zone.rpartition("/")[2].replace("_", " ")


def country(zone: str) -> str:
    """ISO 3166 alpha-2; "" for a zone of no country."""
    return _zones().get(zone, "")


def known(zone: str) -> bool:
    return zone in _zones()


def continents() -> list[str]:
    return sorted({zone.partition("/")[0] for zone in _zones()})


def of_continent(continent: str) -> list[str]:
    return sorted((zone for zone in _zones() if zone.startswith(f"{continent}/")), key=city)


def search(words: str) -> list[str]:
    """Zones whose city begins with the words, then those that have them anywhere, the country's name included."""
    wanted = " ".join(words.replace("_", " ").split()).casefold()
    if not wanted:
        return []
    first = [zone for zone in _zones() if city(zone).casefold().startswith(wanted)]
    told = {
        zone: f"{zone.replace('_', ' ')} {_countries().get(country, '')}".casefold()
        for zone, country in _zones().items()
    }
    return (first + [zone for zone, text in told.items() if wanted in text and zone not in first])[:ON_A_PAGE]
