"""Turn validation errors into sentences: what, where, what is allowed, did you mean."""

from __future__ import annotations

import typing
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from negotiation.errors import FileProblems, InputError, UnknownName, did_you_mean, shortened
from negotiation.seats import SEATS
from negotiation.tactics.registry import BUILT_IN, names

if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)

EXPECTED = {
    "bool_type": "true or false",
    "date_from_datetime_parsing": "a date such as 2025-08-12",
    "date_parsing": "a date such as 2025-08-12",
    "date_type": "a date such as 2025-08-12",
    "finite_number": "a finite number",
    "float_parsing": "a number",
    "float_type": "a number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "list_type": "a list",
    "string_type": "text",
    "tuple_type": "a list",
}
BOUNDS = {
    "greater_than": "a number above {gt:.13g}",
    "greater_than_equal": "a number of at least {ge:.13g}",
    "less_than": "a number below {lt:.13g}",
    "less_than_equal": "a number of at most {le:.13g}",
}
COUNTS = {
    "too_short": "at least {min_length} of them",
    "too_long": "at most {max_length} of them",
    "string_too_short": "at least {min_length} character",
}
TABLE_ERRORS = ("model_type", "dict_type", "model_attributes_type")
# Settings of scenario files that were written for the rules before the present ones.
NAMED_PRICE = "a side now names one of the other's concessions as the price of a truce"
PROMISE = "what a truce promises follows from the deals that may yet be signed; leave it out"
ANY = "*"  # whatever the issue is called
GONE = {
    "deadline.stage": f"there is one kind of deadline: {NAMED_PRICE}; leave it out",
    "deadline.price": f"{NAMED_PRICE}, so its worth follows from the agenda; leave it out",
    "deadline.war_days": (
        "how long penalties last follows from the crisis meetings; "
        "state escalation.meeting_rate instead"
    ),
    "escalation.prize": f"{NAMED_PRICE}, under penalties too; leave it out",
    "escalation.prospect_shock": PROMISE,
    "escalation.prospect_wear": PROMISE,
    "us.prospect": PROMISE,
    "china.prospect": PROMISE,
    "issues.*.trait_weight": (
        "an issue of the kind 'technology' costs the US its security value; "
        "state issues.*.kind instead"
    ),
    "summit.partial": "leaders sign a text of the issues that are ready; leave it out",
    "summit.war_cost": "nobody meets while the truce is broken; leave it out",
}


class InSentences(ModelMetaclass):
    """What makes models tell in sentences what is wrong, where Python code makes one."""

    def __call__(cls, *given: Any, **fields: Any) -> Any:  # noqa: N805
        """Make an instance, or raise FileProblems."""
        try:
            return super().__call__(*given, **fields)
        except ValidationError as error:
            raise FileProblems(cls.__name__, sentences(error, cls)) from None  # type: ignore[arg-type]


def sentences(error: ValidationError, model: type[BaseModel], at: str = "") -> list[str]:
    """Return one sentence for each problem in ``error``; ``at`` is where the data stand."""
    found = [line for item in error.errors() for line in _sentence(item, model, at).split("\n")]
    return list(dict.fromkeys(found))


def of_earlier_versions(path: object) -> str:
    """Return the sentence about a setting in ``GONE``, or a part of one; else nothing.

    Examples
    --------
    >>> of_earlier_versions("deadline.war_days.low")[:54]
    'deadline.war_days.low: a setting of earlier versions; '
    >>> print(of_earlier_versions("issues.chips.trait_weight"))
    issues.chips.trait_weight: a setting of earlier versions; an issue of the kind 'technology'
    costs the US its security value; state issues.chips.kind instead.
    >>> of_earlier_versions("deadline.grace")
    ''
    """
    parts = str(path).split(".")
    for gone, instead in GONE.items():
        pattern = gone.split(".")
        if len(parts) >= len(pattern) and all(
            known in (ANY, part) for known, part in zip(pattern, parts, strict=False)
        ):
            named = parts[pattern.index(ANY)] if ANY in pattern else ANY
            return f"{path}: a setting of earlier versions; {instead.replace(ANY, named)}."
    return ""


def no_setting(path: object, known: Iterable[str], where: str = "", kind: str = "setting") -> Any:
    """Return the error about a setting that is not among those known, or is no longer.

    Examples
    --------
    >>> print(no_setting("us.patiense", ["us.patience"], "cell"))
    cell: setting 'us.patiense' does not exist; allowed: us.patience. Did you mean 'us.patience'?
    >>> print(str(no_setting("deadline.price", ["deadline.grace"], "cell"))[:53])
    cell: deadline.price: a setting of earlier versions;
    """
    if told := of_earlier_versions(path):
        return InputError(f"{where}: {told}" if where else told)
    return UnknownName(kind, path, known, where)


def one_of_settings(path: object, known: Collection[str], where: str) -> None:
    """Raise InputError unless a setting is one of those known."""
    if not isinstance(path, str) or path not in known:
        raise no_setting(path, known, where)


def unknown_names(data: Mapping[str, Any]) -> list[str]:
    """Return one sentence for each strategy or issue that is named and does not exist.

    Takes plain data, which may be wrong in other ways: what is wrong is left to others.

    Examples
    --------
    >>> unknown_names({"us": {"strategy": "boulwear"}})[0][-24:]
    "Did you mean 'boulware'?"
    """
    problems = []
    issues = _table(data, "issues")
    known = bool(issues)  # without an agenda every name would be reported as unknown
    for side in SEATS:
        delegation = _table(data, side)
        name = delegation.get("strategy")
        name = name.get("name") if isinstance(name, Mapping) else name
        path = isinstance(name, str) and ":" in name
        if isinstance(name, str) and not path and name not in BUILT_IN and name not in names():
            problems.append(str(UnknownName("strategy", name, names(), f"{side}.strategy")))
        for group in _table(delegation, "constituencies"):
            stakes = _table(_table(delegation, "constituencies"), group, "stakes")
            where = f"{side}.constituencies.{group}.stakes"
            problems += [
                str(UnknownName("issue", x, issues, where))
                for x in stakes
                if known and x not in issues
            ]
    for first in _table(data, "linkage"):
        named = (first, *_table(data, "linkage", first))
        problems += [
            str(UnknownName("issue", x, issues, "linkage"))
            for x in named
            if known and x not in issues
        ]
        problems += [
            f"linkage.{first}.{second}: the same pair as linkage.{second}.{first}; give it once."
            for second in named[1:]
            if first < second and first in _table(data, "linkage", second)
        ]
        if first in named[1:]:
            problems.append(f"linkage.{first}: an issue cannot be linked to itself.")
    return problems


def _table(data: Any, *path: str) -> Mapping[str, Any]:
    for part in path:
        data = data.get(part) if isinstance(data, Mapping) else None
    return data if isinstance(data, Mapping) else {}


def _sentence(item: Any, model: type[BaseModel], at: str) -> str:
    where = ".".join(str(part) for part in (*([at] if at else []), *item["loc"]))
    kind, given = item["type"], item.get("input")
    shown = f" = {shortened(given)}" if isinstance(given, str | int | float) else ""
    if kind == "extra_forbidden":
        if told := of_earlier_versions(where):
            return told
        above = item["loc"][:-1]
        known = [*fields_at(model, above), *(() if above else getattr(model, "OF_FILES", ()))]
        hint = did_you_mean(item["loc"][-1], known)
        allowed = f" Allowed: {', '.join(sorted(known))}." if known and not hint else ""
        return f"{where}: unknown setting.{hint}{allowed}"
    if kind == "missing":
        return f"{where}: missing; it has no default."
    if kind == "value_error":
        place = f"{where}{shown}: " if where else ""
        return "\n".join(place + ended(x) for x in str(item["ctx"]["error"]).split("\n"))
    if kind == "literal_error":
        expected = item["ctx"]["expected"]
        hint = did_you_mean(given, expected.replace("'", "").replace(" or ", ", ").split(", "))
        return f"{where}: {shortened(given)} is not allowed; allowed: {expected}.{hint}"
    if kind in BOUNDS:
        return f"{where} = {shortened(given)}: expected {BOUNDS[kind].format(**item['ctx'])}."
    if kind in COUNTS:
        return f"{where}: expected {COUNTS[kind].format(**item['ctx'])}, not {len(given)}."
    if kind in TABLE_ERRORS:
        number = {"value", "mark"} <= set(fields_at(model, item["loc"]))
        allowed = (
            "a number, or a table such as {value = 2, low = 1, high = 3, distribution = 'uniform'}"
            if number
            else "a table"
        )
    else:
        allowed = EXPECTED.get(kind, "")
    message = f"expected {allowed}" if allowed else item["msg"][0].lower() + item["msg"][1:]
    return ended(f"{where or 'the file'}{shown}: {message}")


def ended(text: str) -> str:
    """Return a sentence with a full stop, unless it has an end already.

    Examples
    --------
    >>> ended("there is none"), ended("Did you mean 'linear'?")
    ('there is none.', "Did you mean 'linear'?")
    """
    return text if text.endswith((".", "?", "!")) else f"{text}."


def fields_at(model: type[BaseModel], loc: tuple[Any, ...]) -> list[str]:
    """Return the names of the settings of the table at ``loc``."""
    current: Any = model
    for part in loc:
        current = model_of(current)
        if current is None:
            return []
        if isinstance(part, str) and part in current.model_fields:
            current = current.model_fields[part].annotation
    found = model_of(current)
    return list(found.model_fields) if found else []


def model_of(annotation: Any) -> type[BaseModel] | None:
    """Return the table that an annotation is about, if it is about one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in typing.get_args(annotation):
        found = model_of(inner)
        if found is not None:
            return found
    return None
