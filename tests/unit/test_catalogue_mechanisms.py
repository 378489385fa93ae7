"""The catalogues that a researcher edits: what they hold, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import CatalogueError
from loaders.naming.concepts import catalogue, load_catalogue

ENTRY = """
  - name: 甲乙制度
    en: A and B
    aliases: [甲乙办法]
    definition: 一句话。
"""


def _folder(tmp_path: Path, entries: str, head: str = "field: 试验\nentries:\n") -> Path:
    (tmp_path / "test.yaml").write_text(head + entries, "utf-8")
    return tmp_path


def test_catalogue_mechanisms_cover_the_field() -> None:
    mechanisms = catalogue("mechanisms").by_name
    assert len(mechanisms) >= 200
    fields = {c.field for c in mechanisms.values()}
    assert {"信访", "行政决策", "行政执法", "政务服务", "政务公开", "矛盾纠纷化解"} <= fields
    assert len(catalogue("initiatives").by_name) >= 60


@pytest.mark.parametrize("kind", ["mechanisms", "initiatives"])
def test_catalogue_mechanisms_every_wording_leads_home(kind: str) -> None:
    known = catalogue(kind)  # type: ignore[arg-type]
    for concept in known.by_name.values():
        for surface in (concept.name, *concept.aliases):
            assert known.resolve(surface) is concept


def test_catalogue_mechanisms_leaves_campaigns_to_the_initiatives() -> None:
    """职业伤害保障试点 ends, 职业伤害保障 stays: no wording of the one leads to the other."""
    ends = ("行动", "试点", "活动", "专项整治", "宣传月", "宣传周", "大赛", "竞赛", "攻坚", "工程")
    for concept in catalogue("mechanisms").by_name.values():
        if not concept.name.rstrip("”").endswith(ends):
            assert [a for a in concept.aliases if a.rstrip("”").endswith(ends)] == []


def test_catalogue_mechanisms_resolves_wordings_it_does_not_list() -> None:
    known = catalogue("mechanisms")
    plain, quoted = known.resolve("网格化管理工作制度"), known.resolve("“网格化管理”机制")
    assert plain is quoted is known.by_name["网格化管理"]


def test_catalogue_mechanisms_reads_an_entry(tmp_path: Path) -> None:
    known = load_catalogue(_folder(tmp_path, ENTRY))
    concept = known.resolve("甲乙办法")
    assert concept is not None
    assert (concept.name, concept.field, concept.legal_basis) == ("甲乙制度", "试验", ())


def test_catalogue_mechanisms_kept_from_the_last_start_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "caches"))
    common = ENTRY.replace("甲乙", "丙丁") + "    covers: false\n    broader: 甲乙制度\n"
    folder = _folder(tmp_path, ENTRY + common)
    first = load_catalogue(folder)
    assert load_catalogue(folder) == first
    assert first.plain == {"甲乙制度", "甲乙办法"}
    _folder(tmp_path, ENTRY + common.replace("丙丁办法", "戊己办法"))
    edited = load_catalogue(folder)
    assert edited.resolve("戊己办法") is edited.by_name["丙丁制度"]
    assert edited.resolve("丙丁办法") is None
    _folder(tmp_path, common)
    for _ in range(2):
        with pytest.raises(CatalogueError, match="甲乙制度"):
            load_catalogue(folder)


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        (ENTRY + ENTRY, "twice"),
        (ENTRY + ENTRY.replace("甲乙制度", "丙丁制度"), "leads to both"),
        (ENTRY.replace("    en: A and B\n", ""), "lacks en"),
        (ENTRY.replace("    definition: 一句话。\n", ""), "lacks definition"),
        (ENTRY + "    colour: red\n", "unknown fields colour"),
        (ENTRY + "    broader: 没有\n", "没有"),
        (ENTRY + "    broader: 甲乙制度\n", "circle"),
        (ENTRY.replace("[甲乙办法]", "甲乙办法"), "list of names"),
        ("  - 甲乙制度\n", "mapping"),
        ("  - [\n", "cannot be read"),
    ],
)
def test_catalogue_mechanisms_refuses(tmp_path: Path, entries: str, says: str) -> None:
    with pytest.raises(CatalogueError, match=says) as caught:
        load_catalogue(_folder(tmp_path, entries))
    assert str(tmp_path) in caught.value.path


def test_catalogue_mechanisms_refuses_a_file_without_entries(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="entries"):
        load_catalogue(_folder(tmp_path, "", head="field: 试验\n"))
    with pytest.raises(CatalogueError, match="no entries"):
        load_catalogue(tmp_path / "nowhere")
