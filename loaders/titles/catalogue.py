"""Regulations that reports cite, read once from ``reference/regulations.yaml``.

Comes in: a YAML file that a researcher can edit. Goes out: a :class:`Catalogue`
that finds an entry by any spelling of its titles. Refused with
:class:`~graph.errors.CatalogueError`: one title that leads to two entries, a
successor that is not there, a field or a value that does not exist.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from graph.errors import CatalogueError
from graph.model import Value
from loaders.references import REFERENCE, parse_yaml, read_yaml
from loaders.titles.marks import title_key

KINDS = (
    "法律",
    "行政法规",
    "监察法规",
    "党内法规",
    "司法解释",
    "部门规章",
    "地方性法规",
    "地方政府规章",
    "中央文件",
    "规范性文件",
)
STATUSES = ("in force", "repealed", "expired")
_OFFICIAL = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Regulation:
    """A regulation of the catalogue.

    Args:
        title: Canonical name, without 中华人民共和国 and version.
        kind: One of :data:`KINDS`.
        aliases: Official title and other names, longest first.
        unmarked: Names by which running text cites it without 《》.
        issuers: Bodies that issued it; empty where not known.
        issued: Year of the version in force, or of the last one.
        status: One of :data:`STATUSES`; None where not known.
        ended: Date since which it is no longer in force, ISO 8601.
        replaced_by: Title of its successor in the catalogue.
        series: Name that it shares with earlier and later editions: a plan's
            title without its years.
    """

    title: str
    kind: str
    aliases: tuple[str, ...] = ()
    unmarked: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    issued: int | None = None
    status: str | None = None
    ended: str | None = None
    replaced_by: str | None = None
    series: str | None = None

    def properties(self) -> dict[str, Value]:
        """Node properties of a ``Regulation`` in :mod:`graph.schema`."""
        values: dict[str, Value | None] = {
            "aliases": self.aliases or None,
            "kind": self.kind,
            "issuer": self.issuers or None,
            "issued": self.issued,
            "status": self.status,
            "ended": self.ended,
            "replaced_by": f"regulation:{self.replaced_by}" if self.replaced_by else None,
        }
        return {"known": True} | {name: v for name, v in values.items() if v is not None}


class Catalogue:
    """Regulations by any spelling of their titles.

    Args:
        entries: In the order of the file.
        path: Where they come from, for messages.
    Raises:
        CatalogueError: A title leads to two entries, or a successor is unknown.
    """

    def __init__(self, entries: Sequence[Regulation], path: str) -> None:
        self._by_title = {entry.title: entry for entry in entries}
        self._by_key: dict[str, Regulation] = {}
        self._series: dict[str, list[Regulation]] = {}
        for entry in entries:
            for name in (entry.title, *entry.aliases, *_with_issuers(entry)):
                other = self._by_key.setdefault(title_key(name), entry)
                if other is not entry:
                    raise CatalogueError(
                        f"{name} leads to both {other.title} and {entry.title}", path=path
                    )
            if entry.series:
                self._series.setdefault(title_key(entry.series), []).append(entry)
        for entry in entries:
            if entry.replaced_by and entry.replaced_by not in self._by_title:
                raise CatalogueError(
                    f"{entry.title} is replaced by {entry.replaced_by}, which is not listed",
                    path=path,
                )
        for name in self._series:
            if name in self._by_key:
                raise CatalogueError(f"{name} is both a title and a series", path=path)

    def __len__(self) -> int:
        return len(self._by_title)

    def __getitem__(self, title: str) -> Regulation:
        return self._by_title[title]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_title)

    def __contains__(self, title: object) -> bool:
        return title in self._by_title

    def lookup(self, title: str, year: int | None = None) -> Regulation | None:
        """The entry that a title names, in any spelling.

        Args:
            title: As printed, without 《》.
            year: Year of the report: of several editions with one title the
                last one issued by then is meant; without a year the newest.
        """
        key = title_key(title)
        if entry := self._by_key.get(key):
            return entry
        if editions := self._series.get(key):
            in_time = [e for e in editions if year is None or (e.issued or 0) <= year]
            return max(in_time or editions[:1], key=lambda e: e.issued or 0)
        return None

    @cached_property
    def unmarked(self) -> Mapping[str, str]:
        """The names that are cited without 《》, by each of their spellings."""
        names = {
            n for entry in self._by_title.values() for n in (*entry.unmarked, entry.series) if n
        }
        return {spelling: name for name in sorted(names) for spelling in _spellings(name)}


def _with_issuers(entry: Regulation) -> list[str]:
    """国务院办公厅关于…: a title that opens with 关于 also goes under its issuers' names."""
    if not entry.title.startswith("关于"):
        return []
    return sorted({"".join(entry.issuers) + entry.title, *(i + entry.title for i in entry.issuers)})


def _spellings(name: str) -> set[str]:
    """A name as running text prints it: either width of brackets, any dash."""
    wide = name.replace("(", "（").replace(")", "）")
    return {s.replace("-", dash) for s in (name, wide) for dash in "-—－–"} | {
        wide.replace("-", "——")
    }


def _parse(fields: Mapping[str, object], kind: str, path: str) -> Regulation:
    """Check one entry and make it.

    Raises:
        CatalogueError: A field is unknown, missing or of the wrong kind.
    """
    known = {
        "title", "official", "aliases", "unmarked", "issuer", "issued",
        "status", "ended", "replaced_by", "series",
    }  # fmt: skip
    title = str(fields.get("title", ""))
    if not title:
        raise CatalogueError(f"an entry of {kind} has no title", path=path)
    if unknown := sorted(set(fields) - known):
        raise CatalogueError(f"{title} has unknown fields: {', '.join(unknown)}", path=path)
    status, ended, issued = fields.get("status"), fields.get("ended"), fields.get("issued")
    if status is not None and status not in STATUSES:
        raise CatalogueError(f"{title}: status is none of {', '.join(STATUSES)}", path=path)
    if ended is not None and not _is_date(ended):
        raise CatalogueError(f"{title}: ended is not a date", path=path)
    if (ended is None) != (status in (None, "in force")):
        raise CatalogueError(f"{title}: status and ended contradict each other", path=path)
    if issued is not None and not isinstance(issued, int):
        raise CatalogueError(f"{title}: issued is not a year", path=path)
    aliases = _names(fields.get("aliases"), title, path)
    if fields.get("official", kind == "法律"):
        aliases = (_OFFICIAL + title, *aliases)
    unmarked: tuple[str, ...] = ()
    if fields.get("unmarked", True):
        unmarked = (title, *aliases)
    return Regulation(
        title=title,
        kind=kind,
        aliases=tuple(sorted(aliases, key=lambda a: (-len(a), a))),
        unmarked=tuple(n for n in unmarked if not n.startswith("关于")),
        issuers=_names(fields.get("issuer"), title, path),
        issued=issued,
        status=str(status) if status else None,
        ended=str(ended) if ended else None,
        replaced_by=str(fields["replaced_by"]) if fields.get("replaced_by") else None,
        series=str(fields["series"]) if fields.get("series") else None,
    )


def _is_date(value: object) -> bool:
    try:
        return datetime.date.fromisoformat(str(value)).isoformat() == value
    except ValueError:
        return False


def _names(value: object, title: str, path: str) -> tuple[str, ...]:
    if value is None:
        return ()
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
        raise CatalogueError(f"{title}: expected a name or a list of names", path=path)
    return tuple(names)


def read_catalogue(text: str, path: str) -> Catalogue:
    """Read a catalogue.

    Args:
        text: YAML: a map from kind to a list of entries, fields as in the file's head.
        path: Where the text comes from, for messages.
    Raises:
        CatalogueError: The file is no YAML, or contradicts itself.
    """
    return _read(parse_yaml(text, path), path)


@cache
def catalogue() -> Catalogue:
    """The catalogue that comes with govmech."""
    file = REFERENCE / "regulations.yaml"
    return _read(read_yaml(file), str(file))


def _read(data: object, path: str) -> Catalogue:
    if not isinstance(data, dict):
        raise CatalogueError("expected a map from kind to entries", path=path)
    entries: list[Regulation] = []
    for kind, group in data.items():
        if kind not in KINDS:
            raise CatalogueError(f"{kind} is none of {', '.join(KINDS)}", path=path)
        for fields in group or ():
            if not isinstance(fields, dict):
                raise CatalogueError(f"an entry of {kind} is not a map: {fields}", path=path)
            entries.append(_parse(fields, kind, path))
    titles = [e.title for e in entries]
    if twice := sorted({t for t in titles if titles.count(t) > 1}):
        raise CatalogueError(f"listed twice: {', '.join(twice)}", path=path)
    return Catalogue(entries, path)
