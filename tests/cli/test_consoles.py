"""The command on consoles, computers and moments of every kind."""

from __future__ import annotations

import io
import signal
import sys
import warnings
from collections.abc import Iterator

import pytest

from negotiation import cli
from negotiation.plots import style


@pytest.fixture
def main(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Return what runs the command as a process would, and put back what it sets."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    monkeypatch.setattr(cli, "stops", [])

    def run(*words: str, out: io.TextIOBase | None) -> object:
        monkeypatch.setattr(sys, "argv", ["negotiation", *words])
        monkeypatch.setattr(sys, "stdout", out)
        with pytest.raises(SystemExit) as end:
            cli.main()
        return end.value.code

    yield run
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_a_console_without_the_letters_shows_their_numbers(main, tmp_path):
    """A Chinese title on a Windows console of western Europe."""
    file = tmp_path / "cn.toml"
    main("scenario", "show", "split-the-pie", out=io.StringIO())
    from negotiation.scenario import Scenario

    file.write_text(Scenario.load("split-the-pie").replace({"title": "关税"}).to_toml(), "utf-8")
    told = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    assert main("scenario", "show", str(file), out=told) == 0
    told.flush()
    assert rb"\u5173\u7a0e" in told.buffer.getvalue()


def test_a_closed_output_is_no_failure(main):
    """Python has no output then at all."""
    assert main("scenario", "list", out=None) == 0


def test_a_stop_that_became_another_error_is_a_stop(main, monkeypatch):
    """Libraries that are being imported make errors of their own of an interrupt."""

    def importing() -> None:
        try:
            cli.stop(signal.SIGTERM, None)
        except KeyboardInterrupt:
            raise RuntimeError("cannot be imported") from None

    monkeypatch.setattr("negotiation.cli.app.app", lambda: importing)
    assert main(out=io.StringIO()) == 3


def test_letters_that_no_font_has_are_told_once(tmp_path, monkeypatch):
    """One sentence for a picture, not a warning for each letter and format."""
    import matplotlib.pyplot as plt

    monkeypatch.setattr(style, "fonts", lambda: ["DejaVu Sans"])
    figure = plt.figure()
    figure.suptitle("关税与稀土")
    with pytest.warns(UserWarning) as heard:
        style.save(figure, tmp_path / "picture", alt="Tariffs.")
    plt.close(figure)
    assert [str(warning.message) for warning in heard] == [style.BOXES]


def test_fonts_of_this_computer_stand_in_after_the_one_of_every_computer(monkeypatch):
    """So a picture with Latin letters alone is the same everywhere."""
    from matplotlib import font_manager

    class Font:
        name = "Microsoft YaHei"

    monkeypatch.setattr(font_manager.fontManager, "ttflist", [Font])
    assert style.fonts.__wrapped__() == ["DejaVu Sans", "Microsoft YaHei"]
