"""Analyses that need a whole network: declared here once, for the command line and HTTP.

What a question can tell with Cypher alone stands in :mod:`queries`. These compute on
the network that :func:`graph.network.read_network` reads, so each says which part of
the graph it reads; over HTTP that part has a limit. NetworkX is imported when one runs.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.questions import Answer, read_values
from graph.errors import BadParameter, UnknownQuestion
from graph.schema import EDGE_BY_TYPE
from graph.store import Row, Store
from queries.templates import Column, Parameter, Template, Text

if TYPE_CHECKING:
    from graph.network import Network

MOST_RELATIONSHIPS = 100_000
"""Relationships that one analysis reads over HTTP: some seconds of one processor."""

TYPICAL = 5
"""Mechanisms that stand for a community."""

_LIMIT = Parameter(
    "limit", "INTEGER", Text("行数", "rows"), required=False, default=50, minimum=1, maximum=500
)


@dataclass(frozen=True, slots=True)
class Analysis:
    """An analysis.

    Args:
        header: Name, texts, parameters and columns, as a question has them.
        source: The paper that the method is from.
        labels: Nodes that it reads.
        types: Relationships that it reads.
        run: From the network and the values of the parameters to rows, all of them.
    """

    header: Template
    source: str
    labels: tuple[str, ...]
    types: tuple[str, ...]
    run: Callable[[Network, Mapping[str, object]], list[Row]]


def analyse(
    store: Store, name: str, params: Mapping[str, object], *, most: int | None = None
) -> Answer:
    """Run an analysis.

    Args:
        store: Where the graph is.
        name: Name of an analysis.
        params: Values by parameter name, typed or as text; nodes by id or any name.
        most: Relationships that it may read; None for any number.
    Returns:
        Its rows, the first ``limit`` of them.
    Raises:
        UnknownQuestion: No such analysis; the message suggests near ones.
        BadParameter: A value is missing, unknown or not of the declared type, or the
            graph has more to read than ``most``.
        UnknownName: A node's name fits none.
        AmbiguousName: It fits several.
        StoreError: The store did not answer.
    """
    from graph.network import read_network

    analysis = find_analysis(name)
    values, _ = read_values(store, analysis.header, params)
    if most is not None:
        _check_size(store, analysis, most)
    network = read_network(
        store, labels=analysis.labels, types=analysis.types, properties=_PROPERTIES
    )
    rows = analysis.run(network, values)
    limit = values["limit"]
    assert isinstance(limit, int)
    return Answer(analysis.header, values, analysis.header.columns, rows[:limit])


def find_analysis(name: str) -> Analysis:
    """The analysis of that name.

    Raises:
        UnknownQuestion: There is none.
    """
    if name in ANALYSES:
        return ANALYSES[name]
    near = difflib.get_close_matches(name[:80], list(ANALYSES), n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}?" if near else f"there are {', '.join(ANALYSES)}"
    raise UnknownQuestion(f"there is no analysis “{name[:80]}”; {hint}")


def _check_size(store: Store, analysis: Analysis, most: int) -> None:
    found = 0
    for type_ in analysis.types:
        for label in analysis.labels:
            if label in EDGE_BY_TYPE[type_].sources:
                count = f"MATCH (:{label})-[r:{type_}]->() RETURN count(r) AS count"
                found += int(str(store.run(count)[0]["count"]))
    if found > most:
        raise BadParameter(
            f"{analysis.header.name} would read {found} relationships, more than {most} at a "
            f"time; run it where the graph is: govmech analyse {analysis.header.name}"
        )


_PROPERTIES = (
    "name", "level", "place", "succeeded_by", "issued",
    "status", "year", "evidence", "start", "end",
)  # fmt: skip
"""What the analyses look at, of nodes and relationships."""


def _authority(network: Network, _: Mapping[str, object]) -> list[Row]:
    from graph.diffusion import regulation_authority

    citing: dict[str, set[str]] = {}
    reports: dict[str, set[str]] = {}
    for source, target, data in network.edges(data=True):
        citing.setdefault(target, set()).add(source)
        reports.setdefault(target, set()).add(data["report"])
    return [
        {
            "rank": rank,
            "regulation": regulation,
            "score": round(score, 6),
            "citing": len(citing[regulation]),
            "reports": len(reports[regulation]),
        }
        for rank, (regulation, score) in enumerate(regulation_authority(network).items(), start=1)
    ]


def _communities(network: Network, _: Mapping[str, object]) -> list[Row]:
    from graph.diffusion import unit_communities

    rows: list[Row] = []
    for number, units in enumerate(unit_communities(network), start=1):
        applied: Counter[str] = Counter()
        for unit in units:
            edges = network.out_edges(unit, data=True)
            applied.update({target for _, target, d in edges if d.get("status") == "reported"})
        typical = sorted(applied, key=lambda m: (-applied[m], m))[:TYPICAL]
        rows += [
            {
                "community": number,
                "size": len(units),
                "agency": unit,
                "level": network.nodes[unit].get("level"),
                "place": network.nodes[unit].get("place"),
                "mechanisms": [str(network.nodes[m].get("name", m)) for m in typical],
            }
            for unit in units
        ]
    return rows


def _directions(network: Network, values: Mapping[str, object]) -> list[Row]:
    from graph.diffusion import spread_of

    return [
        {
            "agency": s.agency,
            "year": s.year,
            "above": s.above,
            "below": s.below,
            "beside": s.beside,
        }
        for s in spread_of(network, str(values["mechanism"]))
    ]


def _analysis(
    run: Callable[[Network, Mapping[str, object]], list[Row]],
    name: str,
    title: Text,
    purpose: Text,
    *,
    source: str,
    labels: tuple[str, ...],
    types: tuple[str, ...],
    columns: tuple[tuple[str, str, str, str], ...],
    parameters: tuple[Parameter, ...] = (),
) -> Analysis:
    typed = tuple(Column(n, type_, Text(zh, en)) for n, type_, zh, en in columns)
    header = Template(name, title, purpose, None, (*parameters, _LIMIT), typed, "", __file__)
    return Analysis(header, source, labels, types, run)


_ALL = (
    _analysis(
        _authority,
        "regulation_authority",
        Text("哪些法规居于引用网络的中心", "Which regulations are central"),
        Text(
            "一行一件法规：被那些也引用其他常引法规的报告、机制所引用，则得分高；各分之和为 1。",
            "One row for each regulation; it scores high when those who cite it cite what others"
            " cite too. Scores add up to 1.",
        ),
        source="Kleinberg, J. (1999). Authoritative Sources in a Hyperlinked Environment. "
        "Journal of the ACM 46(5), 604-632.",
        labels=("Regulation", "Report", "Mechanism", "Initiative"),
        types=("CITES",),
        columns=(
            ("rank", "INTEGER", "名次", "rank"),
            ("regulation", "REGULATION", "法规", "regulation"),
            ("score", "FLOAT", "得分", "score"),
            ("citing", "INTEGER", "引用者数", "reports, mechanisms and initiatives that cite it"),
            ("reports", "INTEGER", "报告数", "reports that say so"),
        ),
    ),
    _analysis(
        _communities,
        "unit_communities",
        Text("哪些单位的做法相近", "Which units form communities by what they apply"),
        Text(
            "一行一个单位：所属群组、群组大小、群组里最多单位采用的机制。",
            "One row for each unit: its community, how many units that has, and the mechanisms"
            " that most of them apply.",
        ),
        source="Blondel, V. D., and others (2008). Fast unfolding of communities in large "
        "networks. Journal of Statistical Mechanics, P10008.",
        labels=("Agency", "Mechanism", "Initiative"),
        types=("IMPLEMENTS",),
        columns=(
            ("community", "INTEGER", "群组", "community, the largest first"),
            ("size", "INTEGER", "单位数", "units in it"),
            ("agency", "AGENCY", "单位", "unit"),
            ("level", "STRING", "层级", "level of the unit"),
            ("place", "STRING", "地区", "place of the unit"),
            ("mechanisms", "LIST<STRING>", "主要机制", "what most units of the community apply"),
        ),
    ),
    _analysis(
        _directions,
        "spread_directions",
        Text(
            "某机制从上级、下级还是同级扩散而来",
            "Whether a mechanism came from above, below or beside",
        ),
        Text(
            "一行一个采用单位：采用之前，上级、下级、同一上级地区的其他地区已有几个单位采用。",
            "One row for each unit that adopts it: how many above it, below it and in neighbouring"
            " places had done so in earlier years.",
        ),
        source="Shipan, C. R., and Volden, C. (2006). Bottom-Up Federalism. American Journal of "
        "Political Science 50(4), 825-843.",
        labels=("Agency", "Mechanism", "Place"),
        types=("IMPLEMENTS", "REPORTS_TO", "LOCATED_IN", "PART_OF"),
        parameters=(
            Parameter(
                "mechanism", "MECHANISM", Text("机制", "mechanism, id or any name"),
                required=True, example="领导干部接访下访",
            ),
        ),
        columns=(
            ("agency", "AGENCY", "单位", "unit"),
            ("year", "INTEGER", "采用年份", "first year reported"),
            ("above", "INTEGER", "已采用的上级", "earlier adopters above it"),
            ("below", "INTEGER", "已采用的下级", "earlier adopters below it"),
            ("beside", "INTEGER", "已采用的同级地区单位", "earlier adopters in places next to it"),
        ),
    ),
)  # fmt: skip

ANALYSES: Mapping[str, Analysis] = {a.header.name: a for a in _ALL}
"""Every analysis by name."""
