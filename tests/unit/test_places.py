from __future__ import annotations

import pytest

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
)


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
