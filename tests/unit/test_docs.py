"""What the documentation says is what the program does."""

import json
import re
from pathlib import Path

import pytest
from typer.main import get_command

from api.analyses import ANALYSES
from api.analyses_page import analyses_page
from api.cli import app
from api.commands.plotting import Figure
from graph.exports_page import exports_page
from graph.guard import check_free_query
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


@pytest.mark.parametrize("readme", READMES)
def test_readme_lists_every_command_and_no_other(readme):
    listed = re.findall(r"^\| `govmech (\w+)", (ROOT / readme).read_text("utf-8"), re.M)
    assert sorted(listed) == sorted(get_command(app).commands)


@pytest.mark.parametrize("readme", READMES)
def test_readme_names_only_options_that_exist(readme):
    commands = get_command(app).commands
    text = (ROOT / readme).read_text("utf-8")
    used = re.findall(r"govmech (\w+)[^`#\n]*? (--[a-z-]+)", text)
    used += [
        (name, option)
        for name, about in re.findall(r"^\| `govmech (\w+)(.*)$", text, re.M)
        for option in re.findall(r"--[a-z-]+", about)
    ]
    assert ("load", "--bulk") in used
    known = {name: {o for p in c.params for o in p.opts} for name, c in commands.items()}
    assert [(name, option) for name, option in used if option not in known[name]] == []


@pytest.mark.parametrize("readme", READMES)
def test_readme_free_query_is_one_that_the_guard_lets_through(readme):
    (body,) = re.findall(r"/cypher' --json '(.*)'$", (ROOT / readme).read_text("utf-8"), re.M)
    check_free_query(json.loads(body)["query"])


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
