"""Where the numbers of a sweep come from, how to make them again, and how to cite them."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from negotiation.errors import counted
from negotiation.words.settings import own_path

if TYPE_CHECKING:
    from negotiation.scenario import Scenario

TITLE = "negotiation: an agent-based simulation of the US-China trade talks of July 2025"
AUTHORS = "the negotiation authors"


def facts(about: dict[str, Any], scenario: Scenario | None = None) -> list[tuple[str, str]]:
    """Return the manifest of a sweep as pairs of a name and a text."""
    sessions = about["sessions"]
    last = sessions[-1] if sessions else {}
    of = about["scenario"]
    found = [
        ("Scenario", f"{of['name']} (fingerprint {of['fingerprint']})"),
        ("Design", f"{counted(about['design']['cells'], 'cell')} (fingerprint {design_of(about)})"),
        ("Master seed", str(about["seed"])),
        ("Runs that share a draw of the uncertain numbers", str(about["runs_per_world"])),
    ]
    if "unsettled" in about:
        found.append(("Runs with a search that did not settle", f"{about['unsettled']:,}"))
    if about["constants"]:
        constants = about["constants"].items()
        set_everywhere = ", ".join(f"{own_path(k, scenario)} = {v}" for k, v in constants)
        found.append(("Set in every cell", set_everywhere))
    if last:
        found += [
            ("Played", f"{sessions[0]['start']} to {last['stop'] or 'now'}"),
            ("Sessions", str(len(sessions))),
            ("Versions", ", ".join(f"{k} {v}" for k, v in last["versions"].items())),
            ("Platform", last["platform"]),
            ("Commit", commit_of(last)),
        ]
    return found


def design_of(about: dict[str, Any]) -> str:
    """Return the fingerprint of the design."""
    return str(about["design"]["fingerprint"])


def commit_of(session: dict[str, Any]) -> str:
    """Return the commit of the code, and whether it was changed since.

    Examples
    --------
    >>> commit_of({"git": {"commit": "abc", "dirty": True}}), commit_of({"git": None})
    ('abc, with changes not committed', 'an installed package')
    """
    git = session.get("git")
    if not git:
        return "an installed package"
    return str(git["commit"]) + (", with changes not committed" if git["dirty"] else "")


def commands(
    about: dict[str, Any], folder: Path, out: Path | None = None, cell: str = ""
) -> list[str]:
    """Return the commands that made the results, each once, and the one for the page.

    Examples
    --------
    >>> commands({"sessions": []}, Path("out/lapse"), Path("a page.html"))
    ["negotiation report out/lapse --out 'a page.html'"]
    """
    typed = dict.fromkeys(str(session["command"]) for session in about["sessions"])
    page = ["negotiation", "report", folder.as_posix()]
    page += [] if out is None else ["--out", out.as_posix()]
    page += ["--cell", cell] if cell else []
    return [*typed, shlex.join(page)]


def citation(about: dict[str, Any]) -> str:
    """Return how to cite the results, as a sentence."""
    session = about["sessions"][-1] if about["sessions"] else {}
    version = session.get("versions", {}).get("negotiation", "unknown")
    year = str(session.get("start", ""))[:4]
    when = f" ({year})" if year else ""
    return (
        f"{AUTHORS[0].upper()}{AUTHORS[1:]}{when}. {TITLE}, version {version}. Sweep "
        f"{design_of(about)} of scenario {about['scenario']['name']} "
        f"({about['scenario']['fingerprint']}), master seed {about['seed']}."
    )


def bibtex(about: dict[str, Any]) -> str:
    """Return how to cite the software, for BibTeX."""
    session = about["sessions"][-1] if about["sessions"] else {}
    version = session.get("versions", {}).get("negotiation", "unknown")
    year = str(session.get("start", ""))[:4]
    return (
        "@software{negotiation,\n"
        f"  author = {{{{{AUTHORS}}}}},\n"
        f"  title = {{{TITLE}}},\n"
        f"  version = {{{version}}},\n"
        f"  year = {{{year}}},\n"
        f"  note = {{Sweep {design_of(about)}, seed {about['seed']}}}\n"
        "}"
    )
