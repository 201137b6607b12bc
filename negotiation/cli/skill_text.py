"""What forecasts of past decisions are worth, as a page of text and as rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from negotiation.cli.columns import columns
from negotiation.errors import counted
from negotiation.skill.assessing import FEWEST

LABELS = {
    "model": "the model",
    "model_known_before": "the model, no hindsight",
    "model_prior": "the model, prior alone",
    "base_rates": "base rates",
    "by_stratum": "base rates by stratum",
    "logit": "ridge logit",
    "logit_known_before": "ridge logit, no hindsight",
    "trees": "boosted trees",
    "trees_known_before": "boosted trees, no hindsight",
    "always_extend": "always extend",
    "published": "published",
}
KINDS = {"brier": "Brier", "log": "log", "ranked": "ranked"}
COLUMNS = {
    "gain": ("base_rates", "over_disputes"),
    "gain, decisions": ("base_rates", "over_decisions"),
    "gain over strata": ("by_stratum", "over_disputes"),
}
WAYS = {"over_disputes": "each dispute once", "over_decisions": "each decision once"}
GAINED = "  Gain of the model, the score of the other less its own, above 0 where it is better:"
OWN_ROWS = "negotiation hindcast FILE plays decisions of your own and scores it beside its rivals"
NO_TREES = (
    "Boosted trees are left out: scikit-learn is not installed; install it with: "
    "pip install 'negotiation[skill]'."
)


def report(found: dict[str, Any]) -> str:
    """Return what ``negotiation skill`` prints."""
    lines = [
        f"What forecasts of past decisions are worth: {found['of']}, {found['set']}, "
        f"{found['reading']} reading.",
        f"{counted(found['n'], 'decision')} in {counted(found['disputes'], 'dispute')}, "
        f"which weigh as much as {found['effective_disputes']:.0f} of equal size.",
    ]
    for split in found["splits"].values():
        lines += ["", *split_table(split)]
    lines += [
        "",
        "Lower is better. A fifth on each of the five outcomes scores 0.80 (Brier) and 1.61 (log); "
        "ranked counts outcomes that are near as less wrong.",
        "Gain: the Brier score of base rates (or of those by stratum) less its own, above 0 where "
        "it is better; the mean over disputes (or decisions), each counted once, with Student's "
        f"95% interval, disputes as units; none below {counted(FEWEST, 'dispute')}.",
        "",
        "What each covariate is worth to the logit: Brier score with it at its mean, less with it "
        "known:",
        *_gains(found["blanked"], "covariate"),
    ]
    lines += _permuted(found) + published_line(found["published"])
    if not any("model" in split["scores"] for split in found["splits"].values()):
        lines += ["", f"The simulation is left out, as it has not played them: {OWN_ROWS}."]
    return "\n".join(lines if found["trees"] else [*lines, "", NO_TREES])


def split_table(split: dict[str, Any]) -> list[str]:
    """Return the scores of a split: each forecaster, its scores, and what it gains."""
    head = ["", *KINDS.values(), *COLUMNS]
    if "model_better" in split:
        head.append("gain of the model over it")
    rows = [head]
    for name, each in split["scores"].items():
        cells = [f"  {LABELS.get(name, name)}", *(_shown(each[kind]["value"]) for kind in KINDS)]
        cells += gains(split, name)
        if "model_better" in split:
            mine = split["model_better"].get(name)
            cells.append(interval(mine["brier"]["over_disputes"]) if mine else "")
        rows.append(cells)
    return [_asked(split), *columns("l" + "r" * (len(head) - 1), rows)]


def _asked(split: dict[str, Any]) -> str:
    """Return what was left out, how many were asked, and from how many others was learned."""
    low, high = split["learned_from"]
    span = f"{low}" if low == high else f"{low} to {high}"
    title = split["title"][0].upper() + split["title"][1:]
    units = f"{counted(split['n'], 'decision')}, {counted(split['disputes'], 'dispute')}"
    return f"{title} ({units}, learned from {span}):"


def scores_and_gains(split: dict[str, Any]) -> list[str]:
    """Return the scores of a split with their intervals, and what the model gains by each."""
    table = [["", *KINDS.values()]]
    for name, each in split["scores"].items():
        cells = [f"{_shown(each[kind]['value'])}{_ends(each[kind])}" for kind in KINDS]
        table.append([f"  {LABELS.get(name, name)}", *cells])
    made = columns("l" + "r" * len(KINDS), table)
    return [_asked(split), *made, *gains_of_the_model(split)]


def gains(split: dict[str, Any], name: str) -> list[str]:
    """Return a forecaster's gains over base rates, in both ways, and over those by stratum."""
    cells = []
    for other, way in COLUMNS.values():
        gain = split[f"better_than_{other}"].get(name)
        cells.append(interval(gain["brier"][way]) if gain else "")
    return cells


def gains_of_the_model(split: dict[str, Any]) -> list[str]:
    """Return what the model gains over each rival, by every score and in both ways of counting."""
    table = [["", *KINDS.values()]]
    for name, gain in split["model_better"].items():
        for way, label in WAYS.items():
            cells = [interval(gain[kind][way]) for kind in KINDS]
            table.append([f"    over {LABELS.get(name, name)}, {label}", *cells])
    return [GAINED, *columns("l" + "r" * len(KINDS), table)]


def _gains(found: dict[str, Any], what: str) -> list[str]:
    rows = [["", *WAYS.values()]]
    for name, gain in found.items():
        rows.append(
            [f"  {name}", interval(gain["over_disputes"]), interval(gain["over_decisions"])]
        )
    return columns("lrr", rows)


def _permuted(found: dict[str, Any]) -> list[str]:
    both = {
        "Outcomes permuted within strata, forecasts as they are": found["permuted"],
        "Outcomes permuted within strata, all fitted anew, five parts of whole disputes left out": (
            found.get("refitted") or {}
        ),
    }
    lines: list[str] = []
    for title, tests in both.items():
        if tests:
            times = max(test["times"] for test in tests.values())
            rows = [["", "Brier", "permuted, 95%", "p"]]
            for name, test in tests.items():
                span = f"{test['low']:.2f} to {test['high']:.2f}"
                rows.append(
                    [f"  {LABELS.get(name, name)}", _shown(test["score"]), span, f"{test['p']:.3f}"]
                )
            lines += ["", f"{title}, {times:,} times:", *columns("lrrr", rows)]
    return lines


def published_line(found: dict[str, Any] | None) -> list[str]:
    """Return what published forecasts of the same decisions were worth."""
    if found is None:
        return ["", "No published forecast answers the question of one of these decisions."]
    scores = ", ".join(
        f"{LABELS.get(name, name)} {score:.2f}" for name, score in found["scores"].items()
    )
    return [
        "",
        f"{counted(len(found['statements']), 'published statement')} on "
        f"{counted(found['decisions'], 'decision')} in {counted(found['disputes'], 'dispute')}, "
        f"squared error of a yes or no: {scores}.",
    ]


def _shown(x: float | None) -> str:
    return "infinite" if x is None else f"{x:.2f}"


def interval(mean: dict[str, Any]) -> str:
    """Return a difference with its interval.

    Examples
    --------
    >>> interval({"value": 0.0412, "low": -0.01, "high": 0.09})
    '+0.04 (-0.01 to +0.09)'
    """
    if mean["value"] is None:
        return "infinite"
    return f"{mean['value']:+.2f}{_ends(mean, '+')}"


def _ends(mean: dict[str, Any], sign: str = "") -> str:
    if mean["low"] is None:
        return ""
    return f" ({mean['low']:{sign}.2f} to {mean['high']:{sign}.2f})"


def rows(found: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Return a row for each score of each forecaster in each split."""
    for split, told in found["splits"].items():
        for name, each in told["scores"].items():
            for kind, score in each.items():
                gain = told["better_than_base_rates"].get(name, {}).get(kind)
                yield {
                    "split": split,
                    "forecaster": name,
                    "score": kind,
                    "n": told["n"],
                    "disputes": told["disputes"],
                    **score,
                    **({"better_than_base_rates": gain} if gain else {}),
                }
