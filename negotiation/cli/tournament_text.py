"""A tournament as a page of text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from negotiation.cli.columns import columns
from negotiation.words.changes import in_lines, stated
from negotiation.words.numbers import counted, percent
from negotiation.words.parties import Party, by_seat, parties
from negotiation.words.scene import a_year

if TYPE_CHECKING:
    from negotiation.scenario import Scenario


def report(
    table: dict[str, Any], scenarios: Sequence[Scenario], folder: Path | None,
    pictures: list[Path], follow: str,
) -> str:  # fmt: skip
    """Return what ``negotiation tournament`` prints."""
    pairings = len(table["pairings"])
    units = dict.fromkeys(f"{s.unit}{a_year(s.unit)}" for s in scenarios)
    lines = [
        f"Tournament in {', and in '.join(stated(scenario) for scenario in scenarios)}",
        *(f"  {line}" for scenario in scenarios for line in in_lines(scenario)),
        f"{counted(pairings, 'pairing')} of {counted(table['runs'], 'run')}, seed "
        f"{table['seed']}; the same runs in "
        f"all. Gains in {' and '.join(units)}, nothing signed counts as zero.",
    ]
    for seat, side in by_seat(scenarios[0]).items():
        lines += ["", *ranking(table, seat, side)]
    lines += ["", *chosen(table), "", *evolved(table, parties(scenarios[0]))]
    lines += [
        "",
        "95% intervals over runs. Behind: less than the best, from paired runs; = is a tie.",
        "Exploited: what the other side's best reply costs, over the strategy it costs least.",
    ]
    if pictures:
        lines.append(f"Pictures: {' and '.join(str(path) for path in pictures)}")
    if folder is not None:
        lines.append(f"Numbers: {folder / 'tournament.json'}")
    return "\n".join([*lines, f"Next: {follow}   (one negotiation between the best)"])


def ranking(table: dict[str, Any], seat: str, side: Party) -> list[str]:
    """Return the ranking of one side's strategies as lines, with what exploits them."""
    seen_through = {found["strategy"]: found for found in table["exploitability"][seat]}
    rows = [["  strategy", "gain", "95%", "behind", "", "signed", "exploited", "by"]]
    for score in table["ranking"][seat]:
        gain, behind = score["gain"], score["behind"]
        found = seen_through[score["strategy"]]
        rows.append(
            [
                f"  {score['strategy']}",
                f"{gain['value']:.2f}",
                f"{gain['low']:.2f} to {gain['high']:.2f}",
                f"{behind['value']:.2f}",
                "=" if behind["low"] <= 0.0 < behind["high"] else "",
                percent(score["agreement"]["p"]),
                f"{found['exploitability']:.2f}",
                found["reply"],
            ]
        )
    return [side.title, *columns("lrrrlrrl", rows)]


def chosen(table: dict[str, Any]) -> list[str]:
    """Return the equilibria of choosing a strategy as lines."""
    lines = ["If both sides choose their strategy well (equilibria of the game of choosing)"]
    for found in table["equilibria"]:
        us, china = found["payoffs"]
        lines.append(
            f"  {mixture(found['us'])} against {mixture(found['china'])}: {us:.2f}, {china:.2f}"
        )
    if not table["all_equilibria"]:
        lines.append("  there may be more: too many strategies are left to look for all mixed ones")
    if table["close_call"]:
        lines.append(f"  {table['close_call']}")
    return lines


def evolved(table: dict[str, Any], sides: Sequence[Party]) -> list[str]:
    """Return where evolution ends as lines."""
    final, (us, china) = table["evolution"], (side.title for side in sides)
    lines = [
        "If what does well spreads (replicator dynamic from equal shares)",
        f"  {us}: {mixture(final['us'])}; {china}: {mixture(final['china'])}",
    ]
    if not final["settled"]:
        usual = final["average"]
        lines[1:] = [
            "  it never settles: what is rare comes back when it pays again; on average over time",
            f"  {us}: {mixture(usual['us'])}; {china}: {mixture(usual['china'])}",
        ]
    return lines


def mixture(shares: dict[str, float]) -> str:
    """Return strategies with their shares in words, rare ones left out.

    Examples
    --------
    >>> mixture({"micro": 0.75, "linear": 0.25}), mixture({"micro": 1.0})
    ('micro 75%, linear 25%', 'micro')
    """
    shown = {name: p for name, p in shares.items() if p >= 0.005}
    if len(shown) == 1:
        return next(iter(shown))
    return ", ".join(f"{name} {percent(p)}" for name, p in shown.items())
