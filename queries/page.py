"""The questions as a page of the documentation: ``python -m queries.page > docs/questions.md``."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator

from queries.templates import Parameter, Template, load_templates

_HEAD = """# The questions

Written from the headers of `queries/*.cypher`, which also drive the command line, the HTTP
routes and the forms of the explorer page. Ask with `govmech ask NAME parameter=value …`, at
`/questions/NAME?parameter=value`, or paste the file into Neo4j Browser. A parameter of type
AGENCY, MECHANISM, REGULATION, INITIATIVE, REPORT or PLACE takes an id or any name of the node.
"""


def questions_page() -> str:
    """The page in Markdown, the same for the same templates."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    for _, template in sorted(load_templates().items()):
        yield from _question(template)


def _question(template: Template) -> Iterator[str]:
    yield f"## {template.name}\n"
    yield f"**{template.title.zh}** · {template.title.en}\n"
    yield f"{template.purpose.zh} {template.purpose.en}\n"
    if template.example:
        given = (f"{name}={value}" for name, value in template.examples.items())
        yield f"{template.example.zh} {template.example.en}\n"
        yield f"```sh\n{shlex.join(['govmech', 'ask', template.name, *given])}\n```\n"
    if template.parameters:
        yield "| parameter | type | default | meaning |"
        yield "| --- | --- | --- | --- |"
        for p in template.parameters:
            default = "required" if p.required else json.dumps(p.default, ensure_ascii=False)
            yield f"| `{p.name}` | {p.type} | {default} | {p.about.zh} · {p.about.en}{_range(p)} |"
        yield ""
    columns = ", ".join(f"`{c.name}` {c.about.zh}" for c in template.columns)
    yield f"Columns: {columns}.\n"


def _range(parameter: Parameter) -> str:
    if parameter.choices:
        return f"; one of {', '.join(parameter.choices)}"
    if parameter.minimum is not None and parameter.maximum is not None:
        return f"; {parameter.minimum} to {parameter.maximum}"
    return ""


if __name__ == "__main__":
    sys.stdout.write(questions_page())
