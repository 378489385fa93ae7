"""docker-compose.yml and Dockerfile, as far as they can be held to something without Docker."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "docker-compose.yml"


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return dict(yaml.safe_load(COMPOSE.read_text("utf-8"))["services"])


def test_compose_file_follows_the_compose_specification() -> None:
    """Its schema everywhere; where Docker has the command, what Docker makes of it, too."""
    checks = [[sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]]
    docker = ["docker", "compose"]
    if (
        shutil.which("docker")
        and not subprocess.run([*docker, "version"], capture_output=True, check=False).returncode
    ):
        checks.append(["sh", "-c", 'docker compose -f "$0" config --quiet'])
    for check in checks:
        done = subprocess.run([*check, str(COMPOSE)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_compose_keeps_the_password_in_files(services: dict[str, Any]) -> None:
    whole = yaml.safe_load(COMPOSE.read_text("utf-8"))
    assert all(set(secret) == {"file"} for secret in whole["secrets"].values())
    assert "/run/secrets/neo4j_auth" in services["neo4j"]["environment"]["NEO4J_AUTH_FILE"]
    for name, service in services.items():
        assert service["secrets"], name
        for key, value in service["environment"].items():
            assert "PASSWORD" not in key or value.startswith("/run/secrets/"), key
            assert key != "NEO4J_AUTH"
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    assert "secrets/" in ignored


def test_compose_opens_ports_to_this_machine_only(services: dict[str, Any]) -> None:
    for service in services.values():
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])


def test_compose_starts_the_api_when_neo4j_answers(services: dict[str, Any]) -> None:
    waits = services["govmech"]["depends_on"]["neo4j"]["condition"]
    assert waits == "service_healthy"
    assert "cypher-shell" in " ".join(services["neo4j"]["healthcheck"]["test"])
    volumes = yaml.safe_load(COMPOSE.read_text("utf-8"))["volumes"]
    assert {v.partition(":")[0] for v in services["neo4j"]["volumes"]} == set(volumes)


def test_compose_api_runs_without_rights_and_settings_are_known(services: dict[str, Any]) -> None:
    api = services["govmech"]
    assert api["read_only"] is True
    assert api["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in api["security_opt"]
    docker = (ROOT / "Dockerfile").read_text("utf-8")
    uid = api["user"].partition(":")[0]
    assert f"--uid {uid} " in docker
    last = docker[docker.rindex("\nFROM ") :]
    assert "\nUSER govmech\n" in last
    assert "HEALTHCHECK" in last
    known = {f"GOVMECH_{name.upper()}" for name in Settings.model_fields}
    assert set(api["environment"]) <= known


def test_dockerfile_copies_what_the_wheel_is_built_of() -> None:
    docker = (ROOT / "Dockerfile").read_text("utf-8")
    copied = {line.split()[1] for line in docker.splitlines() if line.startswith("COPY ")}
    assert {"graph", "loaders", "queries", "api"} <= copied
