"""What holds for every test and every doctest: no window, no luck, no figure left open."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import pytest
from hypothesis import settings

os.environ.setdefault("MPLBACKEND", "Agg")

# The same examples on every machine, so that a failure here is a failure everywhere.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=50)
# New examples at each run, to look for what the fixed ones miss.
settings.register_profile("explore", deadline=None, max_examples=500, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# Their lines are counted in other tests, and counting triples the time of what is played in Python:
# statistics over many runs, all decisions of the record, every page, every message.
UNCOUNTED = (
    "tests/deal/test_what_moves_deals.py::",
    "tests/docs/test_console_blocks.py::test_a_page_shows_what_is_printed",
    "tests/docs/test_json_reference.py::test_the_example_has_the_keys_of_the_answer",
    "tests/docs/test_learned_numbers.py::test_a_score_is_that_of_fresh_runs",
    "tests/docs/test_other_talks.py::",
    "tests/docs/test_python_blocks.py::test_a_page_runs_from_top_to_bottom",
    "tests/game/test_game.py::test_the_stated_chances_come_true",
    "tests/hindcast/test_one_pipeline.py::test_a_scenario_is_played_as_the_record_was",
    "tests/hindcast/test_one_pipeline.py::test_odds_of_the_scenario_are_the_forecast_of_the_row",
    "tests/hindcast/test_one_pipeline.py::test_the_list_of_past_decisions_says_what_odds_say",
    "tests/hindcast/test_record_situations.py::test_no_decision_of_the_record_is_talked_of_before",
    "tests/hindcast/test_rows_as_people_write_them.py::test_nothing_that_can_be_forecast_is_lost",
    "tests/interop/test_pettingzoo.py::test_the_reward_is_the_account_of_the_game",
    "tests/interop/test_strategies_against_negmas.py::test_a_tit_for_tat_that_reads_with_error",
    "tests/language/test_catalogues.py::",
    "tests/lessons/test_lessons_controls.py::",
    "tests/limits/test_drivers.py::",
    "tests/runs/test_rows_tell_what_the_transcript_tells.py::test_an_event_is_counted_in_the_runs",
    "tests/signs/test_signs.py::",
    "tests/skill/test_skill_rivals.py::test_noise_does_not_beat_base_rates",
    "tests/strategies/test_strategy_contract.py::test_every_built_in_strategy_keeps_the_contract",
    "tests/systems/",
    "tests/test_parity.py::test_every_pair_of_strategies_is_the_same_run_in_every_driver",
    "tests/theory/test_equilibria.py::test_wide_games_are_the_same_as_exact_fractions",
    "tests/theory/test_games.py::test_random_games_against_two_programs",
)

TWIN = "[eu-china]"  # of a test that is counted for another pair of sides
COMPILERS = tuple(f"tests/test_{x}.py" for x in ("beside", "compiling", "linking", "machine_code"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave those out of the count, and what a browser does: there the product is elsewhere."""
    for item in items:
        uncounted = item.nodeid.startswith(UNCOUNTED) or item.nodeid.endswith(TWIN)
        if uncounted or "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session", autouse=True)
def _compiled_uncounted() -> Iterator[None]:
    """Count no lines while Numba compiles: they are Numba's, and it would take twice as long.

    But in the tests of how the rules are compiled, where some are ours.
    """
    if sys.gettrace() is None:
        yield
        return
    from numba.core.dispatcher import _FunctionCompiler as Compiler

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compiler, "compile", without_counting(Compiler.compile))
        yield


def without_counting(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function whose lines are not counted, nor those of what it calls."""

    @wraps(function)
    def called(*args: Any, **options: Any) -> Any:
        counting = sys.gettrace()
        if not os.environ.get("PYTEST_CURRENT_TEST", "").startswith(COMPILERS):
            sys.settrace(None)
        try:
            return function(*args, **options)
        finally:
            sys.settrace(counting)

    return called


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    """Close the figures of a test, without importing matplotlib for a test that has none."""
    yield
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
