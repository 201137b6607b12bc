"""Read a domain and its preference profiles in the format of GENIUS 10.4.

The root of a domain is ``negotiation_template``; the issues hang below objectives, which group them
and mean nothing else; ``number_of_issues`` is often wrong. The root of a profile is
``utility_space``: its issues are joined to those of the domain by ``index``, items by the text of
``value``, weights by ``index``; names and order mean nothing, nor does the weight of an objective.

Where GENIUS would guess (a value without an evaluation, a weight missing or given twice with other
numbers, NaN) the readers refuse, naming file, line and issue: a wrong utility is worse than none.
What is written twice and says the same is taken once, and the answer remarks on it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path

from negotiation.errors import InputError, counted, did_you_mean
from negotiation.interop.domain import (
    DiscreteIssue,
    Domain,
    IntegerIssue,
    Issue,
    Profile,
    RealIssue,
    check_fit,
)
from negotiation.interop.evaluators import (
    Constant,
    Evaluator,
    Linear,
    Ratings,
    Triangular,
    require_number,
)
from negotiation.interop.hardened_xml import MAX_SHOWN, Element, read_xml, shown

A_PROFILE = "a GENIUS preference profile (an XML file with the root <utility_space>)"
KIND = {DiscreteIssue: "discrete", IntegerIssue: "integer", RealIssue: "real"}
A_DOMAIN = "a GENIUS domain (an XML file with the root <negotiation_template>)"
KINDS = ("discrete", "integer", "real")
OTHER_NAMES = {"continuous": "real"}
# NegMAS writes "any" for what it adds up. What "uncertain" adds says how a user's view of these
# utilities is sampled; the utilities themselves are additive.
LINEAR = ("linear", "additive", "any", "uncertain")
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
    if children and not all(map(children[0].same, children)):
        raise InputError("there are several ranges, which differ; one is allowed.")
    return element if "lowerbound" in element.attributes or not children else children[0]


def setting(path: str | Path, root: Element, tag: str, default: float, remarks: list[str]) -> float:
    """Return the value of a tag that may be absent and may be anywhere below the root."""
    found = Once(path, remarks)
    for element in root.descendants(tag):
        with located(path, element):
            found.note(tag, number(element, "value"), element, f"<{tag}>", "value")
    return found.get(tag, default)


def twice(path: str | Path, element: Element, what: str) -> str:
    """Return the remark on something that is written twice and says the same."""
    return f"{path}, line {element.line}: {what} is written twice; taken once."


class Once(dict[Hashable, float]):
    """Numbers by what they are of; one that is there again has to say the same."""

    def __init__(self, path: str | Path, remarks: list[str]) -> None:
        super().__init__()
        self.path, self.remarks, self.lines = path, remarks, dict[Hashable, int]()

    def note(self, of: Hashable, number: float, element: Element, what: str, word: str) -> None:
        """Note a number, called ``word``, of something called ``what``."""
        if self.setdefault(of, number) != number:
            raise InputError(
                f"{what} is there twice, with the {word} {self[of]:g} in line {self.lines[of]} "
                f"and {number:g} in line {element.line}."
            )
        if of in self.lines:
            self.remarks.append(twice(self.path, element, what))
        self.lines.setdefault(of, element.line)


def suggestion(text: str, allowed: Collection[str]) -> str:
    """Return `` Did you mean 'x'?`` where looking for x is quick."""
    short = len(text) <= MAX_SHOWN and len(allowed) <= MAX_SUGGESTED_FROM
    return did_you_mean(text, allowed) if short else ""


def read_profile(path: str | Path, domain: Domain) -> Profile:
    """Read one party's preferences over the outcomes of a domain.

    Parameters
    ----------
    path : str or Path
        A GENIUS preference profile (linear additive).
    domain : Domain
        The domain that the profile is about.

    Returns
    -------
    Profile
        Weights and evaluators in the domain's order. The reservation value is 0 where the file
        has none, and may be negative; no discount factor, or 0, means 1 as in GENIUS, and so does
        one below 0 or above 1, on which a sentence remarks.

    Raises
    ------
    InputError
        In one sentence with file, line and issue, if the file is not a profile of that domain.

    Examples
    --------
    >>> import tempfile
    >>> domain = Domain("pie", (IntegerIssue(1, "slices", 0, 4),))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "profile.xml")
    ...     _ = path.write_text(
    ...         "<utility_space><objective index='0'><issue index='1' type='integer'>"
    ...         "<evaluator ftype='linear' slope='0.25' offset='0'/></issue>"
    ...         "<weight index='1' value='1'/></objective></utility_space>"
    ...     )
    ...     read_profile(path, domain).weights
    (1.0,)
    """
    root = root_of(path, "utility_space", A_PROFILE)
    known = {issue.index: issue for issue in domain.issues}
    objectives = {element.attributes.get("index") for element in root.descendants("objective")}
    remarks: list[str] = []
    weights = _weights(path, root, known, objectives, remarks)
    evaluators: dict[int, Evaluator] = {}
    for index, element in _issues(path, root, remarks):
        with located(path, element, issue=True):
            if index not in known:
                raise InputError(f"the domain has no issue with the index {index}.")
            evaluators[index] = _evaluator(path, element, known[index], remarks)
            if index not in weights:
                raise InputError(f"there is no <weight index={str(index)!r}> for the issue.")
    for issue in domain.issues:
        if issue.index not in evaluators:
            with located(path, root):
                raise InputError(
                    f"there is no evaluator for issue {shown(issue.name)} "
                    f"(index {issue.index}) of the domain."
                )
    reservation = setting(path, root, "reservation", 0.0, remarks)
    discount = setting(path, root, "discount_factor", 1.0, remarks)
    if not 0.0 <= discount <= 1.0:
        line = next(root.descendants("discount_factor")).line
        remarks.append(
            f"{path}, line {line}: a discount factor of {discount:g} is outside 0 to 1; taken as "
            "1, no discounting, as GENIUS does."
        )
    with located(path, next(root.descendants("reservation"), root)):
        require_number("reservation value", reservation, high=1)
        return Profile(
            tuple(weights[issue.index] for issue in domain.issues),
            tuple(evaluators[issue.index] for issue in domain.issues),
            reservation,
            discount if 0.0 < discount <= 1.0 else 1.0,
            name=Path(path).stem,
            remarks=tuple(remarks),
        )


def _issues(path: str | Path, root: Element, remarks: list[str]) -> Iterator[tuple[int, Element]]:
    """Yield each issue with its index; one that is there again, word for word, once."""
    seen: dict[int, Element] = {}
    for element in root.descendants("issue"):
        with located(path, element, issue=True):
            index = whole(element, "index")
            if index in seen and not element.same(seen[index]):
                raise InputError(
                    f"the index {index} is already taken by the issue in line {seen[index].line}."
                )
        if index in seen:
            remarks.append(twice(path, element, f"issue {shown(element.attributes['index'])}"))
        else:
            seen[index] = element
            yield index, element


def _weights(
    path: str | Path, root: Element, known: dict[int, Issue], objectives: set[str | None],
    remarks: list[str],
) -> Once:  # fmt: skip
    weights = Once(path, remarks)
    for element in root.descendants("weight"):
        with located(path, element):
            index = whole(element, "index")
            if index not in known:
                if element.attributes["index"] in objectives:
                    continue  # GENIUS gives the objectives above the issues no weight
                raise InputError(f"<weight index={str(index)!r}> belongs to no issue.")
            where = f"issue {shown(known[index].name)}: "
            try:
                weight = number(element, "value")
                require_number("weight", weight, low=0)
            except InputError as error:
                raise InputError(f"{where}{error}") from None
            weights.note(index, weight, element, f"the weight of {where[:-2]}", "value")
    return weights


def _evaluator(path: str | Path, element: Element, issue: Issue, remarks: list[str]) -> Evaluator:
    kind = kind_of(element)
    if kind != KIND[type(issue)]:
        raise InputError(f"the type is {kind} here and {KIND[type(issue)]} in the domain.")
    evaluator: Evaluator
    if isinstance(issue, DiscreteIssue):
        evaluator = _ratings(path, element, issue, remarks)
    else:
        bounds = bounds_of(element)
        for side, bound in (("lowerbound", issue.lower), ("upperbound", issue.upper)):
            if side in bounds.attributes and number(bounds, side) != bound:
                raise InputError(
                    f"the {side} is {shown(bounds.attributes[side])} here "
                    f"and {bound!r} in the domain."
                )
        evaluator = _formula(element, issue)
    check_fit(issue, evaluator)
    return evaluator


def _ratings(
    path: str | Path, element: Element, issue: DiscreteIssue, remarks: list[str]
) -> Ratings:
    known = set(issue.values)
    found = Once(path, remarks)
    for item in element.named("item"):
        value = attribute(item, "value")
        if value not in known:
            raise InputError(
                f"the item {shown(value)} is not in the domain.{suggestion(value, issue.values)}"
            )
        try:
            rating = number(item, "evaluation")
        except InputError as error:
            raise InputError(f"item {shown(value)}: {error}") from None
        found.note(value, rating, item, f"the item {shown(value)}", "evaluation")
    for value in issue.values:
        if value not in found:
            raise InputError(f"the domain's item {shown(value)} has no evaluation.")
    return Ratings(tuple(found[value] for value in issue.values))


def _formula(element: Element, issue: IntegerIssue | RealIssue) -> Evaluator:
    formulas = element.named("evaluator")
    if not formulas or not all(map(formulas[0].same, formulas)):
        raise InputError(f"there are {counted(len(formulas), 'evaluator')}; exactly one is needed.")
    formula = formulas[0]
    if isinstance(issue, IntegerIssue):
        names, ftype = ("slope", "offset"), formula.attributes.get("ftype", "linear").lower()
        allowed = ["linear", "constant"]
    else:
        names, ftype = ("parameter1", "parameter0"), attribute(formula, "ftype").lower()
        allowed = ["linear", "constant", "triangular"]
    if ftype not in allowed:
        raise InputError(
            f"evaluator of ftype {shown(ftype)}; allowed on this issue: {', '.join(allowed)}."
            f"{suggestion(ftype, allowed)}"
        )
    if ftype == "triangular":
        return Triangular(*(number(formula, f"parameter{k}") for k in range(3)))
    if ftype == "constant":
        return Constant(number(formula, names[1]))
    start = issue.lower if isinstance(issue, IntegerIssue) else 0.0
    return Linear(number(formula, names[0]), number(formula, names[1]), start)


def read_domain(path: str | Path) -> Domain:
    """Read the issues of a negotiation.

    Parameters
    ----------
    path : str or Path
        A GENIUS domain file; issues may lie in nested objectives.

    Returns
    -------
    Domain
        Its issues in the file's order, named after the outermost objective.

    Raises
    ------
    InputError
        In one sentence with file, line and issue, if the file is not such a domain.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "domain.xml")
    ...     _ = path.write_text(
    ...         "<negotiation_template><utility_space><objective index='0' name='pie'>"
    ...         "<issue index='1' name='slices' type='integer' lowerbound='0' upperbound='4'/>"
    ...         "</objective></utility_space></negotiation_template>"
    ...     )
    ...     read_domain(path)
    Domain(name='pie', issues=(IntegerIssue(index=1, name='slices', lower=0, upper=4),))
    """
    root = root_of(path, "negotiation_template", A_DOMAIN)
    objective = next(root.descendants("objective"), None)
    name = objective.attributes.get("name", "") if objective else ""
    issues: dict[int, Issue] = {}
    remarks: list[str] = []
    for index, element in _issues(path, root, remarks):
        with located(path, element, issue=True):
            issues[index] = _issue(path, element, index, remarks)
    with located(path, root):
        return Domain(name or Path(path).stem, tuple(issues.values()), tuple(remarks))


def _issue(path: str | Path, element: Element, index: int, remarks: list[str]) -> Issue:
    kind = kind_of(element)
    name = element.attributes.get("name") or f"issue {index}"
    if kind == "discrete":
        values: dict[str, None] = {}
        for item in element.named("item"):
            value = attribute(item, "value")
            if value in values:
                remarks.append(twice(path, item, f"the item {shown(value)}"))
            values[value] = None
        return DiscreteIssue(index, name, tuple(values))
    bounds = bounds_of(element)
    if kind == "integer":
        lower, upper = whole(bounds, "lowerbound"), whole(bounds, "upperbound")
        return IntegerIssue(index, name, lower, upper)
    return RealIssue(index, name, number(bounds, "lowerbound"), number(bounds, "upperbound"))
