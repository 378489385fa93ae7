"""Figures are pictures with both languages, the same each time."""

import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

from graph.errors import ExportError
from graph.figures import draw_adoption, draw_lag
from graph.network import Network

MECHANISM, OTHER = "mechanism:包案", "mechanism:代办 $x$ <b>"


def make_network():
    network = Network()
    network.add_node(MECHANISM, name="包案", name_en="Taking charge")
    network.add_node("regulation:条例", issued=2019)
    for agency, mechanism, year in (
        ("甲", MECHANISM, 2018),
        ("乙", MECHANISM, 2020),
        ("甲", OTHER, 2019),
    ):
        said = {"status": "reported", "year": year, "report": f"report:{agency}{year}"}
        network.add_edge(
            f"agency:{agency}", mechanism, type="IMPLEMENTS", evidence="话", start=0, end=1, **said
        )
    network.add_edge(MECHANISM, "regulation:条例", type="CITES", status="reported")
    return network


@pytest.fixture(autouse=True)
def _needs():
    font_manager = pytest.importorskip("matplotlib.font_manager")
    from graph.figures import FONTS

    if not {f.name for f in font_manager.fontManager.ttflist} & set(FONTS):
        pytest.skip("no Chinese font here")


@pytest.mark.parametrize("draw", [draw_adoption, draw_lag])
@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_figures_are_the_same_bytes_each_time(tmp_path, draw, suffix):
    paths = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for path in paths:
        draw(make_network(), [MECHANISM, OTHER], path)
    first, second = (path.read_bytes() for path in paths)
    assert first == second
    if suffix == ".png":
        assert first.startswith(b"\x89PNG")
        assert min(struct.unpack(">II", first[16:24])) > 500
    else:
        assert ElementTree.fromstring(first).tag == "{http://www.w3.org/2000/svg}svg"
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(p.name for p in paths)


def test_figures_have_every_character_and_both_languages(tmp_path, recwarn):
    draw_adoption(make_network(), [MECHANISM, OTHER], tmp_path / "a.svg")
    assert not [w for w in recwarn if "missing from" in str(w.message)]
    text = (tmp_path / "a.svg").read_text("utf-8")
    for label in ("年份 Year", "累计采用单位数 Units that have adopted", "Taking charge", "包案"):
        assert f"<!-- {label} -->" in text


@pytest.mark.parametrize(
    ("mechanisms", "name", "says"),
    [
        (["mechanism:无"], "a.png", "applied"),
        ([MECHANISM], "a.pdf", "png"),
        ([MECHANISM], "there.png", "exists"),
        ([MECHANISM], "no/a.png", "cannot be written"),
    ],
)
def test_figures_say_why_there_is_none(tmp_path, mechanisms, name, says):
    (tmp_path / "there.png").write_text("precious")
    with pytest.raises(ExportError, match=says):
        draw_adoption(make_network(), mechanisms, tmp_path / name)
    assert [p.name for p in tmp_path.iterdir()] == ["there.png"]
    assert (tmp_path / "there.png").read_text() == "precious"


def test_figures_need_a_font_with_chinese(tmp_path, monkeypatch):
    monkeypatch.setattr("graph.figures.FONTS", ("No Such Font",))
    with pytest.raises(ExportError, match="fonts-noto-cjk"):
        draw_adoption(make_network(), [MECHANISM], tmp_path / "a.png")


def test_figures_need_matplotlib(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    with pytest.raises(ExportError, match=r"govmech\[plot\]"):
        draw_adoption(make_network(), [MECHANISM], Path(tmp_path / "a.png"))
