"""What theory says about one game, as a page of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from negotiation.cli.columns import columns
from negotiation.words.numbers import counted, percent, readable
from negotiation.words.parties import player

MOST_CELLS = 100  # a payoff table that is shown
MOST_LINES = 20
FEW = 4  # plans that are listed where each takes more lines than that
NO_THREAT = "which rest on no empty threat"
UNTESTED = "with no empty threat where a game of its own begins; elsewhere none is ruled out"


def report(table: dict[str, Any]) -> str:
    """Return what ``negotiation game`` prints."""
    players, actions = table["players"], table["actions"]
    first, second = (player(name).title for name in players)
    lines = [table["title"] or "A game without a title", ""]
    if table["payoffs"] is None:
        lines.append(f"{first} or {second} has too many strategies for a table of payoffs.")
    else:
        lines += payoffs(first, second, table)
    if table["class"] is not None:
        lines.append(f"  The game is {table['class']}. {table['because']}")
    for who, names in (table["dominated"] or {}).items():
        if names:
            lines.append(f"  Never worth playing for {player(who).title}: {some(names)}")
    if table["equilibria"] is not None:
        lines += ["", *equilibria(table)]
    if table["minimax"] is not None:
        lines += ["", "What each can secure, whatever the other does"]
    for who, found in (table["minimax"] or {}).items():
        by = mixture(actions[who], found["own"])
        lines.append(f"  {player(who).title}: {readable(found['value'])}, by {by}")
    if table["correlated"] is not None:
        lines += ["", "With a mediator who tells each its own action only"]
        for goal, found in table["correlated"].items():
            whom = "both together" if goal == "welfare" else player(goal).title
            rounded = "" if found["exact"] else f" (up to {found['violation']:.1g})"
            lines.append(f"  best for {whom}: {pair(found['payoffs'])}{rounded}")
    if table["tree"] is not None:
        lines += ["", *looking_ahead(table["tree"])]
    return "\n".join(lines)


def payoffs(first: str, second: str, table: dict[str, Any]) -> list[str]:
    """Return the payoff table as lines, or its size where it is too large to show."""
    (rows, theirs), (A, B) = table["actions"].values(), table["payoffs"].values()
    if len(rows) * len(theirs) > MOST_CELLS:
        return [f"{counted(len(rows), 'action')} of {first}, {len(theirs):,} of {second}"]
    cells = [[f"  {first} / {second}", *theirs]]
    for name, own, other in zip(rows, A, B, strict=True):
        cells.append([f"  {name}", *(pair(both) for both in zip(own, other, strict=True))])
    return ["Payoffs", *columns("l" + "r" * len(theirs), cells)]


def equilibria(table: dict[str, Any]) -> list[str]:
    """Return the Nash equilibria as lines."""
    found = table["equilibria"]
    lines = ["Equilibria" if found["all"] else "One equilibrium (too many actions to list all)"]
    for e in found["found"][:MOST_LINES]:
        both = " / ".join(mixture(table["actions"][who], e[who]) for who in table["players"])
        lines.append(f"  {both}: {pair(e['payoffs'])}")
    if len(found["found"]) > MOST_LINES:
        lines.append(f"  and {len(found['found']) - MOST_LINES:,} more: --json lists them")
    return [*lines, *remarks(found)]


def remarks(found: dict[str, Any]) -> list[str]:
    """Return what else is to be said of a list of equilibria as lines."""
    more = ["  and mixtures of these"] if found["degenerate"] else []
    return [*more, *([f"  {found['close_call']}"] if found["close_call"] else [])]


def some(names: Sequence[str]) -> str:
    """Return names in a row, the last ones only counted where they are many.

    Examples
    --------
    >>> some(["a", "b"]), some([str(k) for k in range(50)])[-28:]
    ('a, b', '17, 18, 19 and 30 more of 50')
    """
    more = f" and {len(names) - MOST_LINES:,} more of {len(names):,}"
    return ", ".join(names[:MOST_LINES]) + (more if len(names) > MOST_LINES else "")


def looking_ahead(tree: dict[str, Any]) -> list[str]:
    """Return what is played on the tree as lines."""
    lines = ["On the tree"]
    ahead, perfect = tree["look_ahead"], tree["subgame_perfect"]
    if ahead is not None:
        others = "" if ahead["unique"] else "; a player is indifferent, so there are other plans"
        path = some(ahead["path"]) or "chance moves first"
        lines.append(f"  Looking ahead: {path}: {pair(ahead['payoffs'])}{others}")
        if ahead["close_call"]:
            lines.append(f"  {ahead['close_call']}")
    if perfect is None:
        return [*lines, "  Subgame-perfect equilibria: too many to list"]
    lines.append(f"  Subgame-perfect equilibria, {NO_THREAT if ahead is not None else UNTESTED}")
    longest = max((len(e["chances"]) for e in perfect["found"]), default=0)
    listed = FEW if longest > FEW else MOST_LINES
    for e in perfect["found"][:listed]:
        lines.append(f"    {pair(e['payoffs'])}")
        for name, chances in list(e["chances"].items())[:MOST_LINES]:
            lines.append(f"      {name}: {mixture(list(chances), list(chances.values()))}")
        if len(e["chances"]) > MOST_LINES:
            lines.append(f"      and {len(e['chances']) - MOST_LINES:,} more: --json lists them")
    if len(perfect["found"]) > listed:
        lines.append(f"    and {len(perfect['found']) - listed:,} more: --json lists them")
    return [*lines, *remarks(perfect)]


def mixture(names: Sequence[str], chances: Sequence[float]) -> str:
    """Return a mixture of actions in words.

    Examples
    --------
    >>> mixture(["extend", "hold out"], [0.75, 0.25]), mixture(["extend", "hold out"], [0.0, 1.0])
    ('extend 75%, hold out 25%', 'hold out')
    """
    played = [(name, p) for name, p in zip(names, chances, strict=True) if p > 0.0]
    if len(played) == 1:
        return played[0][0]
    return ", ".join(f"{name} {percent(p)}" for name, p in played)


def pair(payoffs: Sequence[float]) -> str:
    """Return two payoffs.

    Examples
    --------
    >>> pair((1.0, -1 / 3))
    '1, -0.333'
    """
    return ", ".join(readable(x) for x in payoffs)
