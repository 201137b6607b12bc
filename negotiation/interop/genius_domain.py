"""Read a negotiation domain in the format of GENIUS 10.4.

The root is ``negotiation_template``; the issues hang below objectives, which group them and mean
nothing else. ``index`` identifies an issue, names do not, and ``number_of_issues`` is often wrong.
"""

from __future__ import annotations

from pathlib import Path

from negotiation.errors import InputError
from negotiation.interop.domain import DiscreteIssue, Domain, IntegerIssue, Issue, RealIssue
from negotiation.interop.genius_fields import (
    attribute,
    bounds_of,
    kind_of,
    located,
    number,
    root_of,
    whole,
)
from negotiation.interop.hardened_xml import Element

A_DOMAIN = "a GENIUS domain (an XML file with the root <negotiation_template>)"


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
        In one sentence with file, line and issue, if the file is not such a domain or has
        more than 5 million outcomes.

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
    for element in root.descendants("issue"):
        with located(path, element, issue=True):
            index = whole(element, "index")
            if index in issues:
                raise InputError(f"the index {index} is already taken by an earlier issue.")
            issues[index] = _issue(element, index)
    with located(path, root):
        return Domain(name or Path(path).stem, tuple(issues.values()))


def _issue(element: Element, index: int) -> Issue:
    kind = kind_of(element)
    name = element.attributes.get("name") or f"issue {index}"
    if kind == "discrete":
        values = tuple(attribute(item, "value") for item in element.named("item"))
        return DiscreteIssue(index, name, values)
    bounds = bounds_of(element)
    if kind == "integer":
        lower, upper = whole(bounds, "lowerbound"), whole(bounds, "upperbound")
        return IntegerIssue(index, name, lower, upper)
    return RealIssue(index, name, number(bounds, "lowerbound"), number(bounds, "upperbound"))
