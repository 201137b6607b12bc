"""``negotiation theory``: what a textbook says before anything is simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.cli import options as o
from negotiation.cli.say import say

if TYPE_CHECKING:
    from negotiation.scenario import Scenario

PLACE = 40


def theory(
    scenario: o.ScenarioName = o.DEFAULT_SCENARIO,
    settings: o.Settings = None,
    as_json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> None:
    """Show the payoffs, the games, their equilibria, what would be fair, what patience it takes.

    Example: negotiation theory stockholm-2025
    """
    from negotiation.analysis.theory_table import theory_table
    from negotiation.cli.files import as_json as to_json
    from negotiation.cli.theory_text import report

    chosen = o.load(scenario, o.changes(settings))
    table = theory_table(chosen)
    verb = "run" if plays_one_by_one(chosen) else "odds"
    follow = o.again(verb, scenario, settings, None, None)
    say(to_json(table, chosen) if as_json else report(chosen, table, follow))


def plays_one_by_one(scenario: Scenario) -> bool:
    """Return whether a strategy is a Python class, which only single runs can play."""
    from negotiation.ensemble import refuse_python
    from negotiation.errors import InputError

    try:
        refuse_python(scenario)
    except InputError:
        return True
    return False
