"""How mechanisms spread: analyses of policy diffusion over a network.

Each takes what :func:`graph.network.read_network` gives and counts only what
reports state as done. A unit adopts a mechanism in the first year whose report
says so: units whose earlier reports are not in the graph seem to adopt later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx

from graph.network import Network
from graph.schema import label_of

_ROUNDS = 100
"""Steps of the power iteration; a citation network settles within a few dozen."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """A unit's first report of a mechanism, with the words that say so.

    Args:
        agency: Id of the unit.
        year: Year that the report covers.
        report: Id of the report.
        evidence: The clause.
        start: Its first offset in the report's text, in code points.
        end: Offset after its last.
    """

    agency: str
    year: int
    report: str
    evidence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One year of an adoption curve.

    Args:
        year: The year.
        new: Units that adopt in it.
        total: Units that have adopted by its end.
        share: Part of all units that have or that have reports up to then, 0 to 1.
    """

    year: int
    new: int
    total: int
    share: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Who had a mechanism before a unit took it up.

    Args:
        agency: Id of the unit.
        year: Year in which it adopts.
        above: Earlier adopters that it reports to, or in places that hold its own.
        below: Earlier adopters that report to it, or in places within its own.
        beside: Earlier adopters in other places of the same larger place.
    """

    agency: str
    year: int
    above: int
    below: int
    beside: int


@dataclass(frozen=True, slots=True)
class Lag:
    """Years from a regulation to a unit that applies what rests on it.

    Args:
        agency: Id of the unit.
        regulation: Id of the regulation.
        issued: Year of issue.
        adopted: Year in which the unit adopts; before ``issued`` where practice led.
    """

    agency: str
    regulation: str
    issued: int
    adopted: int

    @property
    def years(self) -> int:
        """The lag; negative where practice came first."""
        return self.adopted - self.issued


def first_adopters(network: Network, mechanism: str) -> list[Adoption]:
    """Every unit's adoption of a mechanism, the earliest first.

    Args:
        network: With agencies, mechanisms and IMPLEMENTS.
        mechanism: Id of a mechanism or initiative.
    Returns:
        One adoption a unit, by year, then id; empty where nobody applies it.
    Source:
        Walker, J. L. (1969). The Diffusion of Innovations among the American
        States. American Political Science Review 63(3), 880-899.
    """
    first: dict[str, Adoption] = {}
    for adoption in _reported(network, mechanism):
        known = first.get(adoption.agency)
        if known is None or (adoption.year, adoption.report) < (known.year, known.report):
            first[adoption.agency] = adoption
    return sorted(first.values(), key=lambda a: (a.year, a.agency))


def adoption_curve(network: Network, mechanism: str) -> list[CurvePoint]:
    """How many units have adopted a mechanism by each year.

    Args:
        network: With agencies, mechanisms, IMPLEMENTS and PUBLISHED.
        mechanism: Id of a mechanism or initiative.
    Returns:
        Every year from the first adoption to the last report; empty where nobody
        applies it.
    Source:
        Gray, V. (1973). Innovation in the States: A Diffusion Study. American
        Political Science Review 67(4), 1174-1185; the curve itself after Rogers,
        E. M. (2003). Diffusion of Innovations, 5th ed., chapter 7.
    """
    adoptions = first_adopters(network, mechanism)
    if not adoptions:
        return []
    new = Counter(a.year for a in adoptions)
    last = max(new)
    starts = {a.agency: a.year for a in adoptions}
    for agency, year in _reporting(network):
        starts[agency] = min(year, starts.get(agency, year))
        last = max(last, year)
    points = []
    total = 0
    for year in range(min(new), last + 1):
        total += new[year]
        units = sum(start <= year for start in starts.values())
        points.append(CurvePoint(year, new[year], total, total / units))
    return points


def spread_of(network: Network, mechanism: str) -> list[Spread]:
    """Whether a mechanism came to each unit from above, from below or from beside.

    Args:
        network: With agencies, places, IMPLEMENTS, REPORTS_TO, LOCATED_IN and PART_OF.
        mechanism: Id of a mechanism or initiative.
    Returns:
        One row an adopter, by year, then id. Who adopts in the same year is not
        counted: nobody knows who was earlier.
    Source:
        Shipan, C. R., and Volden, C. (2006). Bottom-Up Federalism. American
        Journal of Political Science 50(4), 825-843, for vertical spread; Berry,
        F. S., and Berry, W. D. (1990). State Lottery Adoptions as Policy
        Innovations. American Political Science Review 84(2), 395-415, for spread
        among neighbours.
    """
    adoptions = first_adopters(network, mechanism)
    superiors = {a.agency: _superiors(network, a.agency) for a in adoptions}
    places = {a.agency: _places(network, a.agency) for a in adoptions}
    rows = []
    for own in adoptions:
        above = below = beside = 0
        for other in adoptions:
            if other.year >= own.year:
                break
            here, there = places[own.agency], places[other.agency]
            if other.agency in superiors[own.agency] or (there[:1] and there[0] in here[1:]):
                above += 1
            elif own.agency in superiors[other.agency] or (here[:1] and here[0] in there[1:]):
                below += 1
            elif here[:1] != there[:1] and here[1:] and here[1:] == there[1:]:
                beside += 1
        rows.append(Spread(own.agency, own.year, above, below, beside))
    return rows


def lag_after_regulation(network: Network, mechanism: str) -> list[Lag]:
    """Years between the regulations that a mechanism cites and each adoption.

    Args:
        network: With agencies, mechanisms, regulations, IMPLEMENTS and CITES.
        mechanism: Id of a mechanism or initiative.
    Returns:
        One row for each regulation whose year of issue is known and each adopter,
        by regulation, year, agency.
    Source:
        Time from a common event to adoption, as event history analysis has it:
        Berry, F. S., and Berry, W. D. (1990), American Political Science Review
        84(2), 395-415.
    """
    if mechanism not in network:
        return []
    cited = {
        target
        for _, target, data in network.out_edges(mechanism, data=True)
        if data["type"] == "CITES" and data.get("status") == "reported"
    }
    issued = {r: network.nodes[r].get("issued") for r in sorted(cited)}
    return [
        Lag(a.agency, regulation, year, a.year)
        for regulation, year in issued.items()
        if isinstance(year, int)
        for a in first_adopters(network, mechanism)
    ]


def regulation_authority(network: Network) -> dict[str, float]:
    """Authority of each regulation: cited by those who cite what others cite too.

    Args:
        network: With regulations, reports, mechanisms and CITES.
    Returns:
        Scores that add up to 1, the highest first, equal ones by id.
    Source:
        Kleinberg, J. (1999). Authoritative Sources in a Hyperlinked Environment.
        Journal of the ACM 46(5), 604-632; for law: Fowler, J. H., and Jeon, S.
        (2008). The Authority of Supreme Court Precedent. Social Networks 30(1),
        16-30.
    """
    cites = sorted({(s, t) for s, t, data in network.edges(data=True) if data["type"] == "CITES"})
    authority = {target: 1.0 for _, target in cites}
    for _ in range(_ROUNDS):
        hubs: dict[str, float] = {}
        for source, target in cites:
            hubs[source] = hubs.get(source, 0.0) + authority[target]
        scores = dict.fromkeys(authority, 0.0)
        for source, target in cites:
            scores[target] += hubs[source]
        whole = sum(scores.values())
        authority = {target: score / whole for target, score in scores.items()}
    ranked = sorted(authority.items(), key=lambda item: (-item[1], item[0]))
    return dict(ranked)


def unit_communities(network: Network, *, seed: int = 0) -> list[tuple[str, ...]]:
    """Groups of units that apply much the same mechanisms.

    Found on the network of units and mechanisms itself, so that cost grows with
    what reports state, not with pairs of units.

    Args:
        network: With agencies, mechanisms and IMPLEMENTS.
        seed: Order in which units are looked at; the same seed, the same groups.
    Returns:
        Ids of the units of each group, the largest group first.
    Source:
        Blondel, V. D., and others (2008). Fast unfolding of communities in large
        networks. Journal of Statistical Mechanics, P10008.
    """
    weights: Counter[tuple[str, str]] = Counter(
        (s, t) for s, t, data in network.edges(data=True) if _is_reported(data)
    )
    names = sorted({end for pair in weights for end in pair})
    # Whole numbers: sets of text have another order in each process.
    number = {name: i for i, name in enumerate(names)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(names)))
    for (source, target), weight in sorted(weights.items()):
        graph.add_edge(number[source], number[target], weight=weight)
    found = nx.community.louvain_communities(graph, seed=seed)
    groups = (
        tuple(names[i] for i in sorted(group) if label_of(names[i]) == "Agency") for group in found
    )
    return sorted((g for g in groups if g), key=lambda g: (-len(g), g))


def _is_reported(data: dict[str, object]) -> bool:
    return data["type"] == "IMPLEMENTS" and data.get("status") == "reported"


def _reported(network: Network, mechanism: str) -> Iterator[Adoption]:
    """Every report of the mechanism that has a year."""
    if mechanism not in network:
        return
    for agency, _, data in network.in_edges(mechanism, data=True):
        if _is_reported(data) and "year" in data:
            said = (str(data["evidence"]), int(data["start"]), int(data["end"]))
            yield Adoption(agency, int(data["year"]), str(data["report"]), *said)


def _reporting(network: Network) -> Iterator[tuple[str, int]]:
    """Each unit with each year that it has a report of."""
    for agency, _, data in network.edges(data=True):
        if data["type"] == "PUBLISHED" and "year" in data:
            yield agency, int(data["year"])


def _targets(network: Network, node: str, type_: str) -> list[str]:
    edges = network.out_edges(node, data=True)
    return sorted({target for _, target, data in edges if data["type"] == type_})


def _superiors(network: Network, agency: str) -> set[str]:
    """All that an agency reports to, directly or not."""
    found: set[str] = set()
    waiting = [agency]
    while waiting:
        for superior in _targets(network, waiting.pop(), "REPORTS_TO"):
            if superior not in found:
                found.add(superior)
                waiting.append(superior)
    return found - {agency}


def _places(network: Network, agency: str) -> list[str]:
    """The place of an agency and those that it lies in, from below."""
    found: list[str] = []
    step = _targets(network, agency, "LOCATED_IN")
    while step and step[0] not in found:
        found.append(step[0])
        step = _targets(network, step[0], "PART_OF")
    return found
