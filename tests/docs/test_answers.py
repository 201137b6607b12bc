"""The nine questions on the first page and on the page of answers: their lines stand in results.

A line is taken from the findings of its experiment as it stands there, so no number of it is older
than the results.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README, PAGE = ROOT / "README.md", ROOT / "docs" / "answers.md"
BEGIN, END = "<!-- answers: begin -->\n", "<!-- answers: end -->\n"
LINES = {  # how the lines that answer an experiment's question begin
    "baseline": ["The truce is extended", "The leaders sign"],
    "what-drives-the-odds": ["The largest is"],
    "april-peak": ["The peak for certain"],
    "deadline-and-rare-earths": [
        "Where crisis meetings come early",
        "Penalties that last",
        "A throttle of",
    ],
    "leverage": [
        "With all four sources",
        "What makes the US pay",
        "No source clearly makes China pay",
    ],
    "fentanyl-cut": ["With no cut on offer", "A deal is likeliest"],
    "purchases-and-credibility": ["Pledges of up to", "A China known to deliver"],
    "hawks-and-doves": ["Two known doves", "Two ordinary sides"],
    "strategies": ["Deals are rarest", "Best on average"],
}
HEADLINES = {"what-drives-the-odds": ("For the extension: ", "For the deal: ")}
PICTURE = re.compile(r"^!\[(.*)\]\(findings\.png\)$", re.MULTILINE)


def findings(experiment: str) -> str:
    """Return what an experiment found."""
    return (ROOT / "results" / experiment / "findings.md").read_text("utf-8")


def question(experiment: str) -> str:
    """Return what it asked."""
    return findings(experiment).split("\n")[0].removeprefix("# ")


def answer(experiment: str) -> str:
    """Return the lines that answer it, as one."""
    heads = HEADLINES.get(experiment, ("", ""))
    found = []
    for start in LINES[experiment]:
        lines = re.findall(r"^(?!!).*$", findings(experiment), re.MULTILINE)
        said = re.findall(
            rf"(?:^[*\s]*|\. )({re.escape(start)}.*)$", "\n".join(lines), re.MULTILINE
        )
        assert said, f"{experiment}: no line of its findings begins with: {start}"
        found += [line.replace("**", "") for line in said]
    if heads[0]:
        found = [head + line[0].lower() + line[1:] for head, line in zip(heads, found, strict=True)]
    return " ".join(found)


def shortly(said: str) -> str:
    """Return it without its intervals, for the first page."""
    return re.sub(r" \([^()]* to [^()]*\)", "", said)


def picture(experiment: str) -> str:
    """Return in words what its picture shows."""
    match = PICTURE.search(findings(experiment))
    assert match, experiment
    return match[1]


def for_readme() -> str:
    """Return the table of the first page: a row a question, its picture small."""
    rows = ["| question | answer, in this model | |", "|---|---|---|"]
    for name in LINES:
        small = (
            f'<a href="results/{name}/findings.md"><img src="results/{name}/findings.png" '
            f'width="240" alt="{question(name)}"></a>'
        )
        asked = f"[{question(name)}](results/{name}/findings.md)"
        rows.append(f"| {asked} | {shortly(answer(name))} | {small} |")
    return "\n".join(rows) + "\n"


def for_page() -> str:
    """Return the parts of the page of answers: question, line, picture."""
    parts = []
    for name in LINES:
        parts.append(
            f"## {question(name)}\n\n{answer(name)}\n\n"
            f"![{picture(name)}](../results/{name}/findings.png)\n\n"
            f"[All of it, and what would have changed our mind](../results/{name}/findings.md)\n"
        )
    return "\n".join(parts)


PAGES = {README: for_readme, PAGE: for_page}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_answers_are_those_of_the_results(page: Path) -> None:
    """``python tests/docs/regenerate.py`` writes them."""
    assert page.read_text("utf-8").split(BEGIN)[1].split(END)[0] == PAGES[page]()


def test_every_experiment_is_there() -> None:
    """Each experiment that is a sweep has its question, its line and its picture."""
    sweeps = {path.parent.name for path in (ROOT / "experiments").glob("*/sweep.toml")}
    assert set(LINES) == sweeps
    assert all((ROOT / "results" / name / "findings.png").is_file() for name in sweeps)
