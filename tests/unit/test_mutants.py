"""`make mutants` looks at what there is: a module or a test that was moved leaves no area unwatched."""

from __future__ import annotations

import pytest

from tests.support.mutants import AREAS, ROOT


@pytest.mark.parametrize("area", AREAS)
def test_every_module_and_test_of_an_area_is_there(area: str) -> None:
    assert [one for named in AREAS[area] for one in named if not (ROOT / one).is_file()] == []
