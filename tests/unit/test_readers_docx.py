import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from graph.errors import ReadError
from loaders.readers import docx as reader


def saved(word) -> bytes:
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def lines(data: bytes) -> list[str]:
    return [line.strip() for line in reader.read(data, "a.docx").text.split("\n")]


def repacked(data: bytes, changes: dict[str, bytes], extra=()) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name, content in extra:
            new.writestr(name, content)
    return stream.getvalue()


def report() -> bytes:
    word = docx.Document()
    word.add_paragraph("2022年工作报告")
    word.add_paragraph("一、工作情况")
    table = word.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("项目", "件数"), ("来信", "12")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    word.add_paragraph("全年运行平稳。")
    word.sections[0].footer.paragraphs[0].text = "镇政府办 2023年1月10日印发"
    return saved(word)


def test_readers_docx_reads_in_document_order_with_tables_and_dated_footer():
    assert lines(report()) == [
        "2022年工作报告",
        "一、工作情况",
        "项目\t件数",
        "来信\t12",
        "全年运行平稳。",
        "镇政府办 2023年1月10日印发",
    ]


def test_readers_docx_keeps_insertions_and_drops_deletions_and_codes():
    word = docx.Document()
    inner = (
        '<w:ins w:id="1" w:author="a"><w:r><w:t>新增</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>删去</w:delText></w:r></w:del>'
        "<w:smartTag><w:r><w:t>2022年</w:t></w:r></w:smartTag>"
        "<w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>"
        '<w:hyperlink w:anchor="x"><w:r><w:t>条例</w:t></w:r></w:hyperlink>'
    )
    word.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))
    boxed = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    word.element.body.insert(1, parse_xml(boxed))
    assert lines(saved(word)) == ["新增2022年条例", "框内"]


def numbered(levels: list[tuple[str, str]], places: list[tuple[int | None, str]]) -> bytes:
    word = docx.Document()
    root = word.part.numbering_part.element
    xml = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    root.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{xml}</w:abstractNum>')
    )
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>')
    )
    for depth, text in places:
        paragraph = word.add_paragraph(text)
        if depth is not None:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = depth
            properties.get_or_add_numId().val = 91
    return saved(word)


def test_readers_docx_prints_automatic_numbers():
    data = numbered(
        [("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3.")],
        [
            (0, "情况"),
            (1, "制度"),
            (2, "窗口"),
            (2, "热线"),
            (None, "正文。"),
            (1, "宣传"),
            (0, "问题"),
            (1, "人员"),
        ],
    )
    assert lines(data) == [
        "一、情况", "（一）制度", "1.窗口", "2.热线", "正文。", "（二）宣传", "二、问题", "（一）人员",
    ]  # fmt: skip


def test_readers_docx_counts_chinese_beyond_ten_and_leaves_bullets_out():
    data = numbered(
        [("japaneseCounting", "%1、"), ("bullet", "")],
        [(0, "甲")] * 11 + [(1, "乙"), (0, "丙")] + [(0, "丁")] * 8,
    )
    found = lines(data)
    assert found[9:13] == ["十、甲", "十一、甲", "乙", "十二、丙"]
    assert found[-1] == "二十、丁"


def test_L08_docx_zip_bomb():
    bomb = repacked(report(), {}, [("word/media/x.xml", b" " * 60_000_000)])
    with pytest.raises(ReadError, match="100:1"):
        reader.read(bomb, "a.docx")


def test_L08_docx_zip_bomb_whose_sizes_lie(monkeypatch):
    data = bytearray(repacked(report(), {}, [("word/x.xml", b" " * 3_000_000)]))
    declared = (3_000_000).to_bytes(4, "little")
    assert declared in data
    lied = bytes(data).replace(declared, (3_000).to_bytes(4, "little"))
    monkeypatch.setattr(reader, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(ReadError, match=r"damaged|limit"):
        reader.read(lied, "a.docx")


def test_L09_docx_many_parts():
    bomb = repacked(report(), {}, [(f"word/p{i}.bin", b"") for i in range(reader.MAX_PARTS + 1)])
    with pytest.raises(ReadError, match="limit is 5,000"):
        reader.read(bomb, "a.docx")


@pytest.mark.parametrize("name", ["../x.xml", "/etc/x.xml", "C:\\x.xml", "word/../../x"])
def test_L10_docx_path_names(name):
    with pytest.raises(ReadError, match="leads out"):
        reader.read(repacked(report(), {}, [(name, b"x")]), "a.docx")


def test_L10_docx_symlink_entry():
    link = zipfile.ZipInfo("word/link")
    link.external_attr = 0o120777 << 16
    with pytest.raises(ReadError, match="leads out"):
        reader.read(repacked(report(), {}, [(link, b"/etc/passwd")]), "a.docx")


@pytest.mark.parametrize(
    "definition",
    [
        '<!DOCTYPE w [<!ENTITY a "甲甲甲"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE w SYSTEM "http://example.org/x.dtd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_L11_docx_xml_entities(definition, encoding):
    body = f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>文</w:t></w:r></w:p></w:body></w:document>"
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{definition}{body}'.encode(encoding)
    with pytest.raises(ReadError, match="document type definition"):
        reader.read(repacked(report(), {"word/document.xml": xml}), "a.docx")


def test_readers_docx_damaged_is_refused_with_a_reason():
    data = report()
    for broken in (data[: len(data) // 2], repacked(data, {"word/document.xml": b"<w:document"})):
        with pytest.raises(ReadError, match="damaged Word file"):
            reader.read(broken, "a.docx")


def test_readers_docx_paragraph_without_full_stop_stays_apart():
    from loaders.document import make_document

    long = "全镇建立周调度制度，对疑难事项逐件研究，由镇领导牵头化解，逐件明确责任人，办结以后专人回访，群众较为满意"
    word = docx.Document()
    word.add_paragraph(long)
    word.add_paragraph("其后各村照此办理，效果良好。")
    doc = make_document("a", "a", "docx", reader.read(saved(word), "a.docx").text)
    assert doc.text.split("\n") == [long, "其后各村照此办理，效果良好。"]
