"""Evaluation: the pairing rules, by hand-made cases, and against the public scorer."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from graph.errors import ReadError
from loaders.annotation import Annotation
from loaders.evaluate import evaluate, read_gold

SHARED = Path(__file__).parents[3] / "shared"
SCORER = SHARED / "score.py"


def report(**parts: Any) -> Annotation:
    empty: dict[str, Any] = {
        "report": "r",
        "title": "t",
        "unit": "清河市司法局",
        "year": 2022,
        "agencies": [],
        "regulations": [],
        "mechanisms": [],
        "initiatives": [],
        "edges": [],
    }
    return cast(Annotation, {**empty, **parts})


def entity(name: str, *mentions: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "mentions": list(mentions) or [name], **more}


def scores(gold: Annotation, found: Annotation) -> dict[str, tuple[int, int, int]]:
    return {k: (s.tp, s.fp, s.fn) for k, s in evaluate({"r": gold}, {"r": found}).scores.items()}


def test_evaluate_agency_needs_its_canonical_name() -> None:
    gold = report(agencies=[entity("清河市司法局", "我局", also=["清河司法局"])])
    wrong = report(agencies=[entity("河清市司法局", "我局")])
    right = report(agencies=[entity("清河司法局", "本局")])
    assert scores(gold, wrong)["agencies"] == (0, 1, 1)
    assert scores(gold, wrong)["agencies (found)"] == (1, 0, 0)
    assert scores(gold, right)["agencies"] == (1, 0, 0)


def test_evaluate_folds_quotes_width_and_spaces() -> None:
    gold = report(mechanisms=[entity("“３５３０”工作方法")])
    found = report(mechanisms=[entity("3530 工作方法")])
    assert scores(gold, found)["mechanisms"] == (1, 0, 0)


def test_evaluate_near_names_pair_in_near_rows_only() -> None:
    gold = report(mechanisms=[entity("行政执法公示制度")])
    found = report(mechanisms=[entity("执法公示制度")])
    result = scores(gold, found)
    assert result["mechanisms"] == (0, 1, 1)
    assert result["mechanisms ~"] == (1, 0, 0)


def test_evaluate_one_found_name_serves_one_gold_name() -> None:
    gold = report(mechanisms=[entity("甲制度", "甲制度"), entity("乙制度", "甲制度")])
    found = report(mechanisms=[entity("甲制度")])
    assert scores(gold, found)["mechanisms"] == (1, 0, 1)


def test_evaluate_optional_counts_neither_way() -> None:
    gold = report(mechanisms=[entity("五个法治化", optional=True)])
    assert scores(gold, report())["mechanisms"] == (0, 0, 0)
    assert scores(gold, report(mechanisms=[entity("五个法治化")]))["mechanisms"] == (0, 0, 0)


def test_evaluate_edge_pairs_by_type_and_paired_ends() -> None:
    ends = {
        "agencies": [entity("清河市司法局")],
        "mechanisms": [entity("行政执法公示制度")],
    }
    edge = {"type": "IMPLEMENTS", "source": "清河市司法局", "target": "行政执法公示制度"}
    gold = report(**ends, edges=[{**edge, "evidence": "a"}])
    near = report(
        agencies=ends["agencies"],
        mechanisms=[entity("执法公示制度")],
        edges=[{**edge, "target": "执法公示制度", "evidence": "b"}],
    )
    other = report(**ends, edges=[{**edge, "type": "REPORTS_TO", "evidence": "c"}])
    assert scores(gold, near)["IMPLEMENTS"] == (1, 0, 0)
    assert scores(gold, other)["IMPLEMENTS"] == (0, 0, 1)
    assert scores(gold, other)["REPORTS_TO"] == (0, 1, 0)


def test_evaluate_edge_from_a_name_that_gold_lacks_is_extra() -> None:
    gold = report(mechanisms=[entity("甲制度")])
    found = report(
        agencies=[entity("某办公室")],
        mechanisms=[entity("甲制度")],
        edges=[{"type": "IMPLEMENTS", "source": "某办公室", "target": "甲制度", "evidence": "x"}],
    )
    assert scores(gold, found)["IMPLEMENTS"] == (0, 1, 0)


def test_evaluate_missing_report_is_all_missed() -> None:
    gold = report(mechanisms=[entity("甲制度")])
    result = evaluate({"r": gold}, {})
    assert result.scores["mechanisms"].fn == 1
    assert result.scores["unit"].fn == 1
    assert result.scores["year"].recall == 0.0


def test_evaluate_names_what_a_near_miss_met() -> None:
    gold = report(mechanisms=[entity("行政执法公示制度"), entity("重大决策听证制度")])
    found = report(mechanisms=[entity("执法公示制度"), entity("午间不间断")])
    told = {
        (m.kind, m.gold, m.found)
        for m in evaluate({"r": gold}, {"r": found}).mistakes
        if m.row == "mechanisms"
    }
    assert told == {
        ("near", "行政执法公示制度", "执法公示制度"),
        ("missed", "重大决策听证制度", ""),
        ("extra", "", "午间不间断"),
    }


def test_evaluate_gold_folder_without_annotations_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no folder with gold"):
        read_gold(tmp_path)
    (tmp_path / "a.json").write_text("[1]", "utf-8")
    with pytest.raises(ReadError, match=r"a\.json"):
        read_gold(tmp_path)


@pytest.mark.skipif(not SCORER.exists(), reason="the public scorer is not beside the checkout")
@pytest.mark.parametrize("seed", range(4))
def test_evaluate_agrees_with_the_public_scorer(tmp_path: Path, seed: int) -> None:
    gold = read_gold(SHARED / "gold")
    for name, annotation in gold.items():
        damaged = _damage(annotation, random.Random(f"{name}{seed}"))
        (tmp_path / f"{name}.json").write_text(json.dumps(damaged), "utf-8")
    command = [sys.executable, str(SCORER), str(SHARED / "gold"), str(tmp_path), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    ours = evaluate(gold, read_gold(tmp_path))
    assert theirs.pop("reports") == ours.reports
    assert theirs == {row: ours.scores[row].as_json() for row in theirs}


def _damage(annotation: Annotation, rng: random.Random) -> dict[str, Any]:
    """Drop, cut and rename a part of what gold says, and forget what is optional."""
    damaged: dict[str, Any] = json.loads(json.dumps(annotation))
    for kind in ("agencies", "regulations", "mechanisms", "initiatives"):
        kept = [e for e in damaged[kind] if rng.random() > 0.15]
        renamed = {}
        for item in kept:
            item.pop("optional", None)
            if rng.random() < 0.3:
                renamed[item["name"]] = item["name"][rng.randrange(0, 3) :] or "无"
                item["name"] = renamed[item["name"]]
                item["mentions"] = item["mentions"][:1]
                item.pop("also", None)
        rng.shuffle(kept)
        damaged[kind] = kept
        for edge in damaged["edges"]:
            edge["source"] = renamed.get(edge["source"], edge["source"])
            edge["target"] = renamed.get(edge["target"], edge["target"])
    damaged["edges"] = [e for e in damaged["edges"] if rng.random() > 0.2]
    if rng.random() < 0.5:
        damaged["year"] = None
    return damaged
