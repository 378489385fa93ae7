"""The command line as people and scripts meet it: in a process of its own."""

from __future__ import annotations

import csv
import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest

from graph.opening import open_store

GOVMECH = [sys.executable, "-m", "api.cli"]
ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
DISTRICTS = ("东城区", "西城区", "朝阳区", "海淀区")


PASSAGES = 8
"""Sentences, headings and lines of :func:`report_text`."""


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GOVMECH_")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def govmech(
    *args: str | Path, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*GOVMECH, *map(str, args)],
        cwd=cwd,
        env=env or environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def report_text(district: str, year: int = 2021) -> str:
    return (
        f"北京市{district}信访办公室{year}年法治政府建设年度情况报告\n"
        "一、主要工作\n"
        f"{year}年，区信访办在区委、区政府领导下，健全信访工作联席会议机制，推行领导包案制度。"
        "认真落实《信访条例》，依法办理群众来信。\n"
        f"二、{year + 1}年工作打算\n建立健全信访代理制度。\n"
        f"北京市{district}信访办公室\n{year + 1}年1月20日\n"
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports/ and ./govmech.kgl, which is the default store."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "reports").mkdir()
    for number, district in enumerate(DISTRICTS):
        (folder / "reports" / f"r{number}.txt").write_text(report_text(district), "utf-8")
    done = govmech("load", "reports", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def loaded(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def reports(loaded: Path) -> Path:
    """Its reports."""
    return loaded / "reports"


def test_cli_load_twice_changes_no_count(loaded: Path, reports: Path) -> None:
    before = json.loads(govmech("info", "--format", "json", cwd=loaded).stdout)
    again = govmech("load", reports, "--format", "json", cwd=loaded)
    assert again.returncode == 0
    assert json.loads(again.stdout)["unchanged"] == len(DISTRICTS)
    after = json.loads(govmech("info", "--format", "json", cwd=loaded).stdout)
    assert after == before
    assert after["nodes"]["Report"] == len(DISTRICTS)


def test_C01_json_output_is_json_only(loaded: Path, reports: Path) -> None:
    (reports / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    for args in (
        ("load", reports, "--format", "json"),
        ("extract", reports / "r0.txt", "--format", "json"),
        ("ask", "units_applying_mechanism", "mechanism=领导包案", "--format", "json"),
        ("questions", "--format", "json"),
        ("info", "--format", "json"),
    ):
        done = govmech(*args, cwd=loaded)
        json.loads(done.stdout)
    listed = govmech("extract", reports, "--format", "json", cwd=loaded).stdout.splitlines()
    assert [json.loads(line)["report"] for line in listed] == ["r0", "r1", "r2", "r3"]


def test_L27_one_bad_file_in_a_folder_is_listed_and_exit_is_3(
    reports: Path, tmp_path: Path
) -> None:
    (reports / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    args = ("load", reports, "--store", "new.kgl", "--format", "json")
    done = govmech(*args, cwd=tmp_path)
    assert done.returncode == 3
    summary = json.loads(done.stdout)
    assert len(summary["added"]) == len(DISTRICTS)
    assert [Path(f["source"]).name for f in summary["failures"]] == ["broken.docx"]
    assert "broken.docx" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("load", "absent.txt"), 5),
        (("extract", "absent.txt"), 5),
        (("ask", "units_aplying_mechanism"), 2),
        (("ask", "units_applying_mechanism"), 2),
        (("ask", "units_applying_mechanism", "mechanism"), 2),
        (("ask", "units_applying_mechanism", "mechanism=无此机制"), 5),
        (("ask", "units_applying_mechanism", "mechanism=领导包案", "year=twenty"), 2),
        (("remove", "report:absent"), 5),
        (("evaluate", "absent", "reports"), 5),
        (("info", "--store", "absent.kgl"), 1),
        (("load", "reports", "--store", "absent/graph.kgl"), 1),
        (("export", "grafml", "-o", "x"), 2),
        (("export", "graphml"), 2),
        (("export", "graphml", "-o", "absent/x.graphml"), 1),
        (("serve", "--port", "70000"), 2),
        (("serve", "--host", "no.such.host.invalid"), 2),
        (("mcp", "--store", "absent.kgl"), 1),
        (("load",), 2),
        (("frobnicate",), 2),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else None,
)
def test_cli_expected_errors_are_a_sentence_and_a_code(
    loaded: Path, args: tuple[str, ...], code: int
) -> None:
    done = govmech(*args, cwd=loaded)
    assert done.returncode == code, done.stderr
    assert done.stdout == "" or args[0] == "load"
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_cli_near_names_are_suggested(loaded: Path) -> None:
    asked = govmech("ask", "units_aplying_mechanism", cwd=loaded)
    assert "units_applying_mechanism" in asked.stderr


def test_cli_bad_setting_is_named(loaded: Path) -> None:
    done = govmech("info", cwd=loaded, env=environment(GOVMECH_PORT="no"))
    assert done.returncode == 2
    assert "GOVMECH_PORT" in done.stderr


def test_cli_store_comes_from_option_then_environment(reports: Path, tmp_path: Path) -> None:
    env = environment(GOVMECH_STORE=str(tmp_path / "env.kgl"))
    assert govmech("load", reports / "r0.txt", cwd=tmp_path, env=env).returncode == 0
    option = tmp_path / "option.kgl"
    assert govmech("load", reports, "--store", option, cwd=tmp_path, env=env).returncode == 0
    found = json.loads(govmech("info", "--format", "json", cwd=tmp_path, env=env).stdout)
    assert found["nodes"]["Report"] == 1
    assert option.exists()


def test_cli_ask_gives_rows_with_evidence_from_the_text(loaded: Path) -> None:
    done = govmech(
        "ask", "units_applying_mechanism", "mechanism=领导包案", "--format", "json", cwd=loaded
    )
    rows = json.loads(done.stdout)
    assert {row["agency"] for row in rows} == {f"agency:北京市{d}信访办公室" for d in DISTRICTS}
    for row in rows:
        [district] = [d for d in DISTRICTS if d in row["agency"]]
        assert report_text(district).strip()[row["start"] : row["end"]] == row["evidence"]


def test_cli_ask_csv_has_the_columns_of_the_question(loaded: Path) -> None:
    args = ("ask", "units_applying_mechanism", "mechanism=领导包案", "--format")
    as_csv = list(csv.DictReader(govmech(*args, "csv", cwd=loaded).stdout.splitlines()))
    as_json = json.loads(govmech(*args, "json", cwd=loaded).stdout)
    assert [row["agency"] for row in as_csv] == [row["agency"] for row in as_json]
    assert list(as_csv[0]) == list(as_json[0])


def test_cli_ask_table_names_unit_and_sentence(loaded: Path) -> None:
    table = govmech("ask", "units_applying_mechanism", "mechanism=领导包案", cwd=loaded).stdout
    assert all(f"北京市{district}" in table for district in DISTRICTS)
    assert "推行领导包案制度" in table
    assert "\x1b" not in table


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_cli_ask_tells_what_is_known_of_a_regulation_that_nobody_cites(
    loaded: Path, form: str
) -> None:
    asked = ("ask", "regulation_citations", "regulation=合同法", "--format", form)
    done = govmech(*asked, cwd=loaded)
    assert done.returncode == 0
    assert "全国人民代表大会1999年发布，2021-01-01起废止，由《民法典》替代" in done.stderr
    assert len(done.stdout.splitlines()) == {"table": 0, "csv": 1, "json": 1}[form]


def test_C02_closed_pipe_is_quiet(loaded: Path) -> None:
    command = " ".join(GOVMECH)
    for args in ("questions", "questions --format json", "extract reports --format json"):
        done = subprocess.run(
            ["bash", "-c", f"{command} {args} | head -c 1"],
            cwd=loaded,
            env=environment(),
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr
        assert "Broken pipe" not in done.stderr


@pytest.mark.parametrize(
    "locale",
    [{"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "POSIX"}],
    ids=str,
)
def test_C04_any_locale_and_chinese_paths(tmp_path: Path, locale: dict[str, str]) -> None:
    folder = tmp_path / "报告 二〇二一"
    folder.mkdir()
    (folder / "东城 信访.txt").write_text(report_text("东城区"), "utf-8")
    (folder / "-开头.txt").write_text(report_text("西城区"), "utf-8")
    env = environment(**locale)
    done = govmech("load", folder, "--store", tmp_path / "图.kgl", cwd=tmp_path, env=env)
    assert done.returncode == 0, done.stderr
    done = govmech("extract", folder, "-o", tmp_path / "出", cwd=tmp_path, env=env)
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in (tmp_path / "出").iterdir()) == ["-开头.json", "东城 信访.json"]


def test_C08_escape_codes_do_not_reach_the_terminal(tmp_path: Path) -> None:
    evil = report_text("东城区").replace("办公室", "办公室\x1b[31m\u202e", 1)
    (tmp_path / "evil\x1b[2J.txt").write_text(evil, "utf-8")
    done = govmech(
        "extract", tmp_path / "evil\x1b[2J.txt", tmp_path / "absent\x1b.txt", cwd=tmp_path
    )
    assert "\x1b" not in done.stdout + done.stderr
    assert "\u202e" not in done.stdout


def test_cli_extract_coverage_lists_what_was_not_used(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("甲报告\n会同丁市林草局巡山，印发《丙村巡山办法》。\n", "utf-8")
    done = govmech("extract", "r.txt", "--coverage", "--format", "json", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert {(m["gap"], m["cue"]) for m in found["missed"]} >= {("unknown document", "丙村巡山办法")}
    table = govmech("extract", "r.txt", "--coverage", cwd=tmp_path).stdout
    assert "丙村巡山办法" in table


def test_cli_extract_writes_one_file_a_report(reports: Path, tmp_path: Path) -> None:
    (reports / "deep").mkdir()
    (reports / "deep" / "r0.txt").write_text(report_text("丰台区"), "utf-8")
    done = govmech("extract", reports, "-o", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 3
    assert "has the same name" in done.stderr
    written = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert written == ["r0.json", "r1.json", "r2.json", "r3.json"]
    found = json.loads((tmp_path / "out" / "r1.json").read_text("utf-8"))
    assert found["unit"] == "北京市西城区信访办公室"
    assert found["year"] == 2021


def test_cli_export_writes_a_file_and_keeps_what_is_there(loaded: Path) -> None:
    listed = json.loads(govmech("export", "--list", "--format", "json", cwd=loaded).stdout)
    assert {"graphml", "jsonl", "csv"} <= {f["name"] for f in listed}
    done = govmech("export", "graphml", "-o", "graph.graphml", cwd=loaded)
    assert done.returncode == 0, done.stderr
    written = (loaded / "graph.graphml").read_bytes()
    assert "领导包案".encode() in written
    assert govmech("export", "graphml", "-o", "graph.graphml", cwd=loaded).returncode == 1
    assert (loaded / "graph.graphml").read_bytes() == written
    again = govmech("export", "graphml", "-o", "graph.graphml", "--force", cwd=loaded)
    assert again.returncode == 0
    assert (loaded / "graph.graphml").read_bytes() == written


def test_cli_remove_takes_id_title_or_file_name(loaded: Path) -> None:
    [first, *_] = sorted(open_store(str(loaded / "govmech.kgl"), read_only=True).reports())
    assert govmech("remove", first, cwd=loaded).returncode == 0
    assert govmech("remove", first, cwd=loaded).returncode == 5
    assert govmech("remove", "r3.txt", cwd=loaded).returncode == 0
    info = json.loads(govmech("info", "--format", "json", cwd=loaded).stdout)
    assert info["nodes"]["Report"] == len(DISTRICTS) - 2
    assert info["problems"] == []


def obeying_permissions() -> None:
    """Root may read and write everything; without these two rights it is like anybody."""
    if os.geteuid() == 0:
        drop_from_bounding_set, override, read_and_search = 24, 1, 2
        for right in (override, read_and_search):
            ctypes.CDLL(None).prctl(drop_from_bounding_set, right, 0, 0, 0)


def test_S14_folder_that_takes_no_file_is_named(loaded: Path, reports: Path) -> None:
    folder = loaded / "closed"
    folder.mkdir(mode=0o555)
    done = subprocess.run(
        [*GOVMECH, "load", reports, "--store", folder / "new.kgl"],
        cwd=loaded, env=environment(), capture_output=True, encoding="utf-8", check=False,
        preexec_fn=obeying_permissions,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"no file can be made in {folder}" in done.stderr
    assert "journal" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_L27_file_that_may_not_be_read_is_listed(loaded: Path, reports: Path) -> None:
    closed = reports / "closed.txt"
    closed.write_text("不能读", "utf-8")
    closed.chmod(0)
    for paths, code in (([closed], 5), ([reports], 3)):
        done = subprocess.run(
            [*GOVMECH, "load", *paths],
            cwd=loaded, env=environment(), capture_output=True, encoding="utf-8", check=False,
            preexec_fn=obeying_permissions,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        [line] = [line for line in done.stderr.splitlines() if "closed.txt" in line]
        assert "未能读取" in line
        assert "Usage" not in done.stderr


def test_S12_cli_names_a_store_that_is_not_what_was_loaded(loaded: Path) -> None:
    """Behind its back a sentence is changed, then a whole report taken out."""
    import kglite

    def change(*statements: str) -> None:
        with kglite.open(str(loaded / "govmech.kgl"), durable="off") as graph:
            for statement in statements:
                graph.cypher(statement)

    change("MATCH (p:Passage) WITH p ORDER BY p.id LIMIT 1 SET p.text = '别的。'")
    info = govmech("info", cwd=loaded)
    assert info.returncode == 1
    assert "is not what was loaded" in info.stderr
    found = open_store(str(loaded / "govmech.kgl"), read_only=True).reports()
    change(
        f"MATCH (p:Passage) WHERE p.report = '{min(found)}' DETACH DELETE p",
        f"MATCH (r:Report {{id: '{min(found)}'}}) DETACH DELETE r",
    )
    asked = govmech("ask", "overview", "--format", "json", cwd=loaded)
    assert asked.returncode == 0
    assert json.loads(asked.stdout)
    assert f"{len(DISTRICTS) - 1} of {len(DISTRICTS)} Report" in asked.stderr
    assert govmech("copy", "govmech.kgl", "copy.kgl", cwd=loaded).returncode == 1


def test_cli_evaluate_prints_the_figures_of_the_scorer(tmp_path: Path) -> None:
    args = ("evaluate", GOLD / "annotations", GOLD / "texts")
    done = govmech(*args, "--format", "json", "--errors", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["reports"] == len(list((GOLD / "annotations").iterdir()))
    assert set(found["unit"]) == {"precision", "recall", "f1", "tp", "fp", "fn"}
    assert {m["kind"] for m in found["mistakes"]} <= {"missed", "extra", "near"}
    table = govmech(*args, cwd=tmp_path).stdout
    assert "REPORTS_TO" in table


def test_N01_second_writer_is_told_that_the_store_is_busy(loaded: Path, reports: Path) -> None:
    with open_store(str(loaded / "govmech.kgl")):
        done = govmech("load", reports, cwd=loaded)
        assert done.returncode == 4
        assert "Traceback" not in done.stderr
        assert govmech("info", cwd=loaded).returncode == 0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def get(port: int, path: str) -> bytes:
    """Body of an answer; waits up to a minute for the server to come up."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                body: bytes = answer.read()
                return body
        except ConnectionError:
            time.sleep(0.1)
        except urllib.error.URLError as exc:
            if not isinstance(exc.reason, ConnectionError):
                raise
            time.sleep(0.1)
    raise AssertionError("the server did not come up")


def test_N03_load_goes_on_beside_serve_and_sigterm_ends_it(loaded: Path) -> None:
    port = free_port()
    server = started("serve", "--port", str(port), cwd=loaded)
    try:
        get(port, "/readyz")
        (loaded / "new.txt").write_text(report_text("丰台区"), "utf-8")
        done = govmech("load", "new.txt", cwd=loaded)
        assert done.returncode == 0, done.stderr
        path = "/questions/units_applying_mechanism?mechanism=mechanism%3A" + quote("领导包案")
        assert "北京市丰台区信访办公室".encode() in get(port, path)
        busy = govmech("serve", "--port", str(port), cwd=loaded)
        assert busy.returncode == 2
        assert str(port) in busy.stderr
    finally:
        server.terminate()
        data, said = server.communicate(timeout=60)
    assert server.returncode == 143, said
    assert data == ""
    assert f"http://127.0.0.1:{port}/" in said
    assert "Traceback" not in said


def test_cli_start_answers_from_the_bundled_samples(tmp_path: Path) -> None:
    done = govmech("start", "--once", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "evidence" in done.stdout
    assert (tmp_path / "govmech.kgl").exists()
    again = govmech("start", "--once", cwd=tmp_path)
    assert again.returncode == 0
    assert "holds reports already" in again.stderr


SENTENCES = 300


def many_reports(folder: Path) -> Path:
    """Reports that take several batches to write."""
    folder.mkdir()
    for number in range(64):
        text = report_text(DISTRICTS[number % 4], 1990 + number // 4)
        more = "".join(f"第{n}次。" for n in range(SENTENCES))
        (folder / f"{number:02}.txt").write_text(f"{text}{more}\n", "utf-8")
    return folder


def started(*args: str | Path, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*GOVMECH, *map(str, args)],
        cwd=cwd,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def wait_for_write(store: Path, process: subprocess.Popen[str]) -> None:
    """Wait until the load has written the first batch."""
    journal = store.with_name(f"{store.name}-journal")
    for _ in range(6_000):
        if process.poll() is not None or (journal.exists() and b", true]" in journal.read_bytes()):
            return
        time.sleep(0.01)


def assert_whole(store: Path, folder: Path) -> None:
    """Every report there is complete, and loading again completes the rest."""
    with open_store(str(store)) as opened:
        info = opened.info()
        assert info.problems == ()
        rows = opened.run(
            "MATCH (r:Report) OPTIONAL MATCH (p:Passage)-[:PART_OF]->(r) "
            "RETURN r.id AS id, count(p) AS passages"
        )
        assert {row["passages"] for row in rows} == {PASSAGES + SENTENCES}
    done = govmech("load", folder, "--store", store, "--format", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["replaced"] == []
    assert summary["nodes"]["Report"] == len(list(folder.iterdir()))


def test_K01_kill_during_load_leaves_whole_reports(tmp_path: Path) -> None:
    folder, store = many_reports(tmp_path / "many"), tmp_path / "graph.kgl"
    process = started("load", folder, "--store", store, cwd=tmp_path)
    wait_for_write(store, process)
    process.kill()
    process.communicate()
    assert_whole(store, folder)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["ctrl-c", "sigterm"]
)
def test_C03_stop_during_load_is_clean(tmp_path: Path, number: int, code: int) -> None:
    folder, store = many_reports(tmp_path / "many"), tmp_path / "graph.kgl"
    process = started("load", folder, "--store", store, cwd=tmp_path)
    wait_for_write(store, process)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == code, said
    assert "Traceback" not in said
    assert_whole(store, folder)


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("command", ["load", "extract"])
def test_cli_vocabulary_that_is_wrong_is_told_once(
    command: str, workers: str, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    shutil.copytree(ROOT / "loaders", own / "loaders", ignore=shutil.ignore_patterns("*.pyc"))
    entries = own / "loaders/reference/mechanisms/petitions.yaml"
    entries.write_text(entries.read_text("utf-8") + "  - name: 无英文名\n", "utf-8")
    program = f"import sys; sys.path.insert(0, {str(own)!r}); from api.cli import main; main()"
    line = [sys.executable, "-c", program, command, str(ROOT / "loaders/samples")]
    target = ["--store", str(tmp_path / "g.kgl")] if command == "load" else []
    done = subprocess.run(
        [*line, *target, "--workers", workers],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env=environment(),
        check=False,
    )
    assert done.returncode == 5, done.stderr
    assert done.stderr.count("petitions.yaml") == 1
    assert "无英文名" in done.stderr
    assert "Traceback" not in done.stderr
