"""Each row of the benchmarks in miniature: they measure nothing so, but they cannot rot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.__main__ import ROWS, main
from bench.figures import Figure, percentile


@pytest.mark.parametrize("row", ROWS)
def test_the_row_runs_and_is_kept_for_machines(row: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "results.json"
    output.write_text('{"another": {}}')
    main(["--rows", row, "--runs", "1", "--small", "--output", str(output)])
    kept = json.loads(output.read_text())
    assert set(kept) == {"another", row}
    assert kept[row]["runs"] == 1
    assert kept[row]["lines"]
    assert str(tmp_path) not in output.read_text()
    assert "measured" in capsys.readouterr().out


def test_a_row_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--rows", "notes,nothing"])
    assert "'nothing'" in capsys.readouterr().err


def test_ratios_are_taken_round_by_round() -> None:
    assert Figure.ratio([4, 9, 2], [2, 3, 2]) == Figure(2, 1, 3)
    assert [percentile(range(1, 101), part) for part in (0.5, 0.95, 1)] == [50, 95, 100]
    assert percentile([3.0, 1.0], 0.95) == 3.0
