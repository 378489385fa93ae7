"""The catalogue of regulations: what it refuses, what it finds, what it says."""

import datetime

import pytest

from graph.errors import CatalogueError
from graph.schema import NODE_TYPES
from loaders.regulations import regulation_properties
from loaders.titles.catalogue import KINDS, Catalogue, catalogue, read_catalogue
from loaders.titles.marks import plain_title


def read(text: str) -> Catalogue:
    return read_catalogue(text, "regulations.yaml")


REFUSED = {
    "title_twice": ("法律: [{title: 河长法}, {title: 河长法}]", "listed twice: 河长法"),
    "alias_of_two": (
        "法律: [{title: 河长法, aliases: [水长法]}, {title: 湖长法, aliases: [水长法]}]",
        "水长法 leads to both 河长法 and 湖长法",
    ),
    "alias_is_a_title": (
        "行政法规: [{title: 河长条例}, {title: 湖长条例, aliases: [中华人民共和国河长条例]}]",
        "leads to both",
    ),
    "unknown_successor": (
        "法律: [{title: 河长法, replaced_by: 湖长法}]",
        "replaced by 湖长法, which is not listed",
    ),
    "unknown_kind": ("土办法: [{title: 河长法}]", "土办法 is none of"),
    "unknown_field": ("法律: [{title: 河长法, color: red}]", "unknown fields: color"),
    "no_title": ("法律: [{issued: 2001}]", "has no title"),
    "status_unheard_of": ("法律: [{title: 河长法, status: asleep}]", "status is none of"),
    "repealed_without_date": ("法律: [{title: 河长法, status: repealed}]", "contradict"),
    "date_without_status": ("法律: [{title: 河长法, ended: 2001-02-03}]", "contradict"),
    "impossible_date": (
        "法律: [{title: 河长法, status: repealed, ended: 2001年}]",
        "ended is not a date",
    ),
    "year_in_words": ("法律: [{title: 河长法, issued: 去年}]", "issued is not a year"),
    "aliases_a_number": ("法律: [{title: 河长法, aliases: [7]}]", "a list of names"),
    "series_is_a_title": (
        "中央文件: [{title: 护河纲要}, {title: 护河纲要(2001-2005年), series: 护河纲要}]",
        "both a title and a series",
    ),
    "entry_a_string": ("法律: [河长法]", "is not a map"),
    "no_map": ("- 河长法", "expected a map"),
    "no_yaml": ("法律: [", "cannot be read as YAML"),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_catalogue_refuses(text, message):
    with pytest.raises(CatalogueError, match=r"^regulations\.yaml: ") as caught:
        read(text)
    assert message in str(caught.value)


def test_catalogue_finds_an_entry_by_any_spelling():
    known = read("法律: [{title: 河长法, aliases: [护河法]}]")
    for spelling in (
        "河长法",
        "中华人民共和国河长法",
        " 河 长法 ",
        "护河法",
        "河长法（2020年修订）",
    ):
        assert known.lookup(spelling) is known["河长法"]
    assert known.lookup("河长法实施细则") is None


def test_catalogue_chooses_the_edition_of_the_year():
    known = read(
        "中央文件:\n"
        "- {title: 护河纲要(2001-2005年), series: 护河纲要, issued: 2001}\n"
        "- {title: 护河纲要(2006-2010年), series: 护河纲要, issued: 2006}\n"
    )
    chosen = {year: known.lookup("护河纲要", year) for year in (1999, 2003, 2006, 2020, None)}
    assert {year: entry and entry.title for year, entry in chosen.items()} == {
        1999: "护河纲要(2001-2005年)",
        2003: "护河纲要(2001-2005年)",
        2006: "护河纲要(2006-2010年)",
        2020: "护河纲要(2006-2010年)",
        None: "护河纲要(2006-2010年)",
    }


def test_catalogue_issuer_may_open_the_title():
    known = read("规范性文件: [{title: 关于护河的意见, issuer: [水务部, 林草部]}]")
    for spelling in ("水务部关于护河的意见", "水务部 林草部关于护河的意见", "关于护河的意见"):
        assert known.lookup(spelling) is known["关于护河的意见"]


def test_catalogue_that_comes_along_is_large_and_sound():
    assert len(catalogue()) >= 400


def test_catalogue_names_are_what_a_title_folds_to():
    assert [t for t in catalogue() if plain_title(t) != t] == []


def test_catalogue_properties_are_those_of_the_schema():
    (regulation,) = [t for t in NODE_TYPES if t.label == "Regulation"]
    declared = {p.name for p in regulation.properties}
    for title in catalogue():
        properties = regulation_properties(title)
        assert set(properties) <= declared
        assert properties["kind"] in KINDS


def test_catalogue_successors_are_ids_of_entries_and_dates_are_dates():
    for title in catalogue():
        properties = regulation_properties(title)
        if successor := properties.get("replaced_by"):
            assert str(successor).removeprefix("regulation:") in catalogue()
        if ended := properties.get("ended"):
            datetime.date.fromisoformat(str(ended))


REPEALED = {
    "信访条例": ("2022-05-01", "信访工作条例"),
    "合同法": ("2021-01-01", "民法典"),
    "行政监察法": ("2018-03-20", "监察法"),
    "法治政府建设实施纲要(2015-2020年)": ("2021-01-01", "法治政府建设实施纲要(2021-2025年)"),
}


@pytest.mark.parametrize("title", REPEALED)
def test_catalogue_knows_what_took_its_place(title):
    ended, successor = REPEALED[title]
    properties = regulation_properties(title)
    assert properties["ended"] == ended
    assert properties["replaced_by"] == f"regulation:{successor}"
