"""The benchmarks in miniature: they measure nothing so, but they cannot rot.

The bots run in processes split off from one that has loaded them: a fresh start of each costs more than all the rest.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench import processes
from bench.__main__ import ROWS, main
from bench.figures import Figure, percentile
from bench.page import PAGE, rewritten
from tests.support import forked


@pytest.mark.timeout(600)
def test_each_row_runs_and_is_kept_for_machines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ran(module: str, values: dict[str, Any]) -> dict[str, Any]:
        if module.endswith("foreign") and values["kind"] == "notes":
            module = "bench.contestants.library"  # aiogram takes seven seconds to load: once, with presses, is enough
        out, err = tmp_path / "out", tmp_path / "err"
        for file in (out, err):
            file.write_text("")
        code = forked.module(module, json.dumps(values), out, err, 200)
        assert code == 0, f"{module}: {err.read_text()}"
        found: dict[str, Any] = json.loads(out.read_text().splitlines()[-1])
        return found

    monkeypatch.setattr(processes, "ran", ran)
    output = tmp_path / "results.json"
    output.write_text('{"another": {}}')
    main(["--runs", "1", "--small", "--output", str(output)])
    kept = json.loads(output.read_text())
    assert set(kept) == {"another", *ROWS}
    assert all(kept[row]["runs"] == 1 and kept[row]["lines"] for row in ROWS)
    assert str(tmp_path) not in output.read_text()
    assert "measured" in capsys.readouterr().out


def test_a_row_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--rows", "notes,nothing"])
    assert "'nothing'" in capsys.readouterr().err


def test_the_page_takes_the_table_of_what_was_measured() -> None:
    line = {"what": "notes: speed", "measured": "2.60x (2.50-2.70)", "target": ">= 2.5x", "met": True}
    page = rewritten(PAGE.read_text("utf-8"), {"notes": {"runs": 5, "lines": [line]}})
    assert "| notes: speed | 2.60x (2.50-2.70) | >= 2.5x | met | 5 |" in page
    assert rewritten(page, {}).count("|") < page.count("|")


def test_ratios_are_taken_round_by_round() -> None:
    assert Figure.ratio([4, 9, 2], [2, 3, 2]) == Figure(2, 1, 3)
    assert [percentile(range(1, 101), part) for part in (0.5, 0.95, 1)] == [50, 95, 100]
    assert percentile([3.0, 1.0], 0.95) == 3.0
