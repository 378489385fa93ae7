"""How mechanisms spread: analyses of policy diffusion over a network.

Each takes what :func:`graph.network.read_network` gives and counts only what
reports state as done. A unit adopts a mechanism in the first year whose report
says so: units whose earlier reports are not in the graph seem to adopt later.
A body before and after a reform counts once: a new name is no new adopter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import networkx as nx

from graph.network import Network
from graph.schema import label_of

_ROUNDS = 100
"""Steps of the power iteration, at most; a citation network settles within a few dozen."""

_SETTLED = 1e-12
"""Change of every score below which it has settled."""

_REFORMS = 2
"""Reforms that a body is followed through, those of 2018 and 2023; the questions follow as many."""


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
        network: With agencies and what succeeded them, mechanisms and IMPLEMENTS.
        mechanism: Id of a mechanism or initiative.
    Returns:
        One adoption a unit, by year, then id; empty where nobody applies it. A unit
        goes by the name that it had then.
    Source:
        Walker, J. L. (1969). The Diffusion of Innovations among the American
        States. American Political Science Review 63(3), 880-899.
    """
    first: dict[str, Adoption] = {}
    for adoption in _reported(network, mechanism):
        body = _body(network, adoption.agency)
        if body not in first or _when(adoption) < _when(first[body]):
            first[body] = adoption
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
    starts = {_body(network, a.agency): a.year for a in adoptions}
    for agency, year in _reporting(network):
        body = _body(network, agency)
        starts[body] = min(year, starts.get(body, year))
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
        counted: nobody knows who was earlier. Time grows with the units and with
        what each reports to, not with pairs of units.
    Source:
        Shipan, C. R., and Volden, C. (2006). Bottom-Up Federalism. American
        Journal of Political Science 50(4), 825-843, for vertical spread; Berry,
        F. S., and Berry, W. D. (1990). State Lottery Adoptions as Policy
        Innovations. American Political Science Review 84(2), 395-415, for spread
        among neighbours.
    """
    rows = []
    earlier = _Adopters()
    for _, same_year in groupby(first_adopters(network, mechanism), key=lambda a: a.year):
        adoptions = [
            (a, _superiors(network, a.agency), _places(network, a.agency)) for a in same_year
        ]
        for own, superiors, places in adoptions:
            above, below, beside = earlier.around(own.agency, superiors, places)
            rows.append(Spread(own.agency, own.year, above, below, beside))
        for own, superiors, places in adoptions:
            earlier.add(own.agency, superiors, places)
    return rows


class _Adopters:
    """Earlier adopters, counted by place: no two units are compared for their places."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}
        self._subordinates: dict[str, list[str]] = {}
        self._at: Counter[str] = Counter()
        self._within: Counter[str] = Counter()
        self._chains: Counter[tuple[str, ...]] = Counter()
        self._above_chains: Counter[tuple[str, ...]] = Counter()

    def add(self, agency: str, superiors: set[str], places: list[str]) -> None:
        """Count a unit, with all that it reports to and the places it lies in, from below."""
        self._places[agency] = places
        for superior in sorted(superiors):
            self._subordinates.setdefault(superior, []).append(agency)
        self._at.update(places[:1])
        self._within.update(places[1:])
        self._chains[tuple(places)] += 1
        self._above_chains[tuple(places[1:])] += 1

    def around(self, agency: str, superiors: set[str], places: list[str]) -> tuple[int, int, int]:
        """How many of them are above, below and beside a unit, each counted once."""
        above = sum(self._at[place] for place in places[1:])
        below = self._within[places[0]] if places else 0
        chain = tuple(places)
        beside = self._above_chains[chain[1:]] - self._chains[chain] if chain[1:] else 0
        # Who reports to whom goes before where they are.
        bosses = {s for s in superiors if s in self._places}
        for other in bosses:
            where = self._where(other, places)
            above += where != "above"
            below -= where == "below"
            beside -= where == "beside"
        for other in self._subordinates.get(agency, ()):
            where = self._where(other, places)
            if other not in bosses and where != "above":
                below += where != "below"
                beside -= where == "beside"
        return above, below, beside

    def _where(self, other: str, places: list[str]) -> str:
        """Where another adopter is, seen from these places."""
        others = self._places[other]
        if others and others[0] in places[1:]:
            return "above"
        if places and places[0] in others[1:]:
            return "below"
        is_near = places[1:] and places[1:] == others[1:] and places[0] != others[0]
        return "beside" if is_near else ""


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
        before, authority = authority, {t: score / whole for t, score in scores.items()}
        if all(abs(authority[t] - before[t]) < _SETTLED for t in authority):
            break
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


def _when(adoption: Adoption) -> tuple[int, str, str]:
    return (adoption.year, adoption.agency, adoption.report)


def _body(network: Network, agency: str) -> str:
    """What reforms made of an agency; itself where none did."""
    for _ in range(_REFORMS):
        agency = network.nodes.get(agency, {}).get("succeeded_by") or agency
    return agency


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
