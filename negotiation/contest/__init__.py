"""A class tournament: strategy files of others, each played in a process of its own.

The referee (:mod:`negotiation.contest.referee`) plays the negotiations and asks the files for their
moves; a file never runs in the referee's process. :mod:`negotiation.contest.player` is the other
end, behind the fence of :mod:`negotiation.contest.fence`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.lazy import lazily

if TYPE_CHECKING:
    from negotiation.contest.referee import Contest as Contest
    from negotiation.contest.referee import contest as contest

__getattr__, __dir__, __all__ = lazily(__name__)
