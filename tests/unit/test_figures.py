"""Figures are pictures with both languages, the same each time."""

import os
import struct
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from graph.errors import ExportError
from graph.figures import RANKED, draw_adoption, draw_authority, draw_lag, draw_spread
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
        # Where everything is checked, nothing is passed over.
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chinese font here")


def draw_central(network, _, path):
    draw_authority(network, path)


@pytest.mark.parametrize("draw", [draw_adoption, draw_lag, draw_spread, draw_central])
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


def labels_of(path):
    return path.read_text("utf-8").split("<!-- ")[1:]


def test_figures_of_spread_tell_who_had_it_before(tmp_path, recwarn):
    network = make_network()
    for place, agency in (("市", "甲"), ("县", "乙")):
        network.add_edge(f"agency:{agency}", f"place:{place}", type="LOCATED_IN")
    network.add_edge("place:县", "place:市", type="PART_OF")
    draw_spread(network, [MECHANISM], tmp_path / "a.svg")
    assert not [w for w in recwarn if "missing from" in str(w.message)]
    text = (tmp_path / "a.svg").read_text("utf-8")
    for label in ("上级已有 Above had it", "周围无先例 Nobody near", "采用年份 Year of adoption"):
        assert f"<!-- {label} -->" in text
    assert "下级已有" not in text
    with pytest.raises(ExportError, match="applied"):
        draw_spread(network, ["mechanism:无"], tmp_path / "b.svg")


def test_figures_of_lags_name_only_what_they_have_bars_of(tmp_path):
    draw_lag(make_network(), [MECHANISM, OTHER], tmp_path / "both.svg")
    draw_lag(make_network(), [MECHANISM], tmp_path / "one.svg")
    assert "代办" not in (tmp_path / "both.svg").read_text("utf-8")
    assert (tmp_path / "both.svg").read_bytes() == (tmp_path / "one.svg").read_bytes()


def test_figures_of_authority_have_the_first_regulations_with_short_names(tmp_path):
    network = make_network()
    for number in range(RANKED + 5):
        name = f"第{number}号" + "关于" * 20
        network.add_node(f"regulation:{number}", name=name)
        network.add_edge("report:甲", f"regulation:{number}", type="CITES", status="reported")
    draw_authority(network, tmp_path / "a.svg")
    names = [label for label in labels_of(tmp_path / "a.svg") if label.startswith("第")]
    assert len(names) == RANKED
    assert all("…" in name for name in names)
    with pytest.raises(ExportError, match="cites"):
        draw_authority(Network(), tmp_path / "b.svg")


def test_figures_are_not_drawn_through_a_link(tmp_path):
    (tmp_path / "a.png").symlink_to(tmp_path / "elsewhere.png")
    with pytest.raises(ExportError, match="link"):
        draw_adoption(make_network(), [MECHANISM], tmp_path / "a.png", force=True)
    assert not (tmp_path / "elsewhere.png").exists()


@pytest.mark.parametrize(
    ("mechanisms", "name", "says"),
    [
        (["mechanism:无"], "a.png", "applied"),
        ([MECHANISM], "a.pdf", "png"),
        ([MECHANISM], "there.png", "exists"),
        ([MECHANISM], "no/a.png", "no folder"),
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
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ExportError, match=r"govmech\[plot\]"):
        draw_adoption(make_network(), [MECHANISM], Path(tmp_path / "a.png"))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["adoption"], "needs at least one"),
        (["authority", "--mechanism", "包案"], "needs none"),
        (["pie"], "adoption"),
    ],
)
def test_figures_command_says_which_mechanisms_it_needs(tmp_path, arguments, says):
    command = [sys.executable, "-m", "api.cli", "plot", *arguments, "-o", str(tmp_path / "a.png")]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False
    )
    assert done.returncode == 2
    assert says in done.stderr
    assert not list(tmp_path.iterdir())
