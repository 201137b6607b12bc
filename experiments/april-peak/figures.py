"""Say what the branch to the April peak is worth: to the truce, to a deal, in money."""

from __future__ import annotations

import sys
from pathlib import Path

from negotiation import plots
from negotiation.estimates import Estimate
from negotiation.outcome import AT_HORIZON
from negotiation.plots.along import along
from negotiation.words.numbers import odds_text
from negotiation.words.outcomes import HORIZON

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from findings import (  # noqa: E402
    Findings,
    at_most,
    at_the_date,
    change_text,
    money_text,
    moved_by,
    opposite,
    plain,
)

PEAK = "tariffs.peak_weight"
EXTENDED, SIGNED, PENALTIES = "first_deadline_extended", "summit_deal", "escalation"
EVEN, FROM_US, FROM_CHINA = (
    "first_extension_mutual", "first_extension_from_us", "first_extension_from_china",
)  # fmt: skip
LABEL = "chance that a lapse brings back the April peak"
POSSIBLE = (0.05, 0.5)
KINDS = (EXTENDED, EVEN, FROM_US, FROM_CHINA, SIGNED, PENALTIES)


def main(folder: str) -> None:
    found = Findings(folder, HERE / "question.md")
    answers = found.answers
    weights = found.results.design[PEAK].to_pylist()
    found.table(
        ("Chance of the peak", "truce extended", "on even terms", "paid for by the US",
         "paid for by China", "deal at the summit", "penalties at some time",
         "mean account of the US", "mean account of China"),
        [
            (
                f"{w:g}",
                *(odds_text(answers.odds(k, {PEAK: w})) for k in KINDS),
                *(money_text(answers.mean(f"account.{s}", {PEAK: w})) for s in ("us", "china")),
            )
            for w in weights
        ],
    )  # fmt: skip
    change = {k: answers.change(k, {PEAK: 1}) for k in KINDS}
    worth = {side: _worth(found, side) for side in ("us", "china")}
    low, high = POSSIBLE
    doubt = answers.contrast(EXTENDED, [(1, {PEAK: high}), (-1, {PEAK: low})])
    found.points(
        f"The peak for certain instead of the 24 points: {change_text(change[EXTENDED])} on the "
        f"extension, {change_text(change[SIGNED])} on the deal, {change_text(change[PENALTIES])} "
        "on penalties.",
        f"Of the extension, {change_text(change[EVEN])} on even terms, "
        f"{change_text(change[FROM_US])} paid for by the US, {change_text(change[FROM_CHINA])} "
        "paid for by China.",
        f"In money until the horizon: {money_text(worth['us'])} for the US, "
        f"{money_text(worth['china'])} for China (intervals at their widest).",
    )
    shown = [EXTENDED, EVEN, SIGNED, PENALTIES]
    table = plain(found.results.odds(by=PEAK, outcomes=shown))
    found.picture(
        along(table, x=PEAK, outcomes=shown, label=LABEL), "odds", "Odds by the chance of the peak."
    )
    states = plain(found.results.odds(by=PEAK, outcomes=[HORIZON + name for name in AT_HORIZON]))
    states["outcome"] = [name.removeprefix(HORIZON) for name in states["outcome"]]
    found.picture(
        plots.stacked(states, x=PEAK, label=LABEL), "endings", "Where the talks stand at the end."
    )
    found.mind(
        "That the peak keeps the truce on even terms: if that were no likelier with the peak.",
        at_most(change[EVEN]),
        f"{change_text(change[EVEN])}; {at_the_date(answers, {PEAK: 1})}.",
    )
    found.mind(
        "That it does not buy a deal: if it moved the odds of a deal by two points or more.",
        moved_by(change[SIGNED], 0.02),
        f"{change_text(change[SIGNED])}.",
    )
    us = worth["us"]
    found.mind(
        "That deterrence is no bargain for the US: if the paths cost it less with the peak for "
        "certain.",
        opposite(at_most(us)),
        f"{money_text(us)}.",
    )
    found.mind(
        "That the answer does not hang on the judgement of 20%: if the extension moved by five "
        f"points or more between a chance of {low} and one of {high}.",
        moved_by(doubt, 0.05),
        f"{change_text(doubt)}.",
    )
    found.write()


def _worth(found: Findings, side: str) -> Estimate:
    """Return the mean account with the peak for certain less that with the 24 points.

    The runs are paired, but the sweep keeps no sums over pairs of amounts: the standard error is
    bounded by the sum of both.
    """
    there, here = (found.answers.mean(f"account.{side}", {PEAK: w}) for w in (1, 0))
    half = (there.high - there.low + here.high - here.low) / 2
    return Estimate(there.p - here.p, there.p - here.p - half, there.p - here.p + half)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parents[1] / "results" / HERE.name))
