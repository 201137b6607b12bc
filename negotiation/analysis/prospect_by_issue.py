"""What the leaders' meeting promises on the first day, issue by issue and side by side.

How much text is ready by then, what has been put on the table, tension and powers are drawn many
times; each time the draft is the one that the rules would write
(:mod:`negotiation.rules.prospect`). What an issue promises a side is what its share in that draft
is worth to the side, as all expect it, times the chance that both sign and both home fronts pass
it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from negotiation.door import checked
from negotiation.errors import whole_number
from negotiation.scenario import SIDES, Scenario

DRAWS = 256
MOST_DRAWS = 10**6  # hours


@dataclass(frozen=True)
class ProspectByIssue:
    """What the leaders' meeting promises on the first day.

    Attributes
    ----------
    signed : float
        Chance that something is signed there.
    gains : dict of str to dict of str to float
        By issue and side: expected gain over the truce, $bn a year, no signature counting nothing;
        negative for a concession. Links between issues are left out.
    conceded : dict of str to float
        By issue: how far it is conceded where something is signed, as a share.
    worth : dict of str to float
        By side: what the meeting is worth over none with all that a signature brings and costs it,
        types that refuse left out, $bn a year.
    """

    signed: float
    gains: dict[str, dict[str, float]]
    conceded: dict[str, float]
    worth: dict[str, float]


@checked
def prospect_by_issue(scenario: Scenario, *, draws: int = DRAWS) -> ProspectByIssue | None:
    """Return what the leaders' meeting promises, at the central numbers.

    Parameters
    ----------
    scenario : Scenario
    draws : int
        Of what the draft hangs on.

    Returns
    -------
    ProspectByIssue or None
        None where no meeting is planned or no drafts are written.

    Raises
    ------
    OutOfRange
        If the number of draws is.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> prospect_by_issue(Scenario.load("split-the-pie")) is None
    True
    >>> found = prospect_by_issue(Scenario.load("stockholm-three-issues"), draws=16)
    >>> list(found.gains)[0], 0 < found.signed < 1
    ('fentanyl_tariff', True)
    """
    whole_number("draws", draws, 1, MOST_DRAWS)
    if scenario.calendar.summit_from is None or scenario.talks.contract != "drafts":
        return None
    from negotiation.payoffs.dispute import chance_of_six
    from negotiation.payoffs.types import SIX
    from negotiation.randomness import key_of
    from negotiation.rules.prospect import prospect
    from negotiation.table import Table

    records = Table(scenario).first_day()
    talks, world, stakes = records.talks[0], records.world[0], records.stakes[0]
    talks["ready"][:] = 0.0  # of this run; beforehand nobody knows
    world["forecast_nodes"] = 1.0  # so that what is left behind is the draft of that node
    middle = 0.5 * (float(world["day_summit_from"]) + float(world["day_summit_to"]))
    types = [[chance_of_six(world, side, m) for m in range(SIX)] for side in range(2)]
    n, out = len(scenario.issues), stakes["prospect"]
    gains, shares, worth, signed = np.zeros((n, 2)), np.zeros(n), np.zeros(2), 0.0
    for draw in range(draws):
        out["looks"] = 0  # a draft of its own, not a better one of the draw before
        prospect(talks, world, stakes, middle, np.uint64(key_of(1, draw)), out)
        chance = float(out["signed"])
        if chance == 0.0:
            continue
        draft = talks["drafting"]
        z = draft["package"][:n]
        of_draft = z * (draft["expected"][:, :n] + 0.5 * draft["bend"][:, :n] * z)
        gains += chance / draws * of_draft.T
        shares += chance / draws * z
        worth += (np.array(types) * out["meeting"]).sum(axis=1) / draws
        signed += chance / draws
    return ProspectByIssue(
        signed,
        {
            name: {side: float(gains[k, i]) for i, side in enumerate(SIDES)}
            for k, name in enumerate(scenario.issues)
        },
        {name: float(shares[k] / signed) for k, name in enumerate(scenario.issues) if signed},
        {side: float(worth[i]) for i, side in enumerate(SIDES)},
    )
