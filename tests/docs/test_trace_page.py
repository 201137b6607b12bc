"""The numbers of the TRACE page are those of the results."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from negotiation.cli.skill_text import interval
from negotiation.hindcast.record import began
from negotiation.hindcast.taught import taught as taught_by
from negotiation.history.reading import shipped
from negotiation.scenario import Scenario

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "trace.md"
SCORED = (
    "Brier's score, lower is better; after the colon the gain over base rates, each dispute "
    "counted once, then\neach decision counted once, with 95% intervals over disputes. In brackets "
    "decisions and disputes.\n\n"
)
NAMES = {
    "base_rates": "base rates",
    "model": "the model",
    "model_known_before": "the model, without hindsight",
    "model_prior": "the model, its prior alone",
    "by_stratum": "base rates by stratum",
    "logit": "ridge logit",
    "trees": "boosted trees",
}


def of(*path: str) -> Any:
    """Return what a file of the results holds."""
    return json.loads((ROOT / "results").joinpath(*path).read_text("utf-8"))


def evidence() -> str:
    """Return what the numbers of the Stockholm scenario rest on, and what history has."""
    numbers = list(Scenario.load("stockholm-2025").numbers())
    marks = Counter(q.mark for _, q in numbers)
    uncertain = sum(q.uncertain for _, q in numbers)
    found = sum(marks[x] for x in ("article", "retrieved", "derived", "computed", "definition"))
    record = shipped()
    counted = [row for row in record.decisions if row.counted]
    clusters = len({row.cluster for row in counted})
    return (
        f"Of the {len(numbers)} numbers of the Stockholm scenario {found} come from a source, from "
        f"arithmetic on such numbers, or are true by definition; {marks['guess']} are guesses, "
        f"{marks['memory']} are remembered, {marks['neutral']} are switched off. {uncertain} "
        "are drawn in every run.\nPast decisions: "
        f"{len(counted)} of any two governments in {clusters} disputes, which all forecasts use. "
        f"Of {len(record.spells)} spells of penalties {len(began())} begin with such a decision, "
        f"and how long they lasted is learned from; {len(record.deals)} deals are held against the "
        "model only.\n"
    )


def checks() -> str:
    """Return how many numbers of history lie outside the model's."""
    lines = []
    for name, said in (("posterior", "with what was learned"), ("prior", "with the prior alone")):
        each = [
            check
            for part in of("hindcast", "checks.json")["outcomes"][name].values()
            for check in part.values()
        ]
        outside = sum(not low <= observed <= high for observed, low, _, high in each)
        lines.append(f"{outside} of {len(each)} shares of past outcomes lie outside the central "
                     f"95% of the model's histories {said}")  # fmt: skip
    return f"{'; '.join(lines)} (one in twenty would by chance).\n"


def taught() -> str:
    """Return which numbers history moves, and which stay guesses."""
    found = of("hindcast", "checks.json")["learned"]
    each = found["parameters"].values()
    moved = [x for x in each if taught_by(x["contraction"], x["shift"])]
    same = [x["meaning"] for x in each if x not in moved]
    lines = [
        f"Of {len(each)} behavioural numbers {len(moved)} are moved by half a standard deviation "
        f"of their prior or narrowed by a fifth ({found['draws']:,} draws, worth "
        f"{found['effective_draws']:.0f} of the posterior); the others are guesses as before:",
        "",
        *(f"* {meaning}" for meaning in same),
    ]
    return "\n".join(lines) + "\n"


def skill() -> str:
    """Return the scores of both sets by both readings, by every split, and what is gained."""
    return SCORED + "\n".join(map(of_set, of("skill", "scores.json")))


def of_set(found: dict[str, Any]) -> str:
    """Return the table of a set of decisions by one reading: a column for each split."""
    splits = found["splits"].values()
    heads = [f"{part['title']} ({part['n']} in {part['disputes']})" for part in splits]
    lines = [
        f"{found['set']}, {found['reading']} reading:",
        "",
        f"| | {' | '.join(heads)} |",
        f"|---|{'---|' * len(heads)}",
    ]
    for name, title in NAMES.items():
        cells = []
        for part in splits:
            score = f"{part['scores'][name]['brier']['value']:.2f}"
            gain = part["better_than_base_rates"].get(name)
            told = [interval(mean) for mean in gain["brier"].values()] if gain else []
            cells.append(": ".join([score, *([", ".join(told)] if told else [])]))
        lines.append(f"| {title} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


PASSAGES: dict[str, Callable[[], str]] = {
    "evidence": evidence, "checks": checks, "learned": taught, "skill": skill,
}  # fmt: skip


def marks(name: str) -> tuple[str, str]:
    """Return the marks between which a passage stands."""
    return f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"


@pytest.mark.parametrize("name", PASSAGES)
def test_the_numbers_are_those_of_the_results(name: str) -> None:
    """Written by ``python tests/docs/regenerate.py``."""
    begin, end = marks(name)
    assert PAGE.read_text("utf-8").split(begin)[1].split(end)[0] == PASSAGES[name]()


def test_all_eight_parts_are_there() -> None:
    """In the order of the source."""
    heads = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("## ")]
    assert [head[3] for head in heads] == [str(k) for k in range(1, 9)]
