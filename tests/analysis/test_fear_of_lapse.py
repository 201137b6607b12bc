"""What a lapse is feared to cost: the pieces are what they are called, and add up to the whole."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.analysis.decision_date import decision_date
from negotiation.analysis.fear_of_lapse import PIECES, fear_of_lapse, priced
from negotiation.scenario import SIDES, Scenario
from negotiation.table import Table

STOCKHOLM = Scenario.load("stockholm-2025")


def test_the_pieces_add_up_to_what_no_truce_is_worth_in_the_model() -> None:
    """The whole is the number that the sides play by, not a sum of its own."""
    fear = fear_of_lapse(STOCKHOLM)
    date = decision_date(STOCKHOLM)
    assert fear is not None and date is not None
    for side in SIDES:
        assert tuple(fear.pieces[side]) == PIECES
        assert sum(fear.pieces[side].values()) == pytest.approx(fear.worth[side], abs=1e-9)
        # after a refusal the other gives way more easily: no truce is then worth a little more
        after_refusal = date.no_truce[side]["ordinary"]
        assert fear.worth[side] == pytest.approx(after_refusal, rel=0.1)
        assert fear.worth[side] <= after_refusal


def test_with_every_piece_penalties_cost_what_they_cost_in_the_model() -> None:
    """Taking pieces out and putting them back changes nothing."""
    records = Table(STOCKHOLM).first_day()
    before = records.stakes[0]["dispute"]["cost"].copy()
    again = priced(records, PIECES)[0]["dispute"]["cost"]
    assert np.array_equal(before, again) and before.max() > 0.0
    assert np.array_equal(before, records.stakes[0]["dispute"]["cost"])


@pytest.mark.parametrize(
    ("changes", "side", "piece"),
    [
        ({"us.other_lapse_cost": 0.0}, "us", "other"),
        ({"rare_earths.loss_share": 0.0}, "us", "rare_earths"),
        ({"news.selloff_effect": 0.0}, "us", "markets"),
        ({"calendar.summit_from": None, "calendar.summit_to": None}, "china", "prospect"),
    ],
)
def test_a_piece_is_nothing_where_its_cause_is_gone(changes, side, piece) -> None:  # type: ignore[no-untyped-def]
    """And it costs something where the cause is there."""
    there, gone = fear_of_lapse(STOCKHOLM), fear_of_lapse(STOCKHOLM.replace(changes))
    assert there is not None and gone is not None
    assert there.pieces[side][piece] < -0.1
    # without rare earths China's choice of the cut still moves when penalties end, a little
    assert abs(gone.pieces[side][piece]) < 1e-3


def test_crisis_meetings_win_back_most_of_it() -> None:
    """Penalties that nobody ends for two years cost more, and markets are felt by the US alone."""
    fear = fear_of_lapse(STOCKHOLM)
    assert fear is not None
    for side in SIDES:
        assert fear.without_meetings[side] < 1.3 * fear.worth[side] < 0.0
    assert abs(fear.pieces["china"]["markets"]) < 1e-9
