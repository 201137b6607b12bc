"""Say what each cut of the fentanyl tariff buys."""

from __future__ import annotations

import sys
from pathlib import Path

from negotiation import plots
from negotiation.ensemble import Ensemble
from negotiation.estimates import Estimate, mean_of
from negotiation.outcome import AT_HORIZON
from negotiation.plots.along import along
from negotiation.plots.deals import conceded
from negotiation.words.numbers import odds_text
from negotiation.words.outcomes import HORIZON

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from findings import Findings, at_most, at_the_date, change_text, clear, moved_by, opposite, plain  # noqa: E402

REACH, ISSUE = "issues.fentanyl_tariff.reach", "fentanyl_tariff"
ANSWER = "precursor_control"
SIGNED, DEAL, EXTENDED = "summit_deal", "deal", "first_deadline_extended"
LABEL = "largest cut of the fentanyl tariff on offer, points"
PLAYED = 20_000


def main(folder: str) -> None:
    found = Findings(folder, HERE / "question.md")
    answers, issue = found.answers, found.scenario.issues[ISSUE]
    reaches = found.results.design[REACH].to_pylist()
    points = {reach: reach * abs(issue.full - issue.status_quo) for reach in reaches}
    half, whole = reaches[len(reaches) // 2], reaches[-1]
    changes = {r: answers.change(SIGNED, {REACH: r}) for r in reaches[1:]}
    found.say(
        f"With no cut on offer a deal is signed at the summit in {odds_text(answers.odds(SIGNED))}."
    )
    found.table(
        ("Largest cut, points", "deal at the summit", "more than with none", "any deal",
         "truce extended in August"),
        [
            (
                f"{points[r]:g}",
                odds_text(answers.odds(SIGNED, {REACH: r})),
                change_text(changes[r]) if r in changes else "",
                odds_text(answers.odds(DEAL, {REACH: r})),
                odds_text(answers.odds(EXTENDED, {REACH: r})),
            )
            for r in reaches
        ],
    )  # fmt: skip
    first = changes[half]
    second = answers.contrast(SIGNED, [(1, {REACH: whole}), (-1, {REACH: half})])
    bend = answers.contrast(SIGNED, [(2, {REACH: half}), (-1, {REACH: whole}), (-1, {REACH: 0})])
    least = next((r for r, change in changes.items() if clear(change)), None)
    found.points(
        f"The smallest cut tried whose gain is clearly above zero is {points[least]:g} points: "
        f"{change_text(changes[least])}."
        if least is not None
        else "No cut tried makes a difference whose interval leaves out zero.",
        f"The first {points[half]:g} points: {change_text(first)}, "
        f"{100 * first.difference / points[half]:.2f} for each point; the other "
        f"{points[whole] - points[half]:g}: {change_text(second)}.",
        _best(found, points, whole),
        _signed_cut(found, whole),
    )
    table = plain(found.results.odds(by=REACH, outcomes=[SIGNED, DEAL, EXTENDED]))
    table[REACH] = [points[r] for r in table[REACH]]
    found.picture(
        along(table, x=REACH, outcomes=[SIGNED, DEAL, EXTENDED], label=LABEL),
        "odds", "Odds by the largest cut on offer.",
    )  # fmt: skip
    states = plain(found.results.odds(by=REACH, outcomes=[HORIZON + name for name in AT_HORIZON]))
    states[REACH] = [points[r] for r in states[REACH]]
    states["outcome"] = [name.removeprefix(HORIZON) for name in states["outcome"]]
    found.picture(
        plots.stacked(states, x=REACH, label=LABEL), "endings", "Where the talks stand at the end."
    )
    _precursors(found, whole)
    _minds(found, changes[whole], bend, answers.change(EXTENDED, {REACH: whole}), whole)
    found.write()


def _best(found: Findings, points: dict[float, float], whole: float) -> str:
    """Return which cut makes a deal likeliest, and what more on offer does to it."""
    odds = {r: found.answers.odds(SIGNED, {REACH: r}) for r in points}
    best = max(odds, key=lambda r: odds[r].p)
    more = found.answers.contrast(SIGNED, [(1, {REACH: whole}), (-1, {REACH: best})])
    text = f"A deal is likeliest with {points[best]:g} points on offer: {odds_text(odds[best])}"
    if best == whole:
        return f"{text}."
    return f"{text}; all {points[whole]:g} instead: {change_text(more)} (interval at its widest)."


def _signed_cut(found: Findings, whole: float) -> str:
    """Return what cut is in the deals when all points are on offer."""
    import numpy as np

    scenario = found.scenario.replace({REACH: whole})
    issue = scenario.issues[ISSUE]
    rows = Ensemble(scenario).rows(seed=found.results.seed, first=0, count=PLAYED)
    cut = conceded(rows, scenario, None)[:, list(scenario.issues).index(ISSUE)]
    cut = cut * abs(issue.full - issue.status_quo)
    low, middle, high = np.quantile(cut, [0.25, 0.5, 0.75])
    return (
        f"With all points on offer the median cut in {len(cut):,} deals is {middle:.0f} points, "
        f"the middle half {low:.0f} to {high:.0f}: what is on offer is not what is taken."
    )


def _precursors(found: Findings, whole: float) -> None:
    """Say how much more precursor control is conceded with all points on offer, in pairs."""
    at = list(found.scenario.issues).index(ANSWER)
    more, none = (
        Ensemble(found.scenario.replace({REACH: r})).rows(
            seed=found.results.seed, first=0, count=PLAYED
        )["package"][:, at]
        for r in (whole, 0.0)
    )
    drawn = Estimate(*mean_of(more - none))
    told = (
        f"{none.mean():.1%} of full control is conceded with no cut on offer and {more.mean():.1%} "
        f"with all of it, {PLAYED:,} runs each: {change_text(drawn)}."
    )
    found.mind(
        "That it is paid for in precursor control: if no more of it were conceded with all points "
        "on offer.",
        at_most(drawn),
        told,
    )


def _minds(found: Findings, gain, bend, aside, whole: float) -> None:
    sure = found.answers.odds(SIGNED, {REACH: whole})
    found.mind(
        "That a cut buys deals at all: if a deal were no likelier with all 20 points on offer.",
        at_most(gain),
        f"{change_text(gain)}.",
    )
    found.mind(
        "That the first points buy the most: if the second ten added as much as the first.",
        at_most(bend),
        f"First ten less second ten: {change_text(bend)} (interval at its widest).",
    )
    found.mind(
        "That no cut makes a deal sure: if with all points on offer a deal were likelier than 80%.",
        opposite(at_most(sure, 0.8)),
        f"{odds_text(sure)}.",
    )
    found.mind(
        "That the cut is for the summit and not for the truce: if it moved the extension by a "
        "point or more.",
        moved_by(aside, 0.01),
        f"{change_text(aside)}; {at_the_date(found.answers, {REACH: whole})}.",
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parents[1] / "results" / HERE.name))
