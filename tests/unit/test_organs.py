"""What became of an agency: reforms with their years."""

from __future__ import annotations

import pytest

from loaders.organs import agency_properties, catalogue, name_agency, place_in, successor
from loaders.places import place_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("河北省唐山市国土资源局", ("河北省唐山市自然资源局", 2018)),
        ("甘肃省国土资源厅", ("甘肃省自然资源厅", 2018)),
        ("北京市海淀区环境保护局", ("北京市海淀区生态环境局", 2018)),
        ("浙江省杭州市人民政府法制办公室", ("浙江省杭州市司法局", 2018)),
        ("青海省人民政府法制办公室", ("青海省司法厅", 2018)),
        ("北京市人民政府法制办公室", ("北京市司法局", 2018)),
        ("湖南省长沙市工商行政管理局", ("湖南省长沙市市场监督管理局", 2018)),
        ("湖南省长沙市质量技术监督局", ("湖南省长沙市市场监督管理局", 2018)),
        ("陕西省西安市卫生和计划生育委员会", ("陕西省西安市卫生健康委员会", 2018)),
        ("陕西省西安市安全生产监督管理局", ("陕西省西安市应急管理局", 2018)),
        ("陕西省西安市国家税务局", ("国家税务总局陕西省西安市税务局", 2018)),
        ("北京市西城区信访办公室", ("北京市西城区信访局", 2024)),
        ("浙江省杭州市监察局", ("浙江省杭州市监察委员会", 2017)),
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
    assert successor(name, 2022) == ("贵州省遵义市乡村振兴局", 2021)
    assert successor(name, 2024) == ("贵州省遵义市农业农村局", 2023)
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
