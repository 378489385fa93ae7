"""Answers are kept up to a number of bytes; those not asked for longest go first."""

from __future__ import annotations

from starlette.types import Message

from api.kept import KeptAnswers


def answer(body: bytes) -> list[Message]:
    start: Message = {"type": "http.response.start", "status": 200, "headers": []}
    return [start, {"type": "http.response.body", "body": body}]


def test_kept_answers_not_asked_for_longest_go_first() -> None:
    kept = KeptAnswers(20)
    kept.keep("a", answer(b"x" * 8))
    kept.keep("b", answer(b"x" * 8))
    assert kept.get("a")
    kept.keep("c", answer(b"x" * 8))
    assert (bool(kept.get("a")), bool(kept.get("b")), bool(kept.get("c"))) == (True, False, True)
    assert kept.size == 16


def test_kept_answers_count_once_what_is_kept_again() -> None:
    kept = KeptAnswers(20)
    for _ in range(5):
        kept.keep("a", answer(b"x" * 8))
    assert kept.size == 8


def test_kept_answers_that_are_large_are_not_kept() -> None:
    kept = KeptAnswers(32_000)
    assert kept.is_small(999)
    assert not kept.is_small(1_000)
    assert not KeptAnswers(0).is_small(0)
