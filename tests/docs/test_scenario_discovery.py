"""The page on scenario discovery finds what it says it finds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from needing import needed

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "discover-scenarios.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.filterwarnings("ignore")
def test_both_methods_find_short_penalties_at_a_high_price(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The box is bounded on the right sides, dense, and as dense in cells it has not seen."""
    needed("ema_workbench", "ema-workbench 3 needs Python 3.12 or newer")
    monkeypatch.chdir(tmp_path)
    page: dict[str, Any] = {"__name__": "__main__"}
    for code in BLOCK.findall(PAGE.read_text("utf-8")):
        exec(compile(code, PAGE.name, "exec"), page)
    cases, stats = page["cases"], page["stats"]
    assert stats["coverage"] >= 0.9 and stats["density"] > 4 * page["risky"].mean()
    low, high = page["box"].box_lims[page["chosen"]].iloc[[0, 1]].to_dict("records")
    days, price = "deadline.war_days", "deadline.price"
    assert high[days] < cases[days].quantile(0.4) and low[price] > cases[price].quantile(0.3)
    leaf = page["tree"].stats_to_dataframe()["density"].astype(float)
    assert leaf.max() > 4 * page["risky"].mean()

    ng = page["ng"]
    other = ng.sweep.latin_hypercube(
        "stockholm-three-issues", page["numbers"], samples=200, sample_seed=2, replicates=200
    )
    fresh = ng.sweep(other, seed=8).odds(outcomes="first_deadline_extended").to_pandas()
    inside = (fresh[list(low)] >= list(low.values())) & (fresh[list(high)] <= list(high.values()))
    risky = fresh["share"] < 0.85
    assert risky[inside.all(axis=1)].mean() > 3 * risky.mean()
