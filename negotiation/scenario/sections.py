"""The tables of a scenario file: one class per table, one field per number.

Every number has a neutral default at which its mechanism is switched off, so a scenario
states only what it uses. Units: $bn per year for flows, $bn for stocks and one-off values,
tariffs as fractions on top of the 2024 ones, time in days, probabilities in [0, 1].
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from negotiation.scenario.quantity import Finite, Quantity, check_range, number
from negotiation.scenario.strategy_name import StrategyField

MAX_ISSUES = 16
MAX_CONSTITUENCIES = 6
MAX_LINKS = 12
MAX_TICKS = 100_000
MAX_ROUNDS = 10_000  # of talks in a run


class Section(BaseModel):
    """A table of a scenario file: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*", mode="after")
    @classmethod
    def _in_range(cls, value: Any, info: ValidationInfo) -> Any:
        assert info.field_name is not None
        extra = cls.model_fields[info.field_name].json_schema_extra
        if not isinstance(extra, dict):
            return value
        if isinstance(value, Quantity):
            check_range(value, extra)
        elif isinstance(value, tuple):
            for k, entry in enumerate(value):
                try:
                    check_range(entry, extra)
                except ValueError as error:
                    raise ValueError(f"number {k}, counted from 0: {error}") from None
        return value


class Clock(Section):
    """How finely time is cut."""

    tick_days: Quantity = number(7.0, "days", "length of one tick", gt=0, le=90)


class Calendar(Section):
    """The dates of the talks."""

    start: dt.date = Field(description="first day of the run")
    horizon: dt.date = Field(description="last day of the run")
    truce_expires: dt.date | None = Field(None, description="day on which the truce runs out")
    extension_days: int = Field(90, ge=1, le=3650, description="length of an extension, days")
    ruling: dt.date | None = Field(
        None, description="day of a court ruling on the US emergency tariffs"
    )
    pause_ends: dt.date | None = Field(
        None, description="day on which the pause of new US technology controls is over"
    )
    summit_from: dt.date | None = Field(None, description="first possible day of the summit")
    summit_to: dt.date | None = Field(None, description="last possible day of the summit")
    talks_every_days: float = Field(14.0, gt=0, le=3650, description="days between rounds of talks")
    deal_days: int = Field(365, ge=1, le=3650, description="term of a deal by drafts, days")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.start < self.horizon:
            raise ValueError(f"start {self.start} is not before horizon {self.horizon}")
        if self.truce_expires is not None and self.truce_expires < self.start:
            raise ValueError(f"truce_expires {self.truce_expires} is before start {self.start}")
        if (self.summit_from is None) != (self.summit_to is None):
            raise ValueError("summit_from and summit_to go together: give both or neither")
        if self.summit_from is not None and self.summit_to is not None:
            if self.summit_to < self.summit_from:
                raise ValueError(
                    f"summit_to {self.summit_to} is before summit_from {self.summit_from}"
                )
            if self.summit_from < self.start:
                raise ValueError(f"summit_from {self.summit_from} is before start {self.start}")
            if self.horizon < self.summit_to:
                raise ValueError(f"horizon {self.horizon} is before summit_to {self.summit_to}")
        return self


class Economy(Section):
    """The trade model behind the payoffs."""

    deficits: Literal["zero", "share"] = Field(
        "zero", description="how trade imbalances are closed"
    )
    elasticity: Quantity = number(
        2.0, "elasticity", "trade elasticity of goods, long run", ge=1, le=4
    )
    short_run_elasticity: Quantity = number(
        1.5, "elasticity", "import demand elasticity, first year", ge=0.76, le=2.53
    )
    short_run_share: Quantity = number(
        0.0, "share", "weight of the short-run block in the first year"
    )
    domestic_pull: Quantity = number(0.5, "share", "slack activity pulled in by domestic sales")
    weight: Quantity = number(0.0, "share", "weight of the trade model in the payoffs")
    deficit_weight: Quantity = number(
        0.0, "$ per $", "US political value of a dollar off its bilateral deficit", ge=0, le=1
    )


class Tariffs(Section):
    """Tariff increments over 2024 in each state of the world."""

    us_truce: Quantity = number(
        0.0, "fraction", "US tariff on China during the truce", ge=0, le=1.6
    )
    china_truce: Quantity = number(0.0, "fraction", "China's tariff during the truce", ge=0, le=1.6)
    us_suspended: Quantity = number(
        0.0, "fraction", "US tariff when the suspended points return", ge=0, le=1.6
    )
    china_suspended: Quantity = number(
        0.0, "fraction", "China's tariff when its points return", ge=0, le=1.6
    )
    us_peak: Quantity = number(0.0, "fraction", "US tariff at the April peak", ge=0, le=1.6)
    china_peak: Quantity = number(0.0, "fraction", "China's tariff at the April peak", ge=0, le=1.6)
    peak_weight: Quantity = number(0.0, "probability", "chance that a snapback goes to the peak")
    us_bite: Quantity = number(
        1.0, "share", "share of US points above the truce that bite, carve-outs apart"
    )
    china_bite: Quantity = number(1.0, "share", "the same for China's points")
    us_reference: Quantity = number(
        0.0, "fraction", "US tariff below which a cut reads as a loss at home", ge=0, le=1
    )
    us_reference_loss: Quantity = number(
        0.0, "$bn per year per point", "loss per point below it", ge=0
    )


class RareEarths(Section):
    """China's rare-earth leverage: a stock that burns down and alternatives that grow."""

    throttle: Quantity = number(0.0, "share", "supply withheld during the truce")
    cut_suspended: Quantity = number(0.0, "share", "supply withheld in a limited snapback")
    cut_peak: Quantity = number(0.0, "share", "supply withheld in a full snapback")
    stock_months: Quantity = number(2.5, "months", "US stock in months of normal need", gt=0, le=24)
    depleted: Quantity = number(
        0.0, "months", "part of the stock that is used up on the first day", ge=0, le=24
    )
    alternatives: Quantity = number(0.08, "share", "US need met without China at the start")
    ramp: Quantity = number(
        0.006, "share per month", "growth of alternatives in normal times", ge=0, le=1
    )
    ramp_cut: Quantity = number(
        0.012, "share per month", "growth of alternatives during a cut", ge=0, le=1
    )
    alarm: Quantity = number(0.2, "share", "cut above which alternatives hurry and designs change")
    refill: Quantity = number(1.0, "share", "share of spare supply that refills the stock")
    thrift_half_life: Quantity = number(
        18.0, "months", "half-life of the loss through redesign", gt=0
    )
    loss_share: Quantity = number(
        0.0, "share of GDP", "US loss at a complete cut, no substitution", ge=0, le=0.2
    )
    curvature: Quantity = number(
        2.5, "exponent", "convexity of the loss in the unserved share", ge=1, le=6
    )
    us_gdp: Quantity = number(29185.0, "$bn", "US GDP", gt=0)
    china_cost: Quantity = number(
        0.0, "$bn per year", "China's lost exports at a complete cut", ge=0
    )


class Purchases(Section):
    """What a dollar of pledged purchases is worth once it is delivered."""

    us_income: Quantity = number(0.0, "$ per $", "US income per dollar delivered", ge=0, le=1)
    us_politics: Quantity = number(
        0.0, "$ per $", "US political value per dollar delivered", ge=0, le=3
    )
    china_cost: Quantity = number(
        0.0, "$ per $", "China's cost per first dollar delivered", ge=0, le=3
    )
    china_cost_slope: Quantity = number(
        0.0, "$ per $ per $bn", "rise of the average cost per $bn delivered", ge=0, le=1
    )


class News(Section):
    """Exogenous events."""

    court_rate: Quantity = number(0.0, "per year", "rulings against the US tariffs", ge=0, le=365)
    court_effect: Quantity = number(0.5, "share", "what is left of US leverage after a ruling")
    selloff_rate: Quantity = number(0.0, "per year", "market sell-offs", ge=0, le=365)
    selloff_effect: Quantity = number(
        0.0, "share", "rise of the US weight on a lapse after one", ge=0, le=5
    )
    ruling_chance: Quantity = number(
        0.0, "probability", "chance that the ruling on calendar.ruling goes against the US tariffs"
    )
    sectoral_rate: Quantity = number(
        0.0, "per year", "new sectoral tariffs that become due", ge=0, le=365
    )
    sectoral_delay: Quantity = number(
        0.0, "probability", "chance that one is put off while a truce holds, to protect the talks"
    )
    sectoral_us: Quantity = number(0.0, "$bn per year", "what one brings the US", ge=-100, le=100)
    sectoral_china: Quantity = number(0.0, "$bn per year", "what one costs China", ge=0, le=500)
    selloff_penalties: Quantity = number(
        0.0, "per year", "further sell-offs while penalties cost both $130bn a year", ge=0, le=365
    )
    selloff_meeting: Quantity = number(
        0.0, "probability", "chance that a sell-off under penalties calls a crisis meeting"
    )
    selloff_half_life: Quantity = number(30.0, "days", "half-life of a sell-off's pressure", gt=0)
    incident_rate: Quantity = number(0.0, "per year", "incidents that raise tension", ge=0, le=365)
    thaw_rate: Quantity = number(
        0.0, "per year", "friendly statements that lower tension", ge=0, le=365
    )
    tension_half_life: Quantity = number(30.0, "days", "half-life of tension", gt=0)
    tension: Quantity = number(0.0, "incidents", "tension on the first day", ge=0, le=100)
    pause_strain: Quantity = number(
        0.0, "incidents", "tension from new controls once their pause is over", ge=0, le=100
    )
    threat_strain: Quantity = number(
        0.0,
        "incidents per $bn",
        "tension that announcing a threat adds on the first day",
        ge=0,
        le=10_000,
    )


class Deadline(Section):
    """A decision date: the day on which a truce runs out, or a crisis meeting under penalties.

    A side may name a concession as the price of the truce, and the other gives in or refuses.
    """

    ultimatum: Quantity = number(
        0.0, "$bn", "what making a demand costs; negative where home applauds", ge=-50, le=50
    )
    held_days: Quantity = number(
        180.0, "days", "longest time for which a concession made for a truce is held", gt=0, le=3650
    )
    us_first: Quantity = number(0.5, "probability", "chance that the US speaks first")
    custom: Quantity = number(
        5.0, "log-odds", "hold of the customary length, against half or twice as long", ge=0, le=50
    )
    noise: Quantity = number(
        0.1, "share", "how the noise of choices grows with what is at stake", ge=0, le=1
    )

    accident: Quantity = number(0.0, "probability", "a lapse that neither side chose, per deadline")
    grace: Quantity = number(0.0, "probability", "a lapse without penalty at first")


class Escalation(Section):
    """Penalties in force, and the way back."""

    meeting_rate: Quantity = number(
        2.0, "per year", "crisis meetings while penalties cost both the usual", gt=0, le=365
    )
    meeting_pain: Quantity = number(0.7, "exponent", "how meetings follow that cost", ge=0, le=0.95)
    usual_cost: Quantity = number(
        130.0, "$bn per year", "usual cost of penalties to both sides together", gt=0, le=1e5
    )
    preparing: Quantity = number(21.0, "days", "time until meetings get going", gt=0, le=365)
    onset_share: Quantity = number(
        0.0, "share", "cost that penalties do not have at first: stocks, goods at sea"
    )
    onset: Quantity = number(28.0, "days", "time in which it builds up", gt=0, le=3650)
    diverted: Quantity = number(0.0, "share", "cost of penalties that trade finds a way around")
    diversion: Quantity = number(140.0, "days", "time in which it does", gt=0, le=3650)
    partial: Quantity = number(0.0, "probability", "chance that penalties begin in part")
    partial_flow: Quantity = number(0.35, "share", "cost of penalties in part, of all of them")
    tension: Quantity = number(
        0.0, "per week", "incidents' worth of tension that penalties add", ge=0, le=10
    )
    lapse_repair_rate: Quantity = number(
        0.0, "per year", "quiet lapses repaired by a late extension", ge=0, le=365
    )
    lapse_penalty_rate: Quantity = number(
        0.0, "per year", "quiet lapses that turn into penalties", ge=0, le=365
    )


class Provocation(Section):
    """Unilateral steps between meetings."""

    damage: Quantity = number(0.0, "$bn", "cost of a step to the side it hits", ge=0)
    answer: Quantity = number(0.0, "$bn", "domestic value of answering a step", ge=0)


class Summit(Section):
    """The leaders' meeting."""

    feasible: Quantity = number(
        1.0, "probability", "chance that nothing outside the talks prevents it"
    )
    tension_cost: Quantity = number(
        0.0, "$bn per incident", "price of meeting, or signing, under tension", ge=0
    )
    empty_cost: Quantity = number(
        0.0, "$bn", "cost to a leader of a meeting without a signature", ge=0
    )
    slip: Quantity = number(
        0.0, "probability", "chance that an approved text is not signed after all"
    )
    again_days: Quantity = number(
        0.0, "days", "from one meeting to the next; 0: there is one", ge=0, le=3650
    )


class Compliance(Section):
    """After the signature: what is delivered, what is found out, what is reopened."""

    review_rate: Quantity = number(0.0, "per year", "reviews of what was delivered", ge=0, le=365)
    detection: Quantity = number(0.0, "probability", "chance that a review finds a missing dollar")


class Talks(Section):
    """How offers are made and read, and how a contract comes about."""

    contract: Literal["offers", "drafts"] = Field(
        "offers",
        description="what is signed: an accepted offer, or a draft of the ready texts",
    )
    dates: Literal["regular", "random"] = Field(
        "regular", description="drafts: rounds at fixed distances, or at random ones"
    )
    rush: Quantity = number(
        0.0, "share", "drafts, random: more rounds in the ten days before a binding date",
        ge=0, le=20,
    )  # fmt: skip
    ripening: Quantity = number(
        1.0, "factor", "drafts: how fast all texts ripen, by their pace", ge=0, le=10
    )
    effort: Quantity = number(
        0.0, "exponent", "drafts: of what its giver has conceded in how fast a text ripens",
        ge=0, le=2,
    )  # fmt: skip
    notice: Quantity = number(
        0.0, "points per $bn", "drafts: what groups at home give for the worth of a package",
        ge=0, le=10_000,
    )  # fmt: skip
    full_powers: Quantity = number(0.0, "probability", "chance that delegations may sign anything")
    reading_error: Quantity = number(
        0.0,
        "$bn per year",
        "error with which a concession is read; 0: a tenth of the way of the side read",
        ge=0,
    )

    @model_validator(mode="after")
    def _random_dates_are_of_drafts(self) -> Self:
        if self.dates == "random" and self.contract != "drafts":
            raise ValueError('dates = "random" needs contract = "drafts"')
        return self


class Types(Section):
    """A side's private type: what the other side does not know."""

    stance: tuple[Quantity, Quantity, Quantity] = Field(
        default=(Quantity(value=0.0), Quantity(value=0.0), Quantity(value=0.0)),
        description="taste for protection b of a dove, a middle type and a hawk",
    )
    stance_prior: tuple[Finite, Finite, Finite] = Field(
        (0.0, 1.0, 0.0), description="their probabilities"
    )
    trait: tuple[Quantity, Quantity] = Field(
        default=(Quantity(value=0.0), Quantity(value=0.0)),
        description="US: security value of denial, $bn per year; China: share of pledges delivered",
    )
    trait_prior: Quantity = number(0.0, "probability", "chance of the high trait")
    resolve: tuple[Quantity, Quantity] = Field(
        default=(Quantity(value=1.0), Quantity(value=1.0)),
        description="weight on the cost of a lapse, ordinary and resolute type",
        json_schema_extra={"ge": 0},
    )
    resolve_prior: Quantity = number(0.0, "probability", "chance of the resolute type")

    @model_validator(mode="after")
    def _prior_sums_to_one(self) -> Self:
        if min(self.stance_prior) < 0 or abs(sum(self.stance_prior) - 1) > 1e-9:
            raise ValueError(
                f"stance_prior {list(self.stance_prior)} must be non-negative and sum to 1"
            )
        return self


class Constituency(Section):
    """A group at home whose support a package needs."""

    weight: Quantity = number(None, "share", "political weight")
    reservation: Quantity = number(
        0.0, "points", "how much the package must bring the group", ge=-100, le=100
    )
    stakes: dict[str, Finite] = Field(description="points per issue at full concession, by issue")
    source: str = Field("", description="why these stakes")


class Delegation(Section):
    """One side of the table: its leader, its negotiators and its home front."""

    strategy: StrategyField = Field(
        "bayesian",
        validate_default=True,
        description="how it concedes: a name, or a table of name and settings",
    )
    precision: Quantity = number(None, "per $bn", "logit precision of its choices", gt=0)
    patience: Quantity = number(1.0, "per year", "annual discount factor", gt=0, le=1)
    reservation: Quantity = number(0.0, "$bn per year", "walk-away value over the truce")
    agreement_value: Quantity = number(0.0, "$bn per year", "value of signing at all")
    revenue_weight: Quantity = number(0.0, "share", "weight on tariff revenue")
    slack: Quantity = number(0.6, "share", "lost activity not re-employed within the year")
    value_added: Quantity = number(0.85, "share", "value added in a dollar of exports")
    other_lapse_cost: Quantity = number(
        0.0, "$bn per year", "cost of a lapse beside trade and rare earths", ge=0
    )
    audience_cost: Quantity = number(0.0, "$bn", "cost at home of giving in at once", ge=0)
    ultimatum: Quantity = number(
        0.0, "$bn", "what a demand costs this side, beside deadline.ultimatum", ge=-50, le=50
    )
    audience_growth: Quantity = number(0.0, "$bn per day", "growth of that cost", ge=0)
    tension_weight: Quantity = number(
        0.0, "$bn per incident", "what tension adds to the price of extending", ge=0
    )
    provocation_rate: Quantity = number(
        0.0, "per year", "occasions for a unilateral step", ge=0, le=365
    )
    provocation_gain: Quantity = number(0.0, "$bn", "value of a step to a side of middle stance")
    authority: Quantity = number(0.0, "$bn per year", "how much further the leader can go", ge=0)
    leeway: Quantity = number(
        0.0, "$bn per year", "drafts: how much further than offered a delegation can go", ge=0
    )
    summit_value: Quantity = number(0.0, "$bn", "what the meeting itself is worth to the leader")
    ratification: Quantity = number(0.0, "share", "weighted support a package needs at home")
    home_shock: Quantity = number(0.0, "share", "scale of the surprise in the support at home")
    types: Types = Field(default_factory=Types, description="its private types")
    constituencies: dict[str, Constituency] = Field(
        default_factory=dict, max_length=MAX_CONSTITUENCIES
    )


class Issue(Section):
    """One item of the agenda; ``z`` in [0, 1] is how far it has been conceded.

    What its level brings depends on its kind. Tariffs: income and protected output, by the trade
    model, from points. Rare earths: the throttle lifted. Purchases: $bn pledged, as delivered.
    Technology: each step relaxed costs the US its private security value. Sectoral restraint: the
    new sectoral tariffs that it rules out. Other: nothing more.
    """

    name: str = Field(description="what the transcript calls it")
    conceded_by: Literal["us", "china"] = Field(description="the side that gives")
    kind: Literal[
        "us_tariff",
        "china_tariff",
        "rare_earths",
        "purchases",
        "technology",
        "sectoral_restraint",
        "other",
    ] = Field("other", description="what its level brings beside the gains and costs below")
    unit: str = Field(description="unit of the status quo and of full concession")
    status_quo: Finite = Field(description="level at z = 0")
    full: Finite = Field(description="level at z = 1")
    reach: Quantity = number(1.0, "share", "how far it can be conceded before the horizon at all")
    mandate: Quantity = number(1.0, "share", "how far a delegation may go without its leader")
    ready: Quantity = number(1.0, "probability", "drafts: chance that its text is ready at once")
    pace: Quantity = number(
        0.0,
        "probability",
        "drafts: chance that a fortnight's full effort makes it so",
        le=0.99,
    )
    us_gain: Quantity = number(0.0, "$bn per year", "further value to the US at z = 1")
    china_gain: Quantity = number(0.0, "$bn per year", "further value to China at z = 1")
    protection: Quantity = number(
        0.0, "$bn per year", "protected output of the conceding side lost at z = 1"
    )
    own_cost: Quantity = number(0.0, "$bn per year", "cost at home of conceding it", ge=0)
    threat: Quantity = number(
        0.0, "$bn per year", "what its giver is threatened with unless it concedes it", ge=0, le=500
    )
    verified: Quantity = number(1.0, "probability", "chance that the concession can be verified")
