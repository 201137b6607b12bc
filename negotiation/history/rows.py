"""Rows of the record: decisions, spells of penalties, deals."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BeforeValidator, Field, FiniteFloat, model_validator

from negotiation.history import codes
from negotiation.scenario.csv_rows import Row, day, one_of

FIRST = dt.date(1900, 1, 1)
C = TypeVar("C", bound=codes.Code)


def _day(text: Any) -> Any:
    return day(text, first=FIRST) if isinstance(text, str) else text


def _whole(text: Any) -> Any:
    return text.removesuffix(".0") if isinstance(text, str) else text


def _code(kind: type[C], text: Any) -> Any:
    if isinstance(text, kind):
        return text
    names = tuple(code.value for code in kind)
    same = {_letters(name): name for name in names}
    text = same.get(_letters(text), text) if isinstance(text, str) else text
    one_of(names, blank=False).func(text)
    return kind(text)


def _letters(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").replace("-", " ").split())


def _points(text: Any) -> Any:
    return re.sub(r" ?(%|pp|points?)$", "", text) if isinstance(text, str) else text


def _money(text: Any) -> Any:
    return re.sub(r" ?bn$", "", text).removeprefix("$") if isinstance(text, str) else text


def _mark(text: str) -> str:
    for part in text.split("+"):
        one_of(codes.MARKS, blank=False).func(part)
    return text


def coded(kind: type[codes.Code]) -> Any:
    """Return the check of a cell that holds a code."""
    names = ", ".join(code.value for code in kind)
    return BeforeValidator(partial(_code, kind)), Field(description=names)


Day = Annotated[dt.date, BeforeValidator(_day), Field(description="a day such as 2019-03-01")]
Days = Annotated[
    int | None, BeforeValidator(_whole), Field(description="a whole number of days, or blank")
]
Lasted = Annotated[
    int, BeforeValidator(_whole), Field(ge=0, description="a whole number of days from 0 on")
]
Count = Annotated[
    int | None, BeforeValidator(_whole), Field(ge=0, description="a whole number from 0 on")
]
Points = Annotated[
    FiniteFloat | None,
    BeforeValidator(_points),
    Field(ge=-100, le=1000, description="points from -100 to 1000, or blank"),
]
Money = Annotated[
    FiniteFloat | None,
    BeforeValidator(_money),
    Field(ge=0, description="$bn a year from 0 on, or blank"),
]
Flag = Annotated[bool, BeforeValidator(_whole), Field(description="0 or 1")]
Perhaps = Annotated[bool | None, BeforeValidator(_whole), Field(description="0, 1 or blank")]
Mark = Annotated[
    str,
    BeforeValidator(_mark),
    Field(description=f"{', '.join(codes.MARKS)}; several joined by +"),
]
Party = Annotated[str, Field(min_length=1, description="the name of a government or of several")]
Dispute = Annotated[str, Field(min_length=1, description="the name of the dispute it belongs to")]
Sure = Annotated[codes.Confidence, *coded(codes.Confidence)]
OUTCOME, BINDING, LEADERS = coded(codes.Outcome), coded(codes.Binding), coded(codes.Leaders)
GAVE, REGIME, ROLE = coded(codes.GaveWay), coded(codes.Regime), coded(codes.SpellRole)


class Decision(Row):
    """One day on which a dated or announced penalty was decided, in one dispute."""

    needed: ClassVar[tuple[str, ...]] = (
        "id", "date", "sender", "target", "binding", "regime_before", "leaders", "outcome",
        "mutual", "cluster",
    )  # fmt: skip

    date: Day
    sender: Party
    target: Party
    what: str = ""
    instrument: str = ""
    threat_date: Day | None = None
    deadline_date: Day | None = None
    lead_days: Days = None
    binding: Annotated[codes.Binding, *BINDING]
    regime_before: Annotated[codes.Regime, *REGIME]
    us_tariff_before: Points = None
    us_tariff_threatened: Points = None
    us_tariff_after: Points = None
    target_retaliation_before: Points = None
    target_retaliation_threatened: Points = None
    target_retaliation_after: Points = None
    measure_of: str = ""
    measure_is: str = ""
    trade_at_stake: Money = None
    leaders: Annotated[codes.Leaders, *LEADERS]
    talks_live: Flag = False
    counter_leverage: Flag = False
    fresh_deal_precedents: Count = None
    domestic_court: Flag = False
    outcome: Annotated[codes.Outcome, *OUTCOME]
    mutual: Annotated[codes.GaveWay, *GAVE]
    concession: str = ""
    issues_in_deal: Count = None
    deal_term_days: Days = None
    spell_days: Days = None
    spell_censored: Perhaps = None
    spell_role: Annotated[codes.SpellRole | None, *ROLE] = None
    spell_id: str = ""
    second_reading: Annotated[codes.Outcome | None, *OUTCOME] = None
    confidence: Sure = codes.Confidence.MEDIUM
    known_on: Day | None = None
    mark: Mark = "guess"
    sources: str = ""
    notes: str = ""
    days_to_deadline: Days = None
    scheduled: Perhaps = None
    administration: str = ""
    cluster: Dispute
    us_avg_tradewar_before: Points = None
    announcement_only: Flag = False
    minor: Flag = False
    serial_rollover: Flag = False
    lapse: Flag = False
    forced_by_court: Flag = False
    ties_case: str = ""

    @property
    def is_average(self) -> bool:
        """Whether its tariffs are averages over all trade, and not duties on some goods."""
        return self.measure_is.startswith("average")

    @property
    def names_no_trade(self) -> bool:
        """Whether nothing says on how much trade its duties are laid."""
        return self.trade_at_stake is None and not self.is_average

    @model_validator(mode="before")
    @classmethod
    def _days_counted(cls, cells: Any) -> Any:
        """Count the days that are blank, where both dates are there."""
        days = {name: cells.get(name, "") for name in ("date", "threat_date", "deadline_date")}
        for name, first, last in (
            ("lead_days", "threat_date", "deadline_date"),
            ("days_to_deadline", "date", "deadline_date"),
        ):
            if name not in cells and days[first] and days[last]:
                try:
                    gap = _day(days[last]) - _day(days[first])
                except ValueError:
                    continue  # the cell itself says what is wrong
                cells = {**cells, name: gap.days}
        return cells

    @property
    def known_ahead(self) -> bool:
        """Whether the date was known at least a week before it."""
        return self.lead_days is not None and self.lead_days >= 7

    @property
    def counted(self) -> bool:
        """Whether it counts in base rates: no mere announcement, nothing minor, no court's act."""
        return not (self.announcement_only or self.minor or self.forced_by_court)

    def between(self, party: str) -> bool:
        """Whether a government is one of the two sides, alone."""
        return party in (self.sender, self.target)

    def read(self, second: bool = False) -> codes.Outcome:
        """Return the outcome, or where asked and given how else it may be read."""
        return (self.second_reading or self.outcome) if second else self.outcome


class Spell(Row):
    """A penalty from the day it took effect to the day it ended, or was last seen in force."""

    needed: ClassVar[tuple[str, ...]] = ("id", "sender", "target", "start", "censored", "days")

    sender: Party
    target: Party
    what: str = ""
    start: Day
    end: Day | None = None
    censored: Flag
    observed_to: Day | None = None
    days: Lasted
    points: Points = None
    how_ended: Annotated[codes.Ended, *coded(codes.Ended)] = codes.Ended.IN_FORCE
    mark: Mark = "guess"
    confidence: Sure = codes.Confidence.MEDIUM
    sources: str = ""
    notes: str = ""
    cluster: Dispute = ""

    @model_validator(mode="after")
    def _in_order(self) -> Spell:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"it ends on {self.end}, before it starts on {self.start}.")
        return self


class Deal(Row):
    """A deal, and which of nine kinds of commitments it contains."""

    needed: ClassVar[tuple[str, ...]] = ("id", "date", "partner", "first_signed_by", "n_categories")

    date: Day
    partner: Party
    name: str = ""
    first_signed_by: Annotated[codes.SignedBy, *coded(codes.SignedBy)]
    n_categories: Annotated[int, Field(ge=0, le=9, description="a whole number from 0 to 9")]
    n_issues: Count = None
    n_issues_source: Mark = "guess"
    tariffs: Flag = False
    purchases: Flag = False
    investment: Flag = False
    rare_earths: Flag = False
    technology: Flag = False
    market_access_ntb: Flag = False
    fentanyl_migration: Flag = False
    digital_tax: Flag = False
    other: Flag = False
    term_days: Days = None
    us_gave: str = ""
    partner_gave: str = ""
    mark: Mark = "guess"
    confidence: Sure = codes.Confidence.MEDIUM
    sources: str = ""
    notes: str = ""
    cluster: Dispute = ""
