"""What the documentation says is what the program does."""

import re
from pathlib import Path

import pytest

from api.analyses import ANALYSES
from api.analyses_page import analyses_page
from api.commands.plotting import Figure
from graph.exports_page import exports_page
from graph.schema_page import schema_page
from graph.settings import PREFIX, Settings
from graph.shapes import shapes
from queries.page import questions_page

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh.md")


@pytest.mark.parametrize(
    ("page", "written", "command"),
    [
        ("graph.md", schema_page, "graph.schema_page"),
        ("exports.md", exports_page, "graph.exports_page"),
        ("shapes.ttl", shapes, "graph.shapes"),
        ("questions.md", questions_page, "queries.page"),
        ("analyses.md", analyses_page, "api.analyses_page"),
    ],
)
def test_docs_pages_follow_their_source(page, written, command):
    found = (ROOT / "docs" / page).read_text("utf-8")
    assert found == written(), f"run: uv run python -m {command} > docs/{page}"


def test_docs_describe_every_setting_and_no_other():
    described = set(
        re.findall(rf"^\| `({PREFIX}\w+)`", (ROOT / "docs/settings.md").read_text("utf-8"), re.M)
    )
    assert described == {f"{PREFIX}{name}".upper() for name in Settings.model_fields}


@pytest.mark.parametrize("readme", READMES)
def test_readme_names_the_two_commands(readme):
    text = (ROOT / readme).read_text("utf-8")
    assert "pip install uv && uv run govmech start" in text
    assert "pip install uv && uv run pytest" in text


@pytest.mark.parametrize("readme", READMES)
def test_readme_links_lead_somewhere(readme):
    text = (ROOT / readme).read_text("utf-8")
    local = [t.partition("#")[0] for t in re.findall(r"\]\(([^)]+)\)", text) if "://" not in t]
    assert local
    assert [t for t in local if not (ROOT / t).exists()] == []


@pytest.mark.parametrize("readme", READMES)
def test_readme_asks_questions_that_exist(readme):
    asked = set(re.findall(r"govmech ask ([a-z_]+)", (ROOT / readme).read_text("utf-8")))
    known = {p.stem for p in (ROOT / "queries").glob("*.cypher")}
    assert asked
    assert asked <= known


def test_docs_name_only_questions_and_analyses_that_exist():
    page = (ROOT / "docs/analyses.md").read_text("utf-8")
    for command, known in (
        ("ask", {p.stem for p in (ROOT / "queries").glob("*.cypher")}),
        ("analyse", set(ANALYSES)),
        ("plot", {figure.value for figure in Figure}),
    ):
        named = set(re.findall(rf"(?:govmech |`){command} ([a-z_]+)", page))
        assert named
        assert named <= known
