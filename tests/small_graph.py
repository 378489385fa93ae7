"""Six made-up reports whose answers can be checked by eye.

Three petition offices of Beijing, 2021 to 2023. What each report says stands in
:data:`_REPORTS` next to its sentences; offsets are found in the text. One
mechanism and one title carry mark-up, which must be shown as text everywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model import Edge, Evidence, Node, ReportGraph, Status, Value
from graph.schema import label_of, node_id
from loaders.segment import segment

CITY = "agency:北京市信访办公室"
EAST = "agency:北京市东城区信访办公室"
WEST = "agency:北京市西城区信访办公室"
CITY_GOVERNMENT = "agency:北京市人民政府"
EAST_GOVERNMENT = "agency:北京市东城区人民政府"
TAKING_CHARGE = "mechanism:领导包案"
ONLINE = "mechanism:网上信访"
AGENT = "mechanism:信访代理"
RECEIVING = "mechanism:领导干部接访下访"
MARKUP = "mechanism:<img src=x onerror=alert(1)>机制"
LAW_EDUCATION = "initiative:“八五”普法"
OLD_RULES = "regulation:信访条例"
NEW_RULES = "regulation:信访工作条例"
WORK_POINTS = "regulation:北京市信访工作要点"

_NODES: dict[str, dict[str, Value]] = {
    CITY: {"aliases": ("北京市信访办",), "level": "省", "line": "信访", "place": "北京市"},
    EAST: {
        "aliases": ("东城区信访办",),
        "level": "县区",
        "line": "信访",
        "place": "北京市东城区",
        "succeeded_by": "agency:北京市东城区信访局",
        "succeeded_in": 2024,
    },
    WEST: {"aliases": ("西城区信访办",), "level": "县区", "line": "信访", "place": "北京市西城区"},
    CITY_GOVERNMENT: {"aliases": ("市政府",), "level": "省", "line": "综合", "place": "北京市"},
    EAST_GOVERNMENT: {
        "aliases": ("东城区政府",),
        "level": "县区",
        "line": "综合",
        "place": "北京市东城区",
    },
    TAKING_CHARGE: {
        "aliases": ("包案制度", "领导干部包案"),
        "name_en": "Leaders take charge of cases",
        "field": "信访",
        "definition": "由一名领导负责一件疑难事项，从受理到办结。",
        "legal_basis": ("信访工作条例",),
        "discovered": False,
    },
    ONLINE: {
        "aliases": ("网上信访渠道",),
        "name_en": "Online petitions",
        "field": "信访",
        "discovered": False,
    },
    AGENT: {"name_en": "Petition by proxy", "field": "信访", "discovered": False},
    RECEIVING: {
        "aliases": ("包案制度与接访制度",),
        "name_en": "Leaders receive petitioners",
        "field": "信访",
        "discovered": False,
    },
    MARKUP: {"discovered": True},
    LAW_EDUCATION: {"aliases": ("八五普法",), "field": "法治宣传", "discovered": False},
    OLD_RULES: {
        "kind": "行政法规",
        "issuer": ("国务院",),
        "issued": 2005,
        "status": "repealed",
        "ended": "2022-05-01",
        "replaced_by": NEW_RULES,
        "known": True,
    },
    NEW_RULES: {
        "kind": "党内法规",
        "issuer": ("中共中央", "国务院"),
        "issued": 2022,
        "status": "in force",
        "known": True,
    },
    WORK_POINTS: {"kind": "规范性文件", "known": False},
}
_PLACES: dict[str, tuple[str, str | None]] = {
    "北京市": ("省", None),
    "北京市东城区": ("县区", "北京市"),
    "北京市西城区": ("县区", "北京市"),
    "北京市海淀区": ("县区", "北京市"),
}
_SURFACES: dict[str, tuple[str, ...]] = {
    CITY: ("市信访办",),
    TAKING_CHARGE: ("领导包案",),
    ONLINE: ("网上信访",),
    AGENT: ("信访代理",),
    RECEIVING: ("接访下访",),
    MARKUP: ("<img src=x onerror=alert(1)>机制",),
    LAW_EDUCATION: ("“八五”普法",),
    OLD_RULES: ("《信访条例》",),
    NEW_RULES: ("《信访工作条例》",),
    WORK_POINTS: ("《北京市信访工作要点》",),
}


@dataclass(frozen=True)
class Said:
    """A made-up report and what it says; offsets are found in its text."""

    unit: str
    year: int | None
    title: str
    text: str
    says: tuple[tuple[str, str, str, str, Status], ...] = field(default=())
    """(type, source, target, clause, status); an empty source is the report."""
    counts: tuple[tuple[str, str, float, str, str], ...] = field(default=())
    """(indicator, wording, value, clause, what it is of); the measure word ends the wording."""
    genre: str = "信访工作年度报告"
    published: str = ""


_REPORTS = (
    Said(
        CITY,
        2021,
        "北京市信访办公室2021年信访工作年度报告",
        "😀 市信访办按照市政府部署开展工作。建立领导包案台账，一件一策。"
        "组织接访下访活动三十次。依照《信访条例》办理来信。",
        (
            ("REPORTS_TO", CITY, CITY_GOVERNMENT, "市信访办按照市政府部署开展工作", "reported"),
            ("IMPLEMENTS", CITY, TAKING_CHARGE, "建立领导包案台账", "reported"),
            ("IMPLEMENTS", CITY, RECEIVING, "组织接访下访活动三十次", "reported"),
            ("CITES", "", OLD_RULES, "依照《信访条例》办理来信。", "reported"),
        ),
        (("接访下访活动", "三十次", 30.0, "组织接访下访活动三十次", RECEIVING),),
    ),
    Said(
        CITY,
        2022,
        "北京市信访办公室2022年信访工作年度报告",
        "按照《信访工作条例》推行领导包案。全年领导包案办结四百件。拓宽网上信访，方便群众。"
        "印发《北京市信访工作要点》。开展“八五”普法宣传。来年试行信访代理。",
        (
            ("CITES", TAKING_CHARGE, NEW_RULES, "按照《信访工作条例》推行领导包案", "reported"),
            ("CITES", "", NEW_RULES, "按照《信访工作条例》推行领导包案。", "reported"),
            ("IMPLEMENTS", CITY, TAKING_CHARGE, "推行领导包案", "reported"),
            ("IMPLEMENTS", CITY, TAKING_CHARGE, "全年领导包案办结四百件", "reported"),
            ("IMPLEMENTS", CITY, ONLINE, "拓宽网上信访", "reported"),
            ("ISSUES", CITY, WORK_POINTS, "印发《北京市信访工作要点》", "reported"),
            ("CITES", "", WORK_POINTS, "印发《北京市信访工作要点》。", "reported"),
            ("IMPLEMENTS", CITY, LAW_EDUCATION, "开展“八五”普法宣传", "reported"),
            ("IMPLEMENTS", CITY, AGENT, "来年试行信访代理", "planned"),
        ),
        (("领导包案办结", "四百件", 400.0, "全年领导包案办结四百件", TAKING_CHARGE),),
    ),
    Said(
        EAST,
        2021,
        "东城区信访办公室2021年信访工作年度报告",
        "在区政府领导下开展工作。网上信访及时受理。来年建立领导包案和信访代理。",
        (
            ("REPORTS_TO", EAST, EAST_GOVERNMENT, "在区政府领导下开展工作", "reported"),
            ("IMPLEMENTS", EAST, ONLINE, "网上信访及时受理", "reported"),
            ("IMPLEMENTS", EAST, TAKING_CHARGE, "来年建立领导包案", "planned"),
            ("IMPLEMENTS", EAST, AGENT, "来年建立领导包案和信访代理", "planned"),
        ),
    ),
    Said(
        EAST,
        2022,
        "东城区信访办公室2022年信访工作年度报告",
        "区政府统一领导本区信访，区政府向市政府报告。领导包案全面实行。",
        (
            ("REPORTS_TO", EAST, EAST_GOVERNMENT, "区政府统一领导本区信访", "reported"),
            ("REPORTS_TO", EAST_GOVERNMENT, CITY_GOVERNMENT, "区政府向市政府报告", "reported"),
            ("IMPLEMENTS", EAST, TAKING_CHARGE, "领导包案全面实行", "reported"),
        ),
    ),
    Said(
        WEST,
        2023,
        "西城区信访办公室2023年信访工作年度报告",
        "领导包案有序推进。接访下访形成常态。依照《信访条例》答复。网上信访衔接不够。",
        (
            ("IMPLEMENTS", WEST, TAKING_CHARGE, "领导包案有序推进", "reported"),
            ("IMPLEMENTS", WEST, RECEIVING, "接访下访形成常态", "reported"),
            ("CITES", "", OLD_RULES, "依照《信访条例》答复。", "reported"),
            ("IMPLEMENTS", WEST, ONLINE, "网上信访衔接不够", "lacking"),
        ),
    ),
    Said(
        WEST,
        2021,
        "<script>alert(1)</script>西城区信访办公室2021年信访工作年度报告",
        "推行<img src=x onerror=alert(1)>机制，效果<b>良好</b>。",
        (("IMPLEMENTS", WEST, MARKUP, "推行<img src=x onerror=alert(1)>机制", "reported"),),
    ),
)


def report_id(unit: str, year: int | None, genre: str = "信访工作年度报告") -> str:
    """Id of the made-up report of that unit, year and genre."""
    return node_id("Report", f"{unit.partition(':')[2]}:{year}:{genre}")


_CITY_2022 = report_id(CITY, 2022)
ELSEWHERE = {
    "gaps_of_unit": {"unit": EAST},
    "lag_after_regulation": {"mechanism": TAKING_CHARGE},
    "mentions": {"report": _CITY_2022},
    "nodes_also_named": {"name": "包案制度"},
    "nodes_surfaced": {"query": '"接访" "下访"', "surface": "接访下访"},
    "report": {"id": _CITY_2022},
    "report_titles": {"reports": [_CITY_2022]},
    "reports_called": {"name": "北京市信访办公室2022年信访工作年度报告"},
}
"""Parameters of questions and lookups whose own example stands in the bundled samples only."""


def small_graph() -> list[ReportGraph]:
    """The six reports, ready to write."""
    return [graph_of(report) for report in _REPORTS]


def graph_of(said: Said, more: Mapping[str, dict[str, Value]] | None = None) -> ReportGraph:
    """What one made-up report says.

    Args:
        said: The report.
        more: Properties of nodes beside those of the six reports, by id.
    """
    known = {**_NODES, **(more or {})}
    report = report_id(said.unit, said.year, said.genre)
    year: dict[str, Value] = {} if said.year is None else {"year": said.year}
    edges: list[Edge] = []
    nodes: dict[str, Node] = {}
    stated: dict[tuple[str, str, str], list[Evidence]] = {}
    for type_, source, target, clause, status in said.says:
        start = said.text.index(clause)
        evidence = Evidence(start, start + len(clause), clause, status, "made-up")
        stated.setdefault((type_, source or report, target), []).append(evidence)
    for (type_, source, target), all_evidence in stated.items():
        edges.append(Edge(type_, source, target, report, tuple(sorted(all_evidence))))
    if said.unit:
        edges.append(Edge("PUBLISHED", said.unit, report, report, properties=year))
    for number, (indicator, wording, value, clause, about) in enumerate(said.counts):
        start = said.text.index(clause)
        counted = Node(
            "Measure",
            node_id("Measure", f"{report.partition(':')[2]}#{number}"),
            {
                "name": indicator + wording,
                "report": report,
                "indicator": indicator,
                "value": value,
                "unit": wording[-1],
                "wording": wording,
                **year,
                "text": clause,
                "start": start,
                "end": start + len(clause),
            },
        )
        nodes[counted.id] = counted
        edges.append(Edge("PART_OF", counted.id, report))
        edges.append(Edge("MEASURES", counted.id, about, report))
    start = 0
    for sentence in said.text.split("。")[:-1]:
        passage = Node(
            "Passage",
            node_id("Passage", f"{report.partition(':')[2]}#{start}"),
            {
                "name": sentence[:24],
                "report": report,
                "text": sentence + "。",
                "start": start,
                "end": start + len(sentence) + 1,
                "search": segment(sentence),
            },
        )
        nodes[passage.id] = passage
        edges.append(Edge("PART_OF", passage.id, report))
        edges.extend(_mentions(passage, sentence, start, report))
        start += len(sentence) + 1
    for id_ in sorted({i for e in edges for i in (e.source, e.target)} & set(known)):
        nodes[id_] = _node(id_, known[id_])
        place = known[id_].get("place")
        if label_of(id_) == "Agency" and isinstance(place, str):
            edges.extend(_places(id_, place, nodes))
    text_digest = hashlib.sha256("".join(said.text.split()).encode()).hexdigest()
    properties: dict[str, Value] = {
        "name": said.title,
        **({"unit": said.unit.partition(":")[2]} if said.unit else {}),
        **year,
        **{p: v for p, v in known.get(said.unit, {}).items() if p == "place"},
        **({"published": said.published} if said.published else {}),
        "source": f"made-up/{said.year}-{said.unit[-8:-5]}.txt",
        "format": "txt",
        "digest": text_digest,
        "text": said.text,
    }
    unique = {e.identity: e for e in edges}
    return ReportGraph(
        Node("Report", report, properties),
        tuple(nodes[i] for i in sorted(nodes)),
        tuple(unique[i] for i in sorted(unique)),
    )


def _node(id_: str, properties: Mapping[str, Value]) -> Node:
    name = id_.partition(":")[2]
    aliases = properties.get("aliases", ())
    names = [name, *(aliases if isinstance(aliases, tuple) else ())]
    names.append(str(properties.get("name_en", "")))
    search = segment(" ".join(map(str, names)))
    return Node(label_of(id_), id_, {"name": name, **properties, "search": search})


def _mentions(passage: Node, sentence: str, start: int, report: str) -> list[Edge]:
    edges = []
    for target, surfaces in _SURFACES.items():
        for surface in surfaces:
            at = sentence.find(surface)
            if at >= 0:
                begin = start + at
                properties: dict[str, Value] = {
                    "surfaces": (surface,),
                    "starts": (begin,),
                    "ends": (begin + len(surface),),
                }
                edges.append(Edge("MENTIONS", passage.id, target, report, properties=properties))
    return edges


def _places(agency: str, place: str, nodes: dict[str, Node]) -> list[Edge]:
    edges = [Edge("LOCATED_IN", agency, node_id("Place", place))]
    inner: str | None = place
    while inner is not None:
        level, outer = _PLACES[inner]
        id_ = node_id("Place", inner)
        nodes[id_] = Node("Place", id_, {"name": inner, "level": level})
        if outer is not None:
            edges.append(Edge("PART_OF", id_, node_id("Place", outer)))
        inner = outer
    return edges
