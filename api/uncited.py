"""Regulations that the catalogue knows and no loaded report cites: no node, yet known.

In goes a name or an id, out come what the catalogue has, as the lookup of a regulation
gives it, and the sentence that tells a person so.
"""

from __future__ import annotations

from graph.schema import node_id
from graph.store import Row
from loaders.titles.catalogue import catalogue

LONGEST = 250
"""Characters; no title is longer."""
_PREFIX = "regulation:"
_STATUS = {"in force": "现行有效", "repealed": "废止", "expired": "失效"}


def known_regulation(name: str) -> str | None:
    """Id of the regulation of the catalogue that an id, or any spelling of a title, names."""
    title = name.strip().removeprefix(_PREFIX).strip("《》")
    entry = catalogue().lookup(title) if 0 < len(title) <= LONGEST else None
    return node_id("Regulation", entry.title) if entry else None


def uncited_node(id_: str) -> Row:
    """What the lookup ``regulation`` would give, for a regulation of the catalogue."""
    entry = catalogue()[id_.removeprefix(_PREFIX)]
    return {
        "id": id_,
        "name": entry.title,
        "aliases": list(entry.aliases),
        "kind": entry.kind,
        "issuer": list(entry.issuers),
        "issued": entry.issued,
        "status": entry.status,
        "ended": entry.ended,
        "replaced_by": node_id("Regulation", entry.replaced_by) if entry.replaced_by else None,
        "known": True,
    }


def remark_on(id_: str) -> str:
    """That a regulation of the catalogue is known and not cited: title, issuer, year, status,
    and what replaced it.
    """
    entry = catalogue()[id_.removeprefix(_PREFIX)]
    title = next((a for a in entry.aliases if a.endswith(entry.title)), entry.title)
    facts_zh, facts_en = [entry.kind], [entry.kind]
    issuers, year = "、".join(entry.issuers), entry.issued
    if issuers or year:
        facts_zh.append(f"{issuers}{f'{year}年' if year else ''}发布")
        by, when = f" by {issuers}" if issuers else "", f" in {year}" if year else ""
        facts_en.append(f"issued{by}{when}")
    if entry.status:
        facts_zh.append(f"{f'{entry.ended}起' if entry.ended else ''}{_STATUS[entry.status]}")
        facts_en.append(f"{entry.status}{f' since {entry.ended}' if entry.ended else ''}")
    if entry.replaced_by:
        facts_zh.append(f"由《{entry.replaced_by}》替代")
        facts_en.append(f"replaced by {entry.replaced_by}")
    return (
        f"目录收有《{title}》（{'，'.join(facts_zh)}），但已载入的报告都没有引用它。 "
        f"The catalogue has {title} ({', '.join(facts_en)}), but no loaded report cites it."
    )
