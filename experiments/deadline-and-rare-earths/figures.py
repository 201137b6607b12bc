"""Say what deadline pressure and leverage over rare earths do, alone and together."""

from __future__ import annotations

import sys
from pathlib import Path

from negotiation import plots
from negotiation.words.numbers import odds_text

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from findings import Findings, at_most, change_text, moved_by, plain  # noqa: E402

DAYS, THROTTLE, CUT = "deadline.war_days", "rare_earths.throttle", "rare_earths.cut_suspended"
EXTENDED, SIGNED = "first_deadline_extended", "summit_deal"
SHORT, LONG, LEAST, MOST_THROTTLE, MOST_CUT = 20, 180, 0, 0.45, 0.9
LABELS = {
    DAYS: "days of penalties expected after a lapse",
    THROTTLE: "share of rare earths withheld in the truce",
    CUT: "share of rare earths withheld under penalties",
}


def cell(days: float, throttle: float, cut: float) -> dict[str, float]:
    return {DAYS: days, THROTTLE: throttle, CUT: cut}


def main(folder: str) -> None:
    found = Findings(folder, HERE / "question.md")
    answers = found.answers
    start = cell(SHORT, LEAST, LEAST)
    longer = answers.change(EXTENDED, cell(LONG, LEAST, LEAST))
    throttled = answers.change(SIGNED, cell(SHORT, MOST_THROTTLE, LEAST))
    aside = answers.change(EXTENDED, cell(SHORT, MOST_THROTTLE, LEAST))
    threatened = {
        days: answers.contrast(
            EXTENDED, [(1, cell(days, LEAST, MOST_CUT)), (-1, cell(days, LEAST, LEAST))]
        )
        for days in (SHORT, LONG)
    }
    together = answers.contrast(
        EXTENDED,
        [
            (1, cell(LONG, LEAST, MOST_CUT)), (-1, cell(LONG, LEAST, LEAST)),
            (-1, cell(SHORT, LEAST, MOST_CUT)), (1, start),
        ],
    )  # fmt: skip
    found.points(
        f"With {SHORT} days of penalties in view, no throttle and no cut, the truce is extended in "
        f"{odds_text(answers.odds(EXTENDED))} and a deal signed at the summit in "
        f"{odds_text(answers.odds(SIGNED))}.",
        f"{LONG} days in view instead: {change_text(longer)} on the extension.",
        f"A throttle of {MOST_THROTTLE:.0%}: {change_text(throttled)} on the deal, "
        f"{change_text(aside)} on the extension.",
        f"The threat to cut {MOST_CUT:.0%} under penalties: {change_text(threatened[SHORT])} on "
        f"the extension with {SHORT} days in view, {change_text(threatened[LONG])} with {LONG}.",
    )
    for outcome, x, y, name, rest in (
        (EXTENDED, DAYS, CUT, "extension", "throttles"),
        (SIGNED, THROTTLE, DAYS, "deal", "cuts"),
    ):
        table = plain(found.results.odds(by=[x, y], outcomes=outcome))
        ax = plots.heat_map(table, x=x, y=y, outcome=outcome, labels=(LABELS[x], LABELS[y]))
        found.picture(ax, name, f"Odds by both settings, averaged over the {rest} tried.")
    found.mind(
        "That deadline pressure keeps the truce: if the extension were no likelier with "
        f"{LONG} days of penalties in view than with {SHORT}.",
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
        f"{SHORT} days in view.",
        at_most(together),
        f"The cut does {change_text(together)} more with {LONG} days (interval at its widest).",
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
