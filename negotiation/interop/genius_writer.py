"""Write a domain and its preference profiles in the format of GENIUS 10.4.

What is written is what GENIUS reads, so a problem made here (for instance from a scenario of
the trade talks) can be given to the agents of the yearly competition.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

from negotiation.errors import InputError, counted
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
    Worths,
)
from negotiation.interop.genius_reader import KIND
from negotiation.interop.hardened_xml import shown
from negotiation.sweep import atomic

# The characters that XML 1.0 cannot carry, not even escaped.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def domain_xml(domain: Domain) -> str:
    """Return the domain as the text of a GENIUS domain file.

    Parameters
    ----------
    domain : Domain
        What is negotiated about.

    Returns
    -------
    str
        XML with one line an element; write it as UTF-8.

    Raises
    ------
    InputError
        If a name holds a character that XML cannot carry.

    Examples
    --------
    >>> print(domain_xml(Domain("pie", (IntegerIssue(1, "slices", 0, 4),))))
    <negotiation_template>
    <utility_space number_of_issues="1">
    <objective index="0" name="pie" description="" type="objective" etype="objective">
    <issue index="1" name="slices" type="integer" vtype="integer" etype="integer"
     lowerbound="0" upperbound="4">
    </issue>
    </objective>
    </utility_space>
    </negotiation_template>
    """
    lines = ["<negotiation_template>", f'<utility_space number_of_issues="{len(domain.issues)}">']
    lines.append(_objective(domain))
    for issue in domain.issues:
        lines += [_opening(issue), *_content(issue, None), "</issue>"]
    return "\n".join([*lines, "</objective>", "</utility_space>", "</negotiation_template>"])


def profile_xml(domain: Domain, profile: Profile) -> str:
    """Return one party's preferences as the text of a GENIUS profile file.

    Parameters
    ----------
    domain : Domain
        What is negotiated about.
    profile : Profile
        The party's weights and evaluators, in the order of the domain's issues.

    Returns
    -------
    str
        XML with one line an element; write it as UTF-8.

    Raises
    ------
    InputError
        If the profile does not fit the domain, or a name holds a character that XML cannot
        carry.

    Examples
    --------
    >>> domain = Domain("pie", (DiscreteIssue(1, "tea", ("yes", "no")),))
    >>> text = profile_xml(domain, Profile((1.0,), (Ratings((3.0, 1.0)),), reservation=0.25))
    >>> [line for line in text.splitlines() if "yes" in line or "reservation" in line]
    ['<item index="1" value="yes" evaluation="3.0"/>', '<reservation value="0.25"/>']
    """
    if len(profile.weights) != len(domain.issues):
        raise InputError(
            f"the profile is about {counted(len(profile.weights), 'issue')}, "
            f"the domain has {len(domain.issues)}."
        )
    if profile.bias or profile.cap != 1.0 or profile.reservation == -math.inf:
        raise InputError(
            "GENIUS adds up the issues alone, cuts off at 1 and knows a reservation value; "
            "allowed: profiles with bias 0, cap 1 and a finite reservation value."
        )
    lines = ["<utility_space>", _objective(domain)]
    for issue, evaluator in zip(domain.issues, profile.evaluators, strict=True):
        check_fit(issue, evaluator)
        lines += [_opening(issue), *_content(issue, evaluator), "</issue>"]
    for issue, weight in zip(domain.issues, profile.weights, strict=True):
        lines.append(f'<weight index="{issue.index}" value="{float(weight)!r}"/>')
    lines.append("</objective>")
    lines.append(f'<discount_factor value="{float(profile.discount)!r}"/>')
    lines.append(f'<reservation value="{float(profile.reservation)!r}"/>')
    return "\n".join([*lines, "</utility_space>"])


def write_problem(folder: str | Path, domain: Domain, profiles: tuple[Profile, ...]) -> list[Path]:
    """Write ``domain.xml``, ``profile1.xml``, ``profile2.xml``, ... into a folder.

    Parameters
    ----------
    folder : str or Path
        Made if it is not there; files of these names in it are replaced.
    domain : Domain
        What is negotiated about.
    profiles : tuple of Profile
        The parties' preferences.

    Returns
    -------
    list of Path
        The domain's file, then the profiles'.

    Raises
    ------
    InputError
        As `domain_xml` and `profile_xml`, when nothing is written, or if the folder cannot
        be written to.

    Examples
    --------
    >>> import tempfile
    >>> domain = Domain("pie", (DiscreteIssue(1, "tea", ("yes", "no")),))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [p.name for p in write_problem(folder, domain, (Profile((1.0,), (Ratings((3, 1)),)),))]
    ['domain.xml', 'profile1.xml']
    """
    folder = Path(folder)
    texts = {"domain.xml": domain_xml(domain)}
    for number, profile in enumerate(profiles, start=1):
        texts[f"profile{number}.xml"] = profile_xml(domain, profile)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            atomic.write(folder / name, f"{text}\n".encode())
    except OSError as error:
        raise InputError(f"{folder}: cannot write there ({error.strerror}).") from None
    return [folder / name for name in texts]


def _quoted(text: str) -> str:
    found = NOT_XML.search(text)
    if found:
        raise InputError(f"{shown(text)} holds {found[0]!r}, which XML cannot carry.")
    return quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _objective(domain: Domain) -> str:
    # GENIUS keeps 0 for the root; an issue that uses it (second in some files) moves the root.
    taken = {issue.index for issue in domain.issues}
    index = next(number for number in range(len(taken) + 1) if number not in taken)
    return (
        f'<objective index="{index}" name={_quoted(domain.name)} description="" '
        'type="objective" etype="objective">'
    )


def _opening(issue: Issue) -> str:
    kind = KIND[type(issue)]
    bounds = ""
    if isinstance(issue, IntegerIssue):
        bounds = f' lowerbound="{issue.lower}" upperbound="{issue.upper}"'
    return (
        f'<issue index="{issue.index}" name={_quoted(issue.name)} '
        f'type="{kind}" vtype="{kind}" etype="{kind}"{bounds}>'
    )


def _content(issue: Issue, evaluator: Evaluator | None) -> Iterator[str]:
    if isinstance(issue, DiscreteIssue):
        for place, value in enumerate(issue.values):
            rating = ""
            if isinstance(evaluator, Worths):
                raise InputError("GENIUS divides by the largest worth; allowed: Ratings.")
            if isinstance(evaluator, Ratings):
                rating = f' evaluation="{float(evaluator.evaluations[place])!r}"'
            yield f'<item index="{place + 1}" value={_quoted(value)}{rating}/>'
    elif isinstance(issue, RealIssue):
        bounds = f'lowerbound="{float(issue.lower)!r}" upperbound="{float(issue.upper)!r}"'
        yield f"<range {bounds}/>"
        if evaluator is not None:
            yield _real_formula(evaluator)
    elif evaluator is not None:
        yield _integer_formula(issue, evaluator)


def _integer_formula(issue: IntegerIssue, evaluator: Evaluator) -> str:
    slope, offset = 0.0, 0.0
    if isinstance(evaluator, Constant):
        offset = evaluator.level  # GENIUS knows no constant here, a slope of 0 says the same
    elif isinstance(evaluator, Linear):
        slope = evaluator.slope
        offset = evaluator.offset + slope * (issue.lower - evaluator.start)
    return f'<evaluator ftype="linear" slope="{float(slope)!r}" offset="{float(offset)!r}"/>'


def _real_formula(evaluator: Evaluator) -> str:
    parameters: tuple[float, ...] = ()
    if isinstance(evaluator, Linear):
        parameters = (evaluator.offset - evaluator.slope * evaluator.start, evaluator.slope)
    elif isinstance(evaluator, Constant):
        parameters = (evaluator.level,)
    elif isinstance(evaluator, Triangular):
        parameters = (evaluator.lower, evaluator.upper, evaluator.top)
    values = " ".join(f'parameter{k}="{float(v)!r}"' for k, v in enumerate(parameters))
    return f'<evaluator ftype="{type(evaluator).__name__.lower()}" {values}/>'
