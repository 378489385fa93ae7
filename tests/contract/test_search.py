"""Full-text search means the same on both stores, whatever a person types.

Expected is worked out here, without an engine: whoever shares a word with the question is
found, with the number of words shared. Signs and operators of either engine are plain text.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_graph import small_graph

from api.questions import LONGEST, ask
from graph.errors import BadParameter
from graph.model import Edge, Node, ReportGraph, Value
from graph.store import Store
from loaders.segment import segment

pytestmark = pytest.mark.every_neo4j

NAMES = (
    "访",
    "包案",
    "AND",
    "OR",
    "not",
    "TO",
    "name:领导",
    "“1+4+6+6”模式",
    "12345热线",
    "Ｃ＋＋平台",
    'O\'Neil "quoted" `tick` $param',
    "浙里办APP",
    "浙里办 app 2.0",
    "a*b?c~2^5",
    "😀笑脸机制",
    "监督举报渠道",
    "前端" + "长" * 600 + "机制",
)
"""Mechanisms beside those of the small graph."""
REPORT = "report:甲:2020:怪名报告"
KIND, MOST = "Mechanism", 500


def strange_report() -> ReportGraph:
    """A report that names them all, one sentence each."""
    text, nodes, edges = "", [], []
    for name in NAMES:
        words = segment(name)
        mechanism: dict[str, Value] = {"name": name, "search": words, "discovered": True}
        start, text = len(text), text + name
        said: dict[str, Value] = {"name": name, "text": name, "search": words, "report": REPORT}
        span: dict[str, Value] = {"start": start, "end": len(text)}
        passage = Node("Passage", f"{REPORT.replace('report', 'passage', 1)}#{start}", said | span)
        nodes += [Node(KIND, f"mechanism:{name}", mechanism), passage]
        edges.append(Edge("PART_OF", passage.id, REPORT))
        seen: dict[str, Value] = {"surfaces": (name,), "starts": (start,), "ends": (len(text),)}
        edges.append(Edge("MENTIONS", passage.id, f"mechanism:{name}", REPORT, properties=seen))
    properties = {
        "name": "怪名报告",
        "source": "x.txt",
        "format": "txt",
        "digest": "0",
        "text": text,
    }
    return ReportGraph(Node("Report", REPORT, properties), tuple(nodes), tuple(edges))


@pytest.fixture
def filled(store: Store) -> Iterator[Store]:
    store.write([*small_graph(), strange_report()])
    yield store


def found(store: Store, query: str) -> dict[str, object]:
    """Ids with the number of words that they share with what was typed."""
    answer = ask(store, "search", {"query": query, "limit": MOST})
    assert len({row["id"] for row in answer.rows}) == len(answer.rows)
    return {str(row["id"]): row["words"] for row in answer.rows}


def expected(query: str) -> dict[str, object]:
    words = set(segment(query).split())
    shared = {
        n.id: len(words & set(str(n.properties["search"]).split()))
        for graph in (*small_graph(), strange_report())
        for n in graph.nodes
        if "search" in n.properties
    }
    return {id_: count for id_, count in shared.items() if count}


# fmt: off
TYPED = [
    # short names, and characters of two widths
    "访", "包案", "c", "Ｃ", "C++", "1+4+6+6", "12345", "１２３４５热线", "浙里办APP", "APP", "app 2.0",
    # operators as words
    "AND", "and", "OR", "NOT", "TO", "AND OR NOT", "领导 AND 包案", "领导 OR 网上", "NOT 领导",
    "领导 NOT 包案", "[领导 TO 包案]", "{a TO c}",
    # operators as signs
    "+领导", "-领导", "领导 -包案", "领导 && 包案", "领导 || 包案", "!领导", "(领导", "领导)", "(领导) 包案",
    "{领导", "领导}", "[领导", "领导]", "领导^5", "领导~", "领导~2", "领导*", "领*", "*", "领?", "*:*",
    "name:领导", "search:领导", "领导:", "\\", "\\领导", "领导\\", "/领导/", "/.*/", "领导/包案", "_exists_:name",
    # quotes
    '"', "'", '"领导', '"领导包案"', '"包案 领导"', "“领导包案”", "「领导」", "领导'包案", "O'Neil", "`tick`",
    '" OR "" OR "', "') RETURN 1 //", "$param", "$query", "😀", "😀笑脸",
    # beside the point
    "领导\t包案\r\n", "领导　包案", "没有这样的词语",
]
# fmt: on


def test_search_takes_what_is_typed_as_plain_text(filled: Store) -> None:
    """One test for all, for each would fill the store anew."""
    differing = {q: found(filled, q) for q in TYPED if found(filled, q) != expected(q)}
    assert differing == {}


def test_search_finds_short_and_mixed_names(filled: Store) -> None:
    """The same by hand, so that the sum above is not taken on trust."""
    assert "mechanism:访" in found(filled, "访")
    assert found(filled, "AND")["mechanism:AND"] == 1
    assert "mechanism:领导包案" not in found(filled, "AND")
    both = {"mechanism:浙里办APP", "mechanism:浙里办 app 2.0"}
    assert both <= set(found(filled, "app")) and both <= set(found(filled, "ＡＰＰ"))
    assert "mechanism:Ｃ＋＋平台" in found(filled, "c++")
    assert found(filled, "领导 NOT 包案") == found(filled, "领导 not 包案")
    assert found(filled, "领导 NOT 包案")["mechanism:领导包案"] == 2
    assert (
        found(filled, "+领导 -包案")
        == found(filled, '(领导^) "包案"~')
        == found(filled, "领导包案")
    )


def test_search_for_signs_alone_finds_nothing(filled: Store) -> None:
    for signs in ("？", '+ - && || ! ( ) { } [ ] ^ " ~ * ? : \\ /', "——", "\u3000", "😀"):
        assert ask(filled, "search", {"query": signs}).rows == []
        assert ask(filled, "search", {"query": signs, "kind": KIND}).rows == []


def test_search_for_nothing_asks_for_a_word(filled: Store) -> None:
    with pytest.raises(BadParameter, match=r"“query” .* is needed"):
        ask(filled, "search", {"query": ""})


def test_search_takes_text_as_long_as_a_parameter_may_be(filled: Store) -> None:
    for text in ("长" * LONGEST, ("领导包案 " * LONGEST)[:LONGEST], "(" * LONGEST, '"' * LONGEST):
        assert found(filled, text) == expected(text)
    with pytest.raises(BadParameter, match=f"more than {LONGEST} characters"):
        ask(filled, "search", {"query": "长" * (LONGEST + 1)})


def test_search_names_come_before_those_that_have_it_as_another_name(filled: Store) -> None:
    answer = ask(filled, "search", {"query": "渠道", "kind": KIND, "limit": 2})
    # The second is shorter, but 渠道 stands in one of its aliases only.
    assert [row["id"] for row in answer.rows] == ["mechanism:监督举报渠道", "mechanism:网上信访"]
