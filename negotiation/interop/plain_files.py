"""JSON and YAML from strangers as plain data: no code, no references, no key twice."""

from __future__ import annotations

import json
from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from negotiation.errors import FileProblems, InputError
from negotiation.interop.hardened_xml import content_of, shown
from negotiation.scenario.problems import sentences

Model = TypeVar("Model", bound=BaseModel)
MOST_PROBLEMS = 20  # that are listed
MAX_YAML = 2_000_000  # characters: it is read a thousand times slower than JSON
MOST_VALUES = 100_000  # of an issue that is a range of numbers


def plain(path: str | Path, what: str) -> Any:
    """Return what is in a JSON or a YAML file, by its ending.

    Raises
    ------
    InputError
        In one sentence, if there is no such file or it is not of that kind.
    """
    content = content_of(path, what)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path}: not text (UTF-8); expected {what}.") from None
    try:
        return from_yaml(text) if is_yaml(path) else from_json(text)
    except RecursionError:
        raise InputError(f"{path}: tables are nested too deeply; expected {what}.") from None
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def is_yaml(path: str | Path) -> bool:
    """Return whether a file is YAML by its name."""
    return Path(path).suffix.lower() in (".yml", ".yaml")


def from_json(text: str) -> Any:
    """Return what a JSON text says.

    Examples
    --------
    >>> from_json('{"a": 1, "a": 2}')
    Traceback (most recent call last):
    ...
    negotiation.errors.InputError: 'a' is there twice, and not the same; allowed: once.
    """
    try:
        return json.loads(text, object_pairs_hook=_table)
    except json.JSONDecodeError as error:
        said = f"{error.msg[:1].lower()}{error.msg[1:]}"
        raise InputError(f"line {error.lineno}: this is not JSON ({said}).") from None
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise InputError("a number has too many digits.") from None


def from_yaml(text: str) -> Any:
    """Return what a YAML text says; lists come as tuples, which may be keys."""
    try:
        import yaml
    except ImportError:
        raise InputError(
            "PyYAML is not installed; install it with: pip install 'negotiation[negmas]'."
        ) from None
    if len(text) > MAX_YAML:
        raise InputError(f"more than {MAX_YAML:,} characters, the most allowed of YAML.")

    fastest = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(fastest):  # type: ignore[misc,valid-type]
        """Keys once each, and lists that may be keys."""

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            pairs = [
                (self.construct_object(k, deep=True), self.construct_object(v, deep=True))
                for k, v in node.value
            ]
            return _table(pairs)

    Loader.add_constructor(
        "tag:yaml.org,2002:seq",
        lambda loader, node: tuple(loader.construct_sequence(node, deep=True)),
    )
    Loader.add_constructor(
        "tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node)
    )
    try:
        for event in yaml.parse(text, fastest):  # by references a short text can be a long one
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1
                raise InputError(f"line {line}: a reference (*name) is not allowed.")
        return yaml.load(text, Loader)  # noqa: S506  (a SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}: " if mark else ""
        said = str(getattr(error, "problem", None) or "broken").splitlines()[0]
        raise InputError(f"{place}this is not YAML ({said[:80]}).") from None
    except (ValueError, OverflowError, AttributeError, TypeError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError("this is not YAML (a value that cannot be read).") from None


def checked(path: str | Path, data: Any, model: type[Model]) -> Model:
    """Return data as a model, or say everything that is wrong with the file at once."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = sentences(error, model)
        left = len(found) - MOST_PROBLEMS
        more = [f"and {left:,} more."] if left > 0 else []
        raise FileProblems(path, [*found[:MOST_PROBLEMS], *more]) from None


def _table(pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key, value in pairs:
        if not isinstance(key, Hashable):
            raise InputError("a table stands where a name is expected.")
        if key in found and found[key] != value:
            raise InputError(f"{shown(str(key))} is there twice, and not the same; allowed: once.")
        found[key] = value
    return found
