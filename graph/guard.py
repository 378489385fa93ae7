"""Whether Cypher that somebody else wrote only reads the graph, judged before an engine sees it.

Everything is refused but what ``guard.yaml`` lists. Engines read the same text in different
ways (Neo4j resolves ``\\u0027`` before it looks for quotes, the embedded engine after; only one
ends a comment at a carriage return), so what two readers could take for different things is
refused too.

Source: RELIABILITY.md section 3, layers 2 and 3.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import yaml

from graph.cypher import Token, keys_a_map, procedure, tokens
from graph.errors import QueryRefused

LONGEST = 10_000
"""Characters of a query."""
DEEPEST = 40
"""Brackets inside one another; some hundreds of subqueries crash the embedded engine."""

_LISTS = yaml.safe_load(Path(__file__).with_name("guard.yaml").read_text("utf-8"))
CLAUSES = frozenset(_LISTS["clauses"])
PROCEDURES = frozenset(_LISTS["procedures"])
FUNCTIONS = frozenset(name.lower() for name in _LISTS["functions"])
NAMESPACES = frozenset(_LISTS["namespaces"])
_FORBIDDEN, _BETWEEN = frozenset(_LISTS["forbidden"]), frozenset(_LISTS["between"])
_CLOSING, _BEFORE = frozenset(_LISTS["closing"]), frozenset(_LISTS["before"])
_PAIRS: dict[str, list[str]] = _LISTS["pairs"]

_SUBQUERIES = frozenset({"EXISTS", "COUNT", "COLLECT"})
_BEFORE_ALL = ("WITH", "RETURN", "DISTINCT", "YIELD")
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|\r(?!\n)")
_ESCAPE = re.compile(r"\\u+([0-9a-f]{0,8})", re.IGNORECASE)
_START = Token("sign", "", 1, 0)


def check_free_query(cypher: str) -> None:
    """Let through what only reads.

    Args:
        cypher: One statement; a semicolon may stand at its end.
    Raises:
        QueryRefused: It does more, or might; the message says what was met and where.
    """
    if len(cypher) > LONGEST:
        raise QueryRefused(f"the query has more than {LONGEST} characters")
    _check_characters(cypher)
    statement = list(tokens(cypher))
    if statement and statement[-1].text == ";":
        statement.pop()
    if not statement:
        raise QueryRefused("there is no query")
    _check_brackets(statement)
    _Reading(statement).check()


def _check_characters(cypher: str) -> None:
    """Refuse what two engines might read differently."""
    if found := _CONTROL.search(cypher):
        raise QueryRefused(f"the query holds the control character U+{ord(found[0][0]):04X}")
    for escape in _ESCAPE.finditer(cypher):
        digits = escape[1][: 8 if escape[0][1] == "U" else 4]
        if len(digits) < 4 or int(digits, 16) < 0x80:
            raise QueryRefused(f"write “{escape[0]}” as the character that it stands for")


def _check_brackets(statement: list[Token]) -> None:
    """Refuse strings without end, brackets that do not pair, and too many inside one another."""
    wanted: list[str] = []
    for token in statement:
        if token.kind == "unclosed":
            raise _refusal(token, "has no end")
        if token.text in _BRACKETS:
            wanted.append(_BRACKETS[token.text])
        elif token.text in _BRACKETS.values() and (not wanted or wanted.pop() != token.text):
            raise _refusal(token, "closes no bracket")
        if len(wanted) > DEEPEST:
            raise _refusal(token, f"stands in more than {DEEPEST} brackets")
    if wanted:
        raise QueryRefused(f"a closing “{wanted[-1]}” is missing")


def _refusal(token: Token, why: str) -> QueryRefused:
    return QueryRefused(f"line {token.line}: “{token.text[:40]}” {why}")


class _Reading:
    """One walk over the tokens.

    Two facts decide what a word may be: whether an expression has just ended (only a known
    keyword can follow), and whether a name must come (after ``AS`` any word is one).
    """

    def __init__(self, statement: list[Token]) -> None:
        self.statement = statement
        self.has_ended = False
        self.needs_name = False
        self.beginnings = {0}
        """Where statements and subqueries begin."""

    def check(self) -> None:
        """Look at every token.

        Raises:
            QueryRefused: One of them is not allowed where it stands.
        """
        for index, token in enumerate(self.statement):
            if index in self.beginnings:
                self.begin(index, token)
            is_name, self.needs_name = self.needs_name, False
            if token.kind == "word":
                self.check_letters(token)
                if is_name or keys_a_map(self.statement, index):
                    self.has_ended = True
                else:
                    self.word(index, token)
            elif token.kind == "sign":
                self.sign(index, token)
            else:
                self.operand(index, token)

    def begin(self, index: int, token: Token) -> None:
        """The first token of a statement or subquery: a clause, or the pattern of EXISTS."""
        if not token.is_word(*CLAUSES) and (index == 0 or token.text != "("):
            raise _refusal(token, f"is no beginning; allowed are {', '.join(sorted(CLAUSES))}")
        self.has_ended = True  # a clause may follow

    def word(self, index: int, token: Token) -> None:
        """A keyword, or the name of a variable or function."""
        word, before, after = token.text.upper(), self.at(index - 1), self.at(index + 1)
        if word in _FORBIDDEN:
            raise _refusal(token, "is not allowed: free queries only read the graph")
        if before.text == "." and self.at(index - 2).text != ".":
            raise _refusal(token, "stands apart from its dot")
        if self.has_ended:
            if word not in _BETWEEN | CLAUSES:
                raise _refusal(token, "is not allowed here")
            self.has_ended = word in _CLOSING
            self.needs_name = word == "AS"
        elif word in _BETWEEN | CLAUSES | _PAIRS.keys():
            if not before.is_word(*_PAIRS.get(word, ())):
                raise _refusal(token, "is not allowed here; a name of that kind needs backticks")
        elif word not in _BEFORE:
            self.has_ended = True
            if after.text == "(":
                self.call(index)
        if word == "CALL":
            self.subquery_or_procedure(index, token)
        elif word in _SUBQUERIES and after.text == "{":
            self.beginnings.add(index + 2)

    def sign(self, index: int, token: Token) -> None:
        """A bracket, an operator, or the star that means all columns."""
        if not token.text.isascii() or token.text in ("\\", ";"):
            raise _refusal(token, "is not allowed outside quotes")
        is_all = token.text == "*" and self.at(index - 1).is_word(*_BEFORE_ALL)
        self.has_ended = token.text in _BRACKETS.values() or is_all

    def operand(self, index: int, token: Token) -> None:
        """A string, number, parameter, property, label or quoted name."""
        before, after = self.at(index - 1), self.at(index + 1)
        if token.kind == "property":
            self.check_letters(token)
            if before.kind == "number":
                raise _refusal(token, "stands behind a number")
            if after.text == "(" and token.text[0] == ".":
                self.call(index)
        elif token.kind == "quoted" and after.text == "(":
            raise _refusal(token, "is quoted; a function is called by its plain name")
        self.has_ended = True

    def call(self, index: int) -> None:
        """The function whose name ends here."""
        first, name = index, self.statement[index].text
        while self.statement[first].kind == "property" and first:
            first -= 1
            name = self.statement[first].text + name
        if self.at(first - 1).is_word("CALL"):  # a procedure
            return
        space, dot, _ = name.lower().partition(".")
        if space not in (NAMESPACES if dot else FUNCTIONS):
            raise _refusal(self.statement[index], "is no function that is allowed")

    def subquery_or_procedure(self, index: int, call: Token) -> None:
        """What CALL names: ``{ … }``, ``(a, b) { … }`` or a procedure."""
        brace = index + 1
        if self.at(brace).text == "(":
            depth = self.at(brace).depth
            while self.at(brace).text != ")" or self.at(brace).depth != depth:
                brace += 1
            brace += 1
        if self.at(brace).text == "{":
            self.beginnings.add(brace + 1)
        elif procedure(self.statement, index + 1) not in PROCEDURES:
            allowed = ", ".join(sorted(PROCEDURES))
            raise _refusal(call, f"may call {allowed}, or a subquery")

    def check_letters(self, token: Token) -> None:
        """Chinese names are names; letters that have a case might be folded into keywords."""
        if not all(c.isascii() or unicodedata.category(c) == "Lo" for c in token.text):
            raise _refusal(token, "has letters that are allowed inside quotes only")

    def at(self, index: int) -> Token:
        """The token there, or one without text beyond either end."""
        return self.statement[index] if 0 <= index < len(self.statement) else _START
