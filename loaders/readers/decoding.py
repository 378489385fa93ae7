"""Bytes to text, for the formats that do not say how they are encoded.

Order: byte order mark, strict UTF-8, the encoding that the file declares, then
charset-normalizer among the encodings of Chinese text. A guess has to look like
Chinese, or nothing is stored; single damaged bytes are replaced and counted.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from graph.errors import ReadError
from loaders.readers.base import Reading

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_CANDIDATES = ["gb18030", "big5", "big5hkscs", "utf_16_le", "utf_16_be"]
_HANZI = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
"""Compiled where an encoding is guessed: that takes two milliseconds."""
_OTHER = re.compile(r"[^\x00-\x7f\u3000-\u303f\uff00-\uffef\u2000-\u206f]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

SAMPLE = 20_000
"""Characters that decide whether a guess reads like Chinese."""


def decode(data: bytes, path: str, declared: str | None = None) -> Reading:
    """Decode text of unknown encoding.

    Args:
        data: The whole file.
        path: The file as the user named it, for messages.
        declared: Encoding that the file names, such as the charset of a page.
    Returns:
        The text without its byte order mark; a warning counts replaced bytes.
    Raises:
        ReadError: Not text, or in no encoding that Chinese text comes in.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _tolerant(data[len(mark) :], encoding, path)
    text = _strict(data, "utf-8")
    if text is None and declared:
        text = _strict(data, _known(declared))
        if text is not None and _reads_other(text) and not _reads_chinese(text):
            text = None
    if text is None:
        guessed = _guess(data)
        if guessed is None:
            raise ReadError(
                "is not text in UTF-8, GB18030, Big5 or UTF-16; save it as UTF-8 and load it again",
                path=path,
            )
        return _tolerant(data, guessed, path)
    if len(_CONTROL.findall(text[:SAMPLE])) > 0.02 * min(len(text), SAMPLE) + 8:
        if "\x00" in text and (guessed := _guess(data)):
            return _tolerant(data, guessed, path)
        raise ReadError("is not a text file", path=path)
    return _warned(text, text.count("\ufffd"))


def _known(encoding: str) -> str:
    """The codec for a declared name; GB 2312 and GBK are read as their superset."""
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return "utf-8"
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(name, name)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # few files need a guess

    sample = data[: 4 * SAMPLE]
    if _damage(text := sample.decode("utf-8", "replace")) and _reads_chinese(text):
        return "utf-8"
    best = from_bytes(data, cp_isolation=_CANDIDATES).best()
    if best is not None and _reads_chinese(str(best)):
        return best.encoding
    # The library gives up on a damaged byte: take the first encoding that nearly fits.
    for encoding in _GUESSES:
        if _is_ruin(sample, encoding):
            continue
        text = sample.decode(encoding, "resync")
        if _damage(text) and _reads_chinese(text):
            return encoding
    return None


def _damage(text: str) -> bool:
    """Whether replaced characters are few enough to be stray bytes."""
    return text.count("\ufffd") <= 5 + len(text) // 200


def _is_ruin(data: bytes, encoding: str) -> bool:
    """Whether so much is damaged that looking for the next good byte is no use."""
    text = data.decode(encoding, "replace")
    return text.count("\ufffd") > 40 + len(text) // 20


def _tolerant(data: bytes, encoding: str, path: str) -> Reading:
    text = "" if _is_ruin(data, encoding) else data.decode(encoding, "resync")
    if not text or not _damage(text):
        raise ReadError(f"is damaged: too many bytes are no {encoding}; get it again", path=path)
    return _warned(text, text.count("\ufffd"))


def _warned(text: str, replaced: int) -> Reading:
    warnings = (f"{replaced} unreadable characters were replaced by U+FFFD",) if replaced else ()
    return Reading(text, warnings)


@cache
def _common() -> frozenset[str]:
    """The first planes of GB/T 2312 (3,755) and Big5 (5,401): characters in daily use."""
    simplified = (bytes((a, b)) for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF))
    trail = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = (bytes((a, b)) for a in range(0xA4, 0xC7) for b in trail)
    return frozenset(
        "".join(code.decode("gb2312", "ignore") for code in simplified)
        + "".join(code.decode("big5", "ignore") for code in traditional)
    )


def _resync(error: UnicodeError) -> tuple[str, int]:
    """Replace a damaged character and go on where the text reads best.

    A byte that is lost or added between the two halves of a character would
    shift all that follows, up to the next ASCII character.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    starts = range(error.start + 1, min(error.start + 4, len(error.object)) + 1)
    if not error.encoding.startswith(("gb", "big5")):
        return "\ufffd", error.end

    def common(start: int) -> int:
        following = error.object[start : start + 40].decode(error.encoding, "ignore")
        return sum(character in _common() for character in following)

    return "\ufffd", max(starts, key=lambda start: (common(start), -start))


codecs.register_error("resync", _resync)


def _reads_chinese(text: str) -> bool:
    """Whether most characters beyond ASCII are Chinese in daily use."""
    sample = text[:SAMPLE]
    hanzi = re.findall(_HANZI, sample)
    common = sum(character in _common() for character in hanzi)
    return common >= 2 and common >= 0.8 * len(_OTHER.findall(sample))


def _reads_other(text: str) -> bool:
    return bool(_OTHER.search(text[:SAMPLE]))
