"""A small sweep with its report, and a reader of the page."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

import negotiation as ng
from negotiation.report.page import write_report

QUESTION = "# Does a dearer deadline hold the truce?\n\nThe *price* is swept.\n"


class Page(HTMLParser):
    """The elements of a page, in order, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.parts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.parts.append(data)

    @property
    def text(self) -> str:
        """All text of the page, spaces as one."""
        return " ".join(" ".join(self.parts).split())

    def of(self, *tags: str) -> list[dict[str, str]]:
        """Return the attributes of all elements of a kind."""
        return [attrs for tag, attrs in self.elements if tag in tags]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep of three cells of 200 runs, with its question beside it."""
    folder = tmp_path_factory.mktemp("report") / "results"
    scenario = ng.Scenario.load("stockholm-three-issues")
    design = ng.grid(scenario, {"deadline.ultimatum": [1, 3, 8]}, replicates=200)
    ng.sweep(design, seed=5, store=folder)
    (folder / "question.md").write_text(QUESTION, "utf-8")
    return folder


@pytest.fixture(scope="session")
def page_file(store: Path) -> Path:
    """The report of that sweep."""
    return write_report(store, worlds=8)


@pytest.fixture(scope="session")
def page(page_file: Path) -> Page:
    """The report, read."""
    return Page(page_file.read_text("utf-8"))
