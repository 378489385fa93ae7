"""The bundled samples: labelled as what they are, and enough for every question."""

from functools import cache

import pytest

from loaders.entities import Extraction
from loaders.extract import extract_document
from loaders.readers import iter_sources, read_source
from loaders.reading import SAMPLES

NAMES = sorted(path.name for path in SAMPLES.iterdir() if not path.name.startswith("."))


@cache
def extraction(name: str) -> Extraction:
    (source,) = iter_sources([str(SAMPLES / name)])
    assert not isinstance(source, Exception)
    return extract_document(read_source(source))


def practices(name: str, status: str) -> set[str]:
    found = extraction(name)
    return {
        s.target[1]
        for s in found.statements
        if s.type == "IMPLEMENTS"
        and s.source[1] == found.heading.unit
        and status in {e.status for e in s.evidence}
    }


def test_samples_are_eight_to_ten():
    assert 8 <= len(NAMES) <= 10


@pytest.mark.parametrize("name", NAMES)
def test_samples_say_in_the_first_line_what_they_are(name):
    first = extraction(name).document.text.lstrip().split("\n")[0]
    assert first.startswith("（本文") and first.endswith("）")
    assert "并非原文" in first or "虚构示例" in first


@pytest.mark.parametrize("name", NAMES)
def test_samples_headings_are_read_past_the_first_line(name):
    heading = extraction(name).heading
    assert heading.unit and "本文" not in heading.unit
    assert heading.title and str(heading.year) in name and str(heading.year) in heading.title
    assert heading.warnings == ()


def test_samples_hold_citations_after_repeal():
    late = {
        (found.heading.unit, e.name)
        for found in map(extraction, NAMES)
        for e in found.of_kind("regulation")
        if int(str(e.properties.get("ended", "9999"))[:4]) < (found.heading.year or 0)
    }
    assert {"信访条例", "合同法"} <= {name for _, name in late}


def test_samples_hold_a_plan_and_its_result_a_year_later():
    planned = practices("tonglu_county_2022.txt", "planned")
    reported = practices("tonglu_county_2023.txt", "reported")
    assert len(planned & reported) >= 4


@pytest.mark.parametrize(
    "regulation", ["民法典", "优化营商环境条例", "法治政府建设实施纲要(2021-2025年)"]
)
def test_samples_share_regulations(regulation):
    citing = [
        n for n in NAMES if regulation in {e.name for e in extraction(n).of_kind("regulation")}
    ]
    assert len(citing) >= 3
