"""The parts of a GENIUS file, each read with its place for the case that it is wrong.

Where GENIUS would guess (a value without an evaluation, a weight missing or given twice, NaN)
the readers refuse, naming file, line and issue: a wrong utility is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from negotiation.errors import InputError, did_you_mean
from negotiation.interop.hardened_xml import MAX_SHOWN, Element, read_xml, shown

KINDS = ("discrete", "integer", "real")
OTHER_NAMES = {"continuous": "real"}
LINEAR = ("linear", "additive", "any")  # NegMAS writes "any" for what it adds up
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
WHOLE = re.compile(r"[+-]?\d{1,10}", re.ASCII)
MAX_SUGGESTED_FROM = 200  # looking for the nearest of more names takes longer than it helps


def root_of(path: str | Path, tag: str, what: str) -> Element:
    """Read the file and return its root, which must have this tag and be linear additive."""
    root = read_xml(path, what)
    if root.tag != tag:
        raise InputError(
            f"{path}, line {root.line}: the root is {shown(root.tag)}; expected {what}."
        )
    for space in [root, *root.named("utility_space")]:
        if space.attributes.get("type", "linear").lower() not in LINEAR:
            raise InputError(
                f"{path}, line {space.line}: utility space of type "
                f"{shown(space.attributes['type'])}; only linear additive ones are read."
            )
    return root


@contextmanager
def located(path: str | Path, element: Element, *, issue: bool = False) -> Iterator[None]:
    """Put the place in front of the sentence of an InputError."""
    try:
        yield
    except InputError as error:
        attributes = element.attributes
        name = shown(attributes.get("name") or attributes.get("index", "")) if issue else ""
        place = f"{path}, line {element.line}" + (f", issue {name}" if issue else "")
        raise InputError(f"{place}: {error}") from None


def attribute(element: Element, name: str) -> str:
    """Return an attribute that must be there."""
    try:
        return element.attributes[name]
    except KeyError:
        raise InputError(f"<{element.tag}> has no attribute {name!r}.") from None


def number(element: Element, name: str) -> float:
    """Return an attribute as a number: digits only, no NaN, infinity or separators."""
    text = attribute(element, name).strip()
    if not NUMBER.fullmatch(text):
        raise InputError(f"{name} of <{element.tag}> must be a finite number, not {shown(text)}.")
    return float(text)


def whole(element: Element, name: str) -> int:
    """Return an attribute as a whole number of at most ten digits."""
    text = attribute(element, name).strip()
    if not WHOLE.fullmatch(text):
        raise InputError(f"{name} of <{element.tag}> must be a whole number, not {shown(text)}.")
    return int(text)


def kind_of(element: Element) -> str:
    """Return whether an issue is discrete (as when it does not say), integer or real."""
    kind = element.attributes.get("type", "discrete").lower()
    kind = OTHER_NAMES.get(kind, kind)
    if kind not in KINDS:
        raise InputError(
            f"type {shown(kind)} does not exist; allowed: {', '.join(KINDS)}."
            f"{suggestion(kind, KINDS)}"
        )
    return kind


def bounds_of(element: Element) -> Element:
    """Return the element that holds the bounds: the issue itself, or its <range> child."""
    children = element.named("range")
    return element if "lowerbound" in element.attributes or not children else children[0]


def setting(path: str | Path, root: Element, tag: str, default: float) -> float:
    """Return the value of a tag that may be absent and may be anywhere below the root."""
    found = list(root.descendants(tag))
    if not found:
        return default
    with located(path, found[-1]):
        if len(found) > 1:
            raise InputError(f"a second <{tag}>; at most one is allowed.")
        return number(found[0], "value")


def suggestion(text: str, allowed: Collection[str]) -> str:
    """Return `` Did you mean 'x'?`` where looking for x is quick."""
    short = len(text) <= MAX_SHOWN and len(allowed) <= MAX_SUGGESTED_FROM
    return did_you_mean(text, allowed) if short else ""
