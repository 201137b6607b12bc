"""A page of the site for every public name, and a list of them: made when the site is made.

The pages hold a line that names the object; its docstring is set by mkdocstrings.
"""

from __future__ import annotations

import inspect
from importlib import import_module
from types import ModuleType
from typing import Any

MODULES = (
    "negotiation", "negotiation.sweep", "negotiation.strategies", "negotiation.economy",
    "negotiation.theory", "negotiation.plots", "negotiation.interop", "negotiation.skill",
    "negotiation.seat", "negotiation.contest", "negotiation.errors",
)  # fmt: skip
NEEDING = {  # what can be imported with an extra only, and what it does
    "negotiation.interop.pettingzoo.env": "The talks as a PettingZoo environment.",
    "negotiation.interop.pettingzoo.raw_env": "The same without PettingZoo's own checks.",
}
FOLDER = "reference/api"


def public(module: str) -> dict[str, Any]:
    """Return the public names of a module, modules aside, each with its object."""
    home = import_module(module)
    names = getattr(home, "__all__", None) or [
        name
        for name, thing in vars(home).items()
        if not name.startswith("_")
        and (inspect.isclass(thing) or inspect.isfunction(thing))
        and thing.__module__.startswith(module)
    ]
    found = {name: getattr(home, name) for name in sorted(names, key=str.lower)}
    return {name: thing for name, thing in found.items() if not isinstance(thing, ModuleType)}


def path_of(module: str, name: str, thing: Any) -> str:
    """Return where the object is defined; a plain value is where it is offered."""
    if inspect.isclass(thing) or inspect.isfunction(thing):
        return f"{thing.__module__}.{thing.__qualname__}"
    return f"{module}.{name}"


def first_line(thing: Any) -> str:
    """Return the first sentence of a docstring; of an alias of types, nothing."""
    own = inspect.isclass(thing) or inspect.isfunction(thing)
    return (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ") if own else ""


def pages() -> dict[str, str]:
    """Return the pages: their places in the site, and what they say."""
    made, index = {}, ["# Every public name\n"]
    for module in MODULES:
        short = module.replace("negotiation", "ng", 1)
        about = (inspect.getdoc(import_module(module)) or "").split("\n\n")[0]
        index.append(f"## `{short}`\n\n{about}\n\n| name | what it does |\n|---|---|")
        named = public(module)
        for name, thing in named.items():
            twin = inspect.isclass(thing) and name.lower() in named  # Odds beside odds
            page = f"{short}.{name}{'-class' * twin}.md"
            made[f"{FOLDER}/{page}"] = (
                f"# `{short}.{name}`\n\n::: {path_of(module, name, thing)}\n"
                "    options: {show_root_full_path: false}\n"
            )
            line = first_line(thing).replace("|", "\\|")
            index.append(f"| [`{short}.{name}`]({page}) | {line} |")
        index.append("")
    index.append("## With the extra `[rl]`\n\n| name | what it does |\n|---|---|")
    for path, line in NEEDING.items():
        name = path.replace("negotiation", "ng", 1)
        made[f"{FOLDER}/{name}.md"] = f"# `{name}`\n\n::: {path}\n"
        index.append(f"| [`{name}`]({name}.md) | {line} |")
    made[f"{FOLDER}/names.md"] = "\n".join(index)
    return made


def on_files(files: Any, config: Any) -> Any:
    """Add the pages to the site."""
    from mkdocs.structure.files import File  # no dependency of the tests, which look in here

    for place, content in pages().items():
        files.append(File.generated(config, place, content=content))
    return files
