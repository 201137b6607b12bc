"""How compiled functions become one piece of machine code: each is optimised once, in its caller.

By itself Numba optimises a function together with all that it calls, then its caller together with
all of this again, and so on up to the function that Python calls; each on the way can be called
from Python too, which is code of its own. Where functions of two lines call one another ten deep,
nearly all of the minutes go into that.

Here a function that another compiled one calls is a *part*: typed and translated, no more. What
Python calls is a *whole*: it is linked with all the parts that it needs, then optimised and made
machine code, once. The arithmetic is as written either way, so the numbers are the same.

This uses what Numba calls internal. `works` tries it out; where it fails, Numba does as it does
by itself.
"""

from __future__ import annotations

import hashlib
import importlib
import itertools
import secrets
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numba
from llvmlite import binding as llvm
from numba.core import bytecode, compiler, itanium_mangler, registry, runtime, sigutils
from numba.core.caching import CompileResultCacheImpl, FunctionCache
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler_lock import global_compiler_lock
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.environment import lookup_environment
from numba.core.typed_passes import NativeLowering

from negotiation import quick

jit: Any = numba.njit
memory: Any = runtime  # of Numba: its `rtsys` is there once something is compiled
MOST_DIGITS = 48  # binary, of the number that a process begins with
ENVIRONMENT = "_ZN08NumbaEnv"  # how Numba's globals that hold a function's Python objects begin
ONE = 0  # the number of a function that is the only one of its name; Numba counts from 1
writing = threading.Lock()  # held while files are written
_named: dict[tuple[str, str], Any] = {}  # the functions of that number, by module and name


class Address(NamedTuple):
    """Where a part is found again: the function that it comes from, by name, and its symbol."""

    module: str
    name: str
    arguments: tuple[Any, ...]
    symbol: str


class Part(JITCodeLibrary):
    """What one function is, without what it calls and not yet optimised."""

    address: Address

    def finalize(self) -> None:
        """Declare that nothing is to come."""
        self._raise_if_finalized()
        self._finalize_dynamic_globals()
        self._finalized = True

    def alone(self) -> Any:
        """Return the module of this function alone, in which others may find it."""
        self._ensure_finalized()
        if self._shared_module is None:
            self._shared_module = JITCodeLibrary._get_module_for_linking(self)
        return self._shared_module

    def _get_module_for_linking(self) -> Any:
        """Return the function with all that it calls, for a function that Numba compiles itself."""
        module = self.alone().clone()
        for library in all_parts(self):
            module.link_in(alone(library), preserve=True)
        return module


class Whole(JITCodeLibrary):
    """A function with all that it calls."""

    def finalize(self) -> None:
        """Link, optimise and make machine code."""
        codegen: Any = self._codegen
        self._raise_if_finalized()
        codegen._check_llvm_bugs()
        for library in all_parts(self):
            self._reload_init.update(library._reload_init)
            self._final_module.link_in(alone(library), preserve=True)
        self._optimize_final_module()
        self._final_module.verify()
        self._finalize_final_module()
        for variable in self._final_module.global_variables:
            if variable.name.startswith(ENVIRONMENT):
                environment = lookup_environment(variable.name)
                if environment is not None:
                    codegen.set_env(variable.name, environment)

    def serialize_using_object_code(self) -> tuple[str, str, tuple[bytes, bytes]]:
        """Return the machine code, and of the rest the names alone: nothing is linked with it."""
        self._ensure_finalized()
        named = [f.name for f in self._final_module.functions if not f.is_declaration]
        held = [v.name for v in self._final_module.global_variables if not v.is_declaration]
        lines = [f'define void @"{name}"() {{ ret void }}' for name in named]
        lines += [f'@"{name}" = global i8 0' for name in held]
        names = llvm.parse_assembly("\n".join(lines)).as_bitcode()
        return self.name, "object", (self._get_compiled_object(), names)


def alone(library: Any) -> Any:
    """Return the module of a library without those that it links."""
    return library.alone() if isinstance(library, Part) else library._get_module_for_linking()


def all_parts(library: Any) -> list[Any]:
    """Return the libraries that one needs, each once, with what they need."""
    found: dict[Any, None] = {}
    left = list(reversed(library._linking_libraries))
    while left:
        one = left.pop()
        if one is not library and one not in found:
            found[one] = None
            if isinstance(one, Part):
                left.extend(reversed(one._linking_libraries))
    return list(found)


@register_pass(mutates_CFG=True, analysis_only=False)
class PartLowering(NativeLowering):
    """Translate a function, and leave the rest to the one that calls it."""

    _name = "negotiation_part"

    def run_pass(self, state: Any) -> bool:
        """Run as Numba's own pass does, but for machine code and ways in from Python and C."""
        identity = state.func_id
        state.library = part = Part(state.targetctx.codegen(), identity.func_qualname)
        flags = state.flags
        flags.no_compile = flags.no_cpython_wrapper = flags.no_cfunc_wrapper = True
        context = state.targetctx
        if identity.unique_id == ONE:
            state.targetctx = context.subtarget(mangler=mangled)
        super().run_pass(state)
        state.targetctx = context
        made = state["cr"]
        symbol = made.fndesc.mangled_name
        part.address = Address(
            identity.func.__module__, identity.func_qualname, tuple(state.args), symbol
        )
        part.finalize()
        state["cr"] = made._replace(cfunc=entered(state.targetctx, made.fndesc, part))
        return True


def mangled(name: str, kinds: Any, *, abi_tags: Any = (), uid: int | None = None) -> str:
    """Return the symbol of a function, as Numba does, but the same in every process.

    Numba writes the numbers that it has given to the types of records, in the order they came in.
    """
    digest = hashlib.sha256(",".join(map(str, kinds)).encode()).hexdigest()[:16]
    return str(itanium_mangler.mangle(name, (digest,), abi_tags=abi_tags, uid=uid))


def entered(context: Any, described: Any, part: Part) -> object:
    """Make a part known to those that call it, and return what they know it by."""
    entry = object()
    context.insert_user_function(entry, described, [part])
    return entry


@register_pass(mutates_CFG=True, analysis_only=False)
class WholeLowering(NativeLowering):
    """Translate a function that Python calls, and link it with its parts."""

    _name = "negotiation_whole"

    def run_pass(self, state: Any) -> bool:
        """Run as Numba's own pass does, into a library of ours."""
        state.library = Whole(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        state.flags.no_cfunc_wrapper = True
        return bool(super().run_pass(state))


class QuickFlags(compiler.Flags):
    """Numba's options of a function, compared a hundred thousand times: as fast as that can be."""

    __slots__ = ()

    def values(self) -> dict[str, Any]:
        """Return all options."""
        return {**DEFAULTS, **self._values}

    def __eq__(self, other: object) -> bool:
        if isinstance(other, QuickFlags) and self._values == other._values:
            return True
        return bool(super().__eq__(other))

    def __hash__(self) -> int:
        return ALIKE


DEFAULTS = compiler.Flags().values()
ALIKE = hash(compiler.Flags())  # Numba's is of the names alone


class QuickPasses(PassManager):
    """Runs Numba's passes without timing each, and without writing down the types for it."""

    def _runPass(self, index: int, each: Any, state: Any) -> None:
        each.analysis = self._analysis
        for run in (each.run_initialization, each.run_pass, each.run_finalizer):
            run(state)


def pipeline(state: Any, lowering: type) -> list[Any]:
    """Return Numba's passes with another last one."""
    passes = QuickPasses("nopython")
    usual = compiler.DefaultPassBuilder.define_nopython_pipeline(state).passes
    passes.passes = [(lowering if each is NativeLowering else each, text) for each, text in usual]
    passes.finalize()
    return [passes]


class PartCompiler(compiler.Compiler):
    """Compiles parts."""

    def _compile_bytecode(self) -> Any:
        """Give the only function of its name in a module the same number in every process."""
        identity = self.state.func_id
        place = identity.func.__module__, identity.func_qualname
        named = getattr(at(Address(*place, (), "")), "py_func", None)
        if named is _named.setdefault(place, identity.func) is identity.func:
            addresses = any(" at 0x" in str(kind) for kind in self.state.args)
            identity.unique_id = identity.unique_id if addresses else ONE
            identity.unique_name = f"{identity.func_qualname}${identity.unique_id}"
        return super()._compile_bytecode()

    def define_pipelines(self) -> list[Any]:
        """Return the passes."""
        return pipeline(self.state, PartLowering)


class WholeCompiler(compiler.Compiler):
    """Compiles wholes."""

    def define_pipelines(self) -> list[Any]:
        """Return the passes."""
        return pipeline(self.state, WholeLowering)


class PartCacheImpl(CompileResultCacheImpl):
    """How a part is kept: as LLVM's code, with the addresses of the parts that it calls."""

    def get_filename_base(self, fullname: str, abiflags: str) -> str:
        """Return a name that no whole has."""
        return f"part-{super().get_filename_base(fullname, abiflags)}"

    def reduce(self, result: Any) -> tuple[Any, ...]:
        """Return what is to be written."""
        part: Part = result.library
        calls, others = [], []
        for library in dict.fromkeys(part._linking_libraries):
            if isinstance(library, Part) and is_there(library):
                calls.append(library.address)
            elif library is not memory.rtsys.library:  # which is always there
                others.append((library.name, library._get_module_for_linking().as_bitcode()))
        described = result.fndesc
        described.typemap = described.calltypes = None
        code = part.alone().as_bitcode()
        return (
            part.name, code, part.address, calls, others, described, result.environment,
            result.signature, result.reload_init,
        )  # fmt: skip

    def rebuild(self, context: Any, written: tuple[Any, ...]) -> Any:
        """Return a part that was written, or None if one that it calls is another one by now."""
        name, code, address, calls, others, described, environment, signature, init = written
        for start in init:
            start()
        part = Part(context.codegen(), name)
        part._reload_init.update(init)
        part.address = address
        for call in calls:
            other = part_at(call)
            if other is None or other.address.symbol != call.symbol:
                return None
            part._linking_libraries.append(other)
        for other_name, bitcode in others:
            other = Part(context.codegen(), other_name)
            other._final_module = other._shared_module = llvm.parse_bitcode(bitcode)
            other._finalized = True
            part._linking_libraries.append(other)
        part._linking_libraries.append(memory.rtsys.library)
        part._final_module = part._shared_module = llvm.parse_bitcode(code)
        part._finalized = True
        return compiler.compile_result(
            typing_context=context.typing_context, target_context=context,
            entry_point=entered(context, described, part), typing_error=None,
            type_annotation=None, signature=signature, objectmode=False, lifted=(),
            fndesc=described, library=part, call_helper=None, environment=environment,
            metadata=None, reload_init=init, referenced_envs=(),
        )  # fmt: skip


class PartCache(FunctionCache):
    """Where the parts of a function are kept: two processes may write at a time.

    Numba looks for a number that no file has yet, and then writes it.
    """

    _impl_class = PartCacheImpl
    longest = 5.0  # seconds that another process may take to write

    def _save_overload(self, signature: Any, result: Any) -> None:
        from filelock import FileLock, Timeout

        self._impl.locator.ensure_cache_path()
        try:
            with FileLock(Path(self.cache_path) / "parts.lock", timeout=self.longest):
                super()._save_overload(signature, result)
        except Timeout:  # it was stopped: wait no more
            PartCache.longest = 0.0
        except NotImplementedError:  # a disk without locks
            pass


def at(address: Address) -> Any:
    """Return the function that stands at an address, or None."""
    try:
        return getattr(importlib.import_module(address.module), address.name)
    except (ImportError, AttributeError):
        return None


def no_parts() -> None:
    """Return nothing: what stands at an address is no function of ours."""


def is_there(part: Part) -> bool:
    """Return whether a part can be found by its address: a function inside another cannot."""
    parts = getattr(at(part.address), "in_parts", no_parts)()
    kept = parts.overloads.get(part.address.arguments) if parts else None
    return kept is not None and kept.library is part


def part_at(address: Address) -> Part | None:
    """Return the part at an address, compiled if it is not there."""
    parts = getattr(at(address), "in_parts", no_parts)()
    if parts is None:
        return None
    parts.compile(address.arguments)
    return parts.overloads[address.arguments].library  # type: ignore[no-any-return]


class Parts(registry.CPUDispatcher):
    """What a function is to others that are compiled: as Numba's dispatcher, without wrappers.

    Parameters
    ----------
    whole : numba.core.registry.CPUDispatcher
        The function as Python calls it.
    keep : bool
        Whether parts are kept in the folder that Numba is set to.
    """

    _compiler: Any

    def __init__(self, whole: Any, keep: bool) -> None:
        options = dict(whole.targetoptions)
        super().__init__(whole.py_func, targetoptions=options, pipeline_class=PartCompiler)
        self._compiler._customize_flags = QuickFlags
        self._compiling_counter = whole._compiling_counter  # so that Numba sees a recursion
        if keep:
            self._cache = PartCache(whole.py_func)

    def add_overload(self, result: Any) -> None:
        """Keep a result."""
        self.overloads[tuple(result.signature.args)] = result

    def compile(self, signature: Any) -> Any:
        """Compile a part, or load it."""
        arguments, return_type = sigutils.normalize_signature(signature)
        with global_compiler_lock, self._compiling_counter:
            found: Any = self.overloads.get(tuple(arguments))
            if found is None:
                found = self._cache.load_overload(signature, self.targetctx)
                if found is None:
                    found = self._compiler.compile(arguments, return_type)
                    self.add_overload(found)
                    with writing:
                        self._cache.save_overload(signature, found)
                self.add_overload(found)
            return found.entry_point


def linked(whole: Any, keep: Callable[[Callable[[bool], Any]], Any]) -> Parts:
    """Have a function of Numba's compiled in parts, and return what it is to other functions.

    Parameters
    ----------
    whole : numba.core.registry.CPUDispatcher
    keep : callable
        Calls what it is given with whether machine code can be kept, see
        :func:`negotiation.compiling.kept`.
    """
    parts: Parts = keep(lambda kept: Parts(whole, kept))
    whole._compiler.pipeline_class = WholeCompiler
    whole._compiler._customize_flags = QuickFlags
    whole.get_overload = parts.get_overload
    return parts


def one(x: Any) -> Any:
    """Be called, for a trial."""
    return x + 1.0


def two(x: Any) -> Any:
    """Call, for a trial."""
    return 2.0 * _trial(x)


_trial: Any = one


@cache
def works() -> bool:
    """Return whether functions can be compiled in parts with this version of Numba."""
    global _trial
    # what others compile is numbered, too, and may stand in one folder with what we do
    bytecode.FunctionIdentity._unique_ids = itertools.count(secrets.randbits(MOST_DIGITS))
    try:
        inner, outer = jit(one), jit(two)
        linked(outer, lambda make: make(False))
        inner.get_call_template = linked(inner, lambda make: make(False)).get_call_template
        _trial = inner
        with quick.quicker():
            return bool(outer(3.0) == 8.0)
    except Exception:  # whatever an unknown version of Numba does
        return False
    finally:
        _trial = one
