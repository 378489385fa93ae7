"""Reference files: what they hold, and what is kept of them between starts."""

import os
import threading

import pytest

from graph.errors import CatalogueError
from loaders.references import read_yaml


@pytest.fixture
def caches(tmp_path, monkeypatch):
    """The user's folder for what can be made again, empty and elsewhere."""
    folder = tmp_path / "caches"
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(variable, str(folder))
    return folder


def notes(caches):
    return sorted(p for p in caches.rglob("*") if p.is_file())


def test_an_edit_takes_effect_at_once(tmp_path, caches):
    file = tmp_path / "words.yaml"
    file.write_text("words: [甲, 乙]\n", "utf-8")
    assert read_yaml(file) == {"words": ["甲", "乙"]} == read_yaml(file)
    before = file.stat()
    file.write_text("words: [甲, 丙]\n", "utf-8")  # as long as before, and no younger
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_yaml(file) == {"words": ["甲", "丙"]}


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data.replace("甲".encode(), "丁".encode()),
        lambda data: b"\xff" * len(data),
    ],
    ids=["empty", "cut short", "another word", "no text"],
)
def test_a_damaged_note_is_not_believed_and_is_mended(tmp_path, caches, damage):
    file = tmp_path / "words.yaml"
    file.write_text("words: [甲, 乙]\n", "utf-8")
    read_yaml(file)
    (note,) = notes(caches)
    sound = note.read_bytes()
    note.write_bytes(damage(sound))
    assert read_yaml(file) == {"words": ["甲", "乙"]}
    assert note.read_bytes() == sound


def test_where_nothing_can_be_kept_the_file_is_read_all_the_same(tmp_path, caches):
    caches.write_text("a file where the folder should be", "utf-8")
    file = tmp_path / "words.yaml"
    file.write_text("words: [甲, 乙]\n", "utf-8")
    assert read_yaml(file) == {"words": ["甲", "乙"]} == read_yaml(file)


def test_readers_at_the_same_time_all_get_the_content(tmp_path, caches):
    file = tmp_path / "words.yaml"
    file.write_text("".join(f"- 词{i}\n" for i in range(2_000)), "utf-8")
    found = []
    threads = [threading.Thread(target=lambda: found.append(read_yaml(file))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[f"词{i}" for i in range(2_000)]] * 8
    assert len(notes(caches)) == 1


def test_dates_numbers_and_keys_come_back_as_they_were(tmp_path, caches):
    file = tmp_path / "entries.yaml"
    file.write_text("{ended: 2019-01-01, issued: 1999, known: yes, none: ~, 1: 一}\n", "utf-8")
    first = read_yaml(file)
    assert first == {"ended": "2019-01-01", "issued": 1999, "known": True, "none": None, 1: "一"}
    assert read_yaml(file) == first


def test_no_yaml_is_refused_each_time(tmp_path, caches):
    file = tmp_path / "words.yaml"
    file.write_text("words: [甲\n", "utf-8")
    for _ in range(2):
        with pytest.raises(CatalogueError, match=r"words\.yaml"):
            read_yaml(file)
    assert not notes(caches)
