"""Pairs of a passage and the regulations that it names. Passages are our own."""

import pytest

from loaders.document import make_document
from loaders.heading import Heading
from loaders.places import Place
from loaders.regulations import find_regulations, resolve_regulations

COUNTY = Heading(
    unit="甲省乙县司法局",
    surfaces=("乙县司法局", "县司法局"),
    year=2023,
    place=Place("乙县", ("甲省",), "县区"),
    level="县区",
)


def names(text: str, heading: Heading = Heading(year=2023)) -> list[str]:
    doc = make_document("t", "t.txt", "txt", text)
    mentions = find_regulations(doc, heading, ())
    assert all(doc.text[m.start : m.end] == m.surface for m in mentions)
    return [e.name for e in resolve_regulations(mentions, doc, heading)]


PAIRS = {
    "marks": ("认真执行《重大行政决策程序暂行条例》。", ["重大行政决策程序暂行条例"]),
    "country_dropped": ("贯彻《中华人民共和国数据安全法》。", ["数据安全法"]),
    "unmarked_law": ("开展行政处罚法和民法典专题培训。", ["行政处罚法", "民法典"]),
    "newspaper": ("《法治日报》《人民信访》杂志作了报道。", []),
}


@pytest.mark.parametrize(("text", "expected"), PAIRS.values(), ids=PAIRS.keys())
def test_regulations_named_in_a_passage(text, expected):
    assert names(text) == expected
