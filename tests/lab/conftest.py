"""A lab that is open, and a browser that has no network but this computer."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from needing import needed

import negotiation as ng
from negotiation.lab.about_link import about
from negotiation.lab.link import parse
from negotiation.lab.subject import Subject, choose

CLOSED = ("The lab is closed.\n", "实验室已关闭。\n")


@contextmanager
def open_lab(root: Path, *options: str) -> Iterator[str]:
    """Open a lab; when it is closed it has nothing to complain of."""
    needed("solara", "Solara is not installed: the lab is tested without it")
    command = [sys.executable, "-m", "negotiation", "lab", *options, "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root
    ) as process:  # fmt: skip
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + process.communicate(timeout=60)[1]
        yield found[0]
        process.send_signal(signal.SIGINT)
        told, wrong = process.communicate(timeout=60)
    # who is first on a computer is told that the rules are being compiled
    wrong = "".join(x for x in wrong.splitlines(keepends=True) if "compil" not in x)
    assert (process.returncode, wrong) == (0, "") and told in CLOSED


@pytest.fixture(scope="session")
def lab(root: Path) -> Iterator[str]:
    """The address of an open lab about Stockholm."""
    with open_lab(root) as address:
        yield address


@pytest.fixture(scope="session")
def small_lab(root: Path) -> Iterator[str]:
    """The address of an open lab about Stockholm with three issues."""
    with open_lab(root, "stockholm-three-issues") as address:
        yield address


@pytest.fixture(scope="module")
def chinese_lab(root: Path) -> Iterator[str]:
    """The address of an open lab in Chinese."""
    with open_lab(root, "--language", "zh_CN") as address:
        yield address


class Drawn:
    """A page that is drawn: its controls, its panels, and its state as the address has it."""

    def __init__(self, subject: Subject) -> None:
        solara = needed("solara", "Solara is not installed")
        from negotiation.lab.page import Page

        choose(subject)
        self.rendered = solara.render(Page(), handle_error=False)[1]

    def widgets(self, trait: str) -> list[Any]:
        """Everything on the page that has this to show."""
        found, left = [], [self.rendered.container]
        while left:
            widget = left.pop()
            left += [w for w in getattr(widget, "children", ()) if not isinstance(w, str)]
            found += [widget] if widget.has_trait(trait) else []
        return found

    def touch(self, key: str, value: Any = True) -> None:
        """Touch a control by its key, once it is there."""

        def has(widget: Any) -> bool:
            return key == "tick" or any(item["key"] == key for item in json.loads(widget.listed))

        self.until(lambda: any(map(has, self.widgets("listed"))))
        next(filter(has, self.widgets("listed"))).vue_event_act({"key": key, "value": value})

    @property
    def items(self) -> list[dict[str, Any]]:
        """All controls."""
        return [item for widget in self.widgets("listed") for item in json.loads(widget.listed)]

    @property
    def html(self) -> str:
        """All that is told."""
        return " ".join(widget.html for widget in self.widgets("html"))

    @property
    def query(self) -> str:
        """The query of the address, after what it says of the scenario, the seed and the sweep."""
        whole = str(next(w.query for w in self.widgets("query") if w.query is not None))
        assert whole.startswith("scenario=")
        return re.sub(r"^scenario=[^&]*&settings=[^&]*&seed=\d+(&sweep=[^&]*)?&?", "", whole)

    def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is so: some of it is computed beside the page."""
        end = time.monotonic() + 60
        while not true():
            assert time.monotonic() < end, self.html[-500:]
            time.sleep(0.02)


def _instead(reads: Callable[[str, Any], Any], query: str, _: str, about: Any) -> Any:
    return reads(query, about)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Drawn]]:
    """What draws a page."""
    pages: list[Drawn] = []

    def draw(scenario: str, query: str = "", asks: bool = False, **more: Any) -> Drawn:
        monkeypatch.setattr("negotiation.lab.page.plain", lambda _: asks)
        subject = Subject(ng.Scenario.load(scenario), **more)
        for name, reads in (("about", about), ("parse", parse)):
            asked = partial(_instead, reads, query)
            monkeypatch.setattr(f"negotiation.lab.page.{name}", asked)
        page = Drawn(subject)
        pages.append(page)
        return page

    yield draw
    for page in pages:
        page.rendered.close()
