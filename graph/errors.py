"""Every error that govmech raises on purpose.

::

    GovmechError
    ├── StoreError              something about a store, ``url`` says which
    │   ├── StoreUnavailable    cannot be reached or opened: down, password, database, version
    │   ├── StoreBusy           another process holds the write lease
    │   ├── StoreDamaged        its content is not what was written
    │   ├── SchemaMissing       constraints are not in place
    │   └── QueryFailed         the engine refused or stopped a query
    │       └── QueryTimedOut   its time was over
    ├── WriteRefused            a statement that must not enter the graph
    │   └── EvidenceMismatch    ``text[start:end]`` is not the evidence
    ├── ReadError               a file that cannot become a document, ``path`` says which
    ├── CatalogueError          a reference file contradicts itself
    ├── TemplateError           a question file whose header is wrong, ``path`` and ``line``
    ├── QuestionError           a question that cannot be asked as it stands
    │   ├── UnknownQuestion     no template of that name
    │   ├── BadParameter        missing, unknown or of the wrong type
    │   │   └── BadPage         a place in a list from which no page goes on
    │   ├── UnknownName         no node of that name
    │   │   └── NotCited        a regulation that is known, but cited by no loaded report
    │   ├── AmbiguousName       several nodes of that name, ``candidates`` lists them
    │   └── QueryRefused        free Cypher that may not run, or that was stopped
    ├── ExportError             a graph that cannot be written in that format or place
    └── SettingsError           a setting that cannot be used

A class is a decision that a caller can take. Messages say what failed, where,
and what would help; nothing here knows of HTTP or of exit codes.
"""

from __future__ import annotations

from collections.abc import Sequence


class GovmechError(Exception):
    """Root of the tree."""


class StoreError(GovmechError):
    """Something about a store.

    Args:
        message: What failed and what would help, without any password.
        url: The store, as the user named it.
    """

    def __init__(self, message: str, *, url: str = "") -> None:
        super().__init__(message)
        self.url = url


class StoreUnavailable(StoreError):
    """The store cannot be reached or opened."""


class StoreBusy(StoreError):
    """Another process holds the write lease."""


class StoreDamaged(StoreError):
    """The store's content is not what was written."""


class SchemaMissing(StoreError):
    """Constraints are not in place, so nothing may be written."""


class QueryFailed(StoreError):
    """The engine refused a query or stopped it at a limit."""


class QueryTimedOut(QueryFailed):
    """A query that was stopped because its time was over."""


class WriteRefused(GovmechError):
    """A statement that must not enter the graph."""


class EvidenceMismatch(WriteRefused):
    """The text at the stated offsets is not the stated evidence.

    Args:
        report: Id of the report.
        evidence: The sentence that was claimed.
        start: First offset, in code points of the report's text.
        end: Offset after the last, likewise.
    """

    def __init__(self, report: str, evidence: str, start: int, end: int) -> None:
        super().__init__(f"{report}: text[{start}:{end}] is not the evidence {evidence[:60]!r}")
        self.report = report
        self.evidence = evidence
        self.start = start
        self.end = end


class ReadError(GovmechError):
    """A file that cannot become a document.

    Args:
        message: What is wrong and what to do, in one sentence, without the path.
        path: The file, as the user named it.
    """

    def __init__(self, message: str, *, path: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.reason = message


class CatalogueError(GovmechError):
    """A reference file contradicts itself.

    Args:
        message: What contradicts what.
        path: The reference file.
    """

    def __init__(self, message: str, *, path: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path


class TemplateError(GovmechError):
    """A question file whose header is wrong.

    Args:
        message: What is wrong.
        path: The ``.cypher`` file.
        line: Line number, from 1.
    """

    def __init__(self, message: str, *, path: str, line: int) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path = path
        self.line = line


class QuestionError(GovmechError):
    """A question that cannot be asked as it stands."""


class UnknownQuestion(QuestionError):
    """No template of that name."""


class BadParameter(QuestionError):
    """A parameter that is missing, unknown or of the wrong type."""


class BadPage(BadParameter):
    """A place in a list from which no page goes on: no link to a next page says so."""


class UnknownName(QuestionError):
    """No node of that name.

    Args:
        message: What was asked for, and the hint.
        hint: What would help, without what was asked for.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class NotCited(UnknownName):
    """A regulation that the catalogue has and no loaded report cites, so that it is no node.

    Args:
        message: What is known of it, and that nobody cites it.
        id_: Its id, as a node would have it.
    """

    def __init__(self, message: str, id_: str) -> None:
        super().__init__(message, hint=message)
        self.id = id_


class AmbiguousName(QuestionError):
    """Several nodes of that name.

    Args:
        name: The name as asked for.
        candidates: Ids of the nodes that it fits, sorted.
    """

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        super().__init__(
            f"“{name}” fits several: {', '.join(candidates)}. Ask again with one of these ids."
        )
        self.name = name
        self.candidates = tuple(candidates)


class QueryRefused(QuestionError):
    """Free Cypher that the guard or the engine turned away, or that a limit stopped."""


class ExportError(GovmechError):
    """A graph that cannot be written in that format or place."""


class SettingsError(GovmechError):
    """A setting that cannot be used."""
