import zlib

import pytest

from graph.errors import ReadError
from loaders.document import make_document
from loaders.readers import pdf as reader

TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /X def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfrange <0020> <00FF> <0020> <2000> <FFEF> <2000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


def make_pdf(pages: list[list[str]], root: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF of lines of text, one font with code points as glyph numbers."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + root + b">>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(TO_UNICODE), TO_UNICODE),
    ]
    kids = []
    for lines in pages:
        shown = b"".join(
            b"1 0 0 1 60 %d Tm <%s> Tj\n" % (780 - 24 * i, line.encode("utf-16-be").hex().encode())
            for i, line in enumerate(lines)
        )
        content = zlib.compress(b"BT /F1 14 Tf\n" + shown + b"ET")
        objects.append(
            b"<< /Filter /FlateDecode /Length %d >> stream\n%s\nendstream" % (len(content), content)
        )
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, trailer, len(out))
    )


PARAGRAPH = (
    "今年以来全镇把矛盾调处放在突出位置抓紧抓实，镇村两级共排查各类纠纷三百余件，"
    "绝大多数在村里得到解决；对跨村的疑难事项，由镇领导牵头会办，逐件明确责任人和时限，"
    "办结以后再由专人电话回访，群众反映总体较好，全年没有发生因处置不当引起的极端事件。"
)


def wrapped(width: int = 28) -> list[str]:
    return [PARAGRAPH[i : i + width] for i in range(0, len(PARAGRAPH), width)]


def test_readers_pdf_joins_lines_and_drops_running_heads_and_page_numbers():
    body = ["一、工作情况", *wrapped(), "二、存在问题", *wrapped(), "三、工作打算", *wrapped()]
    pages = [body[i : i + 5] for i in range(0, len(body), 5)]
    data = make_pdf([["柳河镇年度报告", *page, f"— {n} —"] for n, page in enumerate(pages, 1)])
    text = reader.read(data, "a.pdf").text
    assert make_document("a", "a", "pdf", text).text.split("\n") == [
        "一、工作情况", PARAGRAPH, "二、存在问题", PARAGRAPH, "三、工作打算", PARAGRAPH,
    ]  # fmt: skip


def test_readers_pdf_folds_radicals_that_fonts_put_for_characters():
    data = make_pdf([["⼀、⼯作情况和⼈员安排如下所述。"]])
    assert reader.read(data, "a.pdf").text == "一、工作情况和人员安排如下所述。"


def test_L13_pdf_without_text_layer_is_a_finding():
    with pytest.raises(ReadError, match="scan"):
        reader.read(make_pdf([[], []]), "a.pdf")


def test_L13_pdf_encrypted_is_refused():
    import io

    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf([[PARAGRAPH[:20]]])))
    writer.encrypt("geheim", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(ReadError, match="encrypted"):
        reader.read(stream.getvalue(), "a.pdf")


def test_L13_pdf_with_a_broken_cross_reference_is_read():
    data = make_pdf([[PARAGRAPH[:20]]])
    assert (
        reader.read(data.replace(b"startxref\n", b"startxref\n9"), "a.pdf").text == PARAGRAPH[:20]
    )


def test_L13_pdf_cut_short_is_refused():
    for data in (b"%PDF-1.7\n%%EOF", make_pdf([[PARAGRAPH]])[:300], b"%PDF-1.4 " + b"\x00" * 999):
        with pytest.raises(ReadError, match=r"PDF|text"):
            reader.read(data, "a.pdf")


def test_L12_pdf_page_limit():
    data = make_pdf([["文字"]]).replace(
        b"/Count 1 /Kids [7 0 R]", b"/Count 9 /Kids [%s]" % (b"7 0 R " * 3000)
    )
    with pytest.raises(ReadError, match=r"limit|damaged"):
        reader.read(data, "a.pdf")


def test_L12_pdf_nested_filters_end_at_a_limit():
    bomb = zlib.compress(zlib.compress(zlib.compress(b" " * 100_000_000, 9), 9), 9)
    data = make_pdf([["文字"]])
    start = data.index(b"6 0 obj")
    end = data.index(b"7 0 obj")
    stream = (
        b"6 0 obj\n<< /Filter [/FlateDecode /FlateDecode /FlateDecode] /Length %d >> stream\n%s\nendstream\nendobj\n"
        % (len(bomb), bomb)
    )
    with pytest.raises(ReadError):
        reader.read(data[:start] + stream + data[end:], "a.pdf")


def test_L12_pdf_page_loop_ends():
    data = make_pdf([["文字"]]).replace(b"/Kids [7 0 R]", b"/Kids [2 0 R]")
    with pytest.raises(ReadError):
        reader.read(data, "a.pdf")
