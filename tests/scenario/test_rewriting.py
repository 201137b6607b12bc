"""A scenario file keeps its layout and its comments when numbers in it are rewritten."""

from __future__ import annotations

import tomllib
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.scenario import Scenario
from negotiation.scenario.scenario import read_text
from negotiation.scenario.toml import rewritten

TEXT, _ = read_text("stockholm-2025")
DATA = tomllib.loads(TEXT)
CHANGED = ("deadline.ultimatum", "us.precision", "china.types.resolve_prior", "news.incident_rate")
NUMBER = {"value": 0.42, "low": 0.31, "high": 0.53, "distribution": "lognormal",
          "mark": "guess", "source": "ours"}  # fmt: skip
UNITS = {path: q.unit for path, q in Scenario.load("stockholm-2025").numbers()}
CHANGES: dict[tuple[str, ...], Any] = {
    tuple(path.split(".")): {**NUMBER, "unit": UNITS[path]} for path in CHANGED
}


def comments(text: str) -> list[str]:
    """The numbers of the comments in a text; none of its strings holds this word."""
    return sorted(part.split()[0] for part in text.split("# note")[1:])


class Writer:
    """Writes plain data as TOML, each entry in a drawn layout, with numbered comments."""

    def __init__(self, seed: int) -> None:
        self.luck, self.count, self.lines = Random(seed), 0, list[str]()

    def one_of(self, *layouts: str) -> str:
        """One of some ways to write something."""
        return self.luck.choice(layouts)

    def line(self, text: str) -> None:
        """Write a line with a comment beside it, and perhaps one above it."""
        self.count += 1
        if self.one_of("above", "") == "above":
            self.lines.append(f"# note{self.count}a above")
        self.lines.append(f"{text}  # note{self.count} beside")

    def file(self, data: dict[str, Any]) -> list[str]:
        """All lines: what belongs to no table first, then the tables in any order."""
        tables: list[tuple[str, dict[str, Any]]] = []
        self.entries(data, "", tables)
        while tables:
            path, table = tables.pop(self.luck.randrange(len(tables)))
            self.line(f"[{path}]" if self.one_of("close", "wide") == "close" else f"[ {path} ]")
            self.entries(table, path, tables)
        return self.lines

    def entries(self, data: dict[str, Any], path: str, tables: list[Any], prefix: str = "") -> None:
        """Write the entries of a table; those that become tables themselves come later."""
        for name, value in data.items():
            key = prefix + (f'"{name}"' if self.one_of("bare", "quoted") == "quoted" else name)
            if not isinstance(value, dict):
                self.line(f"{key}={literal(value)}")
                continue
            layout = self.one_of("inline", "dotted", "bare", *([] if prefix else ["table"]))
            if layout == "table":
                tables.append((f"{path}.{name}" if path else name, value))
            elif layout == "dotted":
                self.entries(value, path, tables, f"{key} . " if key[-1] == '"' else f"{key}.")
            elif layout == "bare" and "value" in value:
                self.line(f"{key} = {literal(value['value'])}")
            else:
                self.line(f"{key} = {literal(value)}")


def literal(value: Any) -> str:
    """A value as TOML on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{k} = {literal(v)}' for k, v in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    return f'"""{value}"""' if isinstance(value, str) else str(value)


@settings(max_examples=settings().max_examples // 10)  # each writes and reads a whole file
@given(st.integers(0, 2**32), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_any_layout_is_rewritten(seed: int, newline: str, mark: str) -> None:
    """Whatever layout TOML allows: the new numbers are in, comments and the rest stay."""
    text = mark + newline.join([*Writer(seed).file(DATA), ""])
    before = Scenario.from_dict(tomllib.loads(text.removeprefix(mark)))
    after = rewritten(text, CHANGES)
    found = dict(Scenario.from_dict(tomllib.loads(after.removeprefix(mark))).numbers())
    for path in CHANGED:
        ends = (found[path].low, found[path].value, found[path].high)
        assert ends == (NUMBER["low"], NUMBER["value"], NUMBER["high"])
    assert {p: q for p, q in found.items() if p not in CHANGED} == {
        p: q for p, q in before.numbers() if p not in CHANGED
    }
    assert comments(after) == comments(text)
    assert after.startswith(mark) and after.count(newline) == after.count("\n")
    assert rewritten(after, CHANGES) == after


def test_a_changed_scenario_keeps_the_comments_of_its_file() -> None:
    """``to_toml`` is the text that was loaded; a change touches the one line that states it."""
    scenario = Scenario.load("stockholm-2025")
    assert scenario.to_toml() == TEXT
    changed = scenario.replace({"calendar.extension_days": 60, "us.summit_value": 3})
    lines = zip(TEXT.splitlines(), changed.to_toml().splitlines(), strict=True)
    differ = [(before, after) for before, after in lines if before != after]
    assert [after for _, after in differ] == [
        "extension_days = 60           # article: the extension on the table (tpp)",
        'summit_value = { value = 3.0, unit = "$bn", source = "set by the user" }',
    ]
    assert changed.replace({"us.summit_value": scenario.us.summit_value.model_dump()}) != changed


def test_an_entry_that_goes_leaves_its_comments() -> None:
    """Taken out of a table, an entry takes no comment with it, not even those inside a list."""
    text = "[a]\nold = [  # one\n  1,  # two\n]  # three\nkept = 1  # four\n"
    after = rewritten(text, {("a", "old"): None, ("b", "new"): {"value": 2, "unit": "days"}})
    assert tomllib.loads(after) == {"a": {"kept": 1}, "b": {"new": {"value": 2, "unit": "days"}}}
    assert [word for word in ("# one", "# two", "# three", "# four") if word in after] == [
        "# one",
        "# two",
        "# three",
        "# four",
    ]


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({("us", "precision"): None}, {"types": {"a": 1}, "strategy": {"name": "linear"}}),
        ({("us", "strategy"): None}, {"precision": 3, "types": {"a": 1}}),
        ({("us",): {"precision": 4}}, {"precision": 4}),
        ({("us",): None}, None),
    ],
)
def test_a_table_in_several_places(changes: dict[Any, Any], left: Any) -> None:
    """TOML lets tables of one come after others; what goes from them leaves its comments."""
    text = (
        "[us]\nprecision = 3  # one\n[us.types]\na = 1  # two\n[calendar]\nstart = 1  # three\n"
        '[us.strategy]\nname = "linear"  # four\n'
    )
    after = rewritten(text, changes)
    found = tomllib.loads(after)
    assert found.get("us") == left and found["calendar"] == {"start": 1}
    assert all(after.count(f"# {word}") == 1 for word in ("one", "two", "three", "four"))
