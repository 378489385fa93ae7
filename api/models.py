"""Response models: what an answer looks like, made from the headers of questions and lookups.

They describe; answers are written from rows as they are, without being checked
against them one by one. The contract tests and the fuzzer hold the two together.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel, Field, create_model

from api.facets import FacetCounts
from graph.schema import id_name
from queries.templates import NODE_TYPES, Column, Template

_TYPES: dict[str, Any] = {
    "INTEGER": int,
    "FLOAT": float,
    "BOOLEAN": bool,
    "LIST<STRING>": list[str],
    "LIST<INTEGER>": list[int],
}
_EXAMPLES: dict[str, Any] = {
    "AGENCY": "agency:北京市信访办公室",
    "REGULATION": "regulation:信访工作条例",
    "MECHANISM": "mechanism:领导包案",
    "INITIATIVE": "initiative:“八五”普法",
    "REPORT": "report:北京市信访办公室:2022:信访工作年度报告",
    "PLACE": "place:北京市",
    "NODE": "mechanism:领导包案",
    "INTEGER": 3,
    "FLOAT": 0.5,
    "BOOLEAN": False,
    # By what the column is called, or what its name ends in.
    "year": 2022,
    "issued": 2022,
    "start": 19,
    "end": 25,
    "title": "北京市信访办公室2022年信访工作年度报告",
    "evidence": "推行领导包案",
    "level": "省",
    "line": "信访",
    "place": "北京市",
    "status": "reported",
    "field": "信访",
    "definition": "由一名领导负责一件疑难事项，从受理到办结。",
    "name_en": "Leaders take charge of cases",
    "ended": "2022-05-01",
    "published": "2023-03-01",
    "indicator": "领导包案办结",
    "wording": "四百件",
    "plan": "来年建立领导包案",
    "result": "领导包案全面实行",
    "legal_basis": ["信访工作条例"],
    "cited": ["信访工作条例"],
    "aliases": ["包案制度"],
    "names": ["包案制度"],
}


class Words(BaseModel):
    """A text in both languages."""

    zh: str = Field(examples=["单位"])
    en: str = Field(examples=["unit"])


class ParameterCard(BaseModel):
    """A parameter of a question; a form field is made from it."""

    name: str = Field(examples=["mechanism"])
    type: str = Field(examples=["MECHANISM"])
    about: Words
    required: bool
    default: Any = Field(description="值 (value where none is given)")
    example: Any = Field(examples=["领导包案"])
    choices: list[str] = Field(description="可选的值；空为不限 (only values; empty for any)")
    minimum: int | None
    maximum: int | None


class ColumnCard(BaseModel):
    """A column of an answer."""

    name: str = Field(examples=["agency"])
    type: str = Field(examples=["AGENCY"])
    about: Words


class QuestionCard(BaseModel):
    """A question as it is declared."""

    name: str = Field(examples=["units_applying_mechanism"])
    title: Words
    purpose: Words
    example: Words | None
    parameters: list[ParameterCard]
    columns: list[ColumnCard]


class QuestionList(BaseModel):
    """Every question that can be asked."""

    results: list[QuestionCard]


@cache
def row_model(template: Template, name: str = "") -> type[BaseModel]:
    """A row of a template's answer.

    Args:
        template: Whose columns.
        name: What the model is called; after the template where it is not said.
    """
    first = next((c.type for c in template.columns if c.type in NODE_TYPES), "NODE")
    columns: dict[str, Any] = {c.name: _field(c, first) for c in template.columns}
    return create_model(
        name or f"{_class_name(template)}Row", __doc__=str(template.purpose), **columns
    )


@cache
def answer_model(template: Template) -> type[BaseModel]:
    """The answer to a question."""
    row = row_model(template)
    parameters = Field(description="参数，名称已成标识 (as they were used, names as ids)")
    return create_model(
        f"{_class_name(template)}Answer",
        __doc__=str(template.title),
        question=(str, Field(examples=[template.name])),
        title=(Words, ...),
        parameters=(dict[str, Any], parameters),
        columns=(list[ColumnCard], ...),
        rows=(list[row], ...),  # type: ignore[valid-type]
        truncated=(bool, Field(description="可能还有更多行 (the limit may have cut rows off)")),
        remark=(
            str | None,
            Field(description="目录内而无报告引用的法规 (of a regulation that no report cites)"),
        ),
        csv=(str, Field(description="同一答案的 CSV (the same as CSV)")),
        excel=(str, Field(description="同一答案的表格 (the same for spreadsheets)")),
    )


@cache
def page_model(template: Template, *, facets: bool = False) -> type[BaseModel]:
    """A page of a list.

    Args:
        template: What is listed.
        facets: Whether counts can come with it.
    """
    row = row_model(template)
    fields: dict[str, Any] = {
        "results": (list[row], ...),  # type: ignore[valid-type]
        "limit": (int, Field(examples=[50])),
        "next": (str | None, Field(description="下一页；末页为空 (next page; null on the last)")),
    }
    if facets:
        counts = Field(default=None, description="仅在要求时 (only where asked for)")
        fields["facets"] = (dict[str, FacetCounts] | None, counts)
    return create_model(f"{_class_name(template)}Page", __doc__=str(template.title), **fields)


@cache
def node_model(template: Template, neighbours: Template) -> type[BaseModel]:
    """A node with its first neighbours."""
    row = row_model(neighbours)
    return create_model(
        _class_name(template),
        __base__=row_model(template, f"{_class_name(template)}Properties"),
        __doc__=str(template.title),
        label=(str, Field(description="类别 (label)")),
        adjacent=(list[row], Field(description="前几条关系 (first relationships)")),  # type: ignore[valid-type]
        adjacent_url=(str, Field(description="全部关系 (all of them, paged)")),
        remark=(
            str | None,
            Field(description="目录内而无报告引用的法规 (of a regulation that no report cites)"),
        ),
    )


@cache
def found_model(template: Template) -> type[BaseModel]:
    """A page of what was found."""
    return create_model(
        f"{_class_name(template)}Found",
        __base__=page_model(template),
        __doc__=str(template.title),
        offset=(int, Field(description="跳过的行数 (rows skipped)", examples=[0])),
        truncated=(bool, Field(description="可能还有 (there may be more)")),
    )


@cache
def rows_model(template: Template) -> type[BaseModel]:
    """A list without further pages."""
    row = row_model(template)
    rows = (list[row], ...)  # type: ignore[valid-type]
    return create_model(f"{_class_name(template)}List", __doc__=str(template.title), results=rows)


def _field(column: Column, node_type: str) -> tuple[Any, Any]:
    """Type and description of a column; a name is that of the row's first node."""
    named = column.type in NODE_TYPES  # is called after the node, whatever the column is called
    keys = () if named else (column.name, column.name.rpartition("_")[2])
    examples = [_EXAMPLES[k] for k in (*keys, column.type) if k in _EXAMPLES][:1]
    if column.name == "name":
        examples = [id_name(_EXAMPLES[node_type])]
    described = Field(
        description=f"{column.about.zh} ({column.about.en})", examples=examples or None
    )
    return _TYPES.get(column.type, str) | None, described


def _class_name(template: Template) -> str:
    return "".join(word.capitalize() for word in template.name.split("_"))
