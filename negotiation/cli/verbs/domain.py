"""``negotiation domain``: analyse a bargaining problem of GENIUS, GeniusWeb or NegMAS."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say

PLACE = 50

Files = Annotated[
    list[Path],
    o.argument("FILE", "A domain and the two parties' profiles, or the folder that holds them."),
]


def domain(files: Files, as_json: o.AsJson = False) -> None:
    """Find the efficient outcomes and textbook solutions of a GENIUS or NegMAS problem.

    Example: negotiation domain laptop.xml buyer.xml seller.xml
    """
    from negotiation.cli.files import as_json as to_json
    from negotiation.interop.genius import analyse, table

    analysis = analyse(*files)
    say(to_json(analysis) if as_json else table(analysis))
