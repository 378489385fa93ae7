"""What was acknowledged must be found again, and nothing else is an alarm."""

from pathlib import Path

import pytest

from graph.journal import Journal


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


def test_journal_without_a_file_misses_nothing(journal):
    assert not journal.exists()
    assert journal.lost({}) == []


def test_journal_names_what_was_acknowledged_and_is_gone(journal):
    journal.note({"report:a": "1", "report:b": "2"}, done=False)
    journal.note({"report:a": "1", "report:b": "2"}, done=True)
    assert journal.lost({"report:a": "1", "report:b": "2"}) == []
    assert journal.lost({"report:b": "2"}) == ["report:a"]
    assert journal.lost({"report:a": "old", "report:b": "2"}) == ["report:a"]


def test_journal_names_a_removal_that_was_undone(journal):
    journal.note({"report:a": None}, done=True)
    assert journal.lost({}) == []
    assert journal.lost({"report:a": "1"}) == ["report:a"]


@pytest.mark.parametrize("found", [{}, {"report:a": "1"}, {"report:a": "older"}])
def test_journal_takes_either_outcome_of_a_first_write_that_was_cut_off(journal, found):
    journal.note({"report:a": "1"}, done=False)
    assert journal.lost(found) == []


def test_journal_takes_old_and_new_state_of_a_later_write_that_was_cut_off(journal):
    journal.note({"report:a": "1"}, done=True)
    journal.note({"report:a": "2"}, done=False)
    assert journal.lost({"report:a": "1"}) == []
    assert journal.lost({"report:a": "2"}) == []
    assert journal.lost({}) == ["report:a"]


def test_journal_survives_a_line_that_was_cut_off(journal, tmp_path):
    journal.note({"report:a": "1"}, done=True)
    with (tmp_path / "journal").open("a", encoding="utf-8") as file:
        file.write('["report:b", "2"')
    assert journal.lost({}) == ["report:a"]
    journal.note({"report:c": "3"}, done=True)
    assert journal.lost({"report:a": "1"}) == ["report:c"]


def test_journal_keeps_ids_with_line_separators_apart(journal):
    journal.note({"report:a\n\u2028b": "1"}, done=True)
    assert journal.lost({"report:a\n\u2028b": "1"}) == []
    assert journal.lost({}) == ["report:a\n\u2028b"]


def test_journal_forgets_when_it_is_cleared(journal):
    journal.note({"report:a": "1"}, done=True)
    journal.clear()
    journal.clear()
    assert journal.lost({}) == []
