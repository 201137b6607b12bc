"""What a verb says to type next does what it says: every suggestion is typed, word for word."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

import negotiation as ng
from negotiation.ensemble import Ensemble

Command = Callable[..., Result]
SHIPPED = Path(ng.__file__).with_name("scenarios") / "split-the-pie.toml"
TWO_CELLS = """
scenario = "split-the-pie"
replicates = 50

[[levers]]
over = { "us.patience" = [0.8, 0.9] }
"""
DOMAIN = """<negotiation_template><utility_space>
<objective index="0" name="root">
<issue index="1" name="price" type="discrete" vtype="discrete">
<item index="1" value="low"/><item index="2" value="high"/></issue>
</objective></utility_space></negotiation_template>"""
PROFILE = """<utility_space><objective index="0" name="root">
<issue index="1" name="price" type="discrete" vtype="discrete">
<item index="1" value="low" evaluation="{low}"/><item index="2" value="high" evaluation="{high}"/>
</issue><weight index="1" value="1.0"/></objective></utility_space>"""


def suggested(text: str) -> list[str]:
    """Return the arguments that the line "Next: negotiation ..." names."""
    line = next(line for line in text.splitlines() if line.startswith("Next: "))
    first, *words = shlex.split(line.removeprefix("Next: ").partition("   (")[0])
    assert first == "negotiation"
    return words


def follow(negotiation: Command, result: Result) -> Result:
    """Type what is suggested, and return what comes of it, which ends well."""
    assert result.exit_code == 0, result.output
    following = negotiation(*suggested(result.output))
    assert following.exit_code == 0, following.output
    return following


@pytest.mark.parametrize("name", ["two words.toml", "-dashed.toml"])
def test_a_sweep_leads_to_its_page(negotiation: Command, name: str) -> None:
    """Whatever the name of the design, which is that of the folder, the page is written."""
    Path(name).write_text(TWO_CELLS, "utf-8")
    follow(negotiation, negotiation("sweep", f"./{name}", "--quiet"))
    assert Path("out", Path(name).stem, "report.html").is_file()


def test_shards_lead_to_one_another_and_then_to_the_merge(negotiation: Command) -> None:
    """A shard suggests one that is not played yet, the last the merge, and that the page.

    Two of three shards get no runs of a design this small. They say so, and suggest no page.
    """
    Path("small.toml").write_text(TWO_CELLS, "utf-8")
    second = negotiation("sweep", "small.toml", "--quiet", "--shard", "2/3")
    assert "No part of the sweep falls to this shard" in second.output
    assert suggested(second.output) == ["sweep", "small.toml", "--shard", "1/3"]
    first = follow(negotiation, second)
    assert "100%" in first.output
    third = follow(negotiation, first)
    assert suggested(third.output) == ["merge", "out/small"]
    follow(negotiation, follow(negotiation, third))
    assert Path("out/small/report.html").is_file()


def test_shards_are_merged_by_name_where_others_lie_beside_them(negotiation: Command) -> None:
    """A folder may hold shards of another sweep too: these are left out of the merge."""
    Path("a.toml").write_text(TWO_CELLS, "utf-8")
    Path("b.toml").write_text(TWO_CELLS.replace("0.9", "0.7"), "utf-8")
    shard = ("--quiet", "--out", "o", "--shard")
    negotiation("sweep", "a.toml", *shard, "1/3")
    last = follow(negotiation, negotiation("sweep", "b.toml", *shard, "1/2"))
    follow(negotiation, follow(negotiation, last))


def test_the_page_of_an_empty_shard_is_refused_with_the_reason(negotiation: Command) -> None:
    """It is finished, so going on with it would change nothing: the merge is what helps."""
    Path("small.toml").write_text(TWO_CELLS, "utf-8")
    negotiation("sweep", "small.toml", "--quiet", "--shard", "2/3")
    refused = negotiation("report", "out/small/shard-002-of-003")
    assert refused.exit_code == 2
    assert "no part of the sweep falls to this shard" in refused.output
    assert "negotiation merge" in refused.output


def test_a_sweep_of_which_every_cell_failed_suggests_no_page(
    negotiation: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There are no odds to show on it.

    The seed is one of its own: runs of the baseline are kept in memory from sweep to sweep.
    """

    def fails(self: Ensemble, *, seed: int, **rest: Any) -> Any:
        if seed == 0:  # what is compiled before the clock starts
            return played(self, seed=seed, **rest)
        raise ZeroDivisionError("for the test")

    played = Ensemble.rows
    monkeypatch.setattr(Ensemble, "rows", fails)
    Path("small.toml").write_text(TWO_CELLS, "utf-8")
    result = negotiation("sweep", "small.toml", "--quiet", "--workers", "1", "--seed", "31")
    assert result.exit_code == 0
    assert "2 cells failed" in result.output
    assert "Next:" not in result.output


@pytest.mark.parametrize("name", ["mine.toml", "two words.toml", "./-dashed.toml"])
def test_a_scenario_of_ones_own_leads_to_its_check(negotiation: Command, name: str) -> None:
    """The check is of the file that was shown, not of the name that it gives itself."""
    Path(name).write_text(SHIPPED.read_text("utf-8"), "utf-8")
    check = follow(negotiation, negotiation("scenario", "show", name))
    assert "split-the-pie: no problems" in check.output


def test_odds_theory_and_a_tournament_lead_to_runs(negotiation: Command) -> None:
    """The file and the settings that were asked for are asked for again."""
    Path("-my pie.toml").write_text(SHIPPED.read_text("utf-8"), "utf-8")
    asked = ("--set", "us.patience=0.8", "--", "-my pie.toml")
    follow(negotiation, negotiation("odds", "--runs", "20", "--worlds", "0", "--quiet", *asked))
    theory = negotiation("theory", *asked)
    assert suggested(theory.output)[0] == "odds"
    few = ("--runs", "2", "--quiet", "--strategy", "linear", "--strategy", "boulware")
    follow(negotiation, negotiation("tournament", *few, *asked))


def test_theory_of_a_plug_in_leads_to_a_single_run(
    negotiation: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Odds would be refused: a Python class plays single runs only."""
    monkeypatch.syspath_prepend(".")
    code = "import negotiation as ng\n\n\nclass Half(ng.Strategy):\n    def share(self, view):\n"
    Path("leads_to_a_single_run.py").write_text(f"{code}        return 0.5\n", "utf-8")
    plug_in = "us.strategy=leads_to_a_single_run:Half"
    theory = negotiation("theory", "split-the-pie", "--set", plug_in)
    assert suggested(theory.output)[0] == "run"
    follow(negotiation, theory)


def test_a_run_leads_to_the_next_one_while_there_is_one(negotiation: Command) -> None:
    """After the last run of a seed nothing is suggested."""
    follow(negotiation, negotiation("run", "split-the-pie", "--us", "boulware"))
    last = negotiation("run", "split-the-pie", "--run", str(2**63 - 1))
    assert last.exit_code == 0
    assert "Next" not in last.output


def test_a_scenario_made_of_a_domain_leads_to_its_run(negotiation: Command) -> None:
    """The new file is played, whatever its name."""
    Path("domain.xml").write_text(DOMAIN, "utf-8")
    Path("us.xml").write_text(PROFILE.format(low=1, high=3), "utf-8")
    Path("china.xml").write_text(PROFILE.format(low=3, high=1), "utf-8")
    files = ("domain.xml", "us.xml", "china.xml")
    made = negotiation("scenario", "from-domain", *files, "--out", "my trade.toml")
    follow(negotiation, made)
