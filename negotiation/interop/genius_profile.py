"""Read one party's preferences in the format of GENIUS 10.4.

The root is ``utility_space``. Its issues are joined to those of the domain by ``index``, items by
the text of ``value``, weights by ``index``; names and order mean nothing. An objective above the
issues may carry a weight of its own, which GENIUS does not use.
"""

from __future__ import annotations

from pathlib import Path

from negotiation.errors import InputError
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
from negotiation.interop.genius_fields import (
    attribute,
    bounds_of,
    kind_of,
    located,
    number,
    root_of,
    setting,
    suggestion,
    whole,
)
from negotiation.interop.hardened_xml import Element, shown

A_PROFILE = "a GENIUS preference profile (an XML file with the root <utility_space>)"
KIND = {DiscreteIssue: "discrete", IntegerIssue: "integer", RealIssue: "real"}


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
        has none; a discount factor outside (0, 1], or none, means 1 as in GENIUS.

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
    weights = _weights(path, root, known, objectives)
    evaluators: dict[int, Evaluator] = {}
    for element in root.descendants("issue"):
        with located(path, element, issue=True):
            index = whole(element, "index")
            if index not in known:
                raise InputError(f"the domain has no issue with the index {index}.")
            if index in evaluators:
                raise InputError(f"the index {index} is already taken by an earlier issue.")
            evaluators[index] = _evaluator(element, known[index])
            if index not in weights:
                raise InputError(f"there is no <weight index={str(index)!r}> for the issue.")
    for issue in domain.issues:
        if issue.index not in evaluators:
            with located(path, root):
                raise InputError(
                    f"there is no evaluator for issue {shown(issue.name)} "
                    f"(index {issue.index}) of the domain."
                )
    reservation = setting(path, root, "reservation", 0.0)
    discount = setting(path, root, "discount_factor", 1.0)
    with located(path, next(root.descendants("reservation"), root)):
        return Profile(
            tuple(weights[issue.index] for issue in domain.issues),
            tuple(evaluators[issue.index] for issue in domain.issues),
            reservation,
            discount if 0.0 < discount <= 1.0 else 1.0,
        )


def _weights(
    path: str | Path, root: Element, known: dict[int, Issue], objectives: set[str | None]
) -> dict[int, float]:
    weights: dict[int, float] = {}
    for element in root.descendants("weight"):
        with located(path, element):
            index = whole(element, "index")
            if index not in known:
                if element.attributes["index"] in objectives:
                    continue  # GENIUS gives the objectives above the issues no weight
                raise InputError(f"<weight index={str(index)!r}> belongs to no issue.")
            where = f"issue {shown(known[index].name)}: "
            if index in weights:
                raise InputError(f"{where}a second weight for the same issue.")
            try:
                weight = number(element, "value")
                require_number("weight", weight, low=0)
            except InputError as error:
                raise InputError(f"{where}{error}") from None
            weights[index] = weight
    return weights


def _evaluator(element: Element, issue: Issue) -> Evaluator:
    kind = kind_of(element)
    if kind != KIND[type(issue)]:
        raise InputError(f"the type is {kind} here and {KIND[type(issue)]} in the domain.")
    evaluator: Evaluator
    if isinstance(issue, DiscreteIssue):
        evaluator = _ratings(element, issue)
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


def _ratings(element: Element, issue: DiscreteIssue) -> Ratings:
    known = set(issue.values)
    found: dict[str, float] = {}
    for item in element.named("item"):
        value = attribute(item, "value")
        if value not in known:
            raise InputError(
                f"the item {shown(value)} is not in the domain.{suggestion(value, issue.values)}"
            )
        if value in found:
            raise InputError(f"the item {shown(value)} is there twice.")
        try:
            found[value] = number(item, "evaluation")
        except InputError as error:
            raise InputError(f"item {shown(value)}: {error}") from None
    for value in issue.values:
        if value not in found:
            raise InputError(f"the domain's item {shown(value)} has no evaluation.")
    return Ratings(tuple(found[value] for value in issue.values))


def _formula(element: Element, issue: IntegerIssue | RealIssue) -> Evaluator:
    formulas = element.named("evaluator")
    if len(formulas) != 1:
        raise InputError(f"there are {len(formulas)} evaluators; exactly one is needed.")
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
