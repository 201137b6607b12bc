"""Say what deadline pressure and leverage over rare earths do, alone and together."""

from __future__ import annotations

import sys
from pathlib import Path

from negotiation import plots
from negotiation.words.numbers import odds_text

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from findings import Findings, at_most, change_text, moved_by, plain  # noqa: E402

RATE = "escalation.meeting_rate"
THROTTLE, CUT = "rare_earths.throttle", "rare_earths.cut_suspended"
EXTENDED, SIGNED = "first_deadline_extended", "summit_deal"
OFTEN, RARELY, LEAST, MOST_THROTTLE, MOST_CUT = 4, 0.5, 0, 0.45, 0.9
LABELS = {
    RATE: "crisis meetings a year at a usual cost",
    THROTTLE: "share of rare earths withheld in the truce",
    CUT: "share of rare earths withheld under penalties",
}


def cell(rate: float, throttle: float, cut: float) -> dict[str, float]:
    return {RATE: rate, THROTTLE: throttle, CUT: cut}


def main(folder: str) -> None:
    found = Findings(folder, HERE / "question.md")
    answers = found.answers
    start = cell(OFTEN, LEAST, LEAST)
    longer = answers.change(EXTENDED, cell(RARELY, LEAST, LEAST))
    throttled = answers.change(SIGNED, cell(OFTEN, MOST_THROTTLE, LEAST))
    aside = answers.change(EXTENDED, cell(OFTEN, MOST_THROTTLE, LEAST))
    threatened = {
        rate: answers.contrast(
            EXTENDED, [(1, cell(rate, LEAST, MOST_CUT)), (-1, cell(rate, LEAST, LEAST))]
        )
        for rate in (OFTEN, RARELY)
    }
    together = answers.contrast(
        EXTENDED,
        [
            (1, cell(RARELY, LEAST, MOST_CUT)), (-1, cell(RARELY, LEAST, LEAST)),
            (-1, cell(OFTEN, LEAST, MOST_CUT)), (1, start),
        ],
    )  # fmt: skip
    found.points(
        f"With {OFTEN} crisis meetings a year, no throttle and no cut, the truce is extended in "
        f"{odds_text(answers.odds(EXTENDED))} and a deal signed at the summit in "
        f"{odds_text(answers.odds(SIGNED))}.",
        f"One every other year instead: {change_text(longer)} on the extension.",
        f"A throttle of {MOST_THROTTLE:.0%}: {change_text(throttled)} on the deal, "
        f"{change_text(aside)} on the extension.",
        f"The threat to cut {MOST_CUT:.0%} under penalties: {change_text(threatened[OFTEN])} on "
        f"the extension with {OFTEN} meetings a year, {change_text(threatened[RARELY])} with one "
        "every other year.",
    )
    for outcome, x, y, name, rest in (
        (EXTENDED, RATE, CUT, "extension", "throttles"),
        (SIGNED, THROTTLE, RATE, "deal", "cuts"),
    ):
        table = plain(found.results.odds(by=[x, y], outcomes=outcome))
        ax = plots.heat_map(table, x=x, y=y, outcome=outcome, labels=(LABELS[x], LABELS[y]))
        found.picture(ax, name, f"Odds by both settings, averaged over the {rest} tried.")
    found.mind(
        "That deadline pressure keeps the truce: if the extension were no likelier with "
        "a meeting every other year than with four a year.",
        at_most(longer),
        f"{change_text(longer)}.",
    )
    found.mind(
        "That the throttle buys deals: if a deal were no likelier with the strongest throttle.",
        at_most(throttled),
        f"{change_text(throttled)}.",
    )
    found.mind(
        "That the threatened cut and a long conflict need each other: if the cut did as much with "
        "four meetings a year.",
        at_most(together),
        f"The cut does {change_text(together)} more with rare meetings (interval at its widest).",
    )
    found.mind(
        "That the throttle is for the table and the cut for the deadline: if the strongest "
        "throttle moved the extension by a point or more.",
        moved_by(aside, 0.01),
        f"{change_text(aside)}.",
    )
    found.write()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parents[1] / "results" / HERE.name))
