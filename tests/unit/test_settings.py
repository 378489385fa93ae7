"""Settings: typed, named in every error, secrets unprinted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.errors import SettingsError
from graph.settings import load_settings


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in [k for k in os.environ if k.startswith("GOVMECH_")]:
        monkeypatch.delenv(key)


def test_settings_have_defaults() -> None:
    settings = load_settings()
    assert settings.store == "./govmech.kgl"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.password == ""


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVMECH_STORE", "neo4j://graph:7687")
    monkeypatch.setenv("GOVMECH_PORT", "8080")
    settings = load_settings()
    assert settings.store == "neo4j://graph:7687"
    assert settings.port == 8080


def test_C05_bad_type_names_the_key_and_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVMECH_PORT", "eighty")
    with pytest.raises(SettingsError, match="GOVMECH_PORT in the environment"):
        load_settings()


def test_C05_unknown_key_is_named_with_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVMECH_STROE", "x")
    with pytest.raises(SettingsError, match=r"GOVMECH_STROE.*did you mean GOVMECH_STORE"):
        load_settings()


def test_settings_password_comes_from_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path / "password"
    secret.write_text("s3cret\n")
    monkeypatch.setenv("GOVMECH_NEO4J_PASSWORD_FILE", str(secret))
    assert load_settings().password == "s3cret"


def test_C05_password_in_two_places_is_refused_without_printing_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path / "password"
    secret.write_text("s3cret")
    monkeypatch.setenv("GOVMECH_NEO4J_PASSWORD", "hunter2")
    monkeypatch.setenv("GOVMECH_NEO4J_PASSWORD_FILE", str(secret))
    with pytest.raises(SettingsError, match="both set") as caught:
        load_settings()
    assert "s3cret" not in str(caught.value)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("content", ["", " \n"])
def test_C05_empty_secret_file_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str
) -> None:
    secret = tmp_path / "password"
    secret.write_text(content)
    monkeypatch.setenv("GOVMECH_NEO4J_PASSWORD_FILE", str(secret))
    with pytest.raises(SettingsError, match=r"PASSWORD_FILE.*is empty"):
        load_settings()


def test_C05_empty_secret_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVMECH_NEO4J_PASSWORD", "")
    with pytest.raises(SettingsError, match="GOVMECH_NEO4J_PASSWORD"):
        load_settings()


def test_P06_password_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVMECH_NEO4J_PASSWORD", "hunter2")
    settings = load_settings()
    assert "hunter2" not in repr(settings) + str(settings)
    assert settings.password == "hunter2"
