"""The whole OpenAPI document, fuzzed with every check: it says what is taken and what comes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from pydantic import SecretStr
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.schemas import APIOperation, BaseSchema
from small_graph import small_graph

from api.app import create_app
from api.openapi import OPEN
from graph.opening import open_store
from graph.settings import Settings
from graph.store import Store

EXAMPLES = 5
"""Calls of each operation, as many again with something wrong; the whole stays under two minutes."""
CONVERSATIONS = 30
"""Walks along the links of the document."""

# A URL that is too long is refused whatever stands in it: JSON Schema cannot count its bytes.
# A name leads to the id first; there the rest of the URL is looked at.
ACCEPTED = ["2xx", "3xx", "401", "403", "404", "409", "414", "429"]
REJECTED = [
    "308",
    "400",
    "401",
    "403",
    "404",
    "405",
    "406",
    "409",
    "413",
    "414",
    "415",
    "422",
    "429",
]
CHECKS = {
    "positive_data_acceptance": {"expected-statuses": ACCEPTED},
    "negative_data_rejection": {"expected-statuses": REJECTED},
}
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
QUICK: dict[str, Any] = {
    "derandomize": True,
    "deadline": None,
    "database": None,
    "phases": (Phase.generate,),
    "suppress_health_check": list(HealthCheck),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("fuzz") / "store.kgl")) as opened:
        opened.write(small_graph())
        yield opened


def schema_of(opened: Store, **changed: object) -> BaseSchema:
    app = create_app(opened, Settings.model_construct(requests_per_minute=0, **changed))  # type: ignore[arg-type]
    config = schemathesis.Config.from_dict({"checks": CHECKS})
    return schemathesis.openapi.from_asgi("/openapi.json", app, config=config)


def test_fuzz_A01_every_operation_answers_as_documented(store: Store) -> None:
    failures = [
        f"{operation.label}: {failure}"
        for result in schema_of(store).get_all_operations()
        for operation in [result.ok()]
        for mode in MODES
        for failure in faults(operation, mode)
    ]
    assert not failures, "\n\n".join(failures)


def faults(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, examples: int = EXAMPLES
) -> list[str]:
    """What is wrong with the answers of one operation."""

    @settings(max_examples=examples, **QUICK)
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Case) -> None:
        write_fields_as_json(case)
        case.call_and_validate()

    try:
        check()
    except Unsatisfiable:  # nothing about it can be wrong
        return []
    except (FailureGroup, Failure) as exc:
        return [str(e) for e in getattr(exc, "exceptions", [exc])]
    return []


def write_fields_as_json(case: Case) -> None:
    """Do with a form what its ``encoding`` says and schemathesis leaves undone."""
    if case.media_type == "application/x-www-form-urlencoded" and isinstance(case.body, dict):
        case.body = {k: v if isinstance(v, str) else json.dumps(v) for k, v in case.body.items()}


def test_fuzz_A01_answers_lead_on_as_the_links_say(store: Store) -> None:
    machine = schema_of(store).as_state_machine()
    reached: set[str] = set()

    class Walk(machine):  # type: ignore[misc, valid-type]
        def before_call(self, case: Case) -> None:
            write_fields_as_json(case)

        def after_call(self, response: Any, case: Case) -> None:
            if response.status_code == 200:
                reached.add(case.operation.definition.raw["operationId"])

    Walk.run(settings=settings(max_examples=CONVERSATIONS, stateful_step_count=6, **QUICK))
    for step in ("list_", "show_", "list_neighbours_of_"):
        assert any(name.startswith(step) for name in reached), step


def test_fuzz_A01_free_cypher_answers_as_documented(store: Store) -> None:
    """What is no Cypher is refused with 422: the schema cannot tell it from what is."""
    schema = schema_of(store, cypher=True, store=store.url)
    operation = schema["/cypher"]["POST"]
    schema.config.checks.positive_data_acceptance.expected_statuses.append("422")
    found = [fault for mode in MODES for fault in faults(operation, mode, examples=30)]
    schema.app.state.free_queries.close()
    assert not found, "\n\n".join(found)


def test_fuzz_A22_every_operation_with_data_asks_for_the_token(store: Store) -> None:
    schema = schema_of(store, api_token=SecretStr("a-token"))
    assert set(schema.raw_schema["components"]["securitySchemes"]) == {"bearer", "basic"}
    for result in schema.get_all_operations():
        operation = result.ok()
        expected = 200 if operation.path in OPEN else 401
        assert operation.Case(path_parameters={"node": "x"}).call().status_code == expected
    assert "security" not in schema_of(store).raw_schema


def test_openapi_says_how_many_rows_the_settings_allow(store: Store) -> None:
    def bounds(schema: BaseSchema) -> dict[str, tuple[int, int]]:
        return {
            path: (p["schema"]["default"], p["schema"]["maximum"])
            for path in ("/units", "/questions/evidence")
            for p in schema.raw_schema["paths"][path]["get"]["parameters"]
            if p["name"] == "limit"
        }

    assert bounds(schema_of(store, page_size=7, rows=9)) == {
        "/units": (7, 7),
        "/questions/evidence": (9, 9),
    }
    assert bounds(schema_of(store))["/units"] == (50, 500)
