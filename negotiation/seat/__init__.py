"""One side of a negotiation, played by a person: nothing here prints, so any page can show it.

:class:`Seat` is the place at the table: it says what there is to see and to decide, and takes the
person's decisions. :class:`Draft` is an offer that is being put together. What theory would do,
and what a thousand simulated delegations do, stand in :mod:`negotiation.seat.hints`; what is told
once the game is over in :mod:`negotiation.seat.debriefing`, and in words in
:mod:`negotiation.seat.telling`; a quiz in :mod:`negotiation.seat.quiz`. :class:`Together` is a
table at which two people sit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.lazy import lazily

if TYPE_CHECKING:
    from negotiation.seat.debriefing import Debrief as Debrief
    from negotiation.seat.debriefing import debrief as debrief
    from negotiation.seat.draft import Draft as Draft
    from negotiation.seat.seat import Seat as Seat
    from negotiation.seat.together import Together as Together

__getattr__, __dir__, __all__ = lazily(__name__)
