"""What a run came to at the decision: one of four codes, by one rule on the ensemble's rows.

The rule looks at the end of the window, a week after the decision, and is the same for a
deadline, a round of talks, a summit or an announcement:

==========================  ===================================================================
``partial_or_summit_deal``  something was signed, by the delegations or by the leaders, in full
                            or in part
``escalation``              penalties came into force; or nothing was agreed and a unilateral step
                            was answered with another
``lapse_or_no_deal``        nothing was agreed, and no exchange of steps
``truce_or_extension``      what was suspended stays suspended, and nothing is signed
==========================  ===================================================================

The first that applies counts. Steps taken while the sides do agree are not counted as an
escalation: whoever coded history did not count them either (in August 2020 controls went on
while the agreement was reaffirmed).
"""

from __future__ import annotations

import numpy as np

from negotiation.outcome import EVENTS

CODES = ("escalation", "lapse_or_no_deal", "truce_or_extension", "partial_or_summit_deal")
ESCALATION, LAPSE, TRUCE, DEAL = range(4)
_DEAL, _WAR, _LAPSE, _ANSWER = (
    EVENTS.index(name) for name in ("deal", "escalation", "lapse", "retaliation")
)


def code_of(rows: np.ndarray) -> np.ndarray:
    """Return the code of each run, as an index into ``CODES``.

    Parameters
    ----------
    rows : ndarray of ``outcome.ROW``, shape (n,)

    Returns
    -------
    ndarray of int64, shape (n,)

    Examples
    --------
    >>> from negotiation.outcome import ROW
    >>> rows = np.zeros(2, ROW)
    >>> rows["events"][1, EVENTS.index("lapse")] = 1
    >>> [CODES[k] for k in code_of(rows)]
    ['truce_or_extension', 'lapse_or_no_deal']
    """
    happened = rows["events"] > 0
    code = np.full(len(rows), TRUCE)
    code[happened[:, _LAPSE]] = LAPSE
    code[happened[:, _LAPSE] & happened[:, _ANSWER]] = ESCALATION
    code[happened[:, _WAR]] = ESCALATION
    code[happened[:, _DEAL]] = DEAL
    return code
