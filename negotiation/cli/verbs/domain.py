"""``negotiation domain``: analyse a bargaining problem in the GENIUS format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say

PLACE = 50

DomainFile = Annotated[Path, o.argument("DOMAIN.xml", "The issues and their values.")]
FirstProfile = Annotated[Path, o.argument("PROFILE.xml", "The first party's preferences.")]
SecondProfile = Annotated[Path, o.argument("PROFILE.xml", "The second party's.")]


def domain(
    domain: DomainFile, profile1: FirstProfile, profile2: SecondProfile, as_json: o.AsJson = False
) -> None:
    """Find the efficient outcomes and textbook solutions of a GENIUS problem.

    Example: negotiation domain laptop.xml buyer.xml seller.xml
    """
    from negotiation.cli.files import as_json as to_json
    from negotiation.interop.genius import analyse, table

    analysis = analyse(domain, profile1, profile2)
    say(to_json(analysis) if as_json else table(analysis))
