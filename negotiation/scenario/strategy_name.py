"""The strategy of a delegation: a name, with the settings that a scenario gives other values.

In a file ``strategy = "boulware"``, or ``strategy = { name = "boulware", beta = 0.1 }``. A setting
is a number like any other: it may have a source and a distribution.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, ValidationError, WithJsonSchema

from negotiation.errors import UnknownName
from negotiation.scenario.problems import ended, sentences
from negotiation.scenario.quantity import Quantity, allowed_text, check_range
from negotiation.tactics.base import Range
from negotiation.tactics.registry import BUILT_IN


class StrategyName(str):
    """A strategy by its name.

    Attributes
    ----------
    settings : dict of str to Quantity
        Those that are stated; the others are as the class has them.

    Examples
    --------
    >>> firm = StrategyName.of({"name": "boulware", "beta": 0.1})
    >>> firm == "boulware", firm.settings["beta"].value, firm.words
    (True, 0.1, 'boulware (beta 0.1)')
    """

    settings: dict[str, Quantity]

    def __new__(cls, name: str, settings: Mapping[str, Quantity] | None = None) -> StrategyName:
        """Return the name with its settings."""
        made = super().__new__(cls, name)
        made.settings = dict(settings or {})
        return made

    @classmethod
    def of(cls, data: Any) -> StrategyName:
        """Return the strategy that a scenario states.

        Raises
        ------
        ValueError
            One line for each thing that is wrong.
        """
        if isinstance(data, StrategyName):
            return data
        if isinstance(data, str):
            return cls(data)
        if not (isinstance(data, Mapping) and isinstance(data.get("name"), str)):
            raise ValueError(
                "expected a name such as 'boulware', or a table such as "
                "{name = 'boulware', beta = 0.1}"
            )
        stated = {key: value for key, value in data.items() if key != "name"}
        found, problems = {}, []
        known = BUILT_IN[data["name"]].settings() if data["name"] in BUILT_IN else None
        for key, value in stated.items():
            if known is not None and key not in known:
                problems.append(str(UnknownName(f"{data['name']}: setting", key, list(known))))
                continue
            try:
                found[key] = Quantity.model_validate(value)
                check_setting(found[key], known[key] if known else Range())
                if found[key].distribution == "fixed" and found[key].low != found[key].high:
                    raise ValueError(
                        f"{found[key].value:g}: low and high need a distribution, such as "
                        "distribution = 'uniform'"
                    )
            except ValidationError as error:
                problems += [
                    f"{key}: {line}".replace("the file = ", "")
                    for line in sentences(error, Quantity)
                ]
            except ValueError as error:
                problems.append(f"{key} = {ended(str(error))}")
        if problems:
            raise ValueError("\n".join(problems))
        return cls(data["name"], found)

    def plain(self) -> str | dict[str, Any]:
        """Return it as plain data, as a scenario file states it."""
        return self.table if self.settings else str(self)

    @property
    def table(self) -> dict[str, Any]:
        """It as plain data in the long form."""
        stated = {key: q.model_dump(exclude_defaults=True) for key, q in self.settings.items()}
        return {"name": str(self), **stated}

    def __eq__(self, other: object) -> bool:
        """Whether the name is the same and, of another strategy, the settings are too."""
        same = not isinstance(other, StrategyName) or self.settings == other.settings
        return same and isinstance(other, str) and str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        """Whether they differ."""
        return not self == other

    __hash__ = str.__hash__

    @property
    def words(self) -> str:
        """Name and stated settings, as one reads them."""
        stated = ", ".join(f"{key} {q.value:g}" for key, q in self.settings.items())
        return f"{self} ({stated})" if stated else str(self)


def check_setting(quantity: Quantity, setting: Range) -> None:
    """Raise ValueError unless a setting may have the value and all that may be drawn for it."""
    check_range(quantity, setting.bounds)
    if not setting.whole:
        return
    ends = f", {allowed_text(setting.bounds)}" if setting.bounds else ""
    allowed = f"allowed: whole numbers{ends}"
    for x in (quantity.value, *quantity.values):
        if x % 1:
            raise ValueError(f"{x:g} is not whole; {allowed}")
    if quantity.distribution not in ("fixed", "choice"):
        drawn = f"{quantity.value:g}: a {quantity.distribution} distribution draws fractions"
        raise ValueError(f"{drawn}; {allowed}")


TABLE = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
StrategyField = Annotated[
    StrategyName,
    PlainValidator(StrategyName.of),
    PlainSerializer(StrategyName.plain),
    WithJsonSchema({"anyOf": [{"type": "string"}, TABLE]}),
]
