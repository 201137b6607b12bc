"""What was typed, read without the library that typer reads it with.

For every argument and option, also one that was not given, typer builds a validator with pydantic,
whose import takes longer than a verb such as ``scenario list``. Text, lists of text and whole
numbers, and what was not given, need none; everything else is left to typer.
"""

from __future__ import annotations

from typing import Any

NOT_READ = object()


class PlainValue:
    """Reads the values of one argument or option: plain ones itself, others as typer would."""

    def __init__(self, typers: Any) -> None:
        self.typers = typers  # makes typer's own reader

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return what a value means, or raise typer's error."""
        read = plain(value, param)
        if read is NOT_READ:
            return self.typers().coerce(value, param=param, ctx=ctx)
        return read


def plain(value: Any, param: Any) -> Any:
    """Return what a value of an argument or option means, or ``NOT_READ`` where typer is needed."""
    described = param.type_descriptor
    several = param.multiple or param.nargs == -1
    if value is None:
        return () if several else None
    if several or described.parameter_info.parser is not None:
        if several or not isinstance(value, str | int):
            words = isinstance(value, list | tuple) and all(isinstance(x, str) for x in value)
            return list(value) if words and described.annotation == list[str] else NOT_READ
        return described.parameter_info.parser(value)
    return value if described.annotation is str and type(value) is str else NOT_READ


def read_plainly(command: Any, context: Any = None) -> None:
    """Let a command read what is plain by itself.

    With a typer that works otherwise nothing changes. ``context`` is that of the command, or of
    the one above it: then ``--help`` is read so too.

    Examples
    --------
    >>> import typer
    >>> app = typer.Typer()
    >>> @app.command()
    ... def greet(name: str) -> None:
    ...     print(name)
    >>> command = typer.main.get_command(app)
    >>> read_plainly(command)
    >>> command(["Li"], standalone_mode=False)
    Li
    """
    for param in command.params if context is None else command.get_params(context):
        typers = getattr(param, "get_runtime_param", None)
        needed = hasattr(param, "type_descriptor") and hasattr(param, "multiple")
        if typers is not None and needed and not isinstance(typers, Reader):
            param.get_runtime_param = Reader(typers)


class Reader:
    """Gives typer a `PlainValue` where it asks for a reader of its own."""

    def __init__(self, typers: Any) -> None:
        self.value = PlainValue(typers)

    def __call__(self) -> PlainValue:
        """Return the reader."""
        return self.value
