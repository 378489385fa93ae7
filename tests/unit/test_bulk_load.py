"""A first bulk load: the same files however it was done, of the last text of each report."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_builder import make_report

from graph.bulk_load import BulkLoad
from graph.errors import EvidenceMismatch
from graph.model import ReportGraph
from loaders.load import load_into
from loaders.reading import SAMPLES


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def written(reports: list[ReportGraph], folder: Path) -> dict[str, bytes]:
    with BulkLoad(folder) as bulk:
        bulk.write(list(map(bulk.layout(), reports)))
        bulk.finish()
    return contents(folder)


def test_bulk_load_gives_the_same_bytes_for_any_number_of_workers(tmp_path: Path) -> None:
    for workers in (1, 3):
        with BulkLoad(tmp_path / str(workers)) as bulk:
            summary = load_into(bulk, [SAMPLES], workers=workers)
        assert summary.nodes["Report"] == 10
        assert summary.failures == []
    assert contents(tmp_path / "1") == contents(tmp_path / "3")


def test_bulk_load_keeps_the_last_text_of_a_report(tmp_path: Path) -> None:
    statement = ("IMPLEMENTS", "agency:甲局", "mechanism:联席会议", "建立联席会议。")
    earlier, later = make_report("甲", (statement,)), make_report("甲")
    assert earlier.report.properties["digest"] != later.report.properties["digest"]
    last = written([make_report("乙"), later], tmp_path / "last")
    assert written([earlier, make_report("乙"), later], tmp_path / "both") == last
    assert written([make_report("乙"), later, earlier], tmp_path / "earlier") != last


def test_bulk_load_refuses_evidence_that_is_not_in_the_text(tmp_path: Path) -> None:
    good = make_report("甲")
    text = str(good.report.properties["text"])
    report = type(good.report)(
        "Report", good.report.id, {**good.report.properties, "text": text[::-1]}
    )
    with BulkLoad(tmp_path / "none") as bulk, pytest.raises(EvidenceMismatch):
        bulk.layout()(ReportGraph(report, good.nodes, good.edges))
    assert not (tmp_path / "none").exists()


def test_bulk_load_of_nothing_leaves_no_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with BulkLoad(tmp_path / "out") as bulk:
        load_into(bulk, [tmp_path / "empty"])
    assert bulk.files is None
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


def test_bulk_load_that_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), BulkLoad(tmp_path / "out") as bulk:
        bulk.write([bulk.layout()(make_report("甲"))])
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_bulk_load_keeps_what_others_share_with_a_replaced_text(tmp_path: Path) -> None:
    shared = ("IMPLEMENTS", "agency:甲局", "mechanism:联席会议", "建立联席会议。")
    only_here = ("IMPLEMENTS", "agency:乙局", "mechanism:包案制度", "落实包案制度。")
    earlier = make_report("甲", (shared, only_here))
    other, later = make_report("乙", (shared,)), make_report("甲")
    files = written([earlier, other, later], tmp_path / "both")
    assert files == written([other, later], tmp_path / "last")
    names = files["nodes-Mechanism.csv"].decode()
    assert "联席会议" in names
    assert "包案制度" not in names
