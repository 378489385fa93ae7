import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loaders.cleaning import clean_text

MESSY = st.text(
    st.sampled_from("信访办一、（）。，：“”《》\n\n\r\t \u3000\u200b\u202e\ufeff\x00\x0b\x85\u2028")
    | st.characters(codec="utf-8")
    | st.sampled_from("e\u0301\u1112\u1161\u11ab\uf900\u0958가각\ud800\ufffe"),
    max_size=120,
)


@settings(deadline=None)  # the first case loads a dictionary
@given(MESSY)
@example("e\u0301\u200b\u0301 \uf900")
@example("가\u11a8")
def test_cleaning_leaves_nfc_text_without_controls(text):
    clean = clean_text(text).text
    assert unicodedata.is_normalized("NFC", clean)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in clean if c not in "\n\t"), clean
    assert all(line and line == line.strip() for line in clean.split("\n")) or clean == ""


@settings(deadline=None)  # the first case loads a dictionary
@given(MESSY)
@example("\uf901一\uf900")
def test_cleaning_leads_every_offset_back(text):
    cleaned = clean_text(text)
    origins = [cleaned.original_offset(i) for i in range(len(cleaned.text) + 1)]
    assert origins == sorted(origins)
    assert origins[-1] == len(text)
    assert all(0 <= origin < len(text) for origin in origins[:-1])
    for character, origin in zip(cleaned.text, origins, strict=False):
        if "\u4e00" <= character <= "\u9fff":
            assert unicodedata.normalize("NFC", text[origin]) == character


def test_cleaning_offset_survives_composition_and_deletion():
    cleaned = clean_text("\ufeff甲\u200b乙 cafe\u0301 丙")
    assert cleaned.text == "甲乙 café 丙"
    assert cleaned.original_offset(cleaned.text.index("乙")) == 3
    assert cleaned.original_offset(cleaned.text.index("丙")) == 11


@pytest.mark.parametrize("offset", [-1, 4])
def test_cleaning_refuses_an_offset_outside(offset):
    with pytest.raises(ValueError, match="outside"):
        clean_text("甲乙丙").original_offset(offset)


def test_L05_control_characters_are_stripped_and_offsets_hold():
    text = "我办\x00设立\x1b窗口\u202e，\u2066接待\ud800群众\ufffe。"
    cleaned = clean_text(text)
    assert cleaned.text == "我办设立窗口，接待群众。"
    assert text[cleaned.original_offset(4)] == "窗"


def test_L06_compatibility_ideographs_fold_and_full_width_digits_stay():
    assert clean_text("\uf9fd史 ２０２３年").text == "什史 ２０２３年"
    assert clean_text("信\u200d访\ufe00办").text == "信访办"


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028", "\x85", "\n\n\n", "　\n\t "])
def test_cleaning_makes_one_line_break_of_any(newline):
    assert clean_text(f"第一段。{newline}第二段。").text == "第一段。\n第二段。"


def test_cleaning_drops_what_word_and_web_pages_leave():
    text = "[bookmark: _Toc1]一、总体情况&nbsp;\n详见错误!未定义书签。&ldquo;清单&rdquo;"
    assert clean_text(text).text == "一、总体情况\n详见“清单”"


def wrapped(text: str, width: int, gap: str = "\n") -> str:
    return gap.join(text[i : i + width] for i in range(0, len(text), width))


PARAGRAPH = (
    "今年以来全镇把矛盾调处放在突出位置抓紧抓实，镇村两级共排查各类纠纷三百余件，"
    "绝大多数在村里得到解决；对跨村的疑难事项，由镇领导牵头会办，逐件明确责任人和时限，"
    "办结以后再由专人电话回访，群众反映总体较好，全年没有发生因处置不当引起的极端事件。"
)


@pytest.mark.parametrize("width", [20, 28, 35])
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n"])
def test_cleaning_joins_lines_broken_inside_sentences(width, gap):
    text = gap.join(["一、工作开展情况", wrapped(PARAGRAPH, width, gap), "二、存在问题"])
    assert clean_text(text).text.split("\n") == ["一、工作开展情况", PARAGRAPH, "二、存在问题"]


def test_cleaning_uses_indents_where_lines_are_wrapped():
    second = PARAGRAPH.replace("今年以来", "下半年起")
    pages = "\n".join(wrapped("　　" + p, 26) for p in (PARAGRAPH, second))
    assert clean_text(pages).text.split("\n") == [PARAGRAPH, second]


def test_cleaning_joins_a_sentence_cut_by_a_page():
    text = PARAGRAPH[:70] + "\n\n— 3 —\n\n" + PARAGRAPH[70:] + "\n" + PARAGRAPH
    assert clean_text(text).text.split("\n") == [PARAGRAPH, PARAGRAPH]


def test_cleaning_joins_a_heading_cut_inside_a_word():
    assert (
        clean_text("（二）完善信\n\n访代理\n（三）开展普法").text
        == "（二）完善信访代理\n（三）开展普法"
    )


def test_cleaning_joins_no_heading_with_a_paragraph_that_only_seems_to_go_on():
    text = "一、工作回顾\n过去一年，全镇运行平稳。\n二、建议意见\n建议县里给予支持。"
    assert clean_text(text).text == text


def test_cleaning_joins_a_title_that_a_link_put_on_its_own_line():
    text = "全镇认真执行《\n\n信访工作条例\n\n》，健全回访制度，细化责任分工。\n全年运行平稳。"
    assert clean_text(text).text.split("\n") == [
        "全镇认真执行《信访工作条例》，健全回访制度，细化责任分工。",
        "全年运行平稳。",
    ]


def test_cleaning_keeps_headings_lists_salutation_and_foot_apart():
    lines = [
        "柳河镇人民政府",
        "2022年度法治政府建设情况报告",
        "县委、县政府：",
        "现将有关情况报告如下：",
        "一、主要做法和成效，以及需要说明的几个方面",
        "（一）健全制度，压实责任，把矛盾解决在村里组里户里",
        PARAGRAPH,
        "1.设立窗口",
        "2.开通热线",
        "一是坚持领导包案，逐件过堂，办理情况按月通报，能在村里解决的不出村",
        "二是坚持回访，群众满意率有所提高，群众到县里反映问题的数量明显减少",
        "柳河镇人民政府",
        "2023年1月10日",
        "（此件公开发布）",
    ]
    assert clean_text("\n".join(lines)).text.split("\n") == lines


def test_cleaning_keeps_table_rows_apart():
    rows = ["项目\t件数", "来信\t12", "来访\t30"]
    assert clean_text("\n".join(rows)).text.split("\n") == rows
