"""A part of a graph that reads like a whole one, so that every export can write it.

A part is what some reports say: those of a place, of a range of years, or those
that an answer names; of it, all that is said, or what touches one node, or what
joins the nodes of an answer. With a relationship come its ends, the report that
states it, who published that, and the places that its agencies lie in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.ddl import REPORT_EDGES
from graph.schema import EDGE_TYPES
from graph.store import Store
from graph.view import GraphView, Relationship


@dataclass(frozen=True, slots=True)
class Part:
    """What to select; everything that is given has to hold.

    Args:
        node: Id of a mechanism, or of any node, that a relationship must touch.
        place: Id of a place; reports of agencies in it, or in what is part of it.
        years: First and last year that a report may cover.
        nodes: Ids of the nodes that a relationship must join, as an answer gives them.
        reports: Ids of the reports that may state it.
    """

    node: str = ""
    place: str = ""
    years: tuple[int, int] | None = None
    nodes: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()


class PartView(GraphView):
    """The nodes and relationships of a part, sorted; holds the ids of the part in memory.

    Args:
        store: Any open store.
        part: What to select.
    """

    def __init__(self, store: Store, part: Part) -> None:
        super().__init__(store)
        self._whole = GraphView(store)
        self._part = part

    def iter_edges(
        self,
        types: Sequence[str] = (),
        *,
        properties: Sequence[str] | None = None,
        sources: Sequence[str] = (),
    ) -> Iterator[Relationship]:
        """Relationships of the part, in the order of the whole."""
        wanted = _with_report(properties)
        for type_ in types or tuple(e.type for e in EDGE_TYPES):
            for edge in super().iter_edges([type_], properties=wanted, sources=sources):
                report = edge.properties.get("report")
                if type_ == "PUBLISHED" or report is None:
                    kept = edge.target in self._members
                else:
                    kept = self._keeps(edge)
                if kept:
                    yield edge

    def _ids(self, label: str) -> Iterator[str]:
        """Ids of the part; what leaves none of them is never looked at."""
        return (id_ for id_ in super()._ids(label) if id_ in self._members)

    def _keeps(self, edge: Relationship) -> bool:
        part = self._part
        ends = {edge.source, edge.target}
        return (
            (self._reports is None or edge.properties.get("report") in self._reports)
            and (not part.node or part.node in ends)
            and (not part.nodes or ends <= part.nodes)
        )

    @cached_property
    def _members(self) -> frozenset[str]:
        """Ids of all nodes of the part."""
        part = self._part
        found = set(part.nodes) | ({part.node} if part.node else set())
        if self._reports is not None and not part.node and not part.nodes:
            found |= self._reports
        for edge in self._ends([t for t in REPORT_EDGES if t != "PUBLISHED"]):
            if self._keeps(edge):
                found.update((edge.source, edge.target, str(edge.properties["report"])))
        for edge in self._ends(["PUBLISHED"]):
            if edge.target in found:
                found.add(edge.source)
        for edge in self._ends(["LOCATED_IN"]):
            if edge.source in found:
                found.add(edge.target)
        for place in sorted(i for i in found if i in self._above):
            found.update(_climb(place, self._above))
        if self._whole_reports:
            found.update(self._owned(found))
        return frozenset(found)

    def _ends(self, types: Sequence[str]) -> Iterator[Relationship]:
        """Relationships of the whole graph, without their evidence."""
        return self._whole.iter_edges(types, properties=["report"])

    @property
    def _whole_reports(self) -> bool:
        return not self._part.node and not self._part.nodes

    def _owned(self, reports: set[str]) -> Iterator[str]:
        """Passages and measures of the reports, also those that name nothing."""
        for edge in self._ends(["PART_OF"]):
            if edge.target in reports and edge.source not in self._above:
                yield edge.source

    @cached_property
    def _above(self) -> dict[str, str]:
        """The larger place of each place."""
        rows = self._store.run("MATCH (p:Place)-[:PART_OF]->(q:Place) RETURN p.id AS p, q.id AS q")
        return {str(row["p"]): str(row["q"]) for row in rows}

    @cached_property
    def _reports(self) -> frozenset[str] | None:
        """Ids of the reports that may state something; None for all."""
        part = self._part
        if not (part.place or part.years or part.reports):
            return None
        rows = self._store.run(
            "MATCH (r:Report) OPTIONAL MATCH (a:Agency)-[:PUBLISHED]->(r) "
            "OPTIONAL MATCH (a)-[:LOCATED_IN]->(p:Place) "
            "RETURN r.id AS id, r.year AS year, p.id AS place"
        )
        found = set()
        for row in rows:
            id_, place = str(row["id"]), str(row["place"])
            if part.reports and id_ not in part.reports:
                continue
            if part.years and not _between(row["year"], part.years):
                continue
            if part.place and part.place not in _climb(place, self._above):
                continue
            found.add(id_)
        return frozenset(found)


def _with_report(properties: Sequence[str] | None) -> Sequence[str] | None:
    """What to read, and the report, which tells whether it belongs to the part."""
    return properties if properties is None else ["report", *properties]


def _between(year: object, years: tuple[int, int]) -> bool:
    return isinstance(year, int) and years[0] <= year <= years[1]


def _climb(place: str, above: dict[str, str]) -> list[str]:
    """A place and all that it lies in, from below."""
    found = [place]
    while (place := above.get(place, "")) and place not in found:
        found.append(place)
    return found
