"""A question written in Markdown, made safe to show: text only, nothing that is fetched or run."""

from __future__ import annotations

HEADINGS_BELOW = 2  # the page has one title, and the question's own headings lie below its section


def html_of(markdown: str) -> str:
    r"""Return Markdown as HTML, with raw HTML shown as text, and pictures left out.

    Headings are moved two levels down. Only web links stay links: a page that travels cannot
    keep links to files beside it.

    Examples
    --------
    >>> print(html_of("# What if?\n\nA *dove* <script>alert(1)</script>").strip())
    <h3>What if?</h3>
    <p>A <em>dove</em> &lt;script&gt;alert(1)&lt;/script&gt;</p>
    """
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    tokens = reader.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1:]) + HEADINGS_BELOW)}"
        kept: list[Token] = []
        local = False
        for child in token.children or []:
            if child.type == "link_open":
                address = str(child.attrs.get("href", ""))
                local = not address.startswith(("http://", "https://"))
            if not (local and child.type in ("link_open", "link_close")):
                kept.append(child)
        if token.children is not None:
            token.children = kept
    return str(reader.renderer.render(tokens, reader.options, {}))


def title_of(markdown: str) -> str:
    r"""Return the first heading of a text, or nothing.

    Examples
    --------
    >>> title_of("Some words\n\n# Hawks and doves\n")
    'Hawks and doves'
    """
    for line in markdown.splitlines():
        if line.startswith("#"):
            return line.lstrip("#").strip()
    return ""


def below(title: str, markdown: str) -> str:
    r"""Return a text without its first heading where that repeats the title above it.

    Examples
    --------
    >>> below("Hawks", "# Hawks\n\nSome words"), below("Hawks", "# Doves")
    ('Some words', '# Doves')
    """
    first, _, rest = markdown.strip().partition("\n")
    return rest.strip() if first.startswith("#") and title_of(first) == title else markdown
