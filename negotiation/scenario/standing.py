"""How things stand on the first day, in words; no run depends on it.

The rules know one kind of date: until then the tariffs of ``tariffs.us_truce`` are in force, and
those of ``tariffs.us_suspended`` come unless something is agreed. That is a truce that runs out, a
penalty that is threatened for a day, or penalties in force that an agreement would take off; which
of them it is changes what transcripts and tables say, and nothing else.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from negotiation.scenario.sections import Section

WITHHELD = "rare earths"
Before = Literal["truce", "calm", "rise", "relief"]


class Standing(Section):
    """How things stand on the first day, in words; it changes no run."""

    before: Before = Field(
        "truce",
        description="what the first date is about: a truce runs out; in calm, penalties are "
        "threatened; rise: penalties are in force, and further ones threatened; relief: penalties "
        "in force that an agreement would take off",
    )
    counted_over: str = Field(
        "the tariffs of 2024",
        min_length=1,
        max_length=80,
        description="what the tariffs of this file come on top of",
    )
    withheld: str = Field(
        WITHHELD,
        min_length=1,
        max_length=80,
        description="what the numbers of rare_earths are about: exports that the second side "
        "may cut",
    )
