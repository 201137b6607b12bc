"""What a file or an argument holds never steers a terminal, and a picture stays well-formed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from xml.dom import minidom

import pytest
from typer.testing import Result

import negotiation.cli
from negotiation.printable import STEERING, printable
from negotiation.scenario import Scenario

Command = Callable[..., Result]
HOSTILE = "t\x1b]0;pwned\x07\x1b[2J\x9b31m\u202e<b>]]>--"


@pytest.fixture
def hostile(negotiation: Command) -> str:
    """A scenario whose title, names and issues hold escapes, as TOML writes them."""
    text = Scenario.load("split-the-pie").to_toml()
    escaped = "".join(f"\\u{ord(c):04x}" if not c.isprintable() else c for c in HOSTILE)
    text = re.sub(
        r"(?m)^(title|name|description) = .*",
        rf'\1 = "{escaped.replace(chr(92), chr(92) * 2)}"',
        text,
    )
    Path("x.toml").write_text(text)
    assert tomllib.loads(text)["title"] == HOSTILE
    return "x.toml"


@pytest.mark.parametrize(
    "arguments",
    [
        ("scenario", "show"), ("scenario", "check"), ("run",), ("theory",),
        ("odds", "--runs", "50", "--worlds", "0", "--out", "here"),
    ],
)  # fmt: skip
def test_nothing_of_a_file_steers_the_terminal(
    negotiation: Command, hostile: str, arguments: tuple[str, ...]
) -> None:
    """Titles and names are printed with their escapes spelled out."""
    verb = arguments[:2] if arguments[0] == "scenario" else arguments[:1]
    result = negotiation(*verb, hostile, *arguments[len(verb) :])
    assert result.exit_code == 0, result.output
    assert not STEERING.search(result.stdout + result.stderr)
    assert "\\u001b]0;pwned" in result.stdout


def test_a_picture_is_well_formed_whatever_its_title(negotiation: Command, hostile: str) -> None:
    """SVG knows no control characters; the words beside it are shown on terminals too."""
    negotiation("odds", hostile, "--runs", "50", "--worlds", "0", "--out", "here")
    minidom.parse("here/odds.svg")
    for name in ("odds.svg", "odds.txt", "odds.json"):
        assert not STEERING.search(Path("here", name).read_text("utf-8"))


def test_a_picture_drawn_in_python_is_well_formed(tmp_path: Path) -> None:
    """A title need not come from a file."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    from negotiation.plots import style

    figure = plt.figure()
    figure.text(0, 0, "a\u202eb", gid="x")
    style.save(figure, tmp_path / "picture", alt=HOSTILE)
    minidom.parse(str(tmp_path / "picture.svg"))
    plt.close(figure)


@pytest.mark.parametrize(
    "arguments",
    [
        ("odds", HOSTILE), ("odds", "--us", HOSTILE), ("odds", "--set", f"{HOSTILE}=1"),
        ("report", HOSTILE), ("sweep", f"{HOSTILE}.toml"), (HOSTILE,), ("odds", f"--{HOSTILE}"),
    ],
)  # fmt: skip
def test_nothing_of_an_argument_steers_the_terminal(
    negotiation: Command, arguments: tuple[str, ...]
) -> None:
    """A sentence that repeats what was typed spells it out."""
    result = negotiation(*arguments)
    assert result.exit_code == 2
    assert not STEERING.search(result.output)


def test_an_unknown_setting_is_named_without_its_escapes(negotiation: Command) -> None:
    """The sentence about a key repeats the key."""
    Path("x.toml").write_text('name = "x"\ntitle = "t"\n"\\u001b]0;pwned\\u0007key" = 1\n')
    result = negotiation("odds", "x.toml")
    assert result.exit_code == 2 and not STEERING.search(result.output)
    assert "\\u001b]0;pwned\\u0007key: unknown setting" in result.output


def test_every_verb_prints_through_one_function() -> None:
    """Nothing else in the command prints."""
    files = Path(negotiation.cli.__file__).parent.rglob("*.py")
    assert [f.name for f in files if re.search(r"\becho\(", f.read_text())] == ["say.py"]


def test_ends_of_lines_stay() -> None:
    """Tabs, both ends of lines and letters of any script are no steering."""
    for text in ("a\tb\nc\r\nd", "中文 é 😀", "non\u00a0breaking"):
        assert printable(text) == text
    assert printable("over\rwritten") == "over\\u000dwritten"
