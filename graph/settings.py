"""Settings: read once from the environment, typed, and passed in.

Every setting is a variable ``GOVMECH_…`` (:class:`Settings` lists them); an
option on the command line wins over it. A secret may stand in a file, named by
``GOVMECH_NEO4J_PASSWORD_FILE`` or ``GOVMECH_API_TOKEN_FILE``, and is never printed.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from graph.errors import SettingsError

PREFIX = "GOVMECH_"
TEST_PREFIX = f"{PREFIX}TEST_"
"""Variables of the test suite, which are nobody's settings."""

Port = Annotated[int, Field(ge=1, le=65_535)]


def _split(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
"""Texts with commas between."""


class Settings(BaseSettings):
    """What can be set from outside."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    store: str = Field(
        default="./govmech.kgl", min_length=1, description="Store: a file or a server's URL"
    )
    neo4j_password: SecretStr = Field(
        default=SecretStr(""), description="Password of a Neo4j server"
    )
    neo4j_password_file: Path | None = Field(
        default=None, description="File that holds that password"
    )
    host: str = Field(
        default="127.0.0.1", min_length=1, description="Address that serve listens on"
    )
    port: Port = Field(default=8000, description="Port that serve listens on")
    page_size: int = Field(
        default=500, ge=1, le=10_000, description="Rows of a page of a list, at most"
    )
    rows: int = Field(
        default=10_000, ge=1, le=100_000, description="Rows of an answer to a question, at most"
    )
    query_seconds: float = Field(
        default=30, gt=0, le=3_600, description="Seconds that one query may take"
    )
    body_bytes: int = Field(
        default=1_000_000, ge=1, description="Bytes of a request's body, at most"
    )
    url_bytes: int = Field(
        default=16_000, ge=100, le=60_000, description="Bytes of path and query, at most"
    )
    client_seconds: float = Field(
        default=30, gt=0, description="Seconds that a client may take to send or to fetch"
    )
    cache_bytes: int = Field(
        default=32_000_000, ge=0, description="Bytes of answers kept until a load; 0 for none"
    )
    concurrency: int = Field(
        default=64, ge=1, description="Requests answered at a time; further ones get 503"
    )
    requests_per_minute: int = Field(
        default=3_000, ge=0, description="Requests of one client in a minute; 0 for any number"
    )
    cypher: bool = Field(default=False, description="Whether POST /cypher takes free Cypher")
    cypher_seconds: float = Field(
        default=5, gt=0, le=600, description="Seconds that one free query may take"
    )
    cypher_rows: int = Field(
        default=1_000, ge=1, le=100_000, description="Rows of its answer, at most"
    )
    cypher_bytes: int = Field(default=4_000_000, ge=1, description="Bytes of its answer, at most")
    cypher_memory_bytes: int = Field(
        default=4_000_000_000, ge=100_000_000, description="Memory of its process, at most"
    )
    cypher_concurrency: int = Field(
        default=2, ge=1, le=100, description="Free queries at a time; further ones get 503"
    )
    api_token: SecretStr = Field(
        default=SecretStr(""), description="Token that every request for data must carry"
    )
    api_token_file: Path | None = Field(default=None, description="File that holds that token")
    cors_origins: Names = Field(
        default=(), description="Origins whose pages may ask, with commas between"
    )
    hosts: Names = Field(
        default=(), description="Host names that requests may be for; any where none is given"
    )
    trusted_proxies: Names = Field(
        default=(), description="Addresses of proxies whose X-Forwarded headers are believed"
    )

    @property
    def password(self) -> str:
        """The password of a server; empty for none."""
        return self.neo4j_password.get_secret_value()


def load_settings() -> Settings:
    """Read the environment.

    Raises:
        SettingsError: A variable is unknown, of the wrong type or empty, or the
            password stands in two places; the message names the variable.
    """
    _refuse_unknown()
    try:
        settings = Settings()
    except ValidationError as exc:
        first = exc.errors(include_input=False)[0]
        key = f"{PREFIX}{first['loc'][0]}".upper()
        raise SettingsError(f"{key} in the environment: {first['msg']}") from None
    for secret in ("neo4j_password", "api_token"):
        settings = _with_secret_file(settings, secret)
    return settings


def _refuse_unknown() -> None:
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    for key in sorted(os.environ):
        if not key.startswith(PREFIX) or key.startswith(TEST_PREFIX) or key in known:
            continue
        near = difflib.get_close_matches(key, sorted(known), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise SettingsError(f"{key} in the environment is no setting of govmech{hint}")


def _with_secret_file(settings: Settings, name: str) -> Settings:
    """Take a secret from its file, where one is named."""
    given: SecretStr = getattr(settings, name)
    path: Path | None = getattr(settings, f"{name}_file")
    key = f"{PREFIX}{name}".upper()
    if path is None:
        if key in os.environ and not given.get_secret_value():
            raise SettingsError(f"{key} in the environment is empty")
        return settings
    if given.get_secret_value():
        raise SettingsError(f"{key} and {key}_FILE are both set: keep one")
    try:
        secret = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError(f"{key}_FILE: {path} cannot be read as text") from exc
    if not secret:
        raise SettingsError(f"{key}_FILE: {path} is empty")
    return settings.model_copy(update={name: SecretStr(secret)})
