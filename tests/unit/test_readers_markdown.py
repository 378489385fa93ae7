from loaders.readers.markdown import read

PAGE = """\
---
title: 不读
---
# 柳河镇 2022 年工作总结

## 一、**工作**情况
推行[代办](http://example.org)制度，
办理`12`件。

1. 设立窗口
2. 开通热线

- 回访

| 项目 | 件数 |
|---|---|
| 来信 | 12 |

<script>alert(1)</script>
"""


def test_readers_markdown_keeps_wording_and_numbers():
    text, warnings = read(PAGE.encode(), "a.md")
    assert text.split("\n") == [
        "柳河镇 2022 年工作总结",
        "一、工作情况",
        "推行代办制度，",
        "办理12件。",
        "1.设立窗口",
        "2.开通热线",
        "回访",
        "项目\t件数",
        "来信\t12",
    ]
    assert warnings == ()


def test_readers_markdown_reads_a_rule_at_the_top_as_no_front_matter():
    assert read("---\n\n正文如此。".encode(), "a.md").text == "正文如此。"


def test_L22_markdown_marks_without_end_stay_linear():
    for trap in ("[" * 20_000, "*" * 20_000, "`" * 20_001, "> " * 5_000 + "甲", "- " * 5_000):
        read(("正文。" + trap).encode(), "a.md")
