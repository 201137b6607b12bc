"""A bargaining problem of two parties from files: GENIUS, GeniusWeb or NegMAS, told by content.

Three files are a domain and two profiles; two are profiles of GeniusWeb, which hold their domain;
one is the folder in which they lie.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from negotiation.errors import InputError, counted
from negotiation.interop import genius_reader, geniusweb, negmas_files
from negotiation.interop.domain import Domain, Profile
from negotiation.interop.hardened_xml import read_xml
from negotiation.interop.plain_files import is_yaml, plain

Place = str | Path
Problem = tuple[Domain, tuple[Profile, Profile]]
ENDINGS = (".xml", ".json", ".yml", ".yaml")
WHAT = "a domain or a profile of GENIUS (XML), GeniusWeb (JSON) or NegMAS (YAML, JSON)"
DOMAIN, PROFILE, OTHER = "domain", "profile", "other"


def read_problem(*places: Place) -> Problem:
    """Return the domain and the two profiles in some files or in a folder.

    Parameters
    ----------
    *places : str or Path
        A folder with one domain and two profiles; or the files, the domain first.

    Raises
    ------
    InputError
        In one sentence, or one a line, if that cannot be read as a problem of two parties.

    Examples
    --------
    >>> import tempfile
    >>> from negotiation.interop.domain import IntegerIssue
    >>> from negotiation.interop.evaluators import Linear
    >>> from negotiation.interop.genius import write_problem
    >>> pie = Domain("pie", (IntegerIssue(1, "slices", 0, 4),))
    >>> both = Profile((1.0,), (Linear(0.25, 0.0),)), Profile((1.0,), (Linear(-0.25, 1.0),))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = write_problem(folder, pie, both)
    ...     read_problem(folder)[0] == pie
    True
    """
    if len(places) == 1:
        places = in_folder(places[0])
    if len(places) not in (2, 3):
        raise InputError(
            f"{counted(len(places), 'file')}; expected a folder, or a domain and two profiles, "
            f"or two profiles"
            " of GeniusWeb, which hold their domain."
        )
    first = places[0]
    if not plain_text(first):
        if len(places) == 2:
            raise InputError(f"{first}: expected three files, a domain and two profiles.")
        domain = genius_reader.read_domain(first)
        one, two = (genius_reader.read_profile(place, domain) for place in places[1:])
        return domain, (one, two)
    contents = [(place, plain(place, WHAT)) for place in places]
    profiles = contents[-2:]
    if negmas_files.is_domain(contents[0][1]) and len(contents) == 3:
        domain, parties = negmas_files.read_problem(contents[0], profiles)
        return domain, (parties[0], parties[1])
    if geniusweb.is_domain(contents[0][1]) or geniusweb.is_profile(contents[0][1]):
        domain = geniusweb.read_domain(*contents[0])
        one, two = (geniusweb.read_profile(*content, domain) for content in profiles)
        return domain, (one, two)
    raise InputError(f"{first}: this is no domain; expected {WHAT}.")


def plain_text(place: Place) -> bool:
    """Return whether a file is JSON or YAML by its name."""
    return is_yaml(place) or Path(place).suffix.lower() == ".json"


def in_folder(place: Place) -> tuple[Place, ...]:
    """Return the domain and the two profiles in a folder, by name."""
    try:
        names = sorted(os.listdir(place))
    except NotADirectoryError:
        raise InputError(
            f"{place}: this is no folder; expected one, or a domain and two profiles."
        ) from None
    except (OSError, ValueError) as error:
        said = (getattr(error, "strerror", None) or "no name of a folder").lower()
        raise InputError(f"{place}: cannot be read as a folder ({said}).") from None
    found: dict[str, list[Path]] = {DOMAIN: [], PROFILE: [], OTHER: []}
    for name in names:
        path = Path(place, name)
        hidden = name.startswith((".", "_"))  # NegMAS keeps statistics under such names
        if path.suffix.lower() in ENDINGS and path.is_file() and not hidden:
            found[kind_of(path)].append(path)
    domains, profiles = found[DOMAIN], found[PROFILE]
    if len(profiles) == 2 and len(domains) <= 1:
        return (*domains, *profiles)
    names_of = [", ".join(path.name for path in some[:8]) or "none" for some in (domains, profiles)]
    raise InputError(
        f"{place}: {counted(len(domains), 'domain')} ({names_of[0]}) and "
        f"{counted(len(profiles), 'profile')} "
        f"({names_of[1]}); expected one domain and two profiles. Name three files instead."
    )


def kind_of(path: Path) -> str:
    """Return whether a file holds a domain, a profile or something else."""
    if not plain_text(path):
        tag = read_xml(path, WHAT).tag
        return {"negotiation_template": DOMAIN, "utility_space": PROFILE}.get(tag, OTHER)
    data: Any = plain(path, WHAT)
    if negmas_files.is_domain(data) or geniusweb.is_domain(data):
        return DOMAIN
    return PROFILE if negmas_files.is_profile(data) or geniusweb.is_profile(data) else OTHER
