import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loaders.document import Document, make_document

ALPHABET = "信访一二、（）。；，：“”《》()\n\t …！一是但存在问题下一步工作将2021年第章#甲"
REPORTS = st.text(st.sampled_from(ALPHABET), max_size=200)


def document(text: str) -> Document:
    return make_document("r", "r.txt", "txt", text)


def printed(doc: Document) -> list[str]:
    return [doc.text[p.start : p.end] for p in doc.passages]


def outline(doc: Document) -> list[tuple[str, int, str]]:
    return [(s.heading, s.level, s.part) for s in doc.sections]


@settings(deadline=None)  # the first case loads a dictionary
@given(REPORTS)
@example("")
@example("一、")
@example("《" * 50)
def test_document_passages_cover_the_text_in_order(text):
    doc = document(text)
    covered = 0
    rest = ""
    for passage in doc.passages:
        assert covered <= passage.start < passage.end
        rest += doc.text[covered : passage.start]
        said = doc.text[passage.start : passage.end]
        assert said == said.strip()
        assert "\n" not in said
        section = doc.sections[passage.section]
        assert section.start <= passage.start and passage.end <= section.end
        covered = passage.end
    assert (rest + doc.text[covered:]).strip() == ""


@settings(deadline=None)  # the first case loads a dictionary
@given(REPORTS)
def test_document_sections_cover_the_text(text):
    doc = document(text)
    assert doc.sections[0].start == 0
    assert doc.sections[-1].end == len(doc.text)
    for section, after in zip(doc.sections, doc.sections[1:], strict=False):
        assert section.end == after.start
    for section in doc.sections:
        assert doc.text.startswith(section.heading, section.start)


REPORT = """\
柳河镇人民政府
2022年度法治政府建设情况报告
2022年，柳河镇认真落实上级部署。现报告如下：
一、2022年工作开展情况
（一）健全工作制度
建立周调度制度；设立“有事来说。”窗口。
（二）着力解决突出问题。镇里开展排查，化解纠纷30件。
二、存在的不足
干部法律素养有待提高。
三、主要负责人履行第一责任人职责情况
镇长带头学法。
四、2023年工作安排
一是推行网格代办。由村干部上门服务。
二是继续开展普法。
柳河镇人民政府
2023年1月10日
"""


def test_document_cuts_sections_with_levels_and_parts():
    assert outline(document(REPORT)) == [
        ("", 0, "preamble"),
        ("一、2022年工作开展情况", 1, "achievements"),
        ("（一）健全工作制度", 2, "achievements"),
        ("（二）着力解决突出问题。", 2, "achievements"),
        ("二、存在的不足", 1, "shortcomings"),
        ("三、主要负责人履行第一责任人职责情况", 1, "leadership"),
        ("四、2023年工作安排", 1, "plans"),
        ("一是推行网格代办。", 3, "plans"),
        ("二是继续开展普法", 3, "plans"),
    ]


def test_document_splits_sentences_and_marks_headings():
    doc = document(REPORT)
    said = printed(doc)
    assert "建立周调度制度；" in said
    assert "设立“有事来说。”窗口。" in said
    headings = {doc.text[p.start : p.end] for p in doc.passages if p.is_heading}
    assert {
        "2022年度法治政府建设情况报告",
        "（一）健全工作制度",
        "（二）着力解决突出问题。",
        "一是推行网格代办。",
    } <= headings
    assert "二是继续开展普法。" in said and "二是继续开展普法。" not in headings


def test_document_numbers_paragraphs():
    doc = document("甲乙丙。丁戊己。\n庚辛壬。")
    assert [p.paragraph for p in doc.passages] == [0, 0, 1]


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("二、存在的主要问题", "shortcomings"),
        ("二、问题和困难", "shortcomings"),
        ("二、短板弱项及原因分析", "shortcomings"),
        ("二、工作中的薄弱环节", "shortcomings"),
        ("二、坚持问题导向，补齐短板", "achievements"),
        ("二、化解信访突出问题", "achievements"),
        ("二、困难群众救助", "achievements"),
        ("二、关于住房问题", "achievements"),
        ("二、问题整改情况", "achievements"),
        ("二、当前存在的突出问题及整改措施", "shortcomings"),
        ("二、下步工作打算", "plans"),
        ("二、2024年重点工作", "plans"),
        ("二、二〇二四年工作要点", "plans"),
        ("第二部分 今后五年的目标", "plans"),
        ("二、工作计划", "plans"),
        ("二、2023年计划完成情况", "achievements"),
        ("二、党政主要负责人履行推进法治建设职责情况", "leadership"),
    ],
)
def test_document_reads_the_part_off_the_heading(heading, part):
    doc = document(f"某局2023年工作报告\n一、2023年工作\n做了工作。\n{heading}\n内容如此。")
    assert outline(doc)[-1] == (heading, 1, part)


def test_document_cuts_a_mixed_section_at_its_turn():
    doc = document(
        "一、工作情况\n开展排查。\n二、存在的问题和下一步打算\n宣传力度不够。\n"
        "下一步，我局将健全机制。\n（一）推行代办\n由专人负责。"
    )
    assert outline(doc) == [
        ("一、工作情况", 1, "achievements"),
        ("二、存在的问题和下一步打算", 1, "shortcomings"),
        ("", 1, "plans"),
        ("（一）推行代办", 2, "plans"),
    ]


def test_document_without_headings_takes_parts_from_its_sentences():
    doc = document(
        "某局2021年工作总结\n2021年，我局认真履行职责，推行首问负责制，全年接待群众三百人次。\n"
        "同时，工作中还存在一些不足，人手偏紧。\n下一步，我局将充实力量。"
    )
    assert [s.part for s in doc.sections] == [
        "preamble", "achievements", "shortcomings", "plans",
    ]  # fmt: skip


def test_document_takes_short_lines_between_paragraphs_for_headings():
    body = "全年召开会议四次，研究事项十二件，办理群众来信六十封，均按期答复群众。"
    doc = document(
        f"某局工作总结\n{body}{body}\n队伍建设情况\n{body}{body}\n存在的问题\n{body}{body}"
    )
    assert outline(doc)[-2:] == [
        ("队伍建设情况", 1, "achievements"),
        ("存在的问题", 1, "shortcomings"),
    ]


def test_document_takes_no_amount_for_a_number_of_a_heading():
    doc = document("一、情况\n完成投资。\n1.5万人次参加活动\n其余正常。")
    assert len(doc.sections) == 1


@pytest.mark.parametrize(
    "text",
    [
        "第一条" * 34000,
        "《" * 100_000,
        "（" * 50_000 + "）" * 50_000,
        "同时存在" * 25_000,
        "一、" * 50_000,
        "e" + "\u0301" * 100_000,
        "接诉即办，" * 50_000,
    ],
    ids=["articles", "titles", "brackets", "cues", "numbers", "marks", "phrase"],
)
def test_L22_one_endless_line_stays_linear(text):
    doc = document(text)
    assert sum(p.end - p.start for p in doc.passages) == len(doc.text)


def test_L19_the_digest_ignores_white_space_and_encoding_marks():
    assert document("一、甲\r\n乙。").digest == document("\ufeff一、甲\n\n　　乙。 ").digest
