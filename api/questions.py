"""Ask a question of the graph: the one way in for HTTP, command line and assistants."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.names import resolve_name
from graph.errors import BadParameter, NotCited, UnknownQuestion
from graph.schema import NODE_TYPES as SCHEMA_NODES
from graph.store import Row, Store
from loaders.segment import search_query
from queries.templates import NODE_TYPES, Column, Parameter, Template, load_templates

questions: Mapping[str, Template] = load_templates()
"""Every question by name."""

LONGEST = 1_000
"""Characters of one value; no name is longer."""

_LABELS = {n.label.upper(): n.label for n in SCHEMA_NODES}
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_TRUTH = {"true": True, "false": False, "1": True, "0": False, "是": True, "否": False}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gave.

    Args:
        template: The question.
        params: Parameters as they reached the store: typed, names as ids.
        columns: In the order of the template.
        rows: One dictionary each, keys in the order of the columns.
        remark: What a person should know beside the rows: that a regulation asked for is
            in the catalogue, but cited by no loaded report.
    """

    template: Template
    params: Mapping[str, object]
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    remark: str | None = None

    @property
    def truncated(self) -> bool:
        """Whether the limit may have cut rows off."""
        return len(self.rows) == self.params.get("limit")


def ask(store: Store, name: str, params: Mapping[str, object]) -> Answer:
    """Ask a question.

    Args:
        store: What to ask.
        name: Name of a template.
        params: Values by parameter name, typed or as text; nodes by id or any name.
    Raises:
        UnknownQuestion: No such template; the message suggests near ones.
        BadParameter: A value is missing, unknown, or not of the declared type.
        UnknownName: A node's name fits none.
        AmbiguousName: It fits several.
        StoreError: The store did not answer.
    """
    template = find_question(name)
    return run_template(store, template, params)


def find_question(name: str) -> Template:
    """The template of that name.

    Raises:
        UnknownQuestion: There is none.
    """
    if name in questions:
        return questions[name]
    near = difflib.get_close_matches(name[:LONGEST], list(questions), n=3, cutoff=0.5)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise UnknownQuestion(f"there is no question “{name[:80]}”{hint}")


def run_template(store: Store, template: Template, params: Mapping[str, object]) -> Answer:
    """Check and convert the values, then run a template.

    Raises:
        BadParameter: See :func:`ask`; likewise the others.
    """
    values, remark = read_values(store, template, params)
    # Signs alone find nothing, and an engine would say that they are no query.
    is_wordless = any(p.type == "SEARCH" and not values[p.name] for p in template.parameters)
    rows = [] if is_wordless else store.run(template.cypher, values)
    return Answer(template, values, template.columns, rows, remark)


def read_values(
    store: Store, template: Template, params: Mapping[str, object]
) -> tuple[dict[str, object], str | None]:
    """Values of a template's parameters, checked and converted, names as ids.

    Returns:
        The values, and the remark of :class:`Answer`.
    Raises:
        BadParameter: See :func:`ask`; likewise the others.
    """
    declared = {p.name: p for p in template.parameters}
    for given in params:
        if given not in declared:
            known = ", ".join(declared) or "none"
            raise BadParameter(f"{template.name} has no parameter “{given[:80]}”; it has {known}")
    values: dict[str, object] = {}
    remark: str | None = None
    for parameter in template.parameters:
        try:
            values[parameter.name] = _value(store, parameter, params.get(parameter.name))
        except NotCited as exc:  # nothing to find, which is an answer
            values[parameter.name], remark = exc.id, str(exc)
    return values, remark


def _value(store: Store, parameter: Parameter, given: object) -> object:
    if given is None or given == "":
        if parameter.required:
            example = f", for example {parameter.example}"
            raise BadParameter(f"“{parameter.name}” ({parameter.about.zh}) is needed{example}")
        return parameter.default
    if parameter.type == "INTEGER":
        return _integer(parameter, given)
    if parameter.type == "BOOLEAN":
        return _boolean(parameter, given)
    if parameter.type == "LIST<STRING>":
        values = given if isinstance(given, list | tuple) else [given]
        return [_string(parameter, v) for v in values]
    text = _string(parameter, given)
    if parameter.type == "SEARCH":
        return search_query(text)
    if parameter.type in NODE_TYPES:
        return resolve_name(store, text, _LABELS.get(parameter.type))
    if parameter.choices and text not in parameter.choices:
        raise BadParameter(f"“{parameter.name}” is one of {', '.join(parameter.choices)}")
    return text


def _string(parameter: Parameter, given: object) -> str:
    if not isinstance(given, str):
        raise BadParameter(f"“{parameter.name}” is text")
    if len(given) > LONGEST:
        raise BadParameter(f"“{parameter.name}” has more than {LONGEST} characters")
    # Both engines would fail on these, each in its own way.
    if any(c == "\0" or "\ud800" <= c <= "\udfff" for c in given):
        raise BadParameter(f"“{parameter.name}” has characters that no text has")
    return given


def _integer(parameter: Parameter, given: object) -> int:
    if isinstance(given, str) and _INTEGER.fullmatch(given.strip()):
        given = int(given)
    if not isinstance(given, int) or isinstance(given, bool):
        raise BadParameter(f"“{parameter.name}” is a whole number")
    low = parameter.minimum if parameter.minimum is not None else -(2**63)
    high = parameter.maximum if parameter.maximum is not None else 2**63 - 1
    if not low <= given <= high:
        raise BadParameter(f"“{parameter.name}” is a whole number from {low} to {high}")
    return given


def _boolean(parameter: Parameter, given: object) -> bool:
    value = _TRUTH.get(given.strip().lower()) if isinstance(given, str) else given
    if not isinstance(value, bool):
        raise BadParameter(f"“{parameter.name}” is true or false")
    return value
