"""Reports that nobody wrote, as many as a measurement needs, with the proportions of real ones."""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
from collections.abc import Iterator
from itertools import pairwise

from graph.model import Edge, Evidence, Node, ReportGraph, Value

PASSAGES = 50
MEASURES = 11
MECHANISMS = 300
REGULATIONS = 200
UNITS_PER_COUNTY = 5
EDGES_PER_REPORT = 170
"""About as many edges come from one report."""


def reports_for(edges: int) -> int:
    """Number of reports that have about so many edges together."""
    return max(1, round(edges / EDGES_PER_REPORT))


def iter_reports(count: int) -> Iterator[ReportGraph]:
    """Reports number 0 to ``count - 1``; the same number gives the same report."""
    for number in range(count):
        yield make_report(number)


def make_report(number: int) -> ReportGraph:
    """The report of that number."""
    unit_number, year = number // 5, 2019 + number % 5
    county = f"江南省东湖市第{unit_number // UNITS_PER_COUNTY}县"
    unit = f"agency:{county}第{unit_number % UNITS_PER_COUNTY}局"
    above = f"agency:{county}人民政府"
    report = f"report:{unit.partition(':')[2]}:{year}:工作年度报告"
    nodes: dict[str, Node] = {i: _agency(i, county) for i in (unit, above)}
    edges: list[Edge] = []
    texts: list[str] = []
    evidence: dict[tuple[str, str, str], list[Evidence]] = {}
    start = 0
    for line in range(PASSAGES):
        mechanism = f"mechanism:第{(number * 7 + line * 11) % MECHANISMS}号联席会议机制"
        regulation = f"regulation:第{(number * 3 + line * 13) % REGULATIONS}号工作条例"
        text = (
            f"{line}、依照{regulation[11:]}，全面落实{mechanism[10:]}，办结{line}件，群众评价良好。"
        )
        end = start + len(text)
        passage = f"passage:{report.partition(':')[2]}#{start}"
        nodes[passage] = Node(
            "Passage", passage,
            {
                "name": text[:24], "report": report, "text": text, "start": start, "end": end,
                "section": "一、主要工作", "part": "achievements",
                "search": " ".join(text[i : i + 2] for i in range(0, len(text), 2)),
            },
        )  # fmt: skip
        edges.append(Edge("PART_OF", passage, report))
        nodes[mechanism] = _entity("Mechanism", mechanism, {"discovered": False, "field": "信访"})
        nodes[regulation] = _entity("Regulation", regulation, {"known": True, "kind": "规章"})
        for named in (mechanism, regulation):
            surface = named.partition(":")[2]
            at = start + text.index(surface)
            spans: dict[str, Value] = {
                "surfaces": (surface,), "starts": (at,), "ends": (at + len(surface),),
            }  # fmt: skip
            edges.append(Edge("MENTIONS", passage, named, report, properties=spans))
        if line % 4 == 0:
            stated = ("IMPLEMENTS", unit, mechanism)
            evidence.setdefault(stated, []).append(Evidence(start, end, text, "reported", "made"))
        if line % 10 == 0:
            stated = ("CITES", mechanism, regulation)
            evidence.setdefault(stated, []).append(Evidence(start, end, text, "reported", "made"))
        if line < MEASURES:
            measure = f"measure:{report.partition(':')[2]}#{start}"
            nodes[measure] = Node(
                "Measure", measure,
                {
                    "name": f"办结 {line} 件", "report": report, "indicator": "办结",
                    "value": float(line), "unit": "件", "wording": f"{line}件", "year": year,
                    "text": text, "start": start, "end": end,
                },
            )  # fmt: skip
            edges.append(Edge("PART_OF", measure, report))
            edges.append(Edge("MEASURES", measure, mechanism, report))
        texts.append(text)
        start = end
    text = "".join(texts)
    first = Evidence(0, len(texts[0]), texts[0], "reported", "made")
    evidence["REPORTS_TO", unit, above] = [first]
    edges += [
        Edge(type_, source, target, report, tuple(pieces))
        for (type_, source, target), pieces in evidence.items()
    ]
    edges.append(Edge("PUBLISHED", unit, report, report, properties={"year": year}))
    edges += _places(county, (unit, above), nodes)
    properties: dict[str, Value] = {
        "name": f"{unit.partition(':')[2]}{year}年工作年度报告", "unit": unit.partition(":")[2],
        "year": year, "place": county, "source": f"{number}.txt", "format": "txt",
        "digest": hashlib.sha256(text.encode()).hexdigest(), "text": text,
    }  # fmt: skip
    return ReportGraph(Node("Report", report, properties), tuple(nodes.values()), tuple(edges))


def _entity(label: str, id_: str, properties: dict[str, Value]) -> Node:
    name = id_.partition(":")[2]
    search = " ".join(name[i : i + 2] for i in range(0, len(name), 2))
    return Node(label, id_, {"name": name, "aliases": (name[:4],), "search": search, **properties})


def _agency(id_: str, county: str) -> Node:
    return _entity("Agency", id_, {"level": "县区", "line": "综合", "place": county})


def _places(county: str, agencies: tuple[str, ...], nodes: dict[str, Node]) -> list[Edge]:
    chain = [f"place:{name}" for name in (county, "江南省东湖市", "江南省")]
    for place, level in zip(chain, ("县区", "市", "省"), strict=True):
        nodes[place] = Node("Place", place, {"name": place.partition(":")[2], "level": level})
    located = [Edge("LOCATED_IN", agency, chain[0]) for agency in agencies]
    return [*located, *(Edge("PART_OF", a, b) for a, b in pairwise(chain))]


def edges_option(about: str) -> argparse.Namespace:
    """Parse the one option that all measurements have: how many edges."""
    return edges_parser(about).parse_args()


def edges_parser(about: str) -> argparse.ArgumentParser:
    """A parser with the one option that all measurements have: how many edges."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--edges", type=int, default=100_000, help="edges to write, about")
    return parser


def machine() -> str:
    """Processor, cores and memory, in one line."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:  # noqa: PTH123
        names = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return (
        f"{names[0] if names else platform.processor()}, {os.cpu_count()} cores, "
        f"{pages / 2**30:.0f} GiB, {platform.system()}, Python {platform.python_version()}"
    )
