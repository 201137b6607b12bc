"""What Numba works out again for every function, worked out once while the rules are compiled.

Numba tries each kind of addition for every plus sign, follows all variables through a function
after each of its passes, and writes out types of a hundred fields to say which one it is about to
compare. What comes of it is the same here: an answer is kept, or made only for whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from numba.core import analysis, postproc, transforms, types
from numba.core.compiler_lock import global_compiler_lock
from numba.core.types.functions import BaseFunction

Method = Callable[..., Any]
numbas_analysis: Any = analysis
numbas_lifetimes: Any = postproc
numbas_transforms: Any = transforms


class EntryVariables(dict[Any, Any]):
    """Which variables live where a block begins: found when it is first asked for.

    Parameters
    ----------
    lifetime : numba.core.postproc.VariableLifetime
    blocks : dict
    """

    def __init__(self, lifetime: Any, blocks: Any) -> None:
        self.lifetime, self.blocks = lifetime, blocks

    def __missing__(self, block: Any) -> Any:
        life = self.lifetime
        defined, dead = life.usedefs.defmap, life.deadmaps.combined
        found = numbas_analysis.compute_live_variables(life.cfg, self.blocks, defined, dead)
        self.update({self.blocks[offset]: found[offset] for offset in self.blocks})
        return self[block]


def call_types(numbas: Method) -> Method:
    """Return Numba's choice among the forms of one of its own functions, made once for a call."""
    known: dict[Any, Any] = {}  # with the function, which notes for itself what was chosen

    def get_call_type(self: Any, context: Any, args: Any, kws: Any) -> Any:
        asked = id(self), context, tuple(args), tuple(kws.items())
        if asked not in known:
            known[asked] = self, numbas(self, context, args, kws)
        return known[asked][1]

    return get_call_type


def lifetimes(numbas: Method) -> Method:
    """Return Numba's look at the variables of a function, without what is rarely asked for."""

    def run(self: Any, emit_dels: bool = False, extend_lifetimes: bool = False) -> None:
        code = self.func_ir
        if code.is_generator:
            numbas(self, emit_dels, extend_lifetimes)
            return
        code.blocks = numbas_transforms.canonicalize_cfg(code.blocks)
        code.variable_lifetime = numbas_lifetimes.VariableLifetime(code.blocks)
        code.block_entry_vars = EntryVariables(code.variable_lifetime, code.blocks)
        code.generator_info = None
        if emit_dels:
            self._insert_var_dels(extend_lifetimes=extend_lifetimes)

    return run


def names(numbas: Method) -> Method:
    """Return how Numba writes out a record, each written once."""
    known: dict[int, tuple[Any, str]] = {}

    def named(self: Any) -> str:
        if id(self) not in known:
            known[id(self)] = self, numbas(self)
        return known[id(self)][1]

    return named


PLACES: tuple[tuple[Any, str, Callable[[Method], Method]], ...] = (
    (BaseFunction, "get_call_type", call_types),
    (postproc.PostProcessor, "run", lifetimes),
    (types.Record, "__repr__", names),
)


@contextmanager
def quicker() -> Iterator[None]:
    """Have Numba keep what it has worked out, inside ``with``, where nobody else compiles."""
    with global_compiler_lock, ExitStack() as stack:
        for owner, name, made in PLACES:
            numbas: Method = getattr(owner, name)
            setattr(owner, name, made(numbas))
            stack.callback(setattr, owner, name, numbas)
        yield
