"""Text for full-text search: one function for what is written and what is asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.reading import SAMPLES
from loaders.segment import MAX_WORDS, search_query, segment


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("领导包案", "领导 包案"),
        ("“领导包案”制度", "领导 包案 制度"),
        ("《信访工作条例》", "信访 工作 信访工作 条例"),
        ("ＡＢＣ abc", "abc abc"),
        ("“1+4+6+6”模式", "1 4 6 6 模式"),
        ("访", "访"),
        ("，。！", ""),
        ("", ""),
    ],
)
def test_segment_cuts_into_lower_case_words(text: str, words: str) -> None:
    assert segment(text) == words


@pytest.fixture(scope="module")
def jieba_words() -> Callable[[str], str]:
    """What jieba makes of a text's letters and digits."""
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    segment("甲乙丙")  # loads, too

    def words(text: str) -> str:
        folded = unicodedata.normalize("NFKC", text).lower()
        runs = "".join(c if c.isalnum() else " " for c in folded).split()
        return " ".join(word for run in runs for word in tokenizer.cut_for_search(run))

    return words


@given(
    st.text(
        st.sampled_from(
            "北京市海淀区信访办公室关于领导包案工作条例联席会议张建国李晓明一二A1.%，《 t恤あ〇é㐀"
        ),
        max_size=40,
    )
)
def test_segment_words_are_those_of_jieba(jieba_words: Callable[[str], str], text: str) -> None:
    assert segment(text) == jieba_words(text)


def test_segment_words_of_the_samples_are_those_of_jieba(jieba_words: Callable[[str], str]) -> None:
    lines = [line for path in SAMPLES.glob("*.txt") for line in path.read_text("utf-8").split("\n")]
    assert len(lines) > 100
    assert [segment(line) for line in lines] == [jieba_words(line) for line in lines]


def test_segment_keeps_long_words_beside_their_parts() -> None:
    words = segment("北京市信访办公室").split()
    assert {"北京", "北京市", "信访", "办公室"} <= set(words)


def test_segment_does_not_change_when_jieba_learns_words() -> None:
    import jieba

    before = segment("甲乙丙丁机制")
    jieba.add_word("甲乙丙丁机制")
    assert segment("甲乙丙丁机制") == before


@pytest.mark.parametrize("text", ["领" * 100_000, "第一条" * 30_000, "《" * 100_000])
def test_segment_L22_hostile_text_keeps_its_letters(text: str) -> None:
    assert set(segment(text).replace(" ", "")) == {c for c in text if c.isalnum()}


@pytest.mark.parametrize(
    "typed",
    [
        '"领导" AND (包案',
        "领导 || 包案 /x/",
        "name:领导* OR ~包案^9",
        "{领导 TO 包案]",
        "领导\x00\ud800包案\\",
    ],
)
def test_search_query_makes_operators_plain_words(typed: str) -> None:
    query = search_query(typed)
    assert '"领导"' in query
    assert '"包案"' in query
    assert not set(query) & set("()*:~^{}[]\\/|\x00\ud800")
    assert query.count('"') % 2 == 0


def test_search_query_asks_each_word_once_and_not_without_end() -> None:
    assert search_query("信访 信访 信访") == '"信访"'
    assert search_query("？") == ""
    many = " ".join(f"w{i}" for i in range(1000))
    assert len(search_query(many).split()) == MAX_WORDS
