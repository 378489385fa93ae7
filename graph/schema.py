"""What may stand in the graph: labels, relationship types, properties, in one table.

Constraints, indexes, validation, exports and the reference page of the docs are
derived from :data:`NODE_TYPES` and :data:`EDGE_TYPES`; nothing else lists them.
RDF terms follow W3C ORG, SKOS, PROV-O and ELI where these have a term.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PropertyType = Literal["STRING", "INTEGER", "FLOAT", "BOOLEAN", "LIST<STRING>", "LIST<INTEGER>"]


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node or an edge.

    Args:
        name: ``snake_case``, the same in Python, Cypher, JSON and column heads.
        type: Cypher's name of the type.
        about: What it holds, with its unit, in one line.
        required: Whether every node or edge of the kind carries it.
    """

    name: str
    type: PropertyType
    about: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class NodeType:
    """A label.

    Args:
        label: As written in Cypher.
        prefix: What ids of this label begin with, before the colon.
        zh: Chinese name, for people.
        about: One line in English.
        properties: Beyond ``id`` and ``name``, which every node has.
        indexed: Properties with an index of their own.
        searchable: Whether full-text search covers it (its ``search`` property).
        rdf: Class in the exports to RDF, as a prefixed name.
    """

    label: str
    prefix: str
    zh: str
    about: str
    properties: tuple[Property, ...]
    indexed: tuple[str, ...] = ()
    searchable: bool = False
    rdf: str = ""


@dataclass(frozen=True, slots=True)
class EdgeType:
    """A relationship type.

    Args:
        type: As written in Cypher.
        zh: Chinese name, for people.
        about: One line in English.
        sources: Labels that it may leave.
        targets: Labels that it may reach.
        stated: Whether a report states it: it then carries :data:`STATED`
            properties and at least one piece of evidence.
        properties: Further properties.
        rdf: Property in the exports to RDF, as a prefixed name; with ``^`` before
            it, it leads from target to source.
    """

    type: str
    zh: str
    about: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    stated: bool = False
    properties: tuple[Property, ...] = ()
    rdf: str = ""


ID = Property("id", "STRING", "Readable identity, unique in its label", required=True)
NAME = Property("name", "STRING", "What a person reads", required=True)
SEARCH = Property("search", "STRING", "Names segmented into words, for full-text search")
REPORT = Property("report", "STRING", "Id of the report that it belongs to", required=True)
ALIASES = Property("aliases", "LIST<STRING>", "Other names")

STATED: tuple[Property, ...] = (
    REPORT,
    Property("year", "INTEGER", "Year that the report covers"),
    Property(
        "status", "STRING", "reported, planned or lacking: the best of all evidence", required=True
    ),
    Property("evidence", "STRING", "First clause of that status that states it", required=True),
    Property("start", "INTEGER", "Its first offset, in code points of the text", required=True),
    Property("end", "INTEGER", "Offset after its last", required=True),
    Property("rule", "STRING", "Rule that produced it", required=True),
    Property("evidence_all", "LIST<STRING>", "Every clause, in text order", required=True),
    Property("start_all", "LIST<INTEGER>", "First offset of each clause", required=True),
    Property("end_all", "LIST<INTEGER>", "Offset after the last, of each clause", required=True),
    Property("status_all", "LIST<STRING>", "Status of each clause", required=True),
    Property("rule_all", "LIST<STRING>", "Rule of each clause", required=True),
)

NODE_TYPES: tuple[NodeType, ...] = (
    NodeType(
        "Agency",
        "agency",
        "机构",
        "A body that holds public power or acts for it",
        (
            ALIASES,
            Property("level", "STRING", "国家, 省, 市, 县区, 乡镇街道 or 村社区"),
            Property("line", "STRING", "Line of work: 信访, 司法, 教育 …"),
            Property("place", "STRING", "Full name of its administrative division"),
            Property("succeeded_by", "STRING", "Id of the agency that a reform made of it"),
            Property("succeeded_in", "INTEGER", "Year of that reform"),
            SEARCH,
        ),
        indexed=("name", "place"),
        searchable=True,
        rdf="org:FormalOrganization",
    ),
    NodeType(
        "Regulation",
        "regulation",
        "法规文件",
        "A law, regulation or policy document",
        (
            ALIASES,
            Property("kind", "STRING", "法律, 行政法规, 党内法规, 地方性法规, 规章, 规范性文件 …"),
            Property("issuer", "LIST<STRING>", "Names of the bodies that issued it"),
            Property("issued", "INTEGER", "Year of issue of the current version"),
            Property("status", "STRING", "in force, repealed or expired; absent when unknown"),
            Property("ended", "STRING", "Date since which it is no longer in force, ISO 8601"),
            Property("replaced_by", "STRING", "Id of the regulation that replaced it"),
            Property("known", "BOOLEAN", "Whether the catalogue has it", required=True),
            SEARCH,
        ),
        indexed=("name",),
        searchable=True,
        rdf="eli:LegalResource",
    ),
    NodeType(
        "Mechanism",
        "mechanism",
        "机制",
        "A named, standing way of governing",
        (
            ALIASES,
            Property("name_en", "STRING", "English name"),
            Property("field", "STRING", "Field of governance: 信访, 行政执法 …"),
            Property("definition", "STRING", "What it is, in one sentence"),
            Property("broader", "STRING", "Id of the broader mechanism"),
            Property("legal_basis", "LIST<STRING>", "Names of the regulations it rests on"),
            Property("discovered", "BOOLEAN", "Found in text, not in the catalogue", required=True),
            SEARCH,
        ),
        indexed=("name",),
        searchable=True,
        rdf="skos:Concept",
    ),
    NodeType(
        "Initiative",
        "initiative",
        "专项行动",
        "A named effort with a start and an end",
        (
            ALIASES,
            Property("name_en", "STRING", "English name"),
            Property("field", "STRING", "Field of governance"),
            Property("definition", "STRING", "What it is, in one sentence"),
            Property("discovered", "BOOLEAN", "Found in text, not in the catalogue", required=True),
            SEARCH,
        ),
        indexed=("name",),
        searchable=True,
        rdf="schema:Project",
    ),
    NodeType(
        "Report",
        "report",
        "报告",
        "A published report, with its text",
        (
            Property("unit", "STRING", "Canonical name of the reporting agency"),
            Property("year", "INTEGER", "Year that it covers"),
            Property("place", "STRING", "Full name of the unit's administrative division"),
            Property("published", "STRING", "Date of publication, ISO 8601"),
            Property("source", "STRING", "File it was read from", required=True),
            Property("format", "STRING", "Format of that file", required=True),
            Property("digest", "STRING", "SHA-256 of text and rules: what was read", required=True),
            Property("extractor", "STRING", "Version of the extraction rules that read it"),
            Property("text", "STRING", "The text that every offset points into", required=True),
            Property("warnings", "LIST<STRING>", "What could not be told from it"),
        ),
        indexed=("unit", "year", "digest"),
        rdf="prov:Entity",
    ),
    NodeType(
        "Passage",
        "passage",
        "语句",
        "A sentence or heading of a report",
        (
            REPORT,
            Property("text", "STRING", "The sentence", required=True),
            Property("start", "INTEGER", "First offset in the report's text", required=True),
            Property("end", "INTEGER", "Offset after the last", required=True),
            Property("section", "STRING", "Heading it stands under"),
            Property("part", "STRING", "preamble, achievements, shortcomings, leadership or plans"),
            SEARCH,
        ),
        indexed=("report",),
        searchable=True,
        rdf="oa:SpecificResource",
    ),
    NodeType(
        "Measure",
        "measure",
        "指标",
        "A number with what it counts",
        (
            REPORT,
            Property("indicator", "STRING", "What is measured, as worded", required=True),
            Property("value", "FLOAT", "The number, 万 and 亿 multiplied out", required=True),
            Property("unit", "STRING", "件, 人次, %, 个百分点, 万元 …", required=True),
            Property("wording", "STRING", "The number as printed", required=True),
            Property("comparison", "STRING", "同比上升 …: a change, not a level"),
            Property("upper", "FLOAT", "Upper end of a range, of which the value is the lower"),
            Property("change", "FLOAT", "The value with its sign, where it is a change"),
            Property("of", "STRING", "Indicator of the total that it is a part or a rate of"),
            Property("year", "INTEGER", "Year that it is of"),
            Property("text", "STRING", "The clause that states it", required=True),
            Property("start", "INTEGER", "Its first offset in the report's text", required=True),
            Property("end", "INTEGER", "Offset after its last", required=True),
        ),
        indexed=("report",),
        rdf="qb:Observation",
    ),
    NodeType(
        "Place",
        "place",
        "地区",
        "An administrative division",
        (
            Property("code", "STRING", "Six-digit division code (GB/T 2260)"),
            Property("level", "STRING", "省, 市, 县区 or 乡镇街道"),
        ),
        indexed=("name", "code"),
        rdf="schema:AdministrativeArea",
    ),
)

EDGE_TYPES: tuple[EdgeType, ...] = (
    EdgeType(
        "IMPLEMENTS",
        "采用",
        "The agency sets up, runs, improves or applies it",
        ("Agency",),
        ("Mechanism", "Initiative"),
        stated=True,
        properties=(
            Property("role", "STRING", "leads, joins or guided; absent where it acts alone"),
            Property("act", "STRING", "sets up, improves or runs: what is done, by the verb"),
        ),
        rdf="gm:implements",
    ),
    EdgeType(
        "REPORTS_TO",
        "受…领导",
        "The agency reports to, or is led by, the other",
        ("Agency",),
        ("Agency",),
        stated=True,
        rdf="org:reportsTo",
    ),
    EdgeType(
        "CITES",
        "依据",
        "The report, mechanism or initiative rests on or cites the regulation",
        ("Report", "Mechanism", "Initiative"),
        ("Regulation",),
        stated=True,
        rdf="eli:cites",
    ),
    EdgeType(
        "ISSUES",
        "制发",
        "The agency makes or publishes the regulation",
        ("Agency",),
        ("Regulation",),
        stated=True,
        rdf="^eli:passed_by",
    ),
    EdgeType(
        "PUBLISHED",
        "发布",
        "The agency published the report",
        ("Agency",),
        ("Report",),
        properties=(REPORT, Property("year", "INTEGER", "Year that the report covers")),
        rdf="^prov:wasAttributedTo",
    ),
    EdgeType(
        "MENTIONS",
        "提及",
        "The sentence names it; keeps a shared node alive",
        ("Passage",),
        ("Agency", "Regulation", "Mechanism", "Initiative"),
        properties=(
            REPORT,
            Property("surfaces", "LIST<STRING>", "Wording of each mention", required=True),
            Property("starts", "LIST<INTEGER>", "First offset of each", required=True),
            Property("ends", "LIST<INTEGER>", "Offset after the last, of each", required=True),
        ),
        rdf="schema:mentions",
    ),
    EdgeType(
        "PART_OF",
        "属于",
        "A passage or measure of a report, a place of a larger place",
        ("Passage", "Measure", "Place"),
        ("Report", "Place"),
        rdf="schema:isPartOf",
    ),
    EdgeType(
        "MEASURES",
        "衡量",
        "The number is of the mechanism, initiative or agency",
        ("Measure",),
        ("Agency", "Mechanism", "Initiative"),
        properties=(REPORT,),
        rdf="schema:about",
    ),
    EdgeType(
        "LOCATED_IN",
        "位于",
        "The agency's administrative division",
        ("Agency",),
        ("Place",),
        rdf="schema:location",
    ),
)

INVENTORY = NodeType(
    "Inventory",
    "inventory",
    "清单",
    "What was written, counted and hashed; one node, which no report states",
    (
        Property(
            "digest", "STRING", "Sum of the SHA-256 of all items, modulo 2^256", required=True
        ),
        *(Property(n.label, "INTEGER", f"Number of {n.label} nodes") for n in NODE_TYPES),
        *(Property(e.type, "INTEGER", f"Number of {e.type} relationships") for e in EDGE_TYPES),
    ),
)
"""Held against the graph to find what was lost (:mod:`graph.inventory`). It is no part of
the content: no export for other programs has it, no question sees it."""

OWNED: tuple[str, ...] = tuple(n.label for n in NODE_TYPES if REPORT in n.properties)
"""Labels of nodes that belong to one report and go with it."""

NODE_BY_LABEL: dict[str, NodeType] = {n.label: n for n in NODE_TYPES}
NODE_BY_PREFIX: dict[str, NodeType] = {n.prefix: n for n in NODE_TYPES}
EDGE_BY_TYPE: dict[str, EdgeType] = {e.type: e for e in EDGE_TYPES}

RDF_PREFIXES: dict[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "gm": "urn:govmech:ns:",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Namespaces of the RDF terms; ``gm`` is ours, for what no public vocabulary has."""


@dataclass(frozen=True, slots=True)
class RdfTerm:
    """How a property's value stands in RDF.

    Args:
        name: Property, as a prefixed name.
        lang: Language tag of its text; empty for none.
        link: Whether the value is the id of a node.
    """

    name: str
    lang: str = ""
    link: bool = False


_RDF_TERMS: dict[str, RdfTerm] = {
    "id": RdfTerm("dcterms:identifier"),
    "name": RdfTerm("skos:prefLabel", "zh"),
    "name_en": RdfTerm("skos:prefLabel", "en"),
    "aliases": RdfTerm("skos:altLabel", "zh"),
    "definition": RdfTerm("skos:definition", "zh"),
    "broader": RdfTerm("skos:broader", link=True),
    "code": RdfTerm("skos:notation"),
    "report": RdfTerm("prov:wasDerivedFrom", link=True),
    "replaced_by": RdfTerm("dcterms:isReplacedBy", link=True),
    "succeeded_by": RdfTerm("dcterms:isReplacedBy", link=True),
    "issued": RdfTerm("dcterms:issued"),
    "published": RdfTerm("dcterms:issued"),
    "kind": RdfTerm("dcterms:type", "zh"),
    "source": RdfTerm("dcterms:source"),
    "format": RdfTerm("dcterms:format"),
    **{
        name: RdfTerm(f"gm:{name}", "zh")
        for name in (
            "comparison", "field", "indicator", "issuer", "legal_basis", "level", "line",
            "place", "section", "text", "unit", "wording",
        )
    },
}  # fmt: skip

PROPERTY_ZH: dict[str, str] = {
    "id": "标识", "name": "名称", "search": "检索词", "report": "报告", "aliases": "别名",
    "year": "年份", "status": "状态", "evidence": "原文", "start": "起点", "end": "终点",
    "rule": "规则", "evidence_all": "全部原文", "start_all": "全部起点", "end_all": "全部终点",
    "status_all": "全部状态", "rule_all": "全部规则", "level": "层级", "line": "条线",
    "place": "地区", "succeeded_by": "改革后机构", "succeeded_in": "改革年份",
    "kind": "文件种类", "issuer": "制发机关", "issued": "制发年份",
    "ended": "失效日期", "replaced_by": "替代文件", "known": "在目录内", "name_en": "英文名",
    "field": "领域", "definition": "定义", "broader": "上位机制", "legal_basis": "法律依据",
    "discovered": "新发现", "unit": "单位", "published": "发布日期", "source": "来源文件",
    "format": "文件格式", "digest": "摘要值", "text": "文本", "warnings": "提示",
    "section": "所在标题", "part": "所在部分", "indicator": "指标", "value": "数值",
    "wording": "原写法", "comparison": "比较", "code": "区划代码", "surfaces": "写法",
    "starts": "各处起点", "ends": "各处终点", "extractor": "抽取规则版本", "role": "角色",
    "act": "做法", "upper": "上限", "change": "变化", "of": "占何者",
}  # fmt: skip
"""Chinese name of every property, for column heads that people read."""


def rdf_term(name: str) -> RdfTerm:
    """How the property of that name stands in RDF; one of our own where none fits."""
    return _RDF_TERMS.get(name) or RdfTerm(f"gm:{name}")


def node_id(label: str, name: str) -> str:
    """Id of the node of that label and canonical name: ``agency:北京市信访办公室``."""
    return f"{NODE_BY_LABEL[label].prefix}:{name}"


def id_name(node: str) -> str:
    """The name in the id of a node: 北京市信访办公室."""
    return node.partition(":")[2]


def label_of(node: str) -> str:
    """Label of the node with that id.

    Raises:
        KeyError: The id has no known prefix.
    """
    return NODE_BY_PREFIX[node.partition(":")[0]].label


def edge_properties(edge_type: EdgeType) -> tuple[Property, ...]:
    """All properties that an edge of that type may carry."""
    return (*STATED, *edge_type.properties) if edge_type.stated else edge_type.properties


def search_index(label: str) -> str:
    """Name of the full-text index over a label's ``search`` property, on every engine.

    Queries use it as written here: ``CALL db.index.fulltext.queryNodes('search_Agency', $query)``.
    """
    return f"search_{label}"
