"""Lines of a report as its head and foot are read, and which of them are the web page's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A title is looked for in so many lines with text; a longer line is no title.
HEAD_LINES = 30


FOOT_LINES = 12


NAVIGATION = re.compile(
    r"^(?:当前位置|您的位置|您所在的位置|您当前|现在位置|位置[:：]|首页|网站首页|分享|打印|关闭|字号|字体|来源|信息来源|稿源|作者|责任编辑|编辑"
    r"|发布时间|发布日期|发文日期|成文日期|生成日期|公开日期|更新时间|时间[:：]|日期[:：]|浏览|阅读|点击|访问量|索\s*引\s*号|主题分类|主题词|体裁|组配"
    r"|发文机构|发布机构|发文机关|发布单位|制发机关|公开机构|发文字号|文\s*号|有效性|公开方式|公开范围|公开属性|名\s*称[:：]|标\s*题[:：]|【|\[|扫一扫|收藏|返回|下载|附件|政务公开\s*[>》]|政务公开$"
    r"|主办|承办|版权|政府网站标识码|京ICP|ICP|网站地图|联系我们|无障碍|繁體|登录|搜索|朗读|语音)"
)


def read_lines(text: str) -> Iterator[str]:
    """Lines with text, marks of the page and blanks between Chinese characters dropped."""
    for line in text.split("\n"):
        line = re.sub(r"\[bookmark:[^\]]*\]|^\s*#+\s*", "", line)
        if line := re.sub(
            r"(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f])", "", line.strip(" \t\u3000\ufeff")
        ):
            yield line
