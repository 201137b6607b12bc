"""The calibration's file: JSON on few lines, so that a change of a number is a change of a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from negotiation.errors import InputError


def write(path: Path, data: dict[str, Any] | None) -> None:
    """Write the calibration; with no data only see to it that it can be written.

    Raises
    ------
    InputError
        If the place does not take a file.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        if data is None:
            existed = path.exists()
            path.open("a").close()
            if not existed:
                path.unlink()
        else:
            path.write_text(text(data), "utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"--out {path}: nothing can be written there ({reason}).") from None


def text(data: dict[str, Any]) -> str:
    r"""Return JSON with one line for each entry of a table.

    Examples
    --------
    >>> text({"a": 1})
    '{"a": 1}\n'
    """
    return _told(data, 0) + "\n"


def _told(value: Any, depth: int) -> str:
    flat = json.dumps(value, allow_nan=False)
    if not isinstance(value, dict | list) or len(flat) <= 90 or _is_row(value):
        return flat
    pad = "  " * (depth + 1)
    if isinstance(value, dict):
        lines = [f"{pad}{json.dumps(k)}: {_told(v, depth + 1)}" for k, v in value.items()]
        return "{\n" + ",\n".join(lines) + "\n" + "  " * depth + "}"
    lines = [f"{pad}{_told(v, depth + 1)}" for v in value]
    return "[\n" + ",\n".join(lines) + "\n" + "  " * depth + "]"


def _is_row(value: Any) -> bool:
    return isinstance(value, list) and all(not isinstance(x, dict | list) for x in value)
