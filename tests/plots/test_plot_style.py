"""The house style: one look, told by more than colour, and files that stay as they are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import negotiation as ng
from negotiation.errors import InputError
from negotiation.outcome import AT_HORIZON
from negotiation.plots import style
from negotiation.plots.endings import ENDINGS
from negotiation.plots.style import SIDE_COLOUR, SIDE_MARKER
from negotiation.words.numbers import brief
from negotiation.words.outcomes import LABELS, ending_label

ROOT = Path(__file__).parents[2]


def test_every_ending_differs_in_colour_marker_hatch_and_name() -> None:
    """An ending can be told by its colour alone, marker alone, hatch alone (print) or name."""
    assert tuple(ENDINGS) == AT_HORIZON
    assert len(set(map(ending_label, ENDINGS))) == len(AT_HORIZON)
    for field in ("colour", "marker", "hatch"):
        assert len({getattr(look, field) for look in ENDINGS.values()}) == len(AT_HORIZON), field


def test_no_ending_has_the_colour_of_a_side() -> None:
    """Blue is the United States and orange is China, never an ending; the markers differ too."""
    assert not {look.colour for look in ENDINGS.values()} & set(SIDE_COLOUR.values())
    assert SIDE_COLOUR == {"us": "#0072B2", "china": "#E69F00"}  # Okabe and Ito 2008
    assert len(set(SIDE_MARKER.values())) == 2


def test_every_event_has_a_name_for_readers() -> None:
    """What the model calls an event is not what a reader sees."""
    from negotiation.outcome import EVENTS

    assert set(LABELS) == {*EVENTS, *(f"at_horizon.{name}" for name in AT_HORIZON)}


def test_saving_twice_gives_the_same_bytes(tmp_path, result) -> None:  # type: ignore[no-untyped-def]
    """SVG and PNG hold no date, no version and no random name, even for a figure drawn anew."""
    files = []
    for k in range(2):
        ax = ng.plots.odds(result)
        files.append(style.save(ax.figure, tmp_path / str(k) / "odds", alt=ax.alt_text))
        plt.close(ax.figure)
    assert [p.name for p in files[0]] == ["odds.png", "odds.svg", "odds.txt"]
    for first, second in zip(*files, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name
    assert b"matplotlib.org" not in files[0][1].read_bytes()


def test_the_png_is_1200_pixels_wide_and_carries_its_text(tmp_path, result) -> None:  # type: ignore[no-untyped-def]
    """8 inches at 150 dots per inch; the words beside the picture are those of the picture."""
    ax = ng.plots.odds(result)
    png, svg, txt = style.save(ax.figure, tmp_path / "odds", alt=ax.alt_text)
    with Image.open(png) as image:
        assert image.width == 1200
        assert image.info["Description"] == ax.alt_text
    assert txt.read_text("utf-8") == ax.alt_text + "\n"
    assert ax.alt_text.split(".")[0] in svg.read_text("utf-8")


def test_all_files_of_a_picture_have_one_layout(tmp_path, result, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Panels stand in the SVG where they stand in the PNG, and finding out where is done once."""
    ax = ng.plots.odds(result)
    engine, places = ax.figure.get_layout_engine(), list[object]()
    execute, draw = engine.execute, type(ax.figure).draw

    def drawn(figure, renderer) -> None:  # type: ignore[no-untyped-def]
        draw(figure, renderer)
        places.append([panel.get_position().bounds for panel in figure.axes])

    monkeypatch.setattr(engine, "execute", lambda figure: (places.append("found"), execute(figure)))
    monkeypatch.setattr(type(ax.figure), "draw", drawn)
    style.save(ax.figure, tmp_path / "odds", alt=ax.alt_text)
    found, png, svg = places
    assert found == "found" and png == svg
    assert ax.figure.get_layout_engine() is engine


def test_where_pyplot_is_in_use_it_knows_the_figure(result) -> None:  # type: ignore[no-untyped-def]
    """A notebook shows what pyplot knows, until it is told to let go."""
    figure = ng.plots.odds(result).figure
    assert plt.gcf() is figure
    style.close(figure)
    assert not plt.get_fignums()


def test_for_files_alone_pyplot_is_not_imported(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """With a backend that shows nothing, a picture is drawn and saved without it."""
    program = (
        "import sys\nfrom negotiation.plots import style\nax = style.canvas(None, 2.0)\n"
        "style.finish(ax, 'Nothing.', title='Nothing')\n"
        "print(*(path.name for path in style.save(ax.figure, 'empty', alt='Nothing.')))\n"
        "style.close(ax.figure)\nprint('matplotlib.pyplot' in sys.modules)"
    )
    for backend, imported in (("Agg", "False"), ("svg", "True")):
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True,
            check=True, env=os.environ | {"MPLBACKEND": backend, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert done.stdout.splitlines() == ["empty.png empty.svg empty.txt", imported]


def test_a_picture_without_words_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """A reader who cannot see the picture is told what it shows, always."""
    with pytest.raises(InputError, match="alt is empty"):
        style.save(plt.figure(), tmp_path / "empty", alt="  ")


@given(st.floats(0, 1))
def test_percent_never_calls_the_possible_impossible(p: float) -> None:
    """0% and 100% are written for exactly 0 and 1 only."""
    assert (brief(p) == "0%") == (p == 0.0)
    assert (brief(p) == "100%") == (p == 1.0)


def test_asking_for_the_package_does_not_import_matplotlib() -> None:
    """Matplotlib takes a second to import, and only who draws should wait for it."""
    code = "import sys, negotiation as ng; dir(ng.plots); print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_every_public_name_is_there() -> None:
    """What the package lists can be called."""
    for name in ng.plots.__all__:
        assert callable(getattr(ng.plots, name)) or name == "style"
    with pytest.raises(AttributeError, match="pie_chart"):
        _ = ng.plots.pie_chart


def test_every_picture_of_a_changed_scenario_names_the_change() -> None:
    """A figure of its own says it above and in words; axes of somebody's figure keep theirs."""
    from negotiation.ensemble import Ensemble

    scenario = ng.Scenario.load("stockholm-three-issues").replace({"us.patience": 0.8})
    rows = Ensemble(scenario).rows(seed=1, first=0, count=200)
    talks = ng.run(scenario, seed=3)
    drawn = [
        ng.plots.timing(rows, scenario), ng.plots.contents(rows, scenario),
        ng.plots.path(talks), ng.plots.gap([talks]),
        ng.plots.odds(ng.odds(scenario, runs=50, worlds=20)),
    ]  # fmt: skip
    for ax in drawn:
        (text,) = (t for t in ax.figure.texts if t.get_gid() == "changed")
        assert "(us.patience): 0.8, not" in text.get_text()
        assert "(us.patience): 0.8, not" in ax.alt_text
    figure, ax = plt.subplots()
    ng.plots.timing(rows, scenario, ax=ax)
    assert figure._suptitle is None and not figure.texts
