from __future__ import annotations

import pytest

from loaders.organs import name_agency, place_in
from loaders.places import (
    Place,
    ancestor_of,
    existed,
    parent_of,
    place_before,
    place_of,
    places_named,
    read_place,
    select_place,
    short_name,
    towns_named,
)
from loaders.places.gazetteer import gazetteer, town_codes


def full_name(text: str, **context: object) -> str | None:
    span = read_place(text)
    place = select_place(span.candidates, **context) if span else None  # type: ignore[arg-type]
    return place.full_name if place else None


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("北京市东城区信访办", "北京市东城区", "信访办"),
        ("湖北武汉市江岸区司法局", "湖北省武汉市江岸区", "司法局"),
        ("重庆市武隆区财政局", "重庆市武隆区", "财政局"),
        ("仙桃市教育局", "湖北省仙桃市", "教育局"),
        ("儋州市那大镇人民政府", "海南省儋州市那大镇", "人民政府"),
        ("黔西南州公安局", "贵州省黔西南布依族苗族自治州", "公安局"),
        ("西城区人民政府月坛街道办事处", "北京市西城区月坛街道", "办事处"),
        ("西安高新区管委会", "陕西省西安市西安高新区", "管委会"),
        ("雄安新区公安局", "河北省保定市雄安新区", "公安局"),
        ("第六师五家渠市", "新疆生产建设兵团第六师五家渠市", ""),
        ("东城区景山街道吉祥社区居委会", "北京市东城区景山街道吉祥社区", "居委会"),
    ],
)
def test_places_read_a_chain_of_divisions(text: str, name: str, rest: str) -> None:
    span = read_place(text)
    assert span is not None
    assert (select_place(span.candidates).full_name, text[span.end :]) == (name, rest)  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["国家信访局", "有关部门", "市信访办", "", "郊区", "城区"])
def test_places_read_nothing_where_no_division_begins(text: str) -> None:
    assert read_place(text) is None


def test_places_know_what_existed_when() -> None:
    xuanwu = place_of(("北京市", "宣武区"))
    assert xuanwu is not None
    assert existed(xuanwu, 2009)
    assert not existed(xuanwu, 2015)


def test_places_of_the_reports_year_go_first() -> None:
    candidates = places_named("涪陵市")
    assert {p.path for p in candidates} >= {("四川省", "涪陵地区")} or candidates
    assert full_name("乐清市", year=2020) == "浙江省温州市乐清市"


def test_places_of_one_name_follow_the_units_place() -> None:
    candidates = places_named("鼓楼区")
    fuzhou = place_of(("福建省", "福州市"))
    kaifeng = place_of(("河南省", "开封市"))
    assert select_place(candidates, fuzhou).full_name == "福建省福州市鼓楼区"  # type: ignore[union-attr]
    assert select_place(candidates, kaifeng).full_name == "河南省开封市鼓楼区"  # type: ignore[union-attr]


def test_places_of_one_name_stay_open_where_nothing_tells() -> None:
    place = select_place(places_named("鼓楼区"), year=2020)
    assert place is not None
    assert (place.full_name, place.level, place.code) == ("鼓楼区", "县区", None)
    towns = select_place(read_place("仙桃市沔城回族镇").candidates)  # type: ignore[union-attr]
    assert towns is not None
    assert towns.path == ("湖北省", "仙桃市")


def test_places_know_their_parents() -> None:
    district = place_of(("广东省", "深圳市", "南山区"))
    assert district is not None
    assert parent_of(district) == place_of(("广东省", "深圳市"))
    assert ancestor_of(district, "省") == place_of(("广东省",))
    assert ancestor_of(district, "乡镇街道") is None
    assert parent_of(Place("北京市", (), "省")) is None


def test_places_end_before_an_organ() -> None:
    text = "近期会同成都市武侯区教育局"
    span = place_before(text, text.index("教育局"))
    assert span is not None
    assert text[span.start : span.end] == "成都市武侯区"
    assert [p.full_name for p in span.candidates] == ["四川省成都市武侯区"]


@pytest.mark.parametrize(
    ("name", "short"),
    [("武汉市", "武汉"), ("广西壮族自治区", "广西"), ("东城区", "东城"), ("忠县", "忠县")],
)
def test_places_have_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


def test_places_codes_are_those_of_the_standard() -> None:
    assert place_of(("北京市", "东城区")).code == "110101"  # type: ignore[union-attr]
    assert place_of(("山东省", "济南市", "莱芜区")).code == "370116"  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["北京市" * 30000, "区" * 100000, "开发区" * 30000, "一" * 100000])
def test_places_read_hostile_text_in_linear_time(text: str) -> None:
    span = read_place(text)
    assert span is None or span.end < 60


def test_places_are_read_back_from_every_name_of_a_body() -> None:
    """Names of seals leave larger divisions out, so each must lead back to its own place."""
    lost = [
        (place.full_name, name)
        for place in gazetteer().by_code.values()
        for name in (name_agency(place, body).name for body in ("", "委", "信访局"))
        if place_in(name) != place
    ]
    assert not lost


def test_places_are_read_back_from_the_names_of_towns() -> None:
    lost = [
        (town.full_name, name)
        for shared in sorted(town_codes())[::23]
        for town in towns_named(shared)
        for name in (name_agency(town, body).name for body in ("", "委员会", "便民服务中心"))
        if (place := place_in(name)) is None or place.names != town.names
    ]
    assert not lost


@pytest.mark.parametrize(
    "names",
    [
        ("广东省", "东莞市", "虎门镇"),
        ("湖北省", "神农架林区"),
        ("贵州省", "六盘水市", "六枝特区"),
        ("黑龙江省", "大兴安岭地区"),
        ("河北省", "保定市", "雄安新区"),
        ("安徽省", "芜湖市", "经济技术开发区"),
        ("新疆生产建设兵团",),
        ("新疆生产建设兵团", "第八师"),
        ("湖南省", "长沙市", "浏阳市", "大瑶镇", "南山村"),
    ],
    ids="".join,
)
def test_places_of_every_kind_are_read_back(names: tuple[str, ...]) -> None:
    levels = ("省", "市", "县区", "乡镇街道", "村社区")
    level = levels[len(names) - 1]
    if names[-1].endswith(("镇", "林区", "新区")):
        level = "乡镇街道" if names[-1].endswith("镇") else "县区"
    place = place_of(names) or Place(names[-1], names[:-1], level)  # type: ignore[arg-type]
    read = place_in(name_agency(place, "").name)
    assert read is not None
    assert (read.names, read.level) == (place.names, place.level)


@pytest.mark.parametrize(
    ("name", "names", "level"),
    [
        ("澄州市云溪区信访局", ("澄州市", "云溪区"), "县区"),
        ("中共澄州市云溪区委员会", ("澄州市", "云溪区"), "县区"),
        ("岚口县人民政府", ("岚口县",), "县区"),
        ("武汉市沐河区教育局", ("湖北省", "武汉市", "沐河区"), "县区"),
        ("岚口县石桥镇人民政府", ("岚口县", "石桥镇"), "乡镇街道"),
        ("海西省澄州市信访局", ("海西省", "澄州市"), "市"),
        ("武汉市云溪区信访局", ("湖北省", "武汉市", "云溪区"), "县区"),
    ],
)
def test_places_that_no_table_has_stay_as_printed(
    name: str, names: tuple[str, ...], level: str
) -> None:
    place = place_in(name)
    assert place is not None
    assert (place.names, place.level, place.code) == (names, level, None)


@pytest.mark.parametrize(
    "name",
    [
        "市场监督管理局",
        "自然保护区管理局",
        "城市管理执法局",
        "东部战区",
        "社区矫正管理局",
        "依法治区办",
    ],
)
def test_places_are_not_made_of_other_words(name: str) -> None:
    assert place_in(name) is None


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("近日，澄州市云溪区", "澄州市云溪区"),
        ("会同澄州市云溪区", "澄州市云溪区"),
        ("，岚口县石桥镇", "岚口县石桥镇"),
        ("对全市云溪区", "湖南省岳阳市云溪区"),
        ("会同云溪区", "湖南省岳阳市云溪区"),
    ],
)
def test_places_below_an_unknown_name_are_no_homonym(text: str, printed: str) -> None:
    span = place_before(text, len(text))
    assert span is not None
    assert [p.full_name for p in span.candidates] == [printed]
