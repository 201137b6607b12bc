"""What a link says of the scenario, the seed and the sweep that it is about.

A link is opened later, in a lab that may show something else. A scenario of the package and a seed
are taken from the link. A file or a sweep is never opened because a link asks for it: where the
lab shows another one, a sentence says how to open the one that was meant.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

from negotiation.errors import InputError, written
from negotiation.lab.subject import Subject
from negotiation.scenario import Scenario
from negotiation.shipped import shipped
from negotiation.words.language import tr

MOST_SEED = 2**63 - 1
LONGEST, MOST_FIELDS = 400_000, 2000  # hundreds of decisions, each with a package
NAMES = ("scenario", "settings", "seed", "sweep")


def fields(text: str) -> list[tuple[str, str]]:
    """Return the names and values of a link.

    Raises
    ------
    ValueError
        If it is longer than any that is made here.
    """
    if len(text) > LONGEST:
        raise ValueError("too long")
    return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)


def about_parts(subject: Subject) -> list[tuple[str, str]]:
    """Return the parts of a link that say what it is about.

    Examples
    --------
    >>> about_parts(Subject(Scenario.load("split-the-pie"), seed=7))
    [('scenario', 'split-the-pie'), ('settings', '...'), ('seed', '7')]
    """
    scenario = subject.scenario
    parts = [("scenario", scenario.name), ("settings", scenario.fingerprint)]
    parts.append(("seed", str(subject.seed)))
    if subject.stored is not None:
        parts.append(("sweep", subject.stored.name))
    return parts


def about(text: str, subject: Subject) -> tuple[Subject, list[str]]:
    """Return what a link is about, and a sentence for each part that cannot be had.

    Parameters
    ----------
    text : str
        The query of the link.
    subject : Subject
        What the lab was opened with: what the link leaves out.

    Examples
    --------
    >>> mine = Subject(Scenario.load("split-the-pie"))
    >>> there, wrong = about("scenario=stockholm-2025&seed=12", mine)
    >>> there.scenario.name, there.seed, wrong
    ('stockholm-2025', 12, [])
    >>> about("scenario=/etc/passwd", mine)[1]
    ["The link's scenario is left out: ..."]
    """
    try:
        parts = fields(text)
    except ValueError:
        return subject, []  # said where the state is read
    told = {name: value for name, value in parts if name in NAMES}
    wrong: list[str] = []
    for name, step in (("scenario", _scenario), ("seed", _seed), ("sweep", _sweep)):
        if name in told:
            try:
                subject = step(told[name], subject)
            except InputError as error:
                wrong.append(tr("The link's {name} is left out: {why}", name=name, why=error))
    if not wrong and told.get("settings", subject.scenario.fingerprint) != (
        subject.scenario.fingerprint
    ):
        wrong.append(
            tr(
                "The link was made with other settings of {scenario}, or another version of them: "
                "what you see may differ from what was seen.",
                scenario=subject.scenario.name,
            )
        )
    return subject, wrong


def _scenario(name: str, subject: Subject) -> Subject:
    if name == subject.scenario.name:
        return subject  # with the settings that the lab was opened with
    if name not in shipped():
        raise InputError(
            tr(
                "this lab shows {scenario}; to see the other one, open the lab with it.",
                scenario=subject.scenario.name,
            )
        )
    return replace(subject, scenario=Scenario.load(name))


def _seed(value: str, subject: Subject) -> Subject:
    seed = written(value, 0, MOST_SEED) if value.isascii() else None
    if seed is None:
        raise InputError(tr("expected a whole number from {low} to {high}.", low=0, high=MOST_SEED))
    return replace(subject, seed=seed)


def _sweep(value: str, subject: Subject) -> Subject:
    if subject.stored is None or subject.stored.name != value:
        folder = repr(value.partition(":")[0][:60])
        raise InputError(
            tr(
                "it is not the one that this lab has; open the lab with --sweep and the folder "
                "that is called {folder}.",
                folder=folder,
            )
        )
    return subject
