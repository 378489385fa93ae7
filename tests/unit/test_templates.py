"""Question files are read, and refused with file and line when header and Cypher differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import TemplateError
from queries.templates import LOOKUPS, QUESTIONS, Text, load_templates, read_template

HEADER = """\
// name: asked
// title: 问题 (Question)
// purpose: 一行一个。 (One row each.)
// param: unit AGENCY, example "甲" - 单位 (unit)
// param: year INTEGER = null, 1900 to 2200 - 年份 (year)
// param: status STRING = "reported", one of "reported" "planned" - 状态 (status)
// column: name STRING - 名称 (name)
// column: year INTEGER - 年份 (year)
:param unit => "agency:甲";
:param year => null;
:param status => "reported";
"""
BODY = """\
MATCH (a:Agency {id: $unit})-[r:IMPLEMENTS]->(m) // CREATE in a comment is no write
WHERE r.year = $year AND r.status = $status AND m.name <> 'DELETE; all'
RETURN m.name AS name, CASE WHEN r.year > 0 THEN r.year END AS year
ORDER BY name
"""


def written(folder: Path, text: str, name: str = "asked") -> Path:
    path = folder / f"{name}.cypher"
    path.write_text(text, encoding="utf-8")
    return path


def test_templates_header_is_signature_and_help(tmp_path: Path) -> None:
    template = read_template(written(tmp_path, HEADER + BODY))
    assert template.title == Text("问题", "Question")
    unit, year, status = template.parameters
    assert (unit.type, unit.required, unit.example) == ("AGENCY", True, "甲")
    assert (year.required, year.default, year.minimum, year.maximum) == (False, None, 1900, 2200)
    assert (status.default, status.choices) == ("reported", ("reported", "planned"))
    assert [(c.name, c.about.zh) for c in template.columns] == [("name", "名称"), ("year", "年份")]
    assert template.cypher.startswith("MATCH")
    assert template.examples == {"unit": "甲"}


def replaced(old: str, new: str) -> str:
    assert old in HEADER + BODY
    return (HEADER + BODY).replace(old, new)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (replaced("// name: asked", "// name: other"), 1, "differs"),
        (replaced("// name: asked\n", ""), 1, "no “name”"),
        (replaced("// purpose: 一行一个。 (One row each.)\n", ""), 1, "no “purpose”"),
        (replaced("问题 (Question)", "Question"), 2, "中文 (English)"),
        (replaced("// name: asked", "// name: asked\n// name: asked"), 2, "twice"),
        (replaced("// name: asked", "// nmae: asked"), 1, "not a header line"),
        (replaced("AGENCY", "OFFICE"), 4, "name TYPE"),
        (replaced(', example "甲"', ""), 4, "example or a default"),
        (replaced('example "甲"', "example 甲"), 4, "JSON"),
        (replaced("1900 to 2200", "often"), 5, "cannot read"),
        (replaced("r.year = $year", "r.year = 2020"), 5, "not used"),
        (replaced("r.year = $year", "r.year = $years"), 13, "“$years” is not declared"),
        (replaced(":param year => null;\n", ""), 5, ":param year"),
        (replaced(":param year => null;", ":param year => null"), 10, "not a header line"),
        (replaced(":param year => null;", ":param yeer => null;"), 5, ":param year"),
        (replaced("ORDER BY name", "ORDER BY name LIMIT $n"), 15, "not declared"),
        (replaced("// column: year INTEGER - 年份 (year)\n", ""), 13, "RETURN gives name, year"),
        (replaced("AS name,", "AS title,"), 14, "the header says name, year"),
        (replaced("END AS year", "END"), 14, "RETURN gives name, ?"),
        (replaced("ORDER BY name", "ORDER BY name;\nMATCH (n) DELETE n"), 15, "one statement"),
        (replaced("ORDER BY name", "SET a.x = 1"), 15, "SET does not"),
        (replaced("MATCH (a", "MERGE (x)\nMATCH (a"), 12, "MERGE does not"),
        (replaced("MATCH (a", "CALL { create (x) }\nMATCH (a"), 12, "CREATE does not"),
        (replaced("MATCH (a", "LOAD CSV FROM 'x' AS l\nMATCH (a"), 12, "LOAD does not"),
        (replaced("MATCH (a", "CALL apoc.load.json('x')\nMATCH (a"), 12, "apoc.load.json"),
        (replaced("MATCH (a", "PROFILE MATCH (a"), 12, "PROFILE does not"),
        (HEADER, 4, "declared and not used"),
    ],
)
def test_templates_refuse_with_file_and_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(TemplateError) as caught:
        read_template(path)
    assert said in str(caught.value)
    assert caught.value.path == str(path)
    assert caught.value.line == line


def test_templates_each_branch_of_a_union_returns_the_columns(tmp_path: Path) -> None:
    both = BODY + "UNION\nMATCH (n:Place) RETURN n.name AS name, 1 AS years\n"
    with pytest.raises(TemplateError, match="RETURN gives name, years"):
        read_template(written(tmp_path, HEADER + both))


def test_templates_a_word_of_writing_may_be_a_name(tmp_path: Path) -> None:
    body = BODY.replace("AS name,", "AS name, // SET\n").replace("'DELETE; all'", "r.set")
    assert read_template(written(tmp_path, HEADER + body)).name == "asked"


def test_templates_unreadable_bytes_are_named(tmp_path: Path) -> None:
    path = tmp_path / "asked.cypher"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(TemplateError, match="UTF-8"):
        load_templates(tmp_path)


@pytest.mark.parametrize("folder", [QUESTIONS, LOOKUPS])
def test_templates_of_the_project_are_sound(folder: Path) -> None:
    templates = load_templates(folder)
    assert list(templates) == sorted(p.stem for p in folder.glob("*.cypher"))
    for template in templates.values():
        assert "/*" not in template.cypher, "the embedded engine knows no block comments"


def test_templates_every_question_has_an_example_call_and_question() -> None:
    for template in load_templates().values():
        assert template.example is not None, template.name
        assert all(p.name in template.examples for p in template.parameters if p.required)


def test_templates_every_sentence_comes_with_report_and_offsets() -> None:
    for template in load_templates().values():
        names = {c.name for c in template.columns}
        if "evidence" in names:
            assert {"report", "title", "year", "start", "end"} <= names, template.name


def test_templates_rows_that_name_a_report_give_its_title() -> None:
    for template in load_templates().values():
        names = {c.name for c in template.columns}
        for column in template.columns:
            if column.type == "REPORT":
                title = column.name.removesuffix("report") + "title"
                assert title in names, f"{template.name}: {column.name}"
