"""Which titles between 《》 name a regulation, judged by their wording.

Newspapers, films, books, speeches, contracts and papers of a single case stand
between the same marks (ANNOTATION.md, Regulations). Words: ``reference/titles.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from loaders.references import REFERENCE, read_yaml
from loaders.titles.marks import title_key

_NO_LAW = re.compile(r"[做方用看想说写书手语技兵魔执作释普学司守说]法$")
_TAIL = re.compile(
    r"(?:\([^()]*\)|〈[^〈〉]*〉|\d{4}(?:-\d{4})?(?:年度|年版|年本|年|版)?"
    r"|草案|征求意见稿|送审稿|讨论稿)+$"
)
_SHORT = 6
"""Characters up to which a title says what a document is, not which one."""
_GENERIC = re.compile(
    r"\d{4}|[〇零一二三四五六七八九]{4}年|年度|本年|[全我本][省市区县州旗镇乡]|[省市区县州旗镇乡](?:委|级|人大|政府|人民政府)"
)
_INTERNAL = re.compile(
    r"(?:党组|党委|党工委|工委|本[局办院校厅委]|局党组|局机关|局务会|[局主][长任](?:办公)?会)"
)
_LOCAL = re.compile(r"[一-鿿]{2,12}?(?:省|自治区|市|州|盟|县|区|旗|镇|乡|街道)")


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    data = read_yaml(REFERENCE / "titles.yaml")
    return {group: tuple(listed) for group, listed in data.items()}


def words(group: str) -> tuple[str, ...]:
    """The words of one group of ``reference/titles.yaml``.

    Raises:
        KeyError: There is no such group.
    """
    return _groups()[group]


def stem(plain: str) -> str:
    """A title without the years, versions and brackets at its end."""
    return _TAIL.sub("", plain)


def is_regulation_title(plain: str, before: str, after: str) -> bool:
    """Whether a title that the catalogue does not know names a regulation.

    Args:
        plain: Title as :func:`loaders.titles.marks.plain_title` gives it.
        before: A few characters in front of the opening mark.
        after: A few characters behind the closing mark.
    """
    body = stem(plain)
    agreed = before.endswith(("签订", "签署")) and body.endswith(words("agreed_endings"))
    if before.endswith(words("other_before")) and not agreed:
        return False
    if after.startswith(words("other_after")):
        return False
    other = max(
        _longest_ending(plain, words("other_endings")),
        _longest_ending(body, words("other_endings")),
    )
    document = _longest_ending(body, words("document_endings"))
    if document or other:
        return document > other
    return plain.startswith("关于") or (
        body.endswith("法") and len(body) > 2 and not _NO_LAW.search(body)
    )


def _longest_ending(title: str, endings: Sequence[str]) -> int:
    return max((len(e) for e in endings if title.endswith(e)), default=0)


def is_short(plain: str) -> bool:
    """Whether a title may lean on a longer one: 《条例》, 《实施方案》, 《物业条例》."""
    return len(title_key(stem(plain))) <= _SHORT and not is_proper(plain)


def is_generic(plain: str) -> bool:
    """Whether many units have a document of that title: 《2021年工作要点》."""
    if plain.endswith(("法", "条例")):
        return False
    return bool(_GENERIC.match(plain)) or len(title_key(plain)) <= _SHORT


def is_internal(plain: str) -> bool:
    """Whether a title is that of a unit's own rules: 《党组议事规则》."""
    return bool(_INTERNAL.match(plain))


def is_proper(plain: str) -> bool:
    """Whether a title says itself whose it is: a place or a national body opens it."""
    return bool(_LOCAL.match(plain)) or plain.startswith(words("proper_beginnings"))
