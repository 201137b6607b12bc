"""What Numba does: compile the rules, once on a computer, one process at a time."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core import callconv, config, sigutils, types
from numba.core.compiler_lock import global_compiler_lock

from negotiation import beside, linking, machine_code, patience, quick, sources
from negotiation.folders import cache_folder

R = TypeVar("R")
ONLY_THERE = "UserProvidedCacheLocator"  # Numba's class for a folder that it is given
SELDOM = 50_000  # objects made, not some hundreds, between two looks
LONGEST_WAIT = 300  # seconds: then a process that is stopped, not dead, is waited for no longer
COMPILING = "The rules are being compiled, which takes up to {minutes} minutes"
KEPT = "once on this computer: it is kept in {folder}."
NOT_KEPT = (
    "each time: nothing can be kept in {folder}. Give another folder in the variable "
    "NEGOTIATION_CACHE."
)
MINUTES = 2  # measured on two cores
WAITING = (
    "Another process is compiling the rules: waiting for it to end, {minutes} minutes at most "
    "(it holds {lock})."
)


def kept(make: Callable[[bool], R]) -> R:
    """Return ``make(True)``, which keeps its machine code, or ``make(False)`` if that cannot be.

    Numba keeps it in :func:`negotiation.sources.machine_code_folder`. Where nothing can be
    written, it is compiled in memory: beside the sources, where Numba would look next, nothing says
    of which sources it is.
    """
    settings: Any = config
    before = settings.CACHE_DIR, settings.CACHE_LOCATOR_CLASSES
    folder = str(sources.machine_code_folder())
    settings.CACHE_DIR, settings.CACHE_LOCATOR_CLASSES = folder, ONLY_THERE
    try:
        return make(True)
    except (OSError, RuntimeError):
        return make(False)
    finally:
        settings.CACHE_DIR, settings.CACHE_LOCATOR_CLASSES = before


@cache
def _lock(folder: Path) -> Any:
    from filelock import FileLock

    return FileLock(folder / "lock", timeout=LONGEST_WAIT)


@contextmanager
def one_process_at_a_time() -> Iterator[None]:
    """Compile while no other process does: it then loads what was compiled here, at once.

    The lock ends with the process that holds it; where there can be none, everyone compiles. Who
    has waited in vain once waits no more.
    """
    from filelock import Timeout

    lock = _lock(sources.machine_code_folder())
    minutes = LONGEST_WAIT // 60
    try:
        with patience.explained(WAITING.format(minutes=minutes, lock=lock.lock_file), always=True):
            lock.acquire()
    except Timeout:
        lock.timeout = 0
    except (OSError, NotImplementedError):
        pass
    try:
        yield
    finally:
        lock.release()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let Python look for unreachable objects less often: compiling makes millions that stay.

    Examples
    --------
    >>> before = gc.get_threshold()
    >>> with seldom_collected():
    ...     gc.get_threshold()[0] >= SELDOM
    True
    >>> gc.get_threshold() == before
    True
    """
    young, *older = before = gc.get_threshold()
    if young:  # else whoever runs us wants none collected
        gc.set_threshold(max(young, SELDOM), *older)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def is_kept(function: Any, signature: Any) -> bool:
    """Return whether the machine code of a function is there already, in memory or on the disk."""
    normalized: Any = sigutils.normalize_signature
    arguments, _ = normalized(signature)
    if tuple(arguments) in function.overloads:
        return True
    try:
        cache = function._cache
        key = cache._index_key(signature, function.targetctx.codegen())
        return key in cache._cache_file._load_index()
    except Exception:  # no index, a damaged one, or one of another version of Numba
        return False


def of_compiling(function: Any) -> str:
    """Return what is said while a function of the rules is being compiled."""
    there = bool(getattr(function._cache, "cache_path", None))
    how_often = (KEPT if there else NOT_KEPT).format(folder=cache_folder())
    return f"{COMPILING.format(minutes=MINUTES)}, {how_often}"


def dispatcher(function: Callable[..., Any], inline: bool) -> Any:
    """Return what Numba makes of a function, with ours in place of how it compiles and keeps."""
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy", "forceinline": inline}
    made: Any = numba.njit(**options)(function)
    ask, make, plain = made.get_call_template, made.compile, cast(Any, types.unliteral)

    @cache
    def in_parts() -> Any:
        """Return what this is to functions that call it, or None where Numba is left to itself."""
        return linking.linked(made, kept) if linking.works() else None

    @cache
    def keep() -> None:
        """Give it its place in the folder: what is never asked for costs no look at the disk."""
        kept(lambda cache: made.enable_caching() if cache else None)

    def of_numbers(args: Any, kws: Any) -> Any:
        """Take a constant for a number: one machine code serves all, where Numba makes one each."""
        answer = ask if in_parts() is None else in_parts().get_call_template
        return answer(list(map(plain, args)), {name: plain(kind) for name, kind in kws.items()})

    def once(signature: Any) -> Any:
        with global_compiler_lock:
            keep()
            if is_kept(made, signature):
                return make(signature)
            faster = nullcontext() if in_parts() is None else quick.quicker()
            with (
                one_process_at_a_time(), patience.explained(of_compiling(made)), seldom_collected(),
                beside.helped(made, sources.machine_code_folder()), faster,
            ):  # fmt: skip
                return make(signature)

    made.get_call_template, made.compile, made.in_parts = of_numbers, once, in_parts
    return made


def keep(made: Any, args: tuple[Any, ...]) -> None:
    """Keep the machine code that was just called with ``args`` for processes without Numba."""
    kind_of: Any = numba.typeof
    kinds = tuple(map(kind_of, args))
    result = made.overloads.get(kinds)
    if result is not None and raises_as_known():
        described = result.fndesc
        code = object_of(result.library) or object_kept(made, kinds)
        machine_code.keep(
            made.py_func, args, code, described.llvm_func_name, str(described.restype)
        )


@cache
def raises_as_known() -> bool:
    """Return whether this version of Numba tells of exceptions as `machine_code` reads them."""
    form = str(getattr(callconv, "excinfo_t", ""))
    raised = getattr(getattr(callconv, "RETCODE_USEREXC", None), "constant", None)
    return form == machine_code.FORM and raised == machine_code.RAISED


def object_of(library: Any) -> bytes:
    """Return the machine code of a library; nothing where it has none that was just made."""
    with suppress(RuntimeError, AttributeError):  # loaded, or not to be kept
        return bytes(library._get_compiled_object())
    return b""


def object_kept(made: Any, kinds: tuple[Any, ...]) -> bytes:
    """Return the machine code that Numba itself has kept of a function; nothing where it has none.

    Where it was loaded from there, the other file is missing or damaged.
    """
    with suppress(Exception):  # whatever an index of another version of Numba does
        cache = made._cache
        key = cache._index_key(kinds, made.targetctx.codegen())
        (_, kind, code), *_ = cache._cache_file.load(key)
        return bytes(code[0]) if kind == "object" else b""
    return b""
