"""What is given to the package from Python is held to its types once, in a sentence."""

from __future__ import annotations

import inspect
import pickle
import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from types import FunctionType

import numpy as np
import pytest

import negotiation as ng
from negotiation import door
from negotiation.analysis.barriers import barriers
from negotiation.analysis.empirical_game import regret_of_mixture
from negotiation.analysis.extension_split import extension_split
from negotiation.analysis.indices import indices
from negotiation.analysis.prospect_by_issue import prospect_by_issue
from negotiation.analysis.sensitivity import sensitivity
from negotiation.analysis.tournament import round_robin
from negotiation.analysis.what_if import what_if
from negotiation.errors import (
    InputError,
    MissingFile,
    NegotiationError,
    OutOfRange,
    UnknownName,
    WrongKind,
)
from negotiation.game import Kind
from negotiation.history.reading import load, shipped
from negotiation.history.tables import tables
from negotiation.interop.domain import DiscreteIssue, Domain, Profile
from negotiation.interop.evaluators import Linear, Ratings
from negotiation.report.cells import cells_of

PACKAGES = (ng, ng.theory, ng.economy, ng.sweep, ng.strategies, ng.interop, ng.plots)
ANALYSES = [
    import_module(f"negotiation.analysis.{found.name}")
    for found in pkgutil.iter_modules(import_module("negotiation.analysis").__path__)
]
PIE = ng.Scenario.load("split-the-pie")
THREE = ng.Scenario.load("stockholm-three-issues")
SETS = ng.theory.bargaining_problem(THREE)
NFG = ng.interop.NormalFormFile
DILEMMA = ng.theory.Game([[3, 0], [5, 1]], [[3, 5], [0, 1]])
JUNK = (
    object(), 1j, b"", float("nan"), float("-inf"), 10**400, "x", "\0", [], {}, [[1], []],
    np.array([]), np.array([None]), np.array(["a"]), np.zeros((2, 2, 2)), (i for i in "ab"),
)  # fmt: skip
# What these take has more forms than a type can say; they look at it themselves.
LOOKED_AT = {
    "problem", "table", "rows", "simulated", "theory", "executor", "outcomes", "progress",
    "new_tariffs", "scenario", "strategy", "choice",
}  # fmt: skip


def public() -> dict[str, FunctionType]:
    """Return every function that the package and its parts offer, by its full name."""
    return {
        f"{package.__name__}.{name}": getattr(package, name)
        for package in PACKAGES
        for name in package.__all__
        if inspect.isfunction(getattr(package, name))
    } | {
        f"{module.__name__}.{name}": function
        for module in ANALYSES
        for name, function in vars(module).items()
        if hasattr(function, "at_door") and function.__module__ == module.__name__
    }


def test_every_argument_of_every_public_function_says_what_it_takes():
    """Nothing is both of any type and not among those that a function looks at itself."""
    for name, function in public().items():
        for argument, hint in door._hints(inspect.unwrap(function)).items():
            assert argument in LOOKED_AT or door.unlike(hint, object()), f"{name}: {argument}"


# It answers with the problems of whatever it is given.
@pytest.mark.parametrize("name", sorted({*public()} - {"negotiation.strategies.problems"}))
def test_a_public_function_refuses_junk_in_a_sentence(name):
    """Whatever stands in an argument's place, the error is the package's own, and short."""
    function = public()[name]
    needed = [
        p.name
        for p in inspect.signature(function).parameters.values()
        if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
    ]
    for junk in JUNK if needed else ():
        with pytest.raises(NegotiationError) as error:
            function(**dict.fromkeys(needed, junk))
        assert len(str(error.value)) < 1000 and "\0" not in str(error.value)


@pytest.mark.parametrize(
    ("call", "kind", "sentence"),
    [
        (lambda: indices(np.sum, ["a", "a"], samples=8), InputError, "'a' is given more than once"),
        (lambda: ng.plots.contents([], PIE, ending="deel"), UnknownName, "summit_deal, working"),
        (lambda: barriers(PIE, ["lapse"], runs=0), OutOfRange, "runs = 0 is out of range"),
        (lambda: prospect_by_issue(PIE, draws=0), OutOfRange, "draws = 0 is out of range"),
        (lambda: prospect_by_issue(PIE, draws=2**60), OutOfRange, "number from 1 to 1,000,000"),
        (lambda: sensitivity(THREE, samples=0), OutOfRange, "samples = 0 is out of range"),
        (lambda: SETS.worth([0.5] * 3), InputError, "shape (3,) is not allowed; allowed: (n, "),
        (lambda: ng.sweep.plan(ng.grid(PIE, {}), workers=-1), OutOfRange, "workers = -1 is out of"),
        (lambda: ng.as_recorded(PIE, runs=0), OutOfRange, "runs = 0 is out of range; allowed: a w"),
        (lambda: ng.as_recorded(PIE, runs=10**9), OutOfRange, "from 1 to 1,000,000"),
        (lambda: ng.Game(PIE, seed=2**70), WrongKind, "a whole number from -2^63 to 2^63 - 1"),
        (lambda: ng.odds(PIE, runs="x"), WrongKind, "odds: runs = 'x' is not allowed; expected a "),
        (lambda: ng.odds(PIE, runs=10**18), OutOfRange, "allowed: a whole number from 1 to"),
        (lambda: what_if(ng.Game(PIE), "offer", 0.5, day=1e90), OutOfRange, "0 to 357, the"),
        (lambda: round_robin(PIE, runs=10**9), OutOfRange, "a whole number from 2 to 510,204"),
        (lambda: regret_of_mixture(DILEMMA, [1.0], [0.5, 0.5]), InputError, "expected shares of"),
        (lambda: NFG("", ("a", "b"), (("x",), ("y",)), ()), InputError, "cells: 0 for 1 by 1"),
        (lambda: ng.Scenario.load("\x1b[31m.toml"), MissingFile, r"\u001b[31m.toml: there is no"),
        (lambda: ng.run("split-the-pi", seed=1), UnknownName, "Did you mean 'split-the-pie'?"),
        (lambda: ng.odds(PIE, runs=9, worlds=0).events["deel"], UnknownName, "mean 'deal'?"),
        (lambda: ng.run(PIE, seed=1).gains["eu"], UnknownName, "allowed: china, us"),
        (lambda: ng.Kind("yeild"), UnknownName, "Did you mean 'yield'?"),
        (lambda: ng.Outcome("truse"), UnknownName, "Did you mean 'truce'?"),
        (lambda: ng.Quantity(value="x"), InputError, "value = 'x': expected a number"),
        (lambda: ng.Share(1.5), OutOfRange, "share = 1.5 is out of range; allowed: from 0 to 1"),
        (lambda: PIE.replace({"us.patience": (i for i in "a")}), WrongKind, "us.patience = <gene"),
        (lambda: ng.theory.alternating_offers(us=0.9, china=0.9, rounds=2**60), OutOfRange, "to"),
        (lambda: ng.theory.Game([[1, np.nan]], [[1, 2]]), WrongKind, "Game: A = [[1, nan]] is not"),
        (lambda: ng.theory.nash_solution([[1, 1e200]]), InputError, "finite numbers"),
        (lambda: ng.sweep(ng.grid(PIE, {"us.patience": [1]}), seed=1, executor=3), WrongKind, "ex"),
    ],
)  # fmt: skip
def test_the_sentence_says_what_is_wrong(call, kind, sentence):
    """What, where, and what is allowed, of numbers, names, tables and settings."""
    with pytest.raises(kind) as error:
        call()
    assert sentence in str(error.value)


def test_a_sentence_does_not_repeat_all_of_a_long_text():
    """A file may hold a text of any length where a name or a unit belongs."""
    data = PIE.model_dump(mode="json", exclude_none=True)
    for long in ("a" * 100_000, "a b " * 30_000):
        data["issues"]["pie"]["us_gain"]["unit"] = long
        with pytest.raises(InputError) as error:
            ng.Scenario.from_dict(data)
        assert str(error.value).count("a") < 3000
        assert str(error.value).endswith("should be '$bn per year'.")


def test_a_misspelt_argument_is_pythons_own_error():
    """Python names the function and the argument, as of any other function."""
    with pytest.raises(TypeError, match=r"run\(\) got an unexpected keyword argument 'sed'"):
        ng.run(PIE, sed=1)


def test_the_door_changes_neither_the_name_nor_the_place_of_a_function():
    """A pool of processes finds it, help shows it, and everybody has the same one."""
    from negotiation.game import run

    assert pickle.loads(pickle.dumps(ng.run)) is ng.run is run
    assert (
        str(inspect.signature(ng.run))
        == "(scenario: 'Given', *, seed: 'int', run: 'int' = 0) -> 'Talks'"
    )


def test_a_number_of_numpys_becomes_one_of_pythons():
    """What is kept of it can be written as JSON, and nothing is compiled for it anew."""
    assert type(ng.Game(PIE, seed=np.uint64(3)).seed) is int


@pytest.mark.parametrize("pair", [np.array([0.1, 0.2]), [0.1, 0.2], np.float32([0.1, 0.2])])
def test_a_pair_may_be_an_array(pair):
    """It becomes a tuple: an array would be compared number by number."""
    table = [[1.0, 0.5], [0.4, 0.9]]
    found = ng.theory.nash_solution(table, disagreement=pair)
    assert found.gains == pytest.approx((0.9, 0.3))
    assert type(ng.theory.Outcomes(table, pair).disagreement) is tuple


def test_a_whole_number_too_large_for_numpy_is_a_number():
    """Python's whole numbers have no end; a sentence about them has its reason all the same."""
    with pytest.raises(InputError, match=r"until = 1e\+30 takes more than"):
        ng.theory.trajectory(lambda x: x * 0 + x[::-1] - x, [0.4, 0.6], until=10**30)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("kind", [np.float16, np.float32, np.int8, np.uint8])
def test_short_numbers_of_numpys_are_numbers(kind):
    """They know no number as large as the largest allowed, and nothing is said of that."""
    assert door.unlike(float, kind(1)) == "" == door.unlike(np.ndarray[int], np.array([kind(1)]))
    assert ng.theory.Game(np.eye(2, dtype=kind)).minimax("us").value == 0.5


def test_what_an_answer_offers_is_checked_too():
    """The methods of what functions return stand behind the same door."""
    crisis = ng.theory.audience_costs(prize=1.0, growth=(0.5, 0.6))
    with pytest.raises(WrongKind, match=r"Crisis.survival: t = '1'"):
        crisis.survival("1")


def test_a_baseline_is_found_but_for_rounding():
    """The third of steps of 0.1 is 0.30000000000000004, and is meant by 0.3."""
    tried = {"us.patience": np.arange(0.1, 0.9, 0.1)}
    assert ng.grid(PIE, tried, baseline={"us.patience": 0.3}).baseline == 2
    with pytest.raises(InputError, match=r"no cell has .*us.patience takes 0.1, 0.2, 0.3"):
        ng.grid(PIE, tried, baseline={"us.patience": 0.35})


@pytest.mark.parametrize("level", [0.0, 1.0, 95])
def test_a_level_that_is_no_share_is_refused(level):
    """Not answered with ends that are no numbers."""
    results = ng.sweep(ng.grid(PIE, {"us.patience": [0.8, 0.9]}, replicates=10), seed=1)
    for table in (results.odds, results.means, results.differences):
        with pytest.raises(OutOfRange, match="such as 0.95"):
            table(level=level)


def test_an_offer_by_its_worth_is_the_package_of_that_worth():
    """`Offer.worth` at a decision means what it means in a strategy."""
    game = ng.Game(PIE, seed=1)
    point = game.play_to("offer")
    game.decide(ng.Offer.worth(point.view.target(0.5)))
    wanted = point.view.package_worth(point.view.target(0.5))
    assert game.decisions[-1].choice == pytest.approx(wanted)


def test_what_numba_has_compiled_is_behind_the_door_and_still_compiled():
    """Rare earths and purchases: junk is refused in a sentence, and so are numbers out of range."""
    earths, bought = ng.economy.rare_earths, ng.economy.purchases
    p = earths.RareEarths.of_2025()
    calls = [
        (earths.path_loss, (0.5, 12.0, p, 0.25)), (earths.exporter_loss, (0.5, p)),
        (earths.step, (1.0, 0.1, 1.0, 0.5, 1.0, p)), (earths.thrift_after, (0.5, 1.0, p)),
        (earths.uncovered, (0.1, 0.5, p)), (earths.loss_from, (1.0, 0.1, 1.0, 0.5, 12.0, p, 0.25)),
        (earths.advance, (1.0, 0.1, 1.0, 0.5, 1.0, 1.0, p)),
        (bought.us_value, (20.0, 0.19, 0.5)), (bought.cn_cost, (20.0, 0.19, 0.5)),
    ]  # fmt: skip
    for function, given in calls:
        function(*given)
        for place in range(len(given)):
            for junk in (None, "x", np.zeros(3), float("nan"), p._replace(gdp="x")):
                with pytest.raises(WrongKind):
                    function(*given[:place], junk, *given[place + 1 :])
    assert earths.uncovered(10**30, 0.5, p) == earths.uncovered(1e30, 0.5, p)
    for odd in ((1.1, 12.0, p), (0.5, 1e99, p), (0.5, 12.0, p, 0.0), (0.5, -1.0, p)):
        with pytest.raises(OutOfRange):
            earths.path_loss(*odd)


@pytest.mark.parametrize("kind", [ng.Outcome, Kind])
def test_what_is_no_name_is_refused_by_name(kind):
    """An array, a number or nothing at all is not one of the names, and the list is shown."""
    for junk in (np.zeros(3), np.array(["a"]), None, 10**5000, [1], "x"):
        with pytest.raises(UnknownName, match="does not exist; allowed:"):
            kind(junk)
    assert all(kind(one) is one and kind(one.value) is one for one in kind)


@pytest.mark.parametrize("name", ng.strategies.names())
def test_a_strategy_is_asked_with_a_view(name):
    """Nothing else says what is at the table."""
    strategy = ng.strategies.find(name)()
    for junk in (None, "x", np.zeros(2)):
        for ask in (strategy.share_next, strategy.share):
            if type(strategy).compiled_share is not None or name == "bayesian":
                with pytest.raises(WrongKind, match="expected a View"):
                    ask(junk)


@cache
def of_the_record():
    """The tables of the shipped record."""
    return tables(shipped())


NO_NUMBER = (None, "x", "\0", float("nan"), 10**400, [], {}, np.zeros(3), object(), b"x", 1j)


@pytest.mark.parametrize(
    "call",
    [
        lambda junk: DiscreteIssue(junk, "a", ("b",)), lambda junk: DiscreteIssue(1, "a", junk),
        lambda junk: Domain("a", junk), lambda junk: Profile(junk, (Ratings((1.0,)),)),
        lambda junk: Profile((junk,), (Ratings((1.0,)),)), lambda junk: Profile((1.0,), junk),
        lambda junk: Ratings((junk,)), lambda junk: Linear(junk, 0.0),
        load, tables, lambda junk: of_the_record()[junk],
        lambda junk: of_the_record()["outcomes"].line(junk),
        lambda junk: extension_split(junk, PIE), cells_of,
        lambda junk: indices(lambda u: junk, ["a", "b"], samples=8, method="prcc"),
    ],
)  # fmt: skip
def test_what_the_pages_import_is_behind_the_door_too(call):
    """Names that a page or the gallery takes from where they live refuse what is no number."""
    for junk in NO_NUMBER:
        with pytest.raises(NegotiationError) as error:
            call(junk)
        assert len(str(error.value)) < 1000


def test_what_can_be_gone_through_once_is_not_used_up_at_the_door():
    """A generator that is looked at would come to the function empty."""

    def together(names: Iterable[str]) -> list[str]:
        return list(names)

    assert door.checked(together)(letter for letter in "ab") == ["a", "b"]
