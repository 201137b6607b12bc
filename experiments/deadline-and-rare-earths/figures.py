"""Say what deadline pressure and leverage over rare earths do, alone and together."""

from __future__ import annotations

import sys
from pathlib import Path

from negotiation import plots
from negotiation.words.numbers import odds_text

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from findings import Findings, at_most, at_the_date, change_text, moved_by, plain  # noqa: E402

RATE, THROTTLE, CUT = (
    "escalation.meeting_rate", "rare_earths.throttle", "rare_earths.cut_suspended",
)  # fmt: skip
EXTENDED, DEAL, FROM_US, EVEN = (
    "first_deadline_extended", "deal", "first_extension_from_us", "first_extension_mutual",
)  # fmt: skip
SHORT, LONG, LEAST, MOST_THROTTLE, MOST_CUT = 2.5, 0.4, 0, 0.4, 0.9
LABELS = {
    RATE: "rate of crisis meetings, a year",
    THROTTLE: "share of rare earths withheld in the truce",
    CUT: "share of rare earths that China can withhold under penalties",
}


def cell(rate: float, throttle: float, cut: float) -> dict[str, float]:
    return {RATE: rate, THROTTLE: throttle, CUT: cut}


def main(folder: str) -> None:
    found = Findings(folder, HERE / "question.md")
    answers = found.answers
    start = cell(SHORT, LEAST, LEAST)
    longer = answers.change(EXTENDED, cell(LONG, LEAST, LEAST))
    throttled = answers.change(DEAL, cell(SHORT, MOST_THROTTLE, LEAST))
    aside = answers.change(EXTENDED, cell(SHORT, MOST_THROTTLE, LEAST))
    cut = {
        (rate, outcome): answers.contrast(
            outcome, [(1, cell(rate, LEAST, MOST_CUT)), (-1, cell(rate, LEAST, LEAST))]
        )
        for rate in (SHORT, LONG)
        for outcome in (FROM_US, EXTENDED, EVEN)
    }
    together = answers.contrast(
        FROM_US,
        [
            (1, cell(LONG, LEAST, MOST_CUT)), (-1, cell(LONG, LEAST, LEAST)),
            (-1, cell(SHORT, LEAST, MOST_CUT)), (1, start),
        ],
    )  # fmt: skip
    found.points(
        f"Where crisis meetings come early (a rate of {SHORT:g} a year), with no throttle and "
        f"nothing to cut, the truce is extended in {odds_text(answers.odds(EXTENDED))}, the US "
        f"pays for it in {odds_text(answers.odds(FROM_US))}, and a deal of either kind is signed "
        f"in {odds_text(answers.odds(DEAL))}.",
        f"Penalties that last (a rate of {LONG:g}): {change_text(longer)} on the extension.",
        f"A throttle of {MOST_THROTTLE:.0%}: {change_text(throttled)} on a deal, "
        f"{change_text(aside)} on the extension.",
        f"The power to cut {MOST_CUT:.0%}, where penalties last: {change_text(cut[LONG, FROM_US])} "
        f"on an extension that the US pays for, {change_text(cut[LONG, EVEN])} on one on even "
        f"terms, {change_text(cut[LONG, EXTENDED])} on any; where they are soon over "
        f"{change_text(cut[SHORT, FROM_US])} on one that the US pays for.",
    )
    for outcome, x, y, name, rest in (
        (FROM_US, RATE, CUT, "us-pays", "throttles"),
        (EXTENDED, RATE, CUT, "extension", "throttles"),
        (DEAL, THROTTLE, RATE, "deal", "cuts"),
    ):
        table = plain(found.results.odds(by=[x, y], outcomes=outcome))
        ax = plots.heat_map(table, x=x, y=y, outcome=outcome, labels=(LABELS[x], LABELS[y]))
        found.picture(ax, name, f"Odds by both settings, averaged over the {rest} tried.")
    found.mind(
        "That deadline pressure keeps the truce: if the extension were no likelier where "
        "penalties last.",
        at_most(longer),
        f"{change_text(longer)}; {at_the_date(answers, cell(LONG, LEAST, LEAST))}.",
    )
    found.mind(
        "That the throttle buys deals: if a deal were no likelier with the strongest throttle.",
        at_most(throttled),
        f"{change_text(throttled)}.",
    )
    found.mind(
        "That the power to cut makes the US pay: if it paid no more often where penalties last.",
        at_most(cut[LONG, FROM_US]),
        f"{change_text(cut[LONG, FROM_US])}.",
    )
    found.mind(
        "That the cut and a long conflict need each other: if the cut did as much to who pays "
        "where penalties are soon over.",
        at_most(together),
        f"It does {change_text(together)} more where they last (interval at its widest).",
    )
    found.mind(
        "That the throttle is for the table and the cut for the deadline: if the strongest "
        "throttle moved the extension by a point or more.",
        moved_by(aside, 0.01),
        f"{change_text(aside)}; {at_the_date(answers, cell(SHORT, MOST_THROTTLE, LEAST))}.",
    )
    found.write()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parents[1] / "results" / HERE.name))
