"""The whole OpenAPI document, fuzzed: no answer that it does not promise."""

from __future__ import annotations

from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from small_graph import small_graph

from api.app import create_app
from graph.opening import open_store
from graph.settings import Settings

EXAMPLES = 4
"""Calls of each operation; the whole stays under two minutes."""


# Names and words are free text: only the graph knows which of them mean something.
FREE_TEXT = [positive_data_acceptance, negative_data_rejection]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def test_fuzz_A01_every_operation_answers_as_documented(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store.kgl")) as store:
        store.write(small_graph())
        app = create_app(store, Settings.model_construct(requests_per_minute=0))
        schema = schemathesis.openapi.from_asgi("/openapi.json", app)
        failures = [
            f"{operation.label}: {failure}"
            for result in schema.get_all_operations()
            for operation in [result.ok()]
            for mode in MODES
            for failure in faults(operation, mode)
        ]
    assert not failures, "\n\n".join(failures)


def faults(operation: APIOperation, mode: GenerationMode) -> list[str]:
    """What is wrong with the answers of one operation."""

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Case) -> None:
        case.call_and_validate(excluded_checks=FREE_TEXT)

    try:
        check()
    except Unsatisfiable:  # nothing about it can be wrong
        return []
    except (FailureGroup, Failure) as exc:
        return [str(e) for e in getattr(exc, "exceptions", [exc])]
    return []
