"""A strategy's place in the numbers of the world: where the compiled talks find its rule.

A rule is known by the address of its machine code, so every strategy with a compiled rule, built
in or not, is asked in the same way, and the talks know none by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from negotiation.errors import InputError, UnknownName
from negotiation.tactics.base import Strategy
from negotiation.tactics.facts import CONCESSIONS, FACTS, MOST_ARGUMENTS, MOST_SETTINGS, SCALE

FIELDS: list[Any] = [
    ("share_rule", "f8", (2,)),  # address of the compiled rule, 0 if there is none
    ("share_arguments", "f8", (2,)),
    # of each argument: the number of a fact, or -1 - k for the k-th setting
    ("share_inputs", "f8", (2, MOST_ARGUMENTS)),
    ("settings", "f8", (2, MOST_SETTINGS)),
    ("scale", "f8", (2,)),  # the setting by which offers are told apart, -1 if there is none
    ("asks_conceded", "f8", (2,)),  # whether what the other side concedes is to be read
    ("waits", "f8", (2,)),
    ("revises", "f8", (2,)),
    ("decides_itself", "f8", (2,)),
]


def take_seat(
    record: Any,
    side: int,
    strategy: type[Strategy],
    stated: Mapping[str, float] | None = None,
    *,
    in_person: bool = False,
) -> tuple[str, ...]:
    """Write into a world's record that ``side`` plays ``strategy``.

    Parameters
    ----------
    record : ndarray
        One record of :func:`negotiation.payoffs.world.world_dtype`, as an array.
    side : int
    strategy : type of Strategy
    stated : mapping of str to float, optional
        The settings that have other values than the class gives them.
    in_person : bool
        Whether an instance decides, in Python, even if the class has a compiled rule.

    Returns
    -------
    tuple of str
        The settings that stand in the record, in their order there.
    """
    stated = stated or {}
    names, known = settings_kept(strategy, stated), strategy.settings()
    record["settings"][0, side] = 0.0
    for k, name in enumerate(names):
        record["settings"][0, side, k] = stated.get(name, known[name].default)
    record["scale"][0, side] = names.index(SCALE) if SCALE in names else -1
    compiled = strategy.runs_compiled() and not in_person
    # nobody knows what an instance will ask for
    record["asks_conceded"][0, side] = not compiled or bool(CONCESSIONS & {*strategy.arguments()})
    record["waits"][0, side] = strategy.waits
    record["revises"][0, side] = strategy.revises
    record["decides_itself"][0, side] = strategy.decides_itself()
    record["share_rule"][0, side] = record["share_arguments"][0, side] = 0.0
    if compiled:
        from negotiation.tactics.compiled_share import machine_code

        assert strategy.compiled_share is not None
        arguments, order = strategy.arguments(), tuple(FACTS)
        code = machine_code(strategy.compiled_share, strategy.__name__, arguments)
        record["share_rule"][0, side] = float(code.address)
        record["share_arguments"][0, side] = len(arguments)
        record["share_inputs"][0, side, : len(arguments)] = [
            -1 - names.index(name) if name in names else order.index(name) for name in arguments
        ]
    return names


def ask_once(record: Any, side: int, strategy: type[Strategy], names: tuple[str, ...]) -> None:
    """Ask a plug-in's compiled rule once, with the settings in the record, before talks do."""
    from negotiation.tactics.compiled_share import OURS, USUAL, tried

    rule = strategy.compiled_share
    if rule is None or not strategy.runs_compiled() or rule.__module__.startswith(OURS):
        return
    own = dict(zip(names, record["settings"][0, side].tolist(), strict=False))
    asked = {name: own[name] if name in own else USUAL[name] for name in strategy.arguments()}
    tried(rule, strategy.__name__, **asked)


def sit_down(record: Any, side: int, strategy: Strategy) -> None:
    """Write into a world's record that an instance plays for ``side``."""
    scale = {SCALE: getattr(strategy, SCALE)} if SCALE in strategy.settings() else {}
    take_seat(record, side, type(strategy), scale, in_person=True)


def settings_kept(strategy: type[Strategy], stated: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the settings that the talks need: the compiled rule's, the stated ones, the scale.

    Raises
    ------
    UnknownName, InputError
        If there is no such setting, or there are too many.
    """
    known = strategy.settings()
    for name in stated:
        if name not in known:
            raise UnknownName(f"{strategy.__name__}: setting", name, list(known))
    asked = strategy.arguments() if strategy.runs_compiled() else ()
    names = tuple(name for name in known if name in asked or name in stated or name == SCALE)
    if len(names) > MOST_SETTINGS:
        raise InputError(
            f"{strategy.__name__}: {len(names)} settings in use; allowed: {MOST_SETTINGS} or fewer."
        )
    return names
