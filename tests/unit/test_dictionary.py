"""Words of jieba's dictionary, without jieba."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.dictionary import _LOG_TOTAL, dictionary_words


@pytest.fixture(scope="module")
def jieba_cut() -> object:
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    dictionary_words("一")
    assert math.log(tokenizer.total) == _LOG_TOTAL
    return lambda text: list(tokenizer.cut(text, HMM=False))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("群众来信来访办理", ["群众", "来信", "来访", "办理"]),
        ("推进T恤2023年AT&T检查", ["推进", "T恤", "2023", "年", "AT&T", "检查"]),
        ("领导，包 案", ["领导", "，", "包", " ", "案"]),
        ("𠮷〇", ["𠮷", "〇"]),
        ("", []),
    ],
)
def test_dictionary_words(text: str, words: list[str]) -> None:
    assert dictionary_words(text) == words


@given(
    st.text(
        st.sampled_from("信访工作条例中华人民共和国领导包案制度一二A1.&%，、《 \u3000+#-t恤"),
        max_size=24,
    )
)
def test_dictionary_words_are_those_of_jieba(jieba_cut: object, text: str) -> None:
    assert dictionary_words(text) == jieba_cut(text)  # type: ignore[operator]


def test_dictionary_reading_a_report_needs_no_jieba() -> None:
    code = (
        "import sys; from loaders.document import make_document as make;"
        "from loaders.extract import extract_document as extract;"
        "extract(make('t', 't.txt', 'txt', '丽水市司法局2021年工作总结\\n推行公示制度。'));"
        "sys.exit('jieba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
