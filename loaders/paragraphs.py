"""Which line breaks are paragraph ends, and which a page or a link put into a sentence.

Reports reach us hard-wrapped (scanned, copied from a page, read from PDF), cut
where a page ends, or with each link on a line of its own; most have one line a
paragraph. Only the shape decides: how long the lines are, whether a line ends
like a sentence, whether the next begins like something of its own (a number, a
date, a bracketed note, an indent), and whether the break splits a word of the
dictionary. In doubt a line stays a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.dictionary import dictionary_words

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_INDENT = re.compile(r"\u3000| {2}|\t")
_PAGE_NUMBER = re.compile(
    r"[-—－–─·]{1,3}\s*\d{1,4}\s*[-—－–─·]{1,3}|第\s*\d{1,4}\s*页(?:[,，、/ ]*共\s*\d{1,4}\s*页)?"
)
_ENDS = re.compile(r"[。！？；：!?;:…](?:[”’」』）)》]*)\Z|。[（(][^（()）]{2,200}[)）]\Z")
_ENDS_SENTENCE = re.compile(r"[。！？；!?;…][”’」』）)》]*\Z")
_OPENS = re.compile(r"[《〈“‘「『（(〔【]\Z")
_GOES_ON = re.compile(r"[，、,]\Z")
_CLOSES = re.compile(r"[，。、；：！？》〉”’」』）)〕】,;]")
# A line that begins like this begins something of its own.
_OWN = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,4}(?:[章节条编篇、，,]|部分)"
    r"|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]"
    r"|\d{1,2}(?:[.．](?!\d)|[、)）])"
    r"|[一二三四五六七八九十]{1,3}[是要]"
    r"|(?:首先|其次|再次|最后|其[一二三四五])[，,、]"
    r"|[①-⑳㈠-㈩#●■◆◇○□▲★]|[-*•·]\s|——"
    r"|附件|附[:：]|抄送|主送|(?:主办|承办|来源|作者|编辑|网站标识码)[:：]"
    r"|[（(](?:此件|本件|联系人|公开)"
)
_DATE = re.compile(
    r"(?:(?:19|20)\d\d|[一二][〇○Ｏ零一二三四五六七八九0]{3})\s?"
    r"(?:年[\d一二三四五六七八九十\s]{1,4}月(?:[\d一二三四五六七八九十\s]{1,4}日)?"
    r"|[-./]\d{1,2}[-./]\d{1,2})"
)
# The trail of a web page and its table of page data are no running text.
_PAGE = re.compile(
    r"您?(?:当前|现在|所在|的)*(?:所在)?位置|首\s*页|\[|\||[^<〈《]*[^<〈《\s]\s*[>＞›»]"
    r"|索\s?引\s?号|[一-鿿]{2,6}\s?[:：][^。；]{0,60}\s[一-鿿]{2,6}\s?[:：]"
)
_HEADING_NUMBER = re.compile(
    r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}(?:章|部分)"
    r"|[（(][一二三四五六七八九十]{1,3}[)）]"
)

MAX_WRAPPED = 120
"""Columns of the longest printed line; a longer line is a whole paragraph."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    indented: bool
    columns: int


def iter_line_edits(text: str) -> Iterator[tuple[int, int, str]]:
    """Say how to rewrite the white space between lines so that one line is one paragraph.

    Args:
        text: Text without control characters, ``\\n`` as its only line break.
    Yields:
        ``(start, end, replacement)`` in text order; page numbers fall into a gap.
    """
    lines = _lines(text)
    if not lines:
        if text:
            yield 0, len(text), ""
        return
    wrap = _wrap_columns(lines)
    indents = sum(line.indented for line in lines)
    # An indent says something only where some lines have none, unless lines are paragraphs.
    indents_count = 0 < indents < 0.8 * len(lines) if wrap else indents > 0
    if lines[0].start:
        yield 0, lines[0].start, ""
    opening = lines[0].start
    for index in range(1, len(lines)):
        before, line = lines[index - 1], lines[index]
        after = lines[index + 1].text if index + 1 < len(lines) else ""
        body = _is_body(text[opening : min(before.end, opening + 120)])
        if _continues(before, line, after, body, wrap, indents_count):
            gap = " " if _are_words(before.text[-1], line.text[0]) else ""
        else:
            gap = "\n"
            opening = line.start
        if text[before.end : line.start] != gap:
            yield before.end, line.start, gap
    if lines[-1].end < len(text):
        yield lines[-1].end, len(text), ""


def _lines(text: str) -> list[_Line]:
    lines = []
    for match in _LINE.finditer(text):
        printed = match.group()
        if len(printed) < 20 and _PAGE_NUMBER.fullmatch(printed):
            continue
        start = match.start()
        left = text.rfind("\n", max(0, start - 80), start) + 1
        indented = bool(_INDENT.match(text, max(left, start - 80), start)) if start else False
        short = len(printed) <= MAX_WRAPPED
        columns = len(printed.encode("gb18030", "replace")) if short else MAX_WRAPPED * 2
        columns += 4 * indented  # 段首空两格
        lines.append(_Line(start, match.end(), printed, indented, columns))
    return lines


def _wrap_columns(lines: Sequence[_Line]) -> int:
    """Columns at which the text was broken, 0 where lines are whole paragraphs."""
    counts = Counter(line.columns for line in lines)
    full = {w: sum(counts[w - d] for d in range(6)) for w in counts if 24 <= w <= MAX_WRAPPED}
    if not full:
        return 0
    width = max(full, key=lambda w: (full[w], w))
    at_width = [line for line in lines if width - 6 < line.columns <= width]
    wider = sum(line.columns > width + 1 for line in lines)
    ended = sum(bool(_ENDS.search(line.text[-210:])) for line in at_width)
    wrapped = (
        len(at_width) >= max(4, 0.35 * len(lines))
        and wider <= 0.1 * len(lines)
        and ended <= 0.5 * len(at_width)
    )
    return width if wrapped else 0


def _is_body(printed: str) -> bool:
    """Whether a line reads like running text rather than a heading or a name."""
    if len(printed) <= 70 and _OWN.match(printed) and not re.search(r"[。；;]", printed):
        return False
    if _PAGE.match(printed):
        return False
    return (
        len(printed) >= 45
        or "。" in printed
        or "；" in printed
        or (len(printed) >= 25 and ("，" in printed or "," in printed))
    ) and "\t" not in printed


def _continues(
    before: _Line, line: _Line, after: str, body: bool, wrap: int, indents_count: bool
) -> bool:
    """Whether ``line`` goes on with the sentence or paragraph that ``before`` belongs to."""
    last, printed = before.text[-210:], line.text
    if "\t" in before.text or "\t" in printed:
        return False
    if _CLOSES.match(printed) or _OPENS.search(last) or _is_open(last, printed):
        return True
    full = wrap > 0 and before.columns > wrap - 6
    if _OWN.match(printed) or _DATE.fullmatch(printed):
        return False
    if _splits_word(last[-8:], printed[:8]):
        return True
    if _is_signature(printed, after) and (_ENDS.search(last) or not full):
        return False
    if _is_salutation(printed) and not (full and body):
        return False
    if _ENDS.search(last):
        same_paragraph = wrap > 0 and before.columns >= wrap - 2 and not line.indented
        return same_paragraph and body and bool(_ENDS_SENTENCE.search(last))
    if _GOES_ON.search(last):
        return body or full or len(before.text) >= 8
    if indents_count and line.indented:
        return False
    if wrap:
        # Where paragraphs are indented, a line without an indent goes on.
        return full and (indents_count or not _is_whole_heading(before.text, line, after, wrap))
    return body


def _is_whole_heading(before: str, line: _Line, after: str, wrap: int) -> bool:
    """Whether a numbered heading fills its line, so that the next is no part of it.

    A heading over several lines ends in a short one; running text goes on in full lines.
    """
    if not _HEADING_NUMBER.match(before) or "。" in before or line.columns <= wrap - 6:
        return False
    ends_short = len(after.encode("gb18030", "replace")[:wrap]) <= wrap - 6
    return not (ends_short and not _OWN.match(after) and not re.search("[。；]", line.text + after))


def _is_open(last: str, printed: str) -> bool:
    """Whether a bracket opened in the last line closes early in the next."""
    for opening, closing in ("《》", "“”", "（）", "()", "「」", "〔〕"):
        if last.rfind(opening) > last.rfind(closing):
            close = printed.find(closing, 0, 60)
            if close >= 0 and opening not in printed[:close]:
                return True
    return False


def _is_signature(printed: str, after: str) -> bool:
    """Whether a line is the name that signs above a date."""
    return (
        len(printed) <= 40 and bool(_DATE.fullmatch(after)) and not re.search("[，。；]", printed)
    )


def _is_salutation(printed: str) -> bool:
    return len(printed) <= 40 and printed.endswith(("：", ":")) and "，" not in printed


@lru_cache(maxsize=4096)
def _splits_word(left: str, right: str) -> bool:
    """Whether the break stands inside a word: 信 | 访, not 局 | 长期, not 回顾 | 过去."""
    if not ("\u4e00" <= left[-1] <= "\u9fff" and "\u4e00" <= right[0] <= "\u9fff"):
        return False
    position = 0
    for word in dictionary_words(left + right):
        cut = len(left) - position
        if 0 < cut < len(word):
            return len(word) < 4 or cut != len(word) - cut
        position += len(word)
    return False


def _are_words(left: str, right: str) -> bool:
    """Whether two Latin words would grow together."""
    return left.isascii() and right.isascii() and left.isalpha() and right.isalpha()
