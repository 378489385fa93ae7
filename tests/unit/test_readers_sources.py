import io
import os
import pickle
import sys
import zipfile
from pathlib import Path

import pytest

from graph.errors import ReadError
from loaders.readers import Source, base, iter_sources, read_source, sources

TEXT = "一、工作情况\n全年接待群众三百人次，办理来信十二件。\n"


def labels(*paths: Path) -> list[str]:
    root = paths[0] if paths[0].is_dir() else paths[0].parent
    return [os.path.relpath(s.label, root).replace(os.sep, "/") for s in iter_sources(paths)]


def reason(source: Source) -> str:
    with pytest.raises(ReadError) as caught:
        read_source(source)
    assert caught.value.path == source.label
    return caught.value.reason


def only(path: Path) -> Source:
    (source,) = iter_sources([path])
    return source


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "二.txt").write_text(TEXT, "gb18030")
    (tmp_path / "一.md").write_text("# 报告\n\n正文内容。", "utf-8")
    (tmp_path / "c.zip").write_bytes(zipped({"y/四.txt": TEXT.encode(), "x.png": b"\x89PNG"}))
    return tmp_path


def test_readers_sources_lists_folders_and_archives_in_order(folder):
    assert labels(folder) == ["c.zip!/x.png", "c.zip!/y/四.txt", "一.md", "b/二.txt"]
    assert [s.name for s in iter_sources([folder])] == ["x", "四", "一", "二"]


def test_readers_sources_read_documents(folder):
    docs = [read_source(s) for s in iter_sources([folder]) if not s.skipped]
    assert [d.format for d in docs] == ["txt", "md", "txt"]
    assert docs[0].text == docs[2].text == TEXT.strip()
    assert docs[0].source == f"{folder}/c.zip!/y/四.txt"


def test_readers_sources_are_picklable(folder):
    for source in iter_sources([folder]):
        assert pickle.loads(pickle.dumps(source)) == source


def test_readers_sources_list_each_file_once(folder):
    assert labels(folder, folder / "一.md", folder / "b") == labels(folder)


def test_readers_sources_hide_hidden_files_and_show_the_others(folder):
    for name in (".DS_Store", "~$一.docx", "Thumbs.db", "图.jpg", "表.xlsx", "记录.abc"):
        (folder / "b" / name).write_bytes(b"x")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "a.txt").write_text(TEXT)
    found = {s.path.name: s for s in iter_sources([folder / "b"])}
    assert sorted(found) == ["二.txt", "图.jpg", "表.xlsx", "记录.abc"]
    assert found["图.jpg"].skipped and found["表.xlsx"].skipped
    assert not found["记录.abc"].skipped
    assert "no known type" in reason(found["记录.abc"])


def test_readers_sources_name_a_missing_path(tmp_path):
    with pytest.raises(ReadError, match=r"nowhere\.txt: does not exist"):
        iter_sources([tmp_path, tmp_path / "nowhere.txt"])


def test_L01_empty_files_are_skipped_with_a_reason(tmp_path):
    for name in ("a.txt", "a.docx", "a.pdf", "a.html", "a.md"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(b"\xef\xbb\xbf \r\n")
    assert {reason(s) for s in iter_sources([tmp_path])} == {"is empty"}


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "PNG picture"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"\x00" * 50, "save it as .docx"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"\x00" * 50, "save it as .docx"),
        ("a.txt", b"{\\rtf1 x}", "RTF"),
        ("a.pdf", "正文".encode(), "not a pdf file"),
        ("a.docx", "正文".encode(), "not a docx file"),
        ("a.docx", zipped({"a.txt": b"x"}), ""),
        ("a.xlsx", zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "spreadsheet"),
        ("a.rar", b"Rar!\x1a\x07", "unpack it"),
        ("a", TEXT.encode(), "no known type"),
    ],
)
def test_L02_type_comes_from_the_content(tmp_path, name, data, expected):
    path = tmp_path / name
    path.write_bytes(data)
    for source in iter_sources([path]):
        if expected:
            assert expected in reason(source)
        else:
            assert source.member == "a.txt"


def test_L02_a_pdf_named_docx_is_read_as_pdf(tmp_path):
    from test_readers_pdf import PARAGRAPH, make_pdf

    (tmp_path / "a.docx").write_bytes(make_pdf([[PARAGRAPH[:30]]]))
    doc = read_source(only(tmp_path / "a.docx"))
    assert doc.format == "pdf"
    assert doc.warnings == ("named .docx but holds pdf; read as that",)


def test_L02_a_page_named_doc_is_read_as_a_page(tmp_path):
    (tmp_path / "a.doc").write_text(f"<html><body><p>{TEXT}</p></body></html>", "utf-8")
    assert read_source(only(tmp_path / "a.doc")).format == "html"


def test_L07_files_over_the_limit_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MAX_FILE_BYTES", 1000)
    monkeypatch.setattr(sources, "MAX_CHARACTERS", 300)
    (tmp_path / "a.txt").write_text("x" * 1001)
    (tmp_path / "b.txt").write_text("x" * 301)
    assert [reason(s) for s in iter_sources([tmp_path])] == [
        "is larger than 1,000 bytes, the limit; split it",
        "holds more than 300 characters, the limit; split it",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need rights there")
def test_L16_only_regular_files_under_the_root(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "out.txt").write_text(TEXT, "utf-8")
    (root / "link.txt").symlink_to(tmp_path / "out.txt")
    (root / "loop").symlink_to(root)
    (root / "broken.txt").symlink_to(root / "none")
    os.mkfifo(root / "pipe.txt")
    (root / "real.txt").write_text(TEXT, "utf-8")
    found = {s.path.name: s for s in iter_sources([root])}
    assert {n for n, s in found.items() if not s.problem} == {"real.txt"}
    assert "pipe" in reason(found["pipe.txt"])
    assert all("link" in reason(found[n]) for n in ("link.txt", "loop", "broken.txt"))
    assert "device" in reason(only(Path("/dev/zero")))


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
def test_L16_a_file_that_became_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert "pipe" in reason(Source(tmp_path / "a.txt"))


def test_L10_archive_members_that_lead_out_are_not_opened(tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../up.txt", TEXT)
        archive.writestr("inner.zip", zipped({"a.txt": b"x"}))
        archive.writestr(link, "/etc/passwd")
        archive.writestr("ok.txt", TEXT)
    found = {s.member: s for s in iter_sources([tmp_path / "a.zip"])}
    assert "leads out" in reason(found["../up.txt"])
    assert "inside an archive" in reason(found["inner.zip"])
    assert "link" in reason(found["link.txt"])
    assert read_source(found["ok.txt"]).name == "ok"


def test_L08_archive_bombs_are_refused(tmp_path, monkeypatch):
    from loaders.readers import archive

    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": b" " * 20_000_000}))
    assert "200:1" in reason(only(tmp_path / "a.zip"))
    monkeypatch.setattr(archive, "MAX_FILE_BYTES", 1000)
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": b"x" * 1001}))
    assert "larger" in reason(only(tmp_path / "a.zip"))
    (tmp_path / "a.zip").write_bytes(zipped({f"{i}.txt": b"x" for i in range(3)}))
    assert "limit is 2" in reason(only(tmp_path / "a.zip"))


def test_readers_archive_reads_chinese_names_packed_on_windows(tmp_path):
    data = zipped({"ABCDEF.txt": TEXT.encode()})
    (tmp_path / "a.zip").write_bytes(data.replace(b"ABCDEF", "总结甲".encode("gbk")))
    source = only(tmp_path / "a.zip")
    assert source.name == "总结甲"
    assert read_source(source).text == TEXT.strip()


def test_readers_archive_damaged_or_protected_is_named(tmp_path):
    data = zipped({"a.txt": (TEXT * 50).encode()})
    (tmp_path / "cut.zip").write_bytes(data[:40])
    assert reason(only(tmp_path / "cut.zip"))
    (tmp_path / "bad.zip").write_bytes(data[:45] + b"\xff\xff" + data[47:])
    assert "damaged" in reason(only(tmp_path / "bad.zip"))


def test_L27_one_bad_file_does_not_stop_the_others(tmp_path):
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text(TEXT, "utf-8")
    (tmp_path / "07.txt").write_bytes(b"\x89PNG")
    read, failed = 0, []
    for source in iter_sources([tmp_path]):
        try:
            read_source(source)
            read += 1
        except ReadError as exc:
            failed.append(exc.path)
    assert read == 29 and failed == [str(tmp_path / "07.txt")]


def test_readers_labels_hold_no_control_characters(tmp_path):
    source = Source(tmp_path / "a\n\x1b[31mb.txt")
    assert "\n" not in source.label and "\x1b" not in source.name


def test_readers_are_found_by_their_module():
    assert [r.NAME for r in base.all_readers()] == ["docx", "html", "md", "pdf", "txt"]
