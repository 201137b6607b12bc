"""What a caller gives is held to the annotations of what is called, once, at the door.

`lazily` puts behind it all that the package offers: functions, and the methods of classes. An
annotation then says what is checked: ``int`` is a whole number, ``float`` a finite one, an array
has rows of finite numbers, all as long. What no annotation says, such as which shares may be asked
for, the function says itself.
"""

from __future__ import annotations

import ast
import inspect
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, wraps
from importlib import import_module
from itertools import repeat
from numbers import Integral, Real
from pathlib import Path
from types import GenericAlias, ModuleType, NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from negotiation.errors import FileProblems, InputError, OutOfRange, WrongKind

T = TypeVar("T")
inside = threading.local()
MOST = 1e100  # in size: squares and products of numbers stay finite
HELD: set[tuple[type, bool]] = set()  # classes behind the door, and whether their making is
LISTS = (list, tuple, Sequence, Collection, Iterable)


def checked(offered: T, **ranges: tuple[float, float]) -> T:
    """Return a function, or a class with its methods, that holds what it is given to its types.

    A function that Numba has compiled stays one that compiled code can call. It cannot complain
    itself, so what its numbers may be is given here: ``ranges`` of its arguments.

    Examples
    --------
    >>> def half(number: float) -> float:
    ...     return number / 2
    >>> checked(half)("x")
    Traceback (most recent call last):
        ...
    negotiation.errors.WrongKind: half: number = 'x' is not allowed; expected a finite number.
    """
    if isinstance(offered, type):
        _check_methods(offered)
    if inspect.isfunction(inspect.unwrap(offered)):  # type: ignore[arg-type]
        return _function(offered, ranges=ranges)  # type: ignore[no-any-return]
    return offered


def ranged(**ranges: tuple[float, float]) -> Callable[[T], T]:
    """Return `checked` with the ranges of a compiled function's arguments, as a decorator."""
    return lambda function: checked(function, **ranges)


def _check_methods(offered: Any, making: bool = True) -> None:
    """Put the public methods of a class behind the door, and its making if that checks anything.

    A dataclass without ``__post_init__`` holds results, which no user makes; nor does one make by
    hand (``making``) what a function returns and the package does not offer.
    """
    for cls in offered.__mro__:
        if cls.__module__.startswith("negotiation.") and (cls, making) not in HELD:
            HELD.add((cls, making))
            _check_own_methods(cls, making)


def _check_own_methods(cls: Any, making: bool) -> None:
    results = hasattr(cls, "__dataclass_fields__") and not hasattr(cls, "__post_init__")
    holds_results = results or not making
    for name, member in list(vars(cls).items()):
        if name.startswith("_") and (name != "__init__" or holds_results):
            continue
        if isinstance(member, staticmethod | classmethod):
            setattr(cls, name, type(member)(_function(member.__func__, f"{cls.__name__}.")))
        elif inspect.isfunction(member) and member.__module__ == cls.__module__:
            setattr(cls, name, _function(member, f"{cls.__name__}."))
        elif read := getattr(member, "fget", None) or getattr(member, "func", None):  # a property
            _check_classes(_meant(read, inspect.signature(read).return_annotation))


def _function(
    function: Any, owner: str = "", ranges: Mapping[str, tuple[float, float]] | None = None
) -> Any:
    if hasattr(function, "at_door"):
        return function
    signature = inspect.signature(function)
    name = f"{owner}{function.__name__}".removesuffix(".__init__")

    @wraps(function)
    def held_to_types(*given: Any, **options: Any) -> Any:
        if getattr(inside, "door", False):  # what the package gives itself is its own affair
            return function(*given, **options)
        try:
            bound = signature.bind(*given, **options)
        except TypeError:  # an argument too many or too few: Python's own sentence says which
            return function(*given, **options)
        for argument, hint in _hints(function).items():
            value: Any = bound.arguments.get(argument)
            if hasattr(value, "__next__") and _is_gone_through(hint):
                value = bound.arguments[argument] = list(value)  # it can be gone through once
            if argument in bound.arguments and (expected := unlike(hint, value)):
                raise WrongKind(f"{name}: {argument}", value, expected)
            if argument in bound.arguments:
                bound.arguments[argument] = _plain(hint, value)
            least, most = (ranges or {}).get(argument, (-MOST, MOST))
            if ranges and isinstance(value, int | float) and not least <= value <= most:
                raise OutOfRange(f"{name}: {argument}", value, f"from {least:g} to {most:g}")
        inside.door = True
        try:
            return function(*bound.args, **bound.kwargs)
        except OSError as error:
            if isinstance(error, InputError) or error.filename is None:
                raise
            raise FileProblems(error.filename, [f"{str(error.strerror).lower()}."]) from error
        finally:
            inside.door = False

    held_to_types.at_door = True  # type: ignore[attr-defined]
    # a compiled function stays one to other compiled ones, which call it past the door
    return function.guarded(held_to_types) if hasattr(function, "guarded") else held_to_types


def unlike(hint: Any, value: Any) -> str:
    """Return what is expected where ``value`` is not of the type ``hint``, else nothing.

    Examples
    --------
    >>> unlike(int | None, 2.5), unlike(Sequence[int], range(3))
    ('a whole number or None', '')
    """
    kind, inner = get_origin(hint) or hint, get_args(hint)
    if kind in (Union, UnionType):
        told = [unlike(one, value) for one in inner]
        return "" if "" in told else " or ".join(dict.fromkeys(told))
    if kind in LISTS:
        return _unlike_list(kind, inner, value)
    if kind in (dict, Mapping):
        return _unlike_table(inner, value)
    if kind in KNOWN:
        fits, expected = KNOWN[kind]
        if kind is int and isinstance(value, Integral) and _is_number(value):
            expected += " from -2^63 to 2^63 - 1"
        return "" if fits(value) else expected
    if not isinstance(kind, type):
        return ""
    if kind.__name__ == "ndarray" and inner:  # of numbers; else of records
        return _unlike_array(value)
    if not isinstance(value, kind):
        return f"a {kind.__name__}"
    by_hand = (kind, True) in HELD  # a tuple does not look at what it is made of
    for name in getattr(kind, "_fields", ()) if by_hand else ():
        hint = kind.__annotations__[name]
        meant = _meant(kind, getattr(hint, "__forward_arg__", hint))
        if expected := unlike(meant, getattr(value, name)):
            return f"a {kind.__name__} whose {name} is {expected}"
    return ""


def _plain(hint: Any, value: Any) -> Any:
    """Return a number of NumPy's as Python's, and a tuple where one is meant, whatever was given.

    An array in its place would be compared number by number.

    Examples
    --------
    >>> _plain(tuple[float, float] | None, [0, 1]), _plain(float, 2**70)
    ((0, 1), 1.1805916207174113e+21)
    """
    if isinstance(value, Real) and (own := getattr(value, "item", None)):
        return own()
    if hint is float and isinstance(value, int):  # NumPy and Numba know no larger whole numbers
        return float(value)
    kinds = [get_origin(one) or one for one in (hint, *get_args(hint))]
    if kinds[0] is tuple or kinds[0] in (Union, UnionType) and tuple in kinds:
        if hasattr(value, "tolist"):
            value = value.tolist()
        if isinstance(value, list) and not {list, Sequence, Collection}.intersection(kinds):
            return tuple(value)
    return value


def _is_gone_through(hint: Any) -> bool:
    kinds = [get_origin(one) or one for one in (hint, *get_args(hint))]
    return Iterable in kinds or Collection in kinds


def _unlike_list(kind: Any, inner: Any, value: Any) -> str:
    length = len(inner) if kind is tuple and inner and inner[-1] is not ... else None
    expected = f"a list of {length}" if length else "a list"
    try:
        needed = "__iter__" if kind in (Collection, Iterable) else "__getitem__"
        like = hasattr(value, needed) and not isinstance(value, str | bytes | Mapping)
        if not like or length not in (None, len(value)):
            return expected
    except TypeError:  # an array of no dimension, a class: nothing that has a length
        return expected
    hints = inner if length else repeat(inner[0] if inner else Any)
    for one, hint in zip(value, hints, strict=False):
        if told := unlike(hint, one):
            return f"{expected}, each {told}"
    return ""


def _unlike_table(inner: Any, value: Any) -> str:
    if not isinstance(value, Mapping):
        return "a table (dict)"
    for key, one in value.items():
        if told := unlike(inner[0], key):
            return f"a table whose keys are {told}"
        if told := unlike(inner[1], one):
            return f"a table whose entries are {told}"
    return ""


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, Real):
        return False
    plain: Any = value.item() if hasattr(value, "item") else value  # NumPy's may be too short
    return bool(-MOST <= plain <= MOST)


def _is_whole(value: Any) -> bool:
    return isinstance(value, Integral) and _is_number(value) and -(2**63) <= int(value) < 2**63


def _unlike_array(value: Any) -> str:
    import numpy as np

    try:
        array = np.asarray(value)
        if array.dtype.kind == "O":
            array = array.astype(float)
    except (TypeError, ValueError, OverflowError):
        return "numbers, in rows as long as each other"
    if array.dtype.kind not in "biuf" or not array.size:
        return "numbers, in rows as long as each other"
    odd = np.argwhere(~(abs(array.astype(float)) <= MOST)).tolist()
    return f"finite numbers, not {array[tuple(odd[0])]} at {odd[0]}" if odd else ""


KNOWN: dict[Any, tuple[Callable[[Any], bool], str]] = {
    Any: (lambda value: True, ""),
    object: (lambda value: True, ""),
    None: (lambda value: value is None, "None"),
    NoneType: (lambda value: value is None, "None"),
    float: (_is_number, "a finite number"),
    int: (_is_whole, "a whole number"),
    bool: (lambda value: type(value).__name__ in ("bool", "bool_"), "True or False"),
    str: (lambda value: isinstance(value, str) and "\0" not in value, "text"),
    type: (lambda value: isinstance(value, type), "a class"),
    Callable: (callable, "a function"),
    Path: (lambda value: isinstance(value, Path), "a path"),
}


@cache
def _hints(function: Any) -> dict[str, Any]:
    """Return the type of every argument; the classes of what is answered get behind the door."""
    signature, found = inspect.signature(function), {}
    for name, parameter in signature.parameters.items():
        if parameter.annotation is not parameter.empty:  # as of self, cls
            hint: Any = _meant(function, parameter.annotation)
            if parameter.kind is parameter.VAR_POSITIONAL:
                hint = GenericAlias(tuple, (hint, ...))
            elif parameter.kind is parameter.VAR_KEYWORD:
                hint = GenericAlias(dict, (str, hint))
            found[name] = hint
    _check_classes(_meant(function, signature.return_annotation))
    return found


def _check_classes(hint: Any) -> None:
    for one in (hint, *get_args(hint)):
        if isinstance(one, type) and not get_args(one):
            _check_methods(one, making=False)
        elif one is not hint:
            _check_classes(one)


def _meant(function: Any, annotation: Any) -> Any:
    """Return the type that an annotation names in the module of a function."""
    if not isinstance(annotation, str):
        return annotation
    module = sys.modules[function.__module__]
    return eval(annotation, vars(module), _names(module))


@cache
def _names(module: ModuleType) -> _Names:
    return _Names(module)


class _Names(dict[str, Any]):
    """What the names mean that a module imports, some of them for its annotations alone."""

    def __init__(self, module: ModuleType) -> None:
        self.homes: dict[str, tuple[str, str]] = {}
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                self.homes |= {x.asname or x.name: (node.module, x.name) for x in node.names}
            elif isinstance(node, ast.Import):
                self.homes |= {x.asname or x.name: (x.name, "") for x in node.names}

    def __missing__(self, name: str) -> Any:
        home, wanted = self.homes[name]
        if wanted == "ArrayLike":  # a union of a dozen protocols
            wanted = "NDArray"
        return getattr(import_module(home), wanted) if wanted else import_module(home)
