"""``negotiation theory``: what a textbook says before anything is simulated."""

from __future__ import annotations

from negotiation.cli import options as o
from negotiation.cli.say import say

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
    follow = o.again("odds", scenario, settings, None, None)
    say(to_json(table) if as_json else report(chosen, table, follow))
