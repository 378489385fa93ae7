"""Questions: one ``.cypher`` file each, and the reader of their headers.

A file opens with comment lines and goes on with plain Cypher::

    // name: mechanisms_of_unit
    // title: 某单位采用哪些机制 (Which mechanisms a unit applies)
    // purpose: 一行一份报告中的一项机制。 (One row for each mechanism and report.)
    // example: 北京市信访办公室采用哪些机制？ (Which mechanisms does … apply?)
    // param: unit AGENCY, example "北京市信访办公室" - 单位 (unit)
    // param: year INTEGER = null, 1949 to 2100 - 年份 (year covered)
    // param: status STRING = null, one of "reported" "planned" - 状态 (status)
    // column: mechanism MECHANISM - 机制 (mechanism)
    :param unit => "agency:北京市信访办公室";
    :param year => null;
    :param status => null;
    MATCH …

Every text for people is Chinese, then English in round brackets. ``:param``
lines are commands of Neo4j Browser, so that a file pastes and runs there as it is.

Types of parameters: ``STRING``, ``INTEGER``, ``BOOLEAN``, ``LIST<STRING>``;
``AGENCY``, ``REGULATION``, ``MECHANISM``, ``INITIATIVE``, ``REPORT``, ``PLACE``
(a person gives an id or any name, Cypher gets the id), ``NODE`` (any of these)
and ``SEARCH`` (a person gives words, Cypher gets a full-text query). Columns may
be ``FLOAT`` and ``LIST<INTEGER>`` too; a node's type there means its id.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from graph.errors import TemplateError
from queries import cypher

QUESTIONS = Path(__file__).parent
"""Folder of the questions that people ask."""

LOOKUPS = QUESTIONS / "lookups"
"""Folder of those that the doors ask for themselves: lists, details, names."""

NODE_TYPES = ("AGENCY", "REGULATION", "MECHANISM", "INITIATIVE", "REPORT", "PLACE", "NODE")
_VALUE_TYPES = ("STRING", "INTEGER", "BOOLEAN", "LIST<STRING>")
_PARAMETER_TYPES = (*_VALUE_TYPES, *NODE_TYPES, "SEARCH")
_COLUMN_TYPES = (*_VALUE_TYPES, *NODE_TYPES, "FLOAT", "LIST<INTEGER>")

_LINE = re.compile(r"//\s*(?P<key>name|title|purpose|example|param|column)\s*:\s*(?P<rest>.*)")
_BROWSER = re.compile(r":param\s+(?P<name>\w+)\s*=>\s*\S.*;\s*\Z")
_PARAM = re.compile(r"(?P<name>\w+) (?P<type>[A-Z<>]+)(?P<rest>.*?) - (?P<about>[^\n]*)\Z")
_COLUMN = re.compile(r"(?P<name>\w+) (?P<type>[A-Z<>]+) - (?P<about>.*)\Z")
_RANGE = re.compile(r"(?P<low>-?\d+) to (?P<high>-?\d+)")
_BILINGUAL = re.compile(r"(?P<zh>[^()]*\S) \((?P<en>.+)\)\Z")


@dataclass(frozen=True, slots=True)
class Text:
    """A text for people, in two languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} ({self.en})"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question takes.

    Args:
        name: As in Cypher, without ``$``.
        type: See the module's first lines.
        about: What it means.
        required: Whether it must be given.
        default: Value when it is not given.
        example: A value that makes sense, as a person would give it.
        choices: The only values allowed; empty for any.
        minimum: Smallest INTEGER allowed.
        maximum: Largest INTEGER allowed.
    """

    name: str
    type: str
    about: Text
    required: bool
    default: object = None
    example: object = None
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer: name as in RETURN, type, and what it means."""

    name: str
    type: str
    about: Text


@dataclass(frozen=True, slots=True)
class Template:
    """A question.

    Args:
        name: The question in words, equal to the file's name.
        title: What is asked.
        purpose: What a row is.
        example: The question as a person would ask it; empty for lookups.
        parameters: In the order of the file.
        columns: In the order of RETURN.
        cypher: The statement, without header.
        path: The file.
    """

    name: str
    title: Text
    purpose: Text
    example: Text | None
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    cypher: str
    path: str

    @property
    def examples(self) -> dict[str, object]:
        """Parameters that make an example call."""
        return {p.name: p.example for p in self.parameters if p.example is not None}


def load_templates(folder: Path = QUESTIONS) -> Mapping[str, Template]:
    """Read every question of a folder.

    Args:
        folder: Holds ``.cypher`` files; folders inside it are not entered.
    Returns:
        Templates by name, in alphabetical order.
    Raises:
        TemplateError: A header is wrong; ``path`` and ``line`` say where.
    """
    found: dict[str, Template] = {}
    for path in sorted(folder.glob("*.cypher")):
        found[path.stem] = read_template(path)
    return MappingProxyType(found)


def read_template(path: Path) -> Template:
    """Read one question and check that header and Cypher say the same.

    Raises:
        TemplateError: They do not, or the Cypher does more than one read.
    """
    return _Reader(path).template()


class _Reader:
    """One file on its way to a template; holds what errors need to know."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.stem = path.stem
        self.once: dict[str, tuple[str, int]] = {}
        self.parameters: dict[str, tuple[Parameter, int]] = {}
        self.columns: dict[str, tuple[Column, int]] = {}
        self.browser: dict[str, int] = {}
        try:
            self.lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as exc:
            raise TemplateError(
                f"cannot be read as UTF-8 text: {exc}", path=self.path, line=1
            ) from exc

    def error(self, message: str, line: int) -> TemplateError:
        return TemplateError(message, path=self.path, line=line)

    def template(self) -> Template:
        end = next(
            (n for n, line in enumerate(self.lines) if not line.startswith(("//", ":"))),
            len(self.lines),
        )
        for number, line in enumerate(self.lines[:end], start=1):
            self.header_line(line, number)
        for key in ("name", "title", "purpose"):
            if key not in self.once:
                raise self.error(f"the header has no “{key}”", 1)
        name, at = self.once["name"]
        if name != self.stem:
            raise self.error(f"name “{name}” differs from the file's name “{self.stem}”", at)
        body = "\n".join(self.lines[end:]).strip("\n")
        self.check(list(cypher.tokens(body, end + 1)), end + 1)
        example = self.text(*self.once["example"]) if "example" in self.once else None
        return Template(
            name=name,
            title=self.text(*self.once["title"]),
            purpose=self.text(*self.once["purpose"]),
            example=example,
            parameters=tuple(p for p, _ in self.parameters.values()),
            columns=tuple(c for c, _ in self.columns.values()),
            cypher=body,
            path=self.path,
        )

    def header_line(self, line: str, number: int) -> None:
        if match := _BROWSER.match(line):
            self.browser[match["name"]] = number
            return
        match = _LINE.match(line)
        if not match:
            hint = "; Neo4j Browser takes “:param name => value;”" if ":param" in line else ""
            raise self.error(f"not a header line: {line[:60]}{hint}", number)
        key, rest = match["key"], match["rest"].strip()
        if key == "param":
            parameter = self.parameter(rest, number)
            if parameter.name in self.parameters:
                raise self.error(f"parameter “{parameter.name}” is declared twice", number)
            self.parameters[parameter.name] = (parameter, number)
        elif key == "column":
            column = self.column(rest, number)
            if column.name in self.columns:
                raise self.error(f"column “{column.name}” is declared twice", number)
            self.columns[column.name] = (column, number)
        elif key in self.once:
            raise self.error(f"“{key}” stands twice", number)
        else:
            self.once[key] = (rest, number)

    def text(self, value: str, number: int) -> Text:
        match = _BILINGUAL.match(value)
        if not match:
            raise self.error(f"not “中文 (English)”: {value[:60]}", number)
        return Text(match["zh"], match["en"])

    def column(self, rest: str, number: int) -> Column:
        match = _COLUMN.match(rest)
        if not match or match["type"] not in _COLUMN_TYPES:
            raise self.error(f"not “name TYPE - 中文 (English)”: {rest[:60]}", number)
        return Column(match["name"], match["type"], self.text(match["about"], number))

    def parameter(self, rest: str, number: int) -> Parameter:
        match = _PARAM.match(rest)
        if not match or match["type"] not in _PARAMETER_TYPES:
            raise self.error(f"not “name TYPE … - 中文 (English)”: {rest[:60]}", number)
        about = self.text(match["about"], number)
        options = match["rest"].strip()
        required, default, example = True, None, None
        choices: tuple[str, ...] = ()
        low = high = None
        if options.startswith("="):
            required = False
            default, options = self.json(options[1:].lstrip(), number)
        while options:
            options = options.lstrip(", ")
            if options.startswith("example "):
                example, options = self.json(options[len("example ") :], number)
            elif options.startswith("one of "):
                options = options[len("one of ") :]
                while options.startswith('"'):
                    choice, options = self.json(options, number)
                    choices = (*choices, str(choice))
                    options = options.lstrip()
            elif bounds := _RANGE.match(options):
                low, high = int(bounds["low"]), int(bounds["high"])
                options = options[bounds.end() :]
            else:
                raise self.error(f"cannot read “{options[:40]}”", number)
        if required and example is None:
            raise self.error(f"parameter “{match['name']}” needs an example or a default", number)
        return Parameter(
            match["name"], match["type"], about, required, default, example, choices, low, high
        )

    def json(self, text: str, number: int) -> tuple[object, str]:
        try:
            value, end = json.JSONDecoder().raw_decode(text)
        except ValueError as exc:
            raise self.error(f"not a JSON value: {text[:40]}", number) from exc
        return value, text[end:].strip()

    def check(self, statement: list[cypher.Token], start: int) -> None:
        """Compare header and Cypher."""
        if problem := cypher.forbidden(statement):
            raise self.error(problem[0], problem[1])
        used = cypher.parameters(statement)
        for name, line in used.items():
            if name not in self.parameters:
                raise self.error(f"parameter “${name}” is not declared", line)
        for name, (_, line) in self.parameters.items():
            if name not in used:
                raise self.error(f"parameter “{name}” is declared and not used", line)
            if name not in self.browser:
                raise self.error(f"parameter “{name}” has no “:param {name} => …;” line", line)
        for name, line in self.browser.items():
            if name not in self.parameters:
                raise self.error(f"“:param {name}” is no parameter of this question", line)
        if not self.columns:
            raise self.error("the header has no “column”", 1)
        declared = list(self.columns)
        returned = list(cypher.columns(statement))
        if not returned:
            raise self.error("the Cypher returns nothing", start)
        for names, line in returned:
            if names != declared:
                raise self.error(
                    f"RETURN gives {', '.join(names)}; the header says {', '.join(declared)}", line
                )
