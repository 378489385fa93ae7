"""What agencies are called officially, and what became of them: reforms with their years."""

from __future__ import annotations

import pytest

from loaders.organs import agency_properties, catalogue, name_agency, place_in, successor
from loaders.places import place_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("唐山市国土资源局", ("唐山市自然资源局", 2018)),
        ("甘肃省国土资源厅", ("甘肃省自然资源厅", 2018)),
        ("北京市海淀区环境保护局", ("北京市海淀区生态环境局", 2018)),
        ("杭州市人民政府法制办公室", ("杭州市司法局", 2018)),
        ("青海省人民政府法制办公室", ("青海省司法厅", 2018)),
        ("北京市人民政府法制办公室", ("北京市司法局", 2018)),
        ("长沙市工商行政管理局", ("长沙市市场监督管理局", 2018)),
        ("长沙市质量技术监督局", ("长沙市市场监督管理局", 2018)),
        ("西安市卫生和计划生育委员会", ("西安市卫生健康委员会", 2018)),
        ("西安市安全生产监督管理局", ("西安市应急管理局", 2018)),
        ("西安市国家税务局", ("国家税务总局西安市税务局", 2018)),
        ("北京市西城区信访办公室", ("北京市西城区信访局", 2024)),
        ("杭州市监察局", ("杭州市监察委员会", 2017)),
        ("环境保护部", ("生态环境部", 2018)),
        ("中国银行保险监督管理委员会", ("国家金融监督管理总局", 2023)),
        # One body with several successors, bodies that stayed, and towns
        ("北京市国土资源局", None),
        ("国家信访局", None),
        ("北京市海淀区教育委员会", None),
        ("北京市西城区人民政府陶然亭街道办事处", None),
        ("某某协会", None),
    ],
)
def test_organs_know_what_a_reform_made_of_them(
    name: str, expected: tuple[str, int] | None
) -> None:
    assert successor(name) == expected


def test_organs_follow_reform_after_reform_up_to_a_year() -> None:
    name = name_agency(place_of(("贵州省", "遵义市")), "扶贫办").name  # type: ignore[arg-type]
    assert successor(name, 2020) is None
    assert successor(name, 2022) == ("遵义市乡村振兴局", 2021)
    assert successor(name, 2024) == ("遵义市农业农村局", 2023)
    assert successor("国务院扶贫开发领导小组办公室", 2030) == ("农业农村部", 2023)


def test_organs_successors_have_canonical_names() -> None:
    place = place_of(("贵州省", "遵义市"))
    assert place is not None
    for organ in sorted({o.name for o in catalogue().organs.values()}):
        after = successor(name_agency(place, organ).name)
        if after:
            assert place_in(after[0]) == place
            assert successor(after[0], 2100) != after


def test_organs_properties_name_the_successor() -> None:
    found = agency_properties("北京市海淀区环境保护局")
    assert found["succeeded_by"] == "agency:北京市海淀区生态环境局"
    assert found["succeeded_in"] == 2018
    assert "succeeded_by" not in agency_properties("北京市海淀区生态环境局")


@pytest.mark.parametrize(
    ("divisions", "official"),
    [
        (("湖南省", "岳阳市", "云溪区"), "岳阳市云溪区信访局"),
        (("湖南省", "岳阳市", "平江县"), "平江县信访局"),
        (("安徽省", "芜湖市"), "芜湖市信访局"),
        (("重庆市", "云阳县"), "重庆市云阳县信访局"),
        (("北京市", "东城区"), "北京市东城区信访局"),
        (("内蒙古自治区", "阿拉善盟"), "阿拉善盟信访局"),
    ],
)
def test_organs_carry_the_name_of_their_seal(divisions: tuple[str, ...], official: str) -> None:
    name = name_agency(place_of(divisions), "信访局")  # type: ignore[arg-type]
    assert name.name == official
    assert "".join(divisions) + "信访局" in (name.name, *name.also)


def test_organs_of_a_county_that_passed_to_another_city_stay_one_node() -> None:
    before = name_agency(place_of(("四川省", "资阳市", "简阳市")), "信访局")  # type: ignore[arg-type]
    after = name_agency(place_of(("四川省", "成都市", "简阳市")), "信访局")  # type: ignore[arg-type]
    assert before.name == after.name == "简阳市信访局"
    assert agency_properties(after.name)["place"] == "四川省成都市简阳市"
