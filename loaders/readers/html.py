"""Web pages to text: the report stays, the page around it goes.

The page is cut into blocks with lxml, paragraphs and table rows one line each.
trafilatura says which blocks are the article; a block that holds sentences is
kept whatever it says, so that no part of a report is lost. Nothing is fetched,
run or resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from graph.errors import ReadError
from loaders.readers.base import Reading
from loaders.readers.decoding import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NAME = "html"
SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")

MAX_PAGE = 10_000_000
"""Characters of markup; a longer page is no report."""

MAX_BLOCKS = 10_000
"""Blocks of a page that trafilatura still judges; its time grows faster than the page."""

_OPENING = re.compile(
    rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s*){0,5}"
    rb"<(?:!doctype\s+html|html|head|body|meta|title)[\s>]",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DROPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed",
    "applet", "canvas", "audio", "video", "map", "select", "button", "textarea", "nav", "head",
    "link", "meta", "title",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "thead",
    "tfoot", "tr", "ul",
))  # fmt: skip
_TITLE_SUFFIX = re.compile(r"\s*(?:[_|｜]|--|\s[-–—]\s).*$", re.DOTALL)
_DATED = re.compile(
    r"(?:发布|发文|成文|公开|印发)?(?:日期|时间)\s*[:：]\s*(?:19|20)\d\d|^(?:19|20)\d\d[-年./]\d"
)
_UNSEEN = re.compile(
    r"<!--(?:.*?-->|.*)|<(script|style|noscript|template)\b(?:.*?</\1\s*>|.*)",
    re.DOTALL | re.IGNORECASE,
)
_BREAKS = re.compile(r"<(?:br|p|div|li|tr|h[1-6]|/p|/div|/tr|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>")


@dataclass(slots=True)
class _Block:
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    heading: bool = False

    @property
    def text(self) -> str:
        return re.sub(r"[ \r\n\f\xa0]+", " ", "".join(self.pieces)).strip(" \t")


def sniff(data: bytes) -> bool:
    """Whether the content opens like a web page."""
    return bool(
        _OPENING.match(data[:8192].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n"))
    )


def read(data: bytes, path: str) -> Reading:
    """Read the report off a page: title, date line, paragraphs, table rows.

    Raises:
        ReadError: Too large, in an unknown encoding, or without any text.
    """
    declared = _CHARSET.search(data[:8192])
    page, warnings = decode(
        data, path, declared[1].decode("ascii", "replace") if declared else None
    )
    if len(page) > MAX_PAGE:
        raise ReadError(f"is a page of more than {MAX_PAGE:,} characters, the limit", path=path)
    bare = _strip(page)
    tree = _parse(page)
    blocks = list(_blocks(tree)) if tree is not None else []
    if tree is None or sum(len(b.text) for b in blocks) < 0.5 * _seen(tree, bare):
        return Reading(bare, (*warnings, "the page is nested too deep; read without its layout"))
    kept = _article(blocks, page)
    if not kept:
        raise ReadError("is a page without text", path=path)
    head = [line for line in (_title(tree), _date(tree)) if line]
    flat = _flat("".join(block.text for block in kept))
    lines = [line for line in head if _flat(line) not in flat]
    return Reading("\n".join([*lines, *("　　" + block.text for block in kept)]), warnings)


def _parse(page: str) -> HtmlElement | None:
    from lxml import etree  # only pages need it
    from lxml.html import HTMLParser, document_fromstring

    page = re.sub(r"^\s*<\?xml[^>]*>", "", page).replace("\x00", "")
    try:
        return document_fromstring(page, parser=HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.LxmlError, ValueError):
        return None


def _strip(page: str) -> str:
    return unescape(_TAGS.sub("", _BREAKS.sub("\n", _UNSEEN.sub("", page))))


def _seen(tree: HtmlElement, bare: str) -> int:
    """Characters that the parser should have found: it stops at 255 levels."""
    deep = len(_flat(bare)) > 2 * len(_flat("".join(tree.itertext())))
    return len(bare) if deep else 0


def _blocks(tree: HtmlElement) -> Iterator[_Block]:
    """Blocks of visible text in order; the cells of a table row share one, tabs between."""
    from lxml import etree  # only pages need it

    block = _Block()
    cells = links = hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        opening = event == "start"
        if tag in _DROPPED or _is_hidden(element):
            hidden += 1 if opening else -1
        row = tag == "tr" and _is_row(element)
        if row:
            cells += 1 if opening else -1
        breaks = (tag in _BLOCKS or tag == "td") and not (cells and not row)
        if not hidden and (breaks or (tag == "br" and opening and not cells)):
            if block.text:
                yield block
            block = _Block(heading=opening and tag in ("h1", "h2", "h3"))
        if opening and tag in ("td", "th") and cells and block.pieces:
            block.pieces.append("\t")
        links += (1 if opening else -1) if tag == "a" else 0
        text = element.text if opening else element.tail
        if text and not hidden:
            block.pieces.append(text)
            block.linked += len(text.strip()) if links else 0
    if block.text:
        yield block


def _is_row(element: HtmlElement) -> bool:
    """Whether a table row holds data; a row of one cell or with a table inside is layout."""
    return len(element) > 1 and element.find(".//table") is None


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style") or ""
    return element.get("hidden") is not None or bool(re.search(r"display\s*:\s*none", style))


def _article(blocks: list[_Block], page: str) -> list[_Block]:
    """From the first block of the article to the last, without lists of links between."""
    import trafilatura  # slow to load, and only pages need it

    said = ""
    if len(blocks) <= MAX_BLOCKS:
        said = trafilatura.extract(page, include_comments=False, favor_recall=True) or ""
    article = _flat(said.replace("|", ""))
    chosen = [_is_sentence(b) or (_flat(b.text) in article and not _is_links(b)) for b in blocks]
    if not any(chosen):
        return [block for block in blocks if not _is_links(block)]
    first, last = chosen.index(True), len(chosen) - chosen[::-1].index(True)
    while first and (blocks[first - 1].heading or _DATED.search(blocks[first - 1].text)):
        first -= 1
    return [b for i, b in enumerate(blocks[first:last], first) if chosen[i] or not _is_links(b)]


def _is_sentence(block: _Block) -> bool:
    return len(block.text) >= 25 and "。" in block.text and not _is_links(block)


def _is_links(block: _Block) -> bool:
    return block.linked > 0.6 * len(block.text)


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _title(tree: HtmlElement) -> str:
    """Title by the meta tags of government pages, else the first h1, else the page's."""
    for meta in tree.iterfind(".//meta"):
        if (meta.get("name") or "").lower() == "articletitle" and meta.get("content"):
            return str(meta.get("content")).strip()
    for element in (*tree.findall(".//h1"), *tree.findall(".//title")):
        text = re.sub(r"\s+", " ", element.text_content()).strip()
        if text:
            return text if element.tag == "h1" else _TITLE_SUFFIX.sub("", text)
    return ""


def _date(tree: HtmlElement) -> str:
    for meta in tree.iterfind(".//meta"):
        if (meta.get("name") or "").lower() == "pubdate":
            found = re.match(
                r"\s*((?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)", meta.get("content") or ""
            )
            return found[1] if found else ""
    return ""
