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
from findings import Findings, alike, at_most, change_text, plain  # noqa: E402

SIDES, NAMES = ("us", "china"), {"us": "US", "china": "China"}
STANCE = {side: f"{side}.types.stance_prior" for side in SIDES}
RESOLVE = {side: f"{side}.types.resolve_prior" for side in SIDES}
KNOWN = {"dove": [1.0, 0.0, 0.0], "middle": [0.0, 1.0, 0.0], "hawk": [0.0, 0.0, 1.0]}
FIRM = {"ordinary": 0.0, "resolute": 1.0}
SIGNED, EXTENDED, DEAL = "summit_deal", "first_deadline_extended", "deal"


def main(folder: str) -> None:
    found = Findings(folder, HERE / "question.md")
    answers = found.answers
    base = answers.cells[found.results.baseline].settings
    doves, hawks = ({**base, **_stances(name, name)} for name in ("dove", "hawk"))
    ordinary, resolute = ({**base, **_resolves(name, name)} for name in FIRM)
    taste, nerve = (
        {k: answers.contrast(k, [(1, a), (-1, b)]) for k in (SIGNED, EXTENDED)}
        for a, b in ((doves, hawks), (ordinary, resolute))
    )
    known = {k: _known_less_unknown(found, k) for k in (EXTENDED, SIGNED, DEAL)}
    found.points(
        "Where types are private, a deal is signed at the summit in "
        f"{odds_text(answers.odds(SIGNED))}, and the truce is extended in "
        f"{odds_text(answers.odds(EXTENDED))}.",
        f"Two known doves instead of two known hawks: {change_text(taste[SIGNED])} on the deal, "
        f"{change_text(taste[EXTENDED])} on the extension.",
        f"Two ordinary sides instead of two resolute ones: {change_text(nerve[SIGNED])} on the "
        f"deal, {change_text(nerve[EXTENDED])} on the extension.",
        f"Every type known instead of none: {change_text(known[SIGNED])} on the deal at the "
        f"summit, {change_text(known[DEAL])} on any deal, {change_text(known[EXTENDED])} on the "
        "extension (intervals at their widest).",
    )
    _map(found, STANCE, SIGNED, RESOLVE, "taste")
    _map(found, RESOLVE, EXTENDED, STANCE, "resolve")
    found.mind(
        "That taste decides over deals: if a deal were no likelier between two known doves than "
        "between two known hawks.",
        at_most(taste[SIGNED]),
        f"{change_text(taste[SIGNED])}.",
    )
    found.mind(
        "That resolve decides over the truce: if two ordinary sides extended it no more often than "
        "two resolute ones.",
        at_most(nerve[EXTENDED]),
        f"{change_text(nerve[EXTENDED])}.",
    )
    more = _size_less_size(taste[SIGNED], nerve[SIGNED])
    found.mind(
        "That taste matters more for deals, resolve more for the truce: if resolve moved the deal "
        "by more than taste does.",
        at_most(more),
        f"Taste moves it by {change_text(more)} more (interval at its widest).",
    )
    found.mind(
        "That private information costs agreement: if knowing every type brought no more deals.",
        at_most(known[DEAL]),
        f"{change_text(known[DEAL])}.",
    )
    found.write()


def _stances(us: str, china: str) -> dict[str, Any]:
    return {STANCE["us"]: KNOWN[us], STANCE["china"]: KNOWN[china]}


def _resolves(us: str, china: str) -> dict[str, Any]:
    return {RESOLVE["us"]: FIRM[us], RESOLVE["china"]: FIRM[china]}


def _size_less_size(a: Change, b: Change) -> Change:
    """Return how much larger in size one difference is than another."""
    half = (a.high - a.low + b.high - b.low) / 2
    more = abs(a.difference) - abs(b.difference)
    return Change(more, more - half, more + half, float("nan"))


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
    labels = tuple(f"{name} of {'the ' if side == 'us' else ''}{NAMES[side]}" for side in SIDES)
    ax = plots.heat_map(table, x=by["us"], y=by["china"], outcome=outcome, labels=labels)
    found.picture(ax, name, f"Odds by what both know of each other's {name}.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parents[1] / "results" / HERE.name))
