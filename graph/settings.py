"""Settings: read once from the environment, typed, and passed in.

Every setting is a variable ``GOVMECH_…`` (:class:`Settings` lists them); an
option on the command line wins over it. A password may stand in a file, named by
``GOVMECH_NEO4J_PASSWORD_FILE``, and is never printed.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import SettingsError

PREFIX = "GOVMECH_"
TEST_PREFIX = f"{PREFIX}TEST_"
"""Variables of the test suite, which are nobody's settings."""

Port = Annotated[int, Field(ge=1, le=65_535)]


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
    return _with_password_file(settings)


def _refuse_unknown() -> None:
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    for key in sorted(os.environ):
        if not key.startswith(PREFIX) or key.startswith(TEST_PREFIX) or key in known:
            continue
        near = difflib.get_close_matches(key, sorted(known), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise SettingsError(f"{key} in the environment is no setting of govmech{hint}")


def _with_password_file(settings: Settings) -> Settings:
    """Take the password from its file, where one is named."""
    path = settings.neo4j_password_file
    key = f"{PREFIX}NEO4J_PASSWORD"
    if path is None:
        if key in os.environ and not settings.password:
            raise SettingsError(f"{key} in the environment is empty")
        return settings
    if settings.password:
        raise SettingsError(f"{key} and {key}_FILE are both set: keep one")
    try:
        password = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError(f"{key}_FILE: {path} cannot be read as text") from exc
    if not password:
        raise SettingsError(f"{key}_FILE: {path} is empty")
    return settings.model_copy(update={"neo4j_password": SecretStr(password)})
