import codecs

import pytest

from graph.errors import ReadError
from loaders.readers.decoding import decode

SIMPLIFIED = "本镇设立代办窗口，群众可就近提交材料。全年办理来信十二件，均按期答复。"
TRADITIONAL = "本鎮設立代辦窗口，群眾可就近提交材料。全年辦理來信十二件，均按期答覆。"


@pytest.mark.parametrize("length", [12, 35, 700])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("gb18030", b""),
        ("gbk", b""),
        ("gb2312", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
    ],
)
def test_L03_simplified_text_is_decoded(encoding, mark, length):
    text = (SIMPLIFIED * 20)[:length]
    assert decode(mark + text.encode(encoding), "a.txt") == (text, ())


@pytest.mark.parametrize("length", [12, 35, 700])
@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "gb18030", "utf-16-le", "utf-8"])
def test_L03_traditional_text_is_decoded(encoding, length):
    text = (TRADITIONAL * 20)[:length]
    assert decode(text.encode(encoding), "a.txt") == (text, ())


@pytest.mark.parametrize(
    "data",
    [
        "Les équipes ont été réunies à Évry, pour la journée.".encode("cp1252"),
        "今日は良い天気ですね。カタカナとひらがなを使います。".encode("shift_jis"),
        "Привет, как дела, сегодня хорошая погода".encode("cp1251"),
        bytes(range(128, 256)) * 20,
    ],
    ids=["french", "japanese", "russian", "noise"],
)
def test_L03_other_encodings_are_named_as_unreadable(data):
    with pytest.raises(ReadError, match="save it as UTF-8"):
        decode(data, "a.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le"])
def test_L04_a_truncated_tail_is_replaced_and_counted(encoding):
    text = SIMPLIFIED * 4 if encoding != "big5" else TRADITIONAL * 4
    reading = decode(text.encode(encoding)[:-1], "a.txt")
    assert reading.text == text[:-1] + "\ufffd"
    assert reading.warnings == ("1 unreadable characters were replaced by U+FFFD",)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_L04_a_stray_byte_spoils_no_character_after_it(encoding):
    before, after = (part.encode(encoding) for part in (SIMPLIFIED * 4, SIMPLIFIED))
    reading = decode(before + b"\xff" + after, "a.txt")
    assert reading.text.startswith(SIMPLIFIED * 4) and reading.text.endswith(SIMPLIFIED)
    assert "replaced" in reading.warnings[0]


def test_L04_a_byte_lost_inside_a_character_shifts_nothing():
    text = (SIMPLIFIED * 4).encode("gb18030")
    reading = decode(text[:41] + b"\xff" + text[41:], "a.txt")
    assert reading.text.endswith(SIMPLIFIED * 2)


def test_L04_a_ruined_file_is_refused():
    data = (SIMPLIFIED * 200).encode("gb18030")
    with pytest.raises(ReadError, match="damaged"):
        decode(data[:8000] * 11 + b"\xff\x80" * 40_000, "a.txt")


def test_readers_text_believes_a_declared_encoding_only_if_it_fits():
    assert decode(SIMPLIFIED.encode("gbk"), "a.html", "gb2312").text == SIMPLIFIED
    assert decode(SIMPLIFIED.encode(), "a.html", "gb2312").text == SIMPLIFIED
    assert decode(TRADITIONAL.encode("big5"), "a.html", "no-such-charset").text == TRADITIONAL


def test_readers_text_refuses_binary_content():
    with pytest.raises(ReadError, match="not a text file"):
        decode(b"\x00\x01\x02\x03" * 500, "a.txt")
