"""What the page on the hindcast says of pairs and administrations is what was found."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from negotiation.hindcast import priors, record
from negotiation.skill.whole import SETS

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "experiments" / "hindcast"))

import levels  # noqa: E402

PAGE = ROOT / "docs" / "explanation" / "hindcast.md"
BEGIN, END = "<!-- levels: begin -->\n", "<!-- levels: end -->\n"
FOUND: dict[str, Any] = json.loads((ROOT / "results/hindcast/levels.json").read_text("utf-8"))
TITLES = {levels.PAIRS: "pairs alone", levels.BOTH: "pairs and administrations"}
TESTED = [f"{name}, first reading" for name in SETS.values()]  # what the test was stated of
LEFT_OUT = {"dispute": "its dispute", "partner": "its partner", "forward": "all that came later"}
WIDE, HALF = 0.9, 0.5  # bars that were stated before


def gain(of: str, split: str = "dispute", way: str = "over_disputes") -> dict[str, Any]:
    """Return what the second level gains in the log score."""
    found: dict[str, Any] = FOUND["scores"][of][split]["gain"]["log"][way]
    return found


def beyond(mean: dict[str, Any]) -> int:
    """Return -1 where a gain lies below 0 with its interval, 1 where above, else 0."""
    if mean["low"] is None:
        return 0
    return int(mean["low"] > 0.0) - int(mean["high"] < 0.0)


def kept() -> bool:
    """Return whether the second level stays, by the test that was stated before."""
    return all(beyond(gain(of)) >= 0 for of in TESTED)


def told(mean: dict[str, Any]) -> str:
    """Return a gain with its interval; bold beyond it."""
    text = f"{mean['value']:+.3f}"
    if mean["low"] is not None:
        text += f" ({mean['low']:+.3f} to {mean['high']:+.3f})"
    return f"**{text}**" if beyond(mean) else text


def chance(found: dict[str, Any]) -> str:
    """Return a chance of sharing, with its standard deviation."""
    if found["over_prior"] is None:
        return "always"
    before = found["sd"] / found["over_prior"]
    return f"{found['mean']:.2f} (sd {found['sd']:.2f}, before {before:.2f})"


def passage() -> str:
    """Return the tables of the page, and what follows from them."""
    sizes = [FOUND["scores"][of]["dispute"]["decisions"] for of in TESTED]
    lines = [
        f"| | log score, {sizes[0]} decisions | log score, all {sizes[1]} | {FOUND['draws']:,} "
        "draws are worth | a pair is like the others | an administration is like its pair | "
        "numbers moved |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, title in TITLES.items():
        of = FOUND["learned"][name]
        each = [FOUND["scores"][x]["dispute"]["scores"][name]["log"]["value"] for x in TESTED]
        lines.append(
            f"| {title} | {each[0]:.3f} | {each[1]:.3f} | {of['effective_draws']:.0f} | "
            f"{chance(of['share'])} | {chance(of['within'])} | {len(of['taught'])} |"
        )
    lines += ["", *verdict(), "", *what_is_moved(), "", *gains(), "", *ranks(), ""]
    return "\n".join(lines)


def verdict() -> list[str]:
    """Return what follows, by the bars that were stated before."""
    each = " and ".join(
        f"{told(gain(of))} on {'the' if k == 0 else 'all'} "
        f"{FOUND['scores'][of]['dispute']['decisions']}" for k, of in enumerate(TESTED)
    )  # fmt: skip
    lines = [f"By the test stated before, the second level gains {each}: " + (
        "it is not worse beyond its interval, so both levels stay"
        + ("." if any(beyond(gain(of)) for of in TESTED) else
           ", because they say what we believe of governments; no score speaks for them.")
        if kept() else "it is worse beyond its interval, so pairs alone are used."
    )]  # fmt: skip
    others = [
        beyond(gain(of, split, way))
        for of, splits in FOUND["scores"].items() for split in splits
        for way in ("over_disputes", "over_decisions")
        if not (of in TESTED and split == "dispute" and way == "over_disputes")
    ]  # fmt: skip
    lines.append(
        f"Of the {len(others)} other gains below, {others.count(-1)} are worse beyond their "
        f"interval and {others.count(1)} better."
    )
    both, alone = (FOUND["learned"][name] for name in (levels.BOTH, levels.PAIRS))
    wide = both["within"]["over_prior"]
    lines.append(
        f"How alike administrations of a pair are has after the record {wide:.2f} of the standard "
        "deviation that it had before: " + (
            "the record does not tell whether they differ." if wide > WIDE else
            "the record tells something of it."
        )
    )  # fmt: skip
    if both["effective_draws"] < HALF * alone["effective_draws"]:
        lines.append("The draws are worth fewer than half as many: a loss.")
    return lines


def what_is_moved() -> list[str]:
    """Return which numbers history moves, in what is used."""
    used = FOUND["learned"][levels.BOTH if kept() else levels.PAIRS]
    meaning = {p.name: p.meaning for p in priors.PARAMETERS}
    each = [
        f"* {meaning[name]}: the mean by {used['parameters'][name][1]:+.2f} standard deviations "
        f"of the prior, that itself narrower by {used['parameters'][name][0]:.0%}"
        for name in used["taught"]
    ]
    if not each:
        return [
            f"Of {len(meaning)} numbers the record moves none by half a standard deviation of the "
            "prior, nor narrows it by a fifth."
        ]
    return [
        f"Of {len(meaning)} numbers the record moves {len(each)} by half a standard deviation of "
        "the prior, or narrows that by a fifth:", "", *each,
    ]  # fmt: skip


def gains() -> list[str]:
    """Return the table of what the second level gains."""
    lines = [
        "| gain of the second level in the log score | left out | each dispute once | each "
        "decision once |",
        "|---|---|---|---|",
    ]
    for of, splits in FOUND["scores"].items():
        for split in splits:
            both = (gain(of, split, way) for way in ("over_disputes", "over_decisions"))
            lines.append(f"| {of} | {LEFT_OUT[split]} | {' | '.join(map(told, both))} |")
    return lines


def ranks() -> list[str]:
    """Return what made-up records say of the arithmetic."""
    each = [p for column in FOUND["ranks"].values() for p in column]
    return [
        f"In {FOUND['records']} made-up records of the {FOUND['units']} units of "
        f"{FOUND['pairs']} pairs under {FOUND['administrations']} administrations the true numbers "
        f"lie anywhere in their posteriors: of {', '.join(FOUND['ranks'])}. The smallest of "
        f"{len(each)} p-values (Kolmogorov and Smirnov) is {min(each):.3f}; one in "
        f"{len(each)} would be below {1 / len(each):.3f} by chance.",
    ]


def test_the_page_says_what_the_file_holds() -> None:
    """Write it anew with ``python tests/docs/regenerate.py``."""
    assert PAGE.read_text("utf-8").split(BEGIN)[1].split(END)[0] == passage()


def test_what_is_used_is_what_the_test_stated_before_says() -> None:
    """If the second level scores worse beyond its interval, pairs alone are the default."""
    assert record.Record.administrations is kept()
    assert record.shipped().administrations is kept()


def test_ranks_of_the_truth_are_uniform_at_both_levels() -> None:
    """The smallest of 76 p-values is below 0.0002 in 2% of cases where nothing is wrong."""
    assert set(FOUND["ranks"]) == set(levels.WHOSE)
    for each in FOUND["ranks"].values():
        assert len(each) == len(record.NAMES)
        assert min(each) > 2e-4


def test_more_than_half_of_the_units_hold_one_decision_or_two() -> None:
    """The reason for which the other side's governments are not told apart."""
    sizes = Counter(record.shipped().units).values()
    assert sum(n <= 2 for n in sizes) > len(sizes) / 2


@pytest.mark.parametrize("name", TITLES)
def test_the_file_is_fresh(name: str) -> None:
    """What the record teaches comes out the same."""
    fresh, kept = levels.learned(levels.versions()[name]), FOUND["learned"][name]
    for what in ("share", "within"):
        assert fresh[what]["weights"] == pytest.approx(kept[what]["weights"], abs=1e-3)
    assert fresh["effective_draws"] == pytest.approx(kept["effective_draws"], rel=0.01)
    assert fresh["taught"] == kept["taught"]


@pytest.mark.long
def test_the_scores_are_fresh() -> None:
    """Of the 120 decisions, by the first reading, each dispute left out."""
    fresh = levels.scores(False, False, ("dispute",))["dispute"]
    for name, each in FOUND["scores"][TESTED[0]]["dispute"]["scores"].items():
        value = fresh["scores"][name]["log"]["value"]
        assert value == pytest.approx(each["log"]["value"], abs=1e-3)
