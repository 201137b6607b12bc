"""Say what a larger pledge and more trust in it do to the odds."""

from __future__ import annotations

import sys
from pathlib import Path

from negotiation import plots
from negotiation.plots.along import along
from negotiation.words.numbers import odds_text

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from findings import Findings, at_most, change_text, opposite, plain  # noqa: E402

PLEDGE, TRUST = "issues.purchase_commitments.full", "china.types.trait_prior"
SIGNED, DEAL, REOPENED = "summit_deal", "deal", "reopened"
SMALL, MIDDLE, LARGE, NONE, PRIOR, FULL = 10, 50, 100, 0, 0.4, 1
LABELS = ("largest pledge, $bn a year above trend", "chance that China delivers")


def cell(pledge: float, trust: float) -> dict[str, float]:
    return {PLEDGE: pledge, TRUST: trust}


def main(folder: str) -> None:
    found = Findings(folder, HERE / "question.md")
    answers = found.answers

    def raised(trust: float, sign: float = 1) -> list:
        return [(sign, cell(LARGE, trust)), (-sign, cell(SMALL, trust))]

    trusted = [(1, cell(MIDDLE, FULL)), (-1, cell(MIDDLE, NONE))]
    size = {trust: answers.contrast(DEAL, raised(trust)) for trust in (NONE, PRIOR, FULL)}
    trust = answers.contrast(DEAL, trusted)
    matters = answers.contrast(DEAL, raised(FULL) + raised(NONE, -1))
    ahead = answers.contrast(DEAL, [*trusted, *raised(PRIOR, -1)])
    reopened = answers.odds(REOPENED, cell(MIDDLE, NONE))
    found.points(
        f"With pledges up to {MIDDLE} $bn and a chance of {PRIOR} that China delivers, a deal of "
        f"either kind is signed in {odds_text(answers.odds(DEAL))}.",
        f"Pledges of up to {LARGE} instead of {SMALL} $bn: {change_text(size[NONE])} with a China "
        f"that does not deliver, {change_text(size[PRIOR])} at {PRIOR}, {change_text(size[FULL])} "
        "with one that does.",
        f"A China known to deliver instead of one known not to, at {MIDDLE} $bn: "
        f"{change_text(trust)}.",
        "A signed deal is reopened over what was not delivered in "
        f"{odds_text(reopened)} with a China that does not deliver, "
        f"{odds_text(answers.odds(REOPENED, cell(MIDDLE, FULL)))} with one that does.",
    )
    table = plain(found.results.odds(outcomes=DEAL))
    ax = plots.heat_map(table, x=PLEDGE, y=TRUST, outcome=DEAL, labels=LABELS)
    found.picture(ax, "deal", "Odds by the size of the pledge and the trust in it.")
    shown = [SIGNED, DEAL, REOPENED]
    table = plain(found.results.odds(by=PLEDGE, outcomes=shown))
    ax = along(table, x=PLEDGE, outcomes=shown, label=LABELS[0])
    found.picture(ax, "pledges", "Odds by the size of the pledge, averaged over the trust in it.")
    found.mind(
        f"That a pledge is worth what it is trusted: if raising it from {SMALL} to {LARGE} $bn "
        "added as much with a China that does not deliver.",
        at_most(matters),
        f"It adds {change_text(matters)} more with one that does (interval at its widest).",
    )
    found.mind(
        "That trust buys more than size: if that raise added more than trust does.",
        at_most(ahead),
        f"Trust less size: {change_text(ahead)} (interval at its widest).",
    )
    found.mind(
        "That broken pledges go unpunished: if with a China that does not deliver more than one "
        "run in ten saw its deal reopened.",
        opposite(at_most(reopened, 0.1)),
        f"{odds_text(reopened)}.",
    )
    found.write()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parents[1] / "results" / HERE.name))
