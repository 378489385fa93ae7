import pytest

from graph.errors import ReadError
from loaders.readers.html import read, sniff

PARAGRAPHS = [
    "2022年，柳河镇把矛盾调处放在突出位置，推行领导包案制度，全年接待群众三百余人次。",
    "一、工作开展情况",
    "（一）健全工作制度",
    "镇里建立周调度制度，对疑难事项逐件研究，由镇领导牵头化解，办结率达到百分之九十八。",
    "二、存在的问题",
    "个别村干部业务不熟，回访工作还不够及时，下一步将加强培训，提高服务群众的本领。",
]
HEAD = """<!DOCTYPE html><html><head><meta charset="{charset}">
<title>柳河镇2022年工作报告_柳河镇人民政府</title><style>.a{{color:red}}</style>
<script>var secret = "脚本内容。";</script>{meta}</head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>"""
FOOT = """<div class="related"><ul><li><a href="1">关于某项工作的通知</a></li></ul></div>
<div class="footer"><p>版权所有 柳河镇人民政府</p></div></body></html>"""


def page(body: str, charset: str = "utf-8", meta: str = "") -> bytes:
    return (HEAD.format(charset=charset, meta=meta) + body + FOOT).encode(charset)


def lines(data: bytes) -> list[str]:
    return [line.strip() for line in read(data, "a.html").text.split("\n")]


LAYOUTS = {
    "paragraphs": "<div id=zoom>" + "".join(f"<p>　　{p}</p>" for p in PARAGRAPHS) + "</div>",
    "breaks": "<div class=content>" + "<br>　　".join(PARAGRAPHS) + "</div>",
    "spans": "".join(f"<p><span><font>{p[:9]}</font>{p[9:]}</span></p>" for p in PARAGRAPHS),
    "layout table": "<table><tr><td>" + "".join(f"<div>{p}</div>" for p in PARAGRAPHS) + "</table>",
    "bold headings": "".join(
        f"<p><strong>{p}</strong></p>" if len(p) < 20 else f"<p>{p}</p>" for p in PARAGRAPHS
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_readers_html_keeps_the_report_and_drops_the_page(layout):
    assert lines(page(LAYOUTS[layout])) == ["柳河镇2022年工作报告", *PARAGRAPHS]


def test_readers_html_keeps_title_date_line_and_table_rows():
    body = (
        "<h1>2022年工作报告</h1><div>发布日期：2023-01-10　来源：镇政府办</div>"
        + LAYOUTS["paragraphs"]
        + "<table><tr><th>项目</th><th>件数</th></tr><tr><td>来信</td><td>12</td></tr></table>"
        + f"<p>{PARAGRAPHS[0]}</p>"
    )
    found = lines(page(body))
    assert found[:2] == ["2022年工作报告", "发布日期：2023-01-10　来源：镇政府办"]
    assert "项目\t件数" in found and "来信\t12" in found


def test_readers_html_takes_title_and_date_from_government_meta_tags():
    meta = (
        '<meta name="ArticleTitle" content="柳河镇年度报告">'
        '<meta name="PubDate" content="2023-01-10 09:00">'
    )
    assert lines(page(LAYOUTS["breaks"], meta=meta))[:2] == ["柳河镇年度报告", "2023-01-10"]


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "utf-8"])
def test_L03_html_respects_the_declared_charset(charset):
    assert lines(page(LAYOUTS["paragraphs"], charset))[1:] == PARAGRAPHS


def test_L14_html_gives_text_only():
    hostile = (
        "<meta http-equiv=refresh content='0;url=http://x'><script>偷<b>运行</b>。</script>"
        "<img src=x onerror=alert(1)><a href='data:text/html,x'>链接</a>"
        "<p style='display:none'>藏着的一句话，足够长，长到像一个句子，还有句号。</p>"
    )
    text = read(page(hostile + LAYOUTS["paragraphs"] + "<!-- 没有结束"), "a.html").text
    assert "偷" not in text and "藏着" not in text and "<" not in text
    assert PARAGRAPHS[-1] in text


def test_L14_html_nested_too_deep_is_read_without_layout():
    data = ("<html><body>" + "<div>" * 100_000 + PARAGRAPHS[0] + "</div>" * 100_000).encode()
    text, warnings = read(data, "a.html")
    assert PARAGRAPHS[0] in text
    assert "nested too deep" in warnings[0]


def test_L14_html_traps_stay_linear():
    for trap in (
        "<script>" * 30_000,
        "<" * 300_000,
        "<!--" * 50_000,
        "<p>甲" * 30_000,
        "&" * 99_999,
    ):
        read(page(LAYOUTS["paragraphs"] + trap), "a.html")


def test_readers_html_without_text_is_refused():
    with pytest.raises(ReadError, match="without text"):
        read(b"<html><body><script>1</script></body></html>", "a.html")


def test_readers_html_is_known_by_its_opening():
    assert sniff(b"\xef\xbb\xbf\n<!-- x -->\n<HTML>") and sniff("<!doctype html>".encode("utf-16"))
    assert not sniff("正文 <html>".encode())
