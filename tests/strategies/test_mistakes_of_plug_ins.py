"""A mistake in a strategy of one's own is a sentence with the lines of its file."""

from __future__ import annotations

import itertools

import pytest

import negotiation as ng
from negotiation.errors import InputError
from negotiation.scenario import Scenario
from negotiation.tactics import compiled_share
from negotiation.tactics.mistakes import PlugInFailed, theirs
from negotiation.tactics.registry import find

COUNT = itertools.count()
HEAD = "import sys\nimport negotiation as ng\n\nclass Mine(ng.Strategy):\n"


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A function that writes a module and returns its name, new each time."""
    monkeypatch.syspath_prepend(tmp_path)

    def written(text: str) -> str:
        name = f"own_strategies_{next(COUNT)}"
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
        return name

    return written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = (", "SyntaxError"),
        ("import no_such_module_at_all", "ModuleNotFoundError"),
        ("raise RuntimeError('hm')", "RuntimeError: hm"),
        ("import sys; sys.exit(0)", "ends the process"),
        ("", "no subclass of ng.Strategy"),
        ("class Mine: pass", "no subclass of ng.Strategy"),
    ],
)
def test_a_module_that_cannot_be_read(file, text, expected):
    """Whatever happens at its import is said, with where."""
    with pytest.raises(InputError, match=expected):
        find(f"{file(text)}:Mine", where="us.strategy")


@pytest.mark.parametrize("name", [":x", ":", ".a:b", "..:x", "a b:C", "module:", "module:1x"])
def test_a_name_that_is_no_name(name):
    """A path that Python could not import is said to be none."""
    with pytest.raises(InputError, match="is no name of a class; expected module:Class"):
        find(name)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("    def share(self, view): raise RuntimeError('boom')", "Mine.share, .*boom"),
        ("    def share(self, view): sys.exit(0)", "Mine.share, .*ends the process"),
        ("    def share(self, view): return self.share(view)", "RecursionError"),
        ("    def move(self, view, rng): raise ValueError()", "Mine.move, .*ValueError"),
        ("    def __init__(self, x): pass", "cannot be made: TypeError"),
        ("    def __init__(self): raise OSError(2, 'x')", "cannot be made: FileNotFoundError"),
        ("    def move(self, view, rng): return None", "returned None"),
    ],
)
def test_a_class_that_fails_at_the_table(file, body, expected):
    """The sentence says which method, where at the table, and what it raised."""
    pie = Scenario.load("split-the-pie").replace({"us.strategy": f"{file(HEAD + body)}:Mine"})
    with pytest.raises(InputError, match=expected) as caught:
        ng.run(pie, seed=1)
    lines = str(caught.value).splitlines()
    assert all(line.startswith("  own_strategies_") for line in lines[1:])


def test_ctrl_c_in_a_plug_in_stays_ctrl_c():
    """Who interrupts a plug-in interrupts the program."""
    with pytest.raises(KeyboardInterrupt), theirs("mine"):
        raise KeyboardInterrupt


def test_what_never_comes_back_is_interrupted():
    """An endless loop ends at the limit, even one that catches every Exception."""
    with pytest.raises(PlugInFailed, match="mine: no answer within"), theirs("mine", 0.2):
        while True:
            try:
                sum(range(1000))
            except Exception:
                continue


def test_a_compiled_rule_that_does_not_come_back_is_left_alone(monkeypatch):
    """It hears no alarm, so it is asked in a thread of its own; this one ends after a second."""
    monkeypatch.setattr(compiled_share, "LIMIT", 0.2)

    def slow(held):
        for _ in range(300_000_000):
            held = 3.9 * held * (1.0 - held)
        return held

    with pytest.raises(PlugInFailed, match="Slow.compiled_share: no answer within"):
        compiled_share.tried(slow, "Slow", held=0.3)


def test_five_arguments_of_whatever_names_are_taken_in_order(file):
    """Names that are no facts leave the order to decide, unless one that is stands elsewhere."""
    body = "    @staticmethod\n    def compiled_share({}): return {}\n"
    plain = find(f"{file(HEAD + body.format('time, conceded, held, po, pt', 'held'))}:Mine")
    assert plain.arguments()[2:] == ("held", "patience_own", "patience_other")
    mixed = find(f"{file(HEAD + body.format('held, a, b, c, d', 'held'))}:Mine")
    with pytest.raises(InputError, match="argument 'a' does not exist"):
        mixed.arguments()
