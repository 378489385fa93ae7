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
from collections.abc import Iterator
from pathlib import Path

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

POM = Path(__file__).with_name("neo4j_server.pom.xml")
PASSWORD = "a-password-for-tests"
START_SECONDS = 120
SMALL = ("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Starts quickly and leaves room for others."""
OPENS = tuple(
    f"--add-opens=java.base/{package}=ALL-UNNAMED"
    for package in ("java.nio", "java.io", "sun.nio.ch")
)


class NoServerError(Exception):
    """Why there is no server here, in one sentence."""


def fetch_jars() -> Path:
    """Folder with the server's jars; downloaded by Maven where it is not there yet."""
    version = re.findall(r"<neo4j.version>(.*?)</neo4j.version>", POM.read_text("utf-8"))[0]
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = cache / "govmech" / f"neo4j-{version}"
    if folder.is_dir():
        return folder
    if not shutil.which("mvn"):
        raise NoServerError("Maven is not installed and no NEO4J_URI is set")
    part = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies"]
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
    home: Path, java: tuple[str, ...] = SMALL, *, http_port: int = 0
) -> Iterator[str]:
    """Start a server in a folder and stop it at the end.

    Args:
        home: The server's folder; created where it is not there, left as it is otherwise.
        java: Options of the virtual machine.
        http_port: Where to serve Neo4j Browser; nowhere by default.
    Yields:
        Its URL; user ``neo4j``, password :data:`PASSWORD`.
    """
    if not shutil.which("java"):
        raise NoServerError("Java is not installed and no NEO4J_URI is set")
    jars = fetch_jars()
    port = free_port()
    http = f"listen_address=127.0.0.1:{http_port}" if http_port else "enabled=false"
    (home / "conf").mkdir(parents=True, exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text(
        f"server.bolt.listen_address=127.0.0.1:{port}\n"
        f"server.http.{http}\n"
        "dbms.usage_report.enabled=false\n"
        "server.memory.pagecache.size=128m\n"
        "db.tx_log.preallocate=false\n",
        encoding="utf-8",
    )
    log = (home / "server.log").open("wb")
    process = subprocess.Popen(
        [
            "java", *java, *OPENS, "-cp", f"{jars}/*", "org.neo4j.server.CommunityEntryPoint",
            f"--home-dir={home}", f"--config-dir={home / 'conf'}",
        ],
        stdout=log, stderr=log,
    )  # fmt: skip
    try:
        url = f"bolt://127.0.0.1:{port}"
        _set_password(url, process)
        yield url
    finally:
        process.kill()  # nothing of it is kept
        process.wait()
        log.close()


def import_full(folder: Path, home: Path, arguments: list[str]) -> float:
    """Run the real ``neo4j-admin`` in a folder, into the database of a server that is not running.

    Args:
        folder: Where the files are.
        home: The server's folder.
        arguments: What stands behind ``neo4j-admin``.
    Returns:
        Seconds that it took.
    """
    if not shutil.which("java"):
        raise NoServerError("Java is not installed")
    (home / "conf").mkdir(parents=True, exist_ok=True)
    (home / "conf" / "neo4j.conf").touch()
    begun = time.perf_counter()
    done = subprocess.run(
        [
            "java", "-Xmx1g", *OPENS, "-cp", f"{fetch_jars()}/*",
            "org.neo4j.server.startup.Neo4jAdminCommand", *arguments, "neo4j",
        ],
        cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return time.perf_counter() - begun


def _set_password(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        if process.poll() is not None:
            raise NoServerError(f"Neo4j stopped at its start with {process.returncode}")
        try:
            auth = ("neo4j", "neo4j")
            with neo4j.GraphDatabase.driver(url, auth=auth, max_transaction_retry_time=0) as driver:
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


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])
