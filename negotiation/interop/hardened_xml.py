"""Read an XML file from a stranger without trusting it.

XML can do more than hold data: a document type declaration (DOCTYPE) may define entities that
expand to gigabytes ("billion laughs") or that pull other files into the document. Negotiation
domains need none of it, so the first byte of a DOCTYPE ends the reading.

Why the standard library's expat and not a hardening package: a refusal should name its line,
which the usual element tree forgets and expat knows, and the defence is one handler: without
a DOCTYPE no entity can be declared, so none can expand or be fetched. The long-standing
package for this, defusedxml, had its last stable release in 2021 and would add a dependency
for the same handler.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from negotiation.errors import InputError, MissingFile

MAX_BYTES = 10_000_000
MAX_ELEMENTS = 200_000
MAX_DEPTH = 50
MAX_SHOWN = 60


@dataclass(frozen=True)
class Element:
    """One XML element: its tag, attributes, line in the file and child elements."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)

    def named(self, tag: str) -> list[Element]:
        """Return the children with this tag, in the file's order."""
        return [child for child in self.children if child.tag == tag]

    def same(self, other: Element) -> bool:
        """Return whether another element says the same, on whatever line."""
        return (
            self.tag == other.tag
            and self.attributes == other.attributes
            and len(self.children) == len(other.children)
            and all(map(Element.same, self.children, other.children))
        )

    def descendants(self, tag: str) -> Iterator[Element]:
        """Yield all elements with this tag below this one, in the file's order."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.descendants(tag)


def read_xml(path: str | Path, what: str) -> Element:
    r"""Return the root element of an XML file, or refuse the file in one sentence.

    Parameters
    ----------
    path : str or Path
        A regular file of at most 10 million bytes, in any encoding that XML declares.
    what : str
        What the file should be, for the message when it does not exist.

    Returns
    -------
    Element
        The root; text between tags is ignored, as GENIUS ignores it.

    Raises
    ------
    MissingFile
        If there is no such file.
    InputError
        If it is no regular file, cannot be read, is too large, declares a document type,
        nests too deeply, or is not well-formed XML.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "d.xml")
    ...     _ = path.write_text("<a>\n<b c='1'/></a>")
    ...     read_xml(path, "a domain").named("b")
    [Element(tag='b', attributes={'c': '1'}, line=2, children=[])]
    """
    return _Reading(str(path)).parse(content_of(path, what))


def shown(text: str) -> str:
    r"""Return text from a file as a short quotation that is safe to print.

    Examples
    --------
    >>> shown("a\nb")
    "'a\\nb'"
    """
    return repr(text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + "...")


def content_of(path: str | Path, what: str) -> bytes:
    """Return what is in a regular file of a size that can be read, and not empty."""
    path = Path(path)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise MissingFile(path, what) from None
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read ({error.strerror}).") from None
    except ValueError:  # a NUL in the name
        raise InputError(f"{str(path)!r}: this is not a file name; expected {what}.") from None
    if stat.S_ISDIR(mode):
        raise InputError(f"{path}: this is a directory; expected {what}.")
    if not stat.S_ISREG(mode):  # a pipe or device could block or never end
        raise InputError(f"{path}: this is not a regular file; expected {what}.")
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read ({error.strerror}).") from None
    if len(content) > MAX_BYTES:
        raise InputError(f"{path}: the file is larger than {MAX_BYTES:,} bytes, the most allowed.")
    if not content.strip():
        raise InputError(f"{path}: the file is empty; expected {what}.")
    return content


def bare_ampersand(content: bytes, place: int) -> str:
    r"""Return what to say of an ``&`` that stands for itself, where reading ended at ``place``.

    Examples
    --------
    >>> bare_ampersand(b'<item value="mid & up"/>', 18)
    "; the & in 'mid & up' has to be written &amp;"
    """
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    before = content[:place].decode(encoding, "replace")
    after = content.decode(encoding, "replace")[len(before) :]
    begun = re.search(r"&[\w#.:-]*$", before)
    named = re.match(r"<[^<>]*?&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)", after)
    if begun is None and named is None:
        return ""
    start = begun.start() if begun else len(before) + named.end() - 1  # type: ignore[union-attr]
    whole = before + after
    left = max(whole.rfind(mark, 0, start) for mark in "\"'>\n") + 1
    text = re.split("[\"'<\n]", whole[left : left + 200])[0]
    return f"; the & in {shown(text)} has to be written &amp;"


class _Reading:
    """The state of one pass over a file: the open elements and the last issue seen."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.open: list[Element] = []
        self.root: Element | None = None
        self.last_issue = ""
        self.elements = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.doctype

    def parse(self, content: bytes) -> Element:
        try:
            self.parser.Parse(content, True)
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, "broken")
            if reason.startswith("not well-formed"):
                reason = "a character is where XML does not allow it"
            reason += bare_ampersand(content, self.parser.ErrorByteIndex)
            raise self.refusal(f"this is not well-formed XML ({reason})", error.lineno) from None
        except (LookupError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            raise self.refusal("the declared character encoding is not supported") from None
        assert self.root is not None, "expat accepts no document without a root"
        return self.root

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise self.refusal(f"elements are nested more than {MAX_DEPTH} deep")
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise self.refusal(f"there are more than {MAX_ELEMENTS:,} elements")
        element = Element(tag, attributes, self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)
        if tag == "issue":
            self.last_issue = attributes.get("name", attributes.get("index", ""))

    def end(self, tag: str) -> None:
        self.open.pop()

    def doctype(self, *declaration: object) -> None:
        raise self.refusal("a document type declaration (DOCTYPE) is not allowed")

    def refusal(self, problem: str, line: int = 0) -> InputError:
        place = f"{self.path}, line {line or self.parser.CurrentLineNumber}"
        if self.last_issue:
            inside = any(element.tag == "issue" for element in self.open)
            place += f", {'in' if inside else 'after'} issue {shown(self.last_issue)}"
        return InputError(f"{place}: {problem}.")
