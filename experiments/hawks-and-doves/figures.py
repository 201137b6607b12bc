"""Say what taste and resolve do when known, and what it costs not to know them."""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path
from typing import Any

from negotiation import plots
from negotiation.report.cells import Change
from negotiation.words.numbers import odds_text

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from findings import Findings, alike, at_most, change_text, opposite, plain  # noqa: E402

SIDES, NAMES = ("us", "china"), {"us": "US", "china": "China"}
STANCE = {side: f"{side}.types.stance_prior" for side in SIDES}
RESOLVE = {side: f"{side}.types.resolve_prior" for side in SIDES}
KNOWN = {"dove": [1.0, 0.0, 0.0], "middle": [0.0, 1.0, 0.0], "hawk": [0.0, 0.0, 1.0]}
FIRM = {"ordinary": 0.0, "resolute": 1.0}
SIGNED, EXTENDED, DEAL = "summit_deal", "first_deadline_extended", "deal"
EVEN, FROM_US, LAPSED = (
    "first_extension_mutual", "first_extension_from_us", "first_deadline_lapsed",
)  # fmt: skip


def main(folder: str) -> None:
    found = Findings(folder, HERE / "question.md")
    answers = found.answers
    base = answers.cells[found.results.baseline].settings
    doves, hawks = ({**base, **_stances(name, name)} for name in ("dove", "hawk"))
    ordinary, resolute = ({**base, **_resolves(name, name)} for name in FIRM)
    defied = {**base, **_resolves("ordinary", "resolute")}
    taste = {k: answers.contrast(k, [(1, doves), (-1, hawks)]) for k in (DEAL, SIGNED, EXTENDED)}
    pays = answers.contrast(FROM_US, [(1, defied), (-1, ordinary)])
    even = answers.change(EVEN, resolute)
    known = {k: _known_less_unknown(found, k) for k in (LAPSED, EXTENDED, SIGNED, DEAL)}
    found.points(
        "Where types are private, a deal of either kind is signed in "
        f"{odds_text(answers.odds(DEAL))}, at the summit in {odds_text(answers.odds(SIGNED))}; "
        f"the truce is extended in {odds_text(answers.odds(EXTENDED))}, on even terms in "
        f"{odds_text(answers.odds(EVEN))}.",
        f"Two known doves instead of two known hawks: {change_text(taste[DEAL])} on a deal, "
        f"{change_text(taste[SIGNED])} on one at the summit, {change_text(taste[EXTENDED])} on "
        "the extension.",
        "Two ordinary sides, known to be so, extend on even terms in "
        f"{odds_text(answers.cell(ordinary).odds[EVEN])}, two resolute ones in "
        f"{odds_text(answers.cell(resolute).odds[EVEN])}; an ordinary US pays a resolute China in "
        f"{odds_text(answers.cell(defied).odds[FROM_US])}.",
        f"Every type known instead of none: {change_text(known[LAPSED])} on a lapse at the first "
        f"deadline, {change_text(known[EXTENDED])} on the extension, {change_text(known[SIGNED])} "
        f"on the deal at the summit, {change_text(known[DEAL])} on any deal (intervals at their "
        "widest).",
    )
    _map(found, STANCE, DEAL, RESOLVE, "taste")
    _map(found, RESOLVE, EVEN, STANCE, "resolve")
    _map(found, RESOLVE, FROM_US, STANCE, "resolve-us-pays")
    found.mind(
        "That taste decides over deals: if a deal were no likelier between two known doves than "
        "between two known hawks.",
        at_most(taste[DEAL]),
        f"{change_text(taste[DEAL])}.",
    )
    found.mind(
        "That the ordinary pay the resolute: if a US known to be ordinary paid no more often when "
        "China is known to be resolute.",
        at_most(pays),
        f"{change_text(pays)}.",
    )
    found.mind(
        "That two resolute sides settle even: if they extended on even terms no more often than "
        "two of whom nothing is known.",
        at_most(even),
        f"{change_text(even)}.",
    )
    found.mind(
        "That private resolve makes lapses: if the truce lapsed no less often with every type "
        "known.",
        opposite(at_most(known[LAPSED])),
        f"{change_text(known[LAPSED])}.",
    )
    found.write()


def _stances(us: str, china: str) -> dict[str, Any]:
    return {STANCE["us"]: KNOWN[us], STANCE["china"]: KNOWN[china]}


def _resolves(us: str, china: str) -> dict[str, Any]:
    return {RESOLVE["us"]: FIRM[us], RESOLVE["china"]: FIRM[china]}


def _known_less_unknown(found: Findings, outcome: str) -> Change:
    """Return the odds with all types known, averaged over them, less the baseline's."""
    answers, scenario = found.answers, found.scenario
    base = answers.cells[found.results.baseline].settings
    terms: list[tuple[float, dict[str, Any]]] = [(-1.0, base)]
    for us, china, firm_us, firm_china in product(KNOWN, KNOWN, FIRM, FIRM):
        weight = 1.0
        for side, taste, firm in (("us", us, firm_us), ("china", china, firm_china)):
            types = getattr(scenario, side).types
            resolute = base[RESOLVE[side]]
            weight *= types.stance_prior[list(KNOWN).index(taste)]
            weight *= resolute if firm == "resolute" else 1 - resolute
        terms.append((weight, {**_stances(us, china), **_resolves(firm_us, firm_china)}))
    return answers.contrast(outcome, terms)


def _map(
    found: Findings, by: dict[str, str], outcome: str, others: dict[str, str], name: str
) -> None:
    """Draw the odds over both sides' types, of the other types nothing being known."""
    base = found.answers.cells[found.results.baseline].settings
    table = plain(found.results.odds(outcomes=outcome))
    keep = [
        all(table[path][k] == base[path] for path in others.values())
        for k in range(len(table["cell"]))
    ]
    table = {c: [v for v, kept in zip(vs, keep, strict=True) if kept] for c, vs in table.items()}
    kinds = KNOWN if by is STANCE else FIRM

    def called(stored: Any) -> str:
        return next((name for name, value in kinds.items() if alike(stored, value)), "not known")

    for path in by.values():
        table[path] = [called(stored) for stored in table[path]]
    kind = name.split("-")[0]
    labels = tuple(f"{kind} of {'the ' if side == 'us' else ''}{NAMES[side]}" for side in SIDES)
    ax = plots.heat_map(table, x=by["us"], y=by["china"], outcome=outcome, labels=labels)
    found.picture(ax, name, f"Odds by what both know of each other's {kind}.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parents[1] / "results" / HERE.name))
