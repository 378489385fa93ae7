"""Questions: the list, and one route for each template, its parameters from the header."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import openapi
from api.deps import StoreDep, query_values
from api.models import QuestionList, answer_model
from api.questions import Answer, ask, find_question, questions
from api.responses import ENDINGS, asked_format, csv_response, json_response, next_link
from queries.templates import Template, Text

router = APIRouter(tags=["questions"])


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


@cache
def describe(template: Template) -> dict[str, Any]:
    """A template as the list of questions shows it; forms are made from it."""
    return {
        "name": template.name,
        "title": _text(template.title),
        "purpose": _text(template.purpose),
        "example": _text(template.example) if template.example else None,
        "parameters": [
            {
                "name": p.name,
                "type": p.type,
                "about": _text(p.about),
                "required": p.required,
                "default": p.default,
                "example": p.example,
                "choices": list(p.choices),
                "minimum": p.minimum,
                "maximum": p.maximum,
            }
            for p in template.parameters
        ],
        "columns": [
            {"name": c.name, "type": c.type, "about": _text(c.about)} for c in template.columns
        ],
    }


@router.get(
    "/questions",
    summary="可提的问题 (Questions that can be asked)",
    responses=openapi.content(QuestionList, csv=False),
)
def list_questions() -> Response:
    """Every question with its parameters and columns."""
    return json_response({"results": [describe(t) for t in questions.values()]})


def answer_response(request: Request, answer: Answer, ending: str = "") -> Response:
    """An answer in the form that the request wants.

    Args:
        request: The request.
        answer: The answer.
        ending: What its path ends in: ``csv``, ``json`` or nothing.
    """
    wanted = asked_format(request, ending)
    if wanted != "json":
        return csv_response(
            answer.columns, answer.rows, answer.template.name, excel=wanted == "excel"
        )
    described = describe(answer.template)
    return json_response(
        {
            "question": answer.template.name,
            "title": described["title"],
            "parameters": dict(answer.params),
            "columns": described["columns"],
            "rows": answer.rows,
            "truncated": answer.truncated,
            "remark": answer.remark,
            "csv": next_link(request, format="csv"),
            "excel": next_link(request, format="excel"),
        }
    )


@router.get("/questions/{name}", include_in_schema=False)
def answer_question(name: str, request: Request, store: StoreDep) -> Response:
    """Answer the question of that name; an ending says in which form."""
    stem, _, ending = name.rpartition(".")
    question, form = (stem, ending) if ending in ENDINGS else (name, "")
    template = find_question(question)
    return answer_response(request, ask(store, question, query_values(request, template)), form)


def _document(template: Template) -> None:
    """Describe a question's route. The one above, being first, answers it: a request
    is compared with one path, not with three for each question."""

    def endpoint(request: Request, store: StoreDep) -> Response:
        return answer_question(template.name, request, store)

    endpoint.__doc__ = f"{template.purpose.zh}\n\n{template.purpose.en}"
    router.add_api_route(
        f"/questions/{template.name}",
        endpoint,
        methods=["GET"],
        summary=f"{template.title.zh} ({template.title.en})",
        operation_id=f"ask_{template.name}",
        openapi_extra={"parameters": openapi.parameters(template)},
        responses=openapi.content(answer_model(template)),
    )


for _template in questions.values():
    _document(_template)
