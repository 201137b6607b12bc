"""The contract that every strategy keeps, built in or plugged in.

A strategy can be made without arguments and pickled; it is a function of its view and its
generator, and changes neither the view nor the global random state; it answers in time; it
stays within the agenda, asks for a share in [0, 1], and never accepts less than its walk-away
value; all that on either side, with and without an offer on the table, from the first round to
the last. :func:`check` tries it at a dozen practice tables.

>>> from negotiation.strategies import find
>>> check(find("boulware"))
"""

from __future__ import annotations

import copy
import pickle
import random
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np

from negotiation.errors import InputError, NegotiationError, counted, shortened
from negotiation.strategies.practice import Practice, Turn, practices
from negotiation.strategies.table import BadMove, place
from negotiation.strategies.view import View
from negotiation.tactics.base import Strategy
from negotiation.tactics.compiled_share import NotCompilable, machine_code
from negotiation.tactics.in_time import OutOfTime, in_time
from negotiation.tactics.mistakes import PlugInFailed
from negotiation.tactics.time_dependent import Linear

METHODS = ("share", "share_next", "move")
SEEN = ("offer", "held", "beliefs", "conceded", "conceded_before", "conceded_long_ago", "stance")
LIMIT = 30.0  # seconds at one table


class BrokenContract(NegotiationError, AssertionError):
    """A strategy that does not keep the contract; ``problems`` has a sentence for each breach."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def check(strategy: Any, *, limit: float = LIMIT) -> None:
    """Raise unless a strategy keeps the contract.

    Parameters
    ----------
    strategy : type of Strategy
        The class, not an instance.
    limit : float
        Seconds that it may take for the talks at one table.

    Raises
    ------
    BrokenContract
        One sentence for each breach: which method, in which situation.
    """
    found = problems(strategy, limit=limit)
    if found:
        raise BrokenContract(found)


def problems(strategy: Any, *, limit: float = LIMIT) -> list[str]:
    """Return one sentence for each breach of the contract, none if it is kept.

    The practice tables are tried in turn, up to the first that shows a breach.
    """
    found = before_the_talks(strategy)
    if not found:
        practices()[0].play(Linear())  # compiles the rules, which is not the strategy's time
    for practice in practices():
        found = found or at_the_table(strategy, practice, limit)
    return found


def before_the_talks(strategy: Any) -> list[str]:
    """Return what is wrong with the class itself."""
    if not (isinstance(strategy, type) and issubclass(strategy, Strategy)):
        return [f"{shortened(strategy)} is not a subclass of ng.Strategy."]
    name = strategy.__name__
    try:
        instance = strategy()
    except Exception as error:
        return [f"{name}(): it cannot be made without arguments: {error}."]
    try:
        pickle.loads(pickle.dumps(instance))
    except Exception as error:
        return [f"{name}: it cannot be pickled, so no worker could play it: {error}."]
    if strategy.compiled_share is not None and not strategy.runs_compiled():
        return [
            f"{name}: it has a compiled_share and overrides share or move too; keep one of them."
        ]
    if strategy.compiled_share is not None:
        try:
            machine_code(strategy.compiled_share, name, strategy.arguments())
        except (NotCompilable, InputError) as error:
            return [str(error)]
    return []


def at_the_table(strategy: type[Strategy], practice: Practice, limit: float) -> list[str]:
    """Return what goes wrong in the talks at one table."""
    name = strategy.__name__
    watch = Watch(name)
    chance = random.getstate(), pickle.dumps(np.random.get_state())
    try:
        first = in_time(limit, lambda: practice.play(watch.over(strategy())))
        again = in_time(limit, lambda: practice.play(watch.over(strategy())))
    except OutOfTime:
        doing = f"{watch.last} did not answer within {counted(limit, 'second')}"
        return [f"{doing}; {practice.name}."]
    except BadMove as error:
        return [f"{str(error)[:-1]}; {practice.name}."]
    except Exception as error:
        own = error.__cause__ if isinstance(error, PlugInFailed) and error.__cause__ else error
        return [f"{watch.last} raised {type(own).__name__}: {own}; {practice.name}."]
    found = [f"{line}; {practice.name}." for line in dict.fromkeys(watch.offences)]
    if (random.getstate(), pickle.dumps(np.random.get_state())) != chance:
        found.append(
            f"{watch.last} uses the global random state, not rng or view.luck; {practice.name}."
        )
    difference = first_difference(first, again)
    if difference is not None:
        found.append(
            f"{name}: played twice from the same start it does not do the same, from round "
            f"{difference + 1}; {practice.name}."
        )
    return found


def first_difference(first: list[Turn], again: list[Turn]) -> int | None:
    """Return the first round in which two courses differ, or None."""
    if first == again:
        return None
    same = [a == b for a, b in zip(first, again, strict=False)]
    return same.index(False) if False in same else len(same)


class Watch:
    """Notes what a strategy is asked, and whether it changes what it is shown.

    Attributes
    ----------
    last : str
        The method asked last, and the situation.
    offences : list of str
    """

    def __init__(self, name: str) -> None:
        self.name, self.last = name, f"{name}()"
        self.offences: list[str] = []

    def over(self, strategy: Strategy) -> Strategy:
        """Return the strategy with its methods watched."""
        for method in METHODS:
            vars(strategy)[method] = self.watched(method, getattr(strategy, method))
        return strategy

    def watched(self, method: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``function`` with a look at the view before and after."""

        def asked(view: View, *rest: Any) -> Any:
            self.last = f"{self.name}.{method}, {place(view)},"
            before = copy.deepcopy(contents(view))
            answer = function(view, *rest)
            if contents(view) != before:
                self.offences.append(f"{self.name}.{method} changed its view, {place(view)}")
            return answer

        return asked


def contents(view: View) -> list[Any]:
    """Return all that a view shows, as values that can be compared."""
    talks, world, stakes = view.records
    shown = [getattr(view, field.name) for field in fields(view) if field.compare]
    return [*shown, *(talks[name].tobytes() for name in SEEN), world.tobytes(), stakes.tobytes()]
