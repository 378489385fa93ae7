"""What docs/mcp.md tells people to paste, and what it promises."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.commands.assisting import PORT
from api.mcp.bounds import LONGEST_CELL, MOST_CHARACTERS, MOST_ROWS
from api.mcp.server import PATH
from api.mcp.tools import LONGEST_TEXT, TOOLS, USUAL_ROWS
from api.questions import questions

PAGE = (Path(__file__).parents[2] / "docs" / "mcp.md").read_text("utf-8")
_CONFIGURATIONS = re.findall(r"^```json\n(.*?)^```$", PAGE, re.M | re.S)


@pytest.mark.parametrize("configuration", _CONFIGURATIONS)
def test_docs_mcp_configurations_name_a_command_with_its_options(configuration: str) -> None:
    server = json.loads(configuration)["mcpServers"]["govmech"]
    words = [server["command"], *server["args"]]
    command = words[words.index("govmech") + 1 :]
    shown = CliRunner().invoke(app, [*command, "--help"])
    assert shown.exit_code == 0, shown.output


def test_docs_mcp_names_every_tool_that_is_no_question() -> None:
    assert set(re.findall(r"^\| `(\w+)`", PAGE, re.M)) == set(TOOLS) - set(questions)


def test_docs_mcp_states_address_and_bounds() -> None:
    assert f"http://127.0.0.1:{PORT}{PATH}" in PAGE
    bounds = (
        f"{MOST_ROWS} rows ({USUAL_ROWS} unless asked), {MOST_CHARACTERS:,} characters of rows, "
        f"{LONGEST_CELL:,} of one value, {LONGEST_TEXT:,} of a report"
    )
    assert bounds in PAGE
