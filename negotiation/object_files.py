"""Object files of machine code: what they need, and how they get into memory.

LLVM's loader, which Numba uses too, takes some milliseconds for what compiling takes a minute for.
Neither Numba nor NumPy is imported for it. Only where object files are ELF (Linux), where their
symbols are read before they are loaded: LLVM ends the process if one is missing.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import struct
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

I8, F8, POINTER = ctypes.c_int64, ctypes.c_double, ctypes.c_void_p
ANSWERS: dict[str, Any] = {  # by the name of Numba's type; nothing is written where it is none
    "none": None, "bool": ctypes.c_uint8, "int64": I8, "uint64": ctypes.c_uint64, "float64": F8,
}  # fmt: skip
# Numba's own helpers, needed where Python's objects are taken and given and where an error is told;
# a function that made memory of Numba's would need others too
NUMBAS = frozenset(
    ("NRT_Free", "NRT_MemInfo_call_dtor", "NRT_adapt_ndarray_from_python", "numba_do_raise",
     "numba_extract_record_data", "numba_gil_ensure", "numba_gil_release",
     "numba_release_buffer", "numba_runtime_build_excinfo_struct", "numba_unpickle")
)  # fmt: skip
MARK = b"negotiation machine code 1\n"
SECTIONS, ENTRY, SYMBOL = "<40xQ10xHHH", "<4xI16xQQI12xQ", "<IBBHQQ"  # of an ELF file, 64 bits
SYMBOLS = 2  # the kind of section that holds them
_loading = threading.Lock()
_engines: list[Any] = []  # that hold machine code in memory
_known: dict[bytes, Function | None] = {}  # by the digest of the file


class Function(NamedTuple):
    """Machine code in memory.

    Attributes
    ----------
    address : int
    answer : str
        Numba's name of the type that it returns, a key of ``ANSWERS``.
    """

    address: int
    answer: str


def array_kinds(dimensions: int) -> list[Any]:
    """Return the kinds of what an array is handed over as, as ctypes knows them."""
    return [POINTER, POINTER, I8, I8, POINTER, *[I8] * (2 * dimensions)]


def as_array(
    size: int, itemsize: int, address: int, shape: Iterable[int], strides: Iterable[int]
) -> tuple[Any, ...]:
    """Return what an array is handed over as: its owners, which are none, then what it is.

    Examples
    --------
    >>> as_array(6, 8, 4096, (2, 3), (24, 8))
    (None, None, 6, 8, 4096, 2, 3, 24, 8)
    """
    return (None, None, size, itemsize, address, *shape, *strides)


@cache
def processor() -> str:
    """Return what the code depends on beside the sources: Python, processor, Numba's settings."""
    from llvmlite import binding as llvm

    settings = sorted(f"{k}={v}" for k, v in os.environ.items() if k.startswith("NUMBA_"))
    able = llvm.get_host_cpu_features().flatten()
    kind = (llvm.get_process_triple(), llvm.get_host_cpu_name(), able)
    return " ".join((str(sys.implementation.cache_tag), *kind, *settings))


def function_in(path: Path) -> Function | None:
    """Return the function that a file keeps, or None if that cannot be.

    It is put into memory once, whoever asks for it.
    """
    with _loading, suppress(OSError, ValueError, KeyError, TypeError, struct.error):
        kept = path.read_bytes()
        digest = hashlib.sha256(kept).digest()
        if digest not in _known:
            _known[digest] = loaded(kept)
        return _known[digest]
    return None


def loaded(kept: bytes) -> Function | None:
    """Put what was read of a file into memory, or return None if that cannot be.

    Raises
    ------
    ValueError, KeyError
        If the file is damaged.
    """
    from llvmlite import binding as llvm

    head, _, code = kept.removeprefix(MARK).partition(b"\n")
    about = json.loads(head)
    if hashlib.sha256(code).hexdigest() != about["digest"] or about["answer"] not in ANSWERS:
        return None
    process: Any = ctypes.CDLL(None)
    end = ctypes.cast(process.abort, POINTER).value
    for name in about["needs"]:
        if name in NUMBAS:
            if llvm.address_of_symbol(name) is None:
                llvm.add_symbol(name, end)  # never asked: Numba replaces it where it is imported
        elif not hasattr(process, name):
            return None
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine(codemodel="jitdefault")
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.object_file.ObjectFileRef.from_data(code))
    engine.finalize_object()
    address = engine.get_function_address(about["symbol"])
    _engines.append(engine)
    return Function(address, about["answer"]) if address else None


def needed(code: bytes) -> list[str]:
    """Return the symbols that an object file needs and does not have.

    Raises
    ------
    ValueError
        If it is no ELF file of 64 bits.
    """
    if code[:6] != b"\x7fELF\x02\x01":
        raise ValueError("not an ELF file of 64 bits")
    at, size, count, _ = struct.unpack_from(SECTIONS, code)
    sections = [struct.unpack_from(ENTRY, code, at + i * size) for i in range(count)]
    found = []
    for kind, start, length, names, each in sections:
        if kind != SYMBOLS:
            continue
        _, strings, room, _, _ = sections[names]
        table = code[strings : strings + room]
        for place in range(start + each, start + length, each):  # the first is none
            name, _, _, where, _, _ = struct.unpack_from(SYMBOL, code, place)
            if where == 0:
                found.append(table[name : table.index(b"\0", name)].decode())
    return sorted(filter(None, found))
