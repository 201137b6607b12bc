"""Machine code that Numba once made, loaded and called without Numba.

Importing Numba and having it learn its own types again takes half a second and more; LLVM's loader,
which Numba uses too, takes a few milliseconds for the same code. What is kept of a function is the
object file that Numba made, and the name of the function in it; the form of its arguments is part
of the name of the file. They are handed over as Numba does: a number as it is, a record as a
pointer, an array as two empty pointers to its owners, its size, the size of an item, a pointer, its
shape and its strides, a tuple as what is in it. An exception that the program raises is read as
Numba writes it. What is not known here is left to Numba, and so is a call that fails otherwise: it
fails again there, in Numba's words.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import pickle
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from negotiation import sources
from negotiation.folders import replacing
from negotiation.object_files import (
    ANSWERS,
    F8,
    I8,
    MARK,
    NUMBAS,
    POINTER,
    Function,
    array_kinds,
    as_array,
    function_in,
    needed,
    processor,
)

NUMBERS: dict[type, tuple[str, Any, type]] = {
    bool: ("b1", ctypes.c_uint8, int), np.bool_: ("b1", ctypes.c_uint8, int),
    int: ("i8", I8, int), np.int64: ("i8", I8, int), np.uint64: ("u8", ctypes.c_uint64, int),
    float: ("f8", F8, float), np.float64: ("f8", F8, float),
}  # fmt: skip
LARGEST = 2**63


class Raised(ctypes.Structure):
    """What Numba's machine code says of an exception: its class and arguments, pickled."""

    _fields_ = (
        ("pickled", ctypes.c_void_p), ("length", ctypes.c_int32), ("digest", ctypes.c_void_p),
        ("made_by", ctypes.c_void_p), ("arguments", ctypes.c_int32),
    )  # fmt: skip


FORM = "{i8*, i32, i8*, i8*, i32}"  # of `Raised`, as Numba writes it
RAISED = 1  # what a function returns that raised an exception of the program's


class Unknown(Exception):
    """An argument of a kind that only Numba can hand over."""


def works() -> bool:
    """Return whether machine code can be loaded without Numba here."""
    return sys.platform == "linux" and sys.maxsize > 2**32 and sys.byteorder == "little"


@cache
def of_records(dtype: np.dtype[Any]) -> str:
    """Return a name for the layout of a record, or of another item of an array."""
    return hashlib.sha256(f"{dtype!r} {dtype.itemsize}".encode()).hexdigest()[:16]


def form_of(value: Any) -> Any:
    """Return what there is to know of an argument before its value, to tell codes apart.

    Raises
    ------
    Unknown
        If it can only be handed over by Numba.

    Examples
    --------
    >>> form_of((1, 2.0)), form_of(np.zeros((2, 3)))[1:]
    (('tuple', 'i8', 'f8'), (2, 'C', True, True))
    """
    kind = type(value)
    if kind in NUMBERS:
        if kind is int and not -LARGEST <= value < LARGEST:
            raise Unknown
        return NUMBERS[kind][0]
    if kind is np.ndarray:
        held = value.flags
        order = "C" if held.c_contiguous else "F" if held.f_contiguous else "A"
        return value.dtype, value.ndim, order, held.aligned, held.writeable
    if isinstance(value, np.void) and value.dtype.names:
        return "record", value.dtype
    if isinstance(value, tuple):
        name = "tuple" if kind is tuple else f"{kind.__module__}.{kind.__qualname__}"
        return (name, *map(form_of, value))
    raise Unknown


def name_of(form: Any) -> str:
    """Return a form in writing, the same in every process.

    Examples
    --------
    >>> name_of(("tuple", "i8", "f8"))
    '(tuple i8 f8)'
    """
    if isinstance(form, np.dtype):
        return of_records(form)
    return f"({' '.join(map(name_of, form))})" if isinstance(form, tuple) else str(form)


def kinds_of(value: Any) -> list[Any]:
    """Return the kinds of what an argument is handed over as, as ctypes knows them."""
    if type(value) in NUMBERS:
        return [NUMBERS[type(value)][1]]
    if isinstance(value, np.void):
        return [POINTER]
    if isinstance(value, tuple):
        return [kind for one in value for kind in kinds_of(one)]
    return array_kinds(value.ndim)


def handed_over(value: Any, out: list[Any]) -> None:
    """Append to ``out`` what an argument is handed over as."""
    kind = type(value)
    if kind in NUMBERS:
        out.append(NUMBERS[kind][2](value))
    elif kind is np.ndarray:
        at = value.ctypes.data
        out += as_array(value.size, value.itemsize, at, value.shape, value.strides)
    elif isinstance(value, tuple):
        for one in value:
            handed_over(one, out)
    else:
        # no copy of the record; to be asked itself, it would write out what all its fields are
        out.append(np.asarray(value).ctypes.data)


def call(
    function: Callable[..., Any], found: dict[Any, Any], args: tuple[Any, ...]
) -> tuple[bool, Any]:
    """Call the machine code that is kept of a function.

    Parameters
    ----------
    function : callable
        As it was before it was compiled.
    found : dict
        What has been found of it in this process, by the form of its arguments.
    args : tuple

    Returns
    -------
    done : bool
        Whether there was any, and it came to its end.
    answer : object

    Raises
    ------
    Exception
        What the function raises.
    """
    try:
        form = tuple(map(form_of, args))
    except Unknown:
        return False, None
    if form not in found:
        found[form] = way_of(function, name_of(form), args)
    way = found[form]
    return (False, None) if way is None else way(args)


def way_of(function: Callable[..., Any], form: str, args: tuple[Any, ...]) -> Any:
    """Return what calls the machine code kept of a function for such arguments, or None."""
    code = load(function, form)
    if code is None:
        return None
    kinds = [kind for value in args for kind in kinds_of(value)]
    enter: Any = ctypes.CFUNCTYPE(ctypes.c_int32, POINTER, POINTER, *kinds)(code.address)
    answer, of_truth = ANSWERS[code.answer], code.answer == "bool"

    def way(args: tuple[Any, ...]) -> tuple[bool, Any]:
        out: list[Any] = []
        for value in args:
            handed_over(value, out)
        error, room = ctypes.POINTER(Raised)(), (answer or POINTER)()
        code = enter(ctypes.addressof(room), ctypes.addressof(error), *out)
        if code:
            again = raised(error) if code == RAISED else None
            if again is None:
                return False, None
            raise again
        if answer is None:
            return True, None
        return True, bool(room.value) if of_truth else room.value

    return way


def raised(error: Any) -> BaseException | None:
    """Return the exception that machine code raised, or None if only Numba can make it."""
    if not error or error.contents.made_by:
        return None
    told = error.contents
    kind, given, _ = pickle.loads(ctypes.string_at(told.pickled, told.length))
    made = kind(*given)
    return made if isinstance(made, BaseException) else None


def file_of(function: Callable[..., Any], form: str) -> Path | None:
    """Return where the machine code of a function for such arguments is kept, or None.

    Only what a module of the package calls by name is: what that is does not change while the
    sources do not.
    """
    module, name = function.__module__, function.__qualname__
    if not works() or not module.startswith("negotiation.") or "<" in name:
        return None
    digest = hashlib.sha256(f"{form} {processor()}".encode() + source_of(function))
    short = f"{module.removeprefix('negotiation.')}.{name}-{digest.hexdigest()[:16]}.code"
    return sources.machine_code_folder() / "alone" / short


@cache
def _read(path: str) -> bytes:
    return Path(path).read_bytes()


def source_of(function: Callable[..., Any]) -> bytes:
    """Return the text of the module of a function, which need not be among the rules."""
    return _read(function.__code__.co_filename)


def load(function: Callable[..., Any], form: str) -> Function | None:
    """Return the machine code kept of a function for such arguments, or None."""
    path = file_of(function, form)
    return None if path is None else function_in(path)


def keep(
    function: Callable[..., Any], args: tuple[Any, ...], code: bytes, symbol: str, answer: str
) -> None:
    """Keep the machine code of a function for the processes to come, if that is possible.

    Parameters
    ----------
    function : callable
        As it was before it was compiled.
    args : tuple
        Such as it was compiled for.
    code : bytes
        An object file.
    symbol : str
        The function's name there.
    answer : str
        Numba's name of the type that it returns.
    """
    with suppress(Unknown):
        keep_form(function, name_of(tuple(map(form_of, args))), code, symbol, answer)


def keep_form(
    function: Callable[..., Any], form: str, code: bytes, symbol: str, answer: str
) -> None:
    """Keep machine code under the form of its arguments in writing, see :func:`keep`."""
    path = file_of(function, form)
    if path is None or not code or answer not in ANSWERS:
        return
    try:
        needs = needed(code)
    except (struct.error, ValueError, IndexError):
        return
    if any(name.startswith(("NRT_", "numba_")) and name not in NUMBAS for name in needs):
        return
    about = {
        "symbol": symbol, "answer": answer, "needs": needs,
        "digest": hashlib.sha256(code).hexdigest(),
    }  # fmt: skip
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            file.write(MARK + json.dumps(about).encode() + b"\n" + code)
