"""What the page on skill says is what ``results/skill/scores.json`` holds, and that is fresh.

The passage between the two marks is made from that file by ``tests/docs/regenerate.py``; the file
by ``tests/docs/skill_record.py``, since two thousand fits of everything take an hour.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from negotiation.cli.skill_text import COLUMNS, KINDS, LABELS, gains, interval
from negotiation.skill import trees, whole
from negotiation.skill.assessing import Forecaster, assess

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "skill.md"
BEGIN, END = "<!-- skill: begin -->\n", "<!-- skill: end -->\n"
FOUND = json.loads((ROOT / "results" / "skill" / "scores.json").read_text("utf-8"))
ANEW = (
    "Outcomes permuted within strata, everything fitted anew, five parts of whole disputes left "
    "out:"
)
HELD = "Outcomes permuted within strata, the forecasts without their own dispute as they are:"
FEWER = (
    "Rivals have other numbers in [hindcast](hindcast.md), where they learn from more decisions: "
    "also from those\nthat others than the US announced since 2017, and from those of the pair "
    "asked that were made before."
)
WAYS = ("over_disputes", "over_decisions")
FAST = ("base_rates", "by_stratum", "always_extend")


def of(everyone: bool, reading: str) -> dict[str, Any]:
    """Return what was found for a set of decisions by a reading."""
    name = whole.SETS[everyone]
    return next(x for x in FOUND if (x["set"], x["reading"]) == (name, reading))


def passage() -> str:
    """Return the tables of the page."""
    lines: list[str] = []
    for everyone in (False, True):
        for reading in ("first", "second"):
            found = of(everyone, reading)
            lines += [f"### {found['set'][0].upper()}{found['set'][1:]}, {reading} reading", ""]
            lines += [f"{found['n']} decisions in {found['disputes']} disputes, which weigh as "
                      f"much as {found['effective_disputes']:.0f} of equal size.", ""]  # fmt: skip
            for split in found["splits"].values():
                lines += [*scores(split), ""]
            if "refitted" in found:
                lines += [*permuted(found["refitted"]), ""]
            lines += [*permuted(found["permuted"], HELD), ""]
    main = of(False, "first")
    lines += covariates(main["blanked"], main["blanked_model"])
    said = main["published"]
    lines += ["", "### Published forecasts", "",
              f"Squared error of a yes or no, on {said['decisions']} decisions in "
              f"{said['disputes']} disputes: " + ", ".join(
                  f"{LABELS[n]} {x:.2f}" for n, x in said["scores"].items()) + "."]  # fmt: skip
    lines += ["", FEWER, ""]
    return "\n".join(lines)


def covariates(logit: dict[str, Any], model: dict[str, Any]) -> list[str]:
    """Return the table of what each covariate is worth to the logit and to the model."""
    lines = [
        "### What each covariate is worth", "",
        "By how much Brier's score is worse without it. The model's, played anew as it is, is "
        f"{model['score']['value']:.2f}; it does not read what has no entry.", "",
        "| covariate | logit, each dispute once | logit, each decision | model, each dispute once "
        "| model, each decision |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for name, gain in logit.items():
        cells = [interval(gain[way]) for way in WAYS]
        cells += [interval(model[name][way]) for way in WAYS] if name in model else ["", ""]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def scores(split: dict[str, Any]) -> list[str]:
    """Return the table of a split."""
    low, high = split["learned_from"]
    title = split["title"][0].upper() + split["title"][1:]
    lines = [
        f"{title}: {split['n']} decisions in {split['disputes']} disputes, learned from "
        f"{low} to {high}.",
        "",
        f"| | {' | '.join((*KINDS.values(), *COLUMNS))} |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, each in split["scores"].items():
        cells = [score(each[kind]) for kind in KINDS]
        cells += gains(split, name)
        lines.append(f"| {LABELS[name]} | {' | '.join(cells)} |")
    return lines


def score(found: dict[str, Any]) -> str:
    """Return a score with its interval."""
    if found["value"] is None:
        return "infinite"
    ends = "" if found["low"] is None else f" ({found['low']:.2f} to {found['high']:.2f})"
    return f"{found['value']:.2f}{ends}"


def permuted(found: dict[str, Any], title: str = ANEW) -> list[str]:
    """Return the table of permutation tests."""
    lines = [
        title,
        "",
        "| | Brier | permuted, 95% | p | times |",
        "|---|---|---|---|---|",
    ]
    for name, test in found.items():
        span = f"{test['low']:.2f} to {test['high']:.2f}"
        lines.append(
            f"| {LABELS[name]} | {test['score']:.2f} | {span} | {test['p']:.3f} "
            f"| {test['times']:,} |"
        )
    return lines


def test_the_page_says_what_the_file_holds() -> None:
    """The passage is the one that the file gives."""
    text = PAGE.read_text("utf-8")
    assert text.split(BEGIN)[1].split(END)[0] == passage()


def test_what_the_page_says_in_words() -> None:
    """Each sentence above the tables, as what it says of the numbers."""
    for reading in ("first", "second"):
        for split in of(False, reading)["splits"].values():
            gains = {n: g["brier"] for n, g in split["better_than_base_rates"].items()}
            score = {n: s["brier"]["value"] for n, s in split["scores"].items()}
            for way in ("over_disputes", "over_decisions"):
                assert 0 < gains["by_stratum"][way]["value"] < 0.11 * score["base_rates"]
                assert gains["logit"][way]["value"] > 0
            assert score["logit"] < score["logit_known_before"]
            assert score["always_extend"] == max(score.values())
            if reading == "first":
                assert abs(score["logit_known_before"] - score["by_stratum"]) < 0.02
                over = split["better_than_by_stratum"]["logit"]
                assert all(over[kind]["over_disputes"]["low"] < 0 for kind in KINDS)
        left = of(False, reading)["splits"]["dispute"]
        for name in ("trees", "trees_known_before"):
            gain = left["better_than_base_rates"][name]["brier"]
            assert gain["over_disputes"]["low"] < 0 and gain["over_decisions"]["low"] < 0
            assert (
                left["scores"][name]["brier"]["value"]
                > left["scores"]["by_stratum"]["brier"]["value"] - 0.005
            )
    for split, first in of(False, "first")["splits"].items():
        second = of(False, "second")["splits"][split]
        one, two = (x["scores"]["logit"]["brier"]["value"] for x in (first, second))
        assert two < one
    tests = of(False, "first")["refitted"]
    assert tests["logit"]["p"] == pytest.approx(1 / 50, abs=0.004)
    assert 0.4 < tests["logit_known_before"]["p"] < 0.6
    tests = of(False, "second")["refitted"]
    assert tests["logit"]["p"] <= 1 / 2000 and tests["logit"]["times"] == 2000
    assert 0.25 < tests["logit_known_before"]["p"] < 0.4
    for reading, beyond in (("first", True), ("second", False)):
        found = of(False, reading)
        for split in found["splits"].values():
            gain = split["better_than_base_rates"]["model"]["brier"]
            assert all((gain[way]["low"] > 0) == beyond for way in WAYS)
            blind = split["better_than_base_rates"]["model_known_before"]["brier"]
            assert (blind["over_disputes"]["low"] > 0) == beyond
            over = {n: g["brier"]["over_disputes"] for n, g in split["model_better"].items()}
            assert abs(over["model_prior"]["value"]) < 0.0055
            assert all(over[name]["low"] < 0 for name in ("by_stratum", "logit"))
            if not beyond:
                assert -0.1 < over["logit"]["value"] < -0.05
    ps = [
        of(False, reading)["permuted"][name]["p"]
        for name in ("model", "model_known_before")
        for reading in ("first", "second")
    ]
    assert ps[0] <= 1 / 2000 and 0.02 < ps[1] < 0.035
    assert 0.03 < ps[2] < 0.05 and 0.25 < ps[3] < 0.4
    better = {
        name: [
            x["scores"]["model"]["brier"]["value"] < x["scores"][name]["brier"]["value"]
            for x in of(False, "first")["splits"].values()
        ]
        for name in ("by_stratum", "logit")
    }
    assert sum(better["by_stratum"]) >= 2 and 1 <= sum(better["logit"]) <= 2
    for reading in ("first", "second"):
        for split in of(True, reading)["splits"].values():
            score = {n: s["brier"]["value"] for n, s in split["scores"].items()}
            gain = split["better_than_base_rates"]["model"]["brier"]["over_disputes"]
            assert split["model_better"]["logit"]["brier"]["over_disputes"]["value"] < 0
            assert gain["low"] < 0 and (reading == "first" or abs(gain["value"]) < 0.05)
    said = of(False, "first")["published"]["scores"]
    assert said["published"] < 0.6 * said["base_rates"]
    assert said["published"] == pytest.approx(0.75 * said["model"], rel=0.05)
    assert abs(said["published"] - said["logit"]) < 0.01


def test_what_the_page_says_of_single_covariates() -> None:
    """Binding first by far, then notice; regime, threat and trade worth nothing."""
    main = of(False, "first")
    mine = {n: g["over_disputes"] for n, g in main["blanked_model"].items() if n != "score"}
    assert max(mine, key=lambda name: float(mine[name]["value"])) == "binding"
    assert 0.09 < mine["binding"]["value"] < 0.11 and mine["binding"]["low"] > 0
    assert main["blanked_model"]["binding"]["over_decisions"]["low"] < 0
    notice = main["blanked_model"]["notice"]
    assert notice["over_disputes"]["value"] == pytest.approx(0.04, abs=0.005)
    assert all(notice[way]["low"] > 0 for way in WAYS)
    for name in ("counter-leverage", "talks live", "leaders"):
        assert 0.005 < mine[name]["value"] < 0.015 and mine[name]["low"] < 0.001
    for name in ("regime before", "threat", "trade at stake"):
        assert abs(mine[name]["value"]) < 0.008 and mine[name]["low"] < 0 < mine[name]["high"]
    assert all(gain["high"] > 0 for gain in mine.values())
    theirs = {n: g["over_disputes"] for n, g in main["blanked"].items()}
    assert theirs["threat"]["low"] > 0 and theirs["trade at stake"]["value"] > 0.01
    assert abs(theirs["leaders"]["value"]) < 0.005


def compare(names: dict[str, Forecaster], everyone: bool, reading: str) -> None:
    """Score forecasters anew and hold that against the file."""
    rows = whole.main_rows(None, everyone)
    for split, told in of(everyone, reading)["splits"].items():
        fresh = whole.of_split(assess(rows, names, split, second=reading == "second"))
        assert (fresh["n"], fresh["learned_from"]) == (told["n"], told["learned_from"])
        for name in names:
            for kind in KINDS:
                old = told["scores"][name][kind]["value"]
                assert fresh["scores"][name][kind]["value"] == pytest.approx(old, abs=1e-3)
            for over in ("better_than_base_rates", "better_than_by_stratum"):
                if name in told[over]:
                    gain, again = (x[over][name]["brier"]["over_disputes"] for x in (told, fresh))
                    assert again == pytest.approx(gain, abs=1e-3)


@pytest.mark.parametrize("everyone", [False, True])
@pytest.mark.parametrize("reading", ["first", "second"])
def test_the_file_is_fresh(everyone: bool, reading: str) -> None:
    """What is quick to compute comes out the same."""
    compare({n: f for n, f in whole.rivals(False).items() if n in FAST}, everyone, reading)


@pytest.mark.long
@pytest.mark.skipif(not trees.available(), reason="scikit-learn is not installed")
def test_the_rest_of_the_file_is_fresh() -> None:
    """The logits and the trees come out the same on the main set."""
    compare(whole.rivals(True), False, "first")
