"""The shape that the README draws, read from the imports themselves."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("graph", "loaders", "queries", "api")

# What a package may import of ours, beside itself. `graph` knows nothing of
# files or Chinese, `loaders` nothing of HTTP or Cypher files, and the error
# tree and the tokenizer of Cypher are what everybody shares.
ALLOWED = {
    "graph": set(),
    "loaders": {"graph"},
    "queries": {"graph.errors", "graph.cypher"},
    "api": {"graph", "loaders", "queries"},
}
DRIVERS = {"kglite": {"graph/store_embedded.py"}, "neo4j": {"graph/store_neo4j.py"}}


def modules() -> dict[str, Path]:
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found[name.removesuffix(".__init__")] = path
    return found


def imports(path: Path, top_level_only: bool = False) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    nodes = tree.body if top_level_only else ast.walk(tree)
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


def test_imports_point_one_way():
    wrong = []
    for name, path in modules().items():
        package = name.split(".")[0]
        for imported in imports(path):
            head = imported.split(".")[0]
            if head not in PACKAGES or head == package:
                continue
            if not any(imported == a or imported.startswith(f"{a}.") for a in ALLOWED[package]):
                wrong.append(f"{name} imports {imported}")
    assert not wrong


def test_imports_make_no_cycle():
    known = modules()
    edges = {
        name: {i for i in imports(path, top_level_only=True) if i in known and i != name}
        for name, path in known.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail[trail.index(name) :], name))
        if name in done:
            return
        for target in sorted(edges[name]):
            visit(target, (*trail, name))
        done.add(name)

    for name in sorted(edges):
        visit(name, ())


def test_only_its_store_imports_a_driver():
    for driver, allowed in DRIVERS.items():
        users = {
            str(path.relative_to(ROOT))
            for path in modules().values()
            if any(i == driver or i.startswith(f"{driver}.") for i in imports(path))
        }
        assert users == allowed


def test_packages_import_without_the_neo4j_driver():
    code = (
        "import sys; sys.modules['neo4j'] = None\n"
        "import graph.store, graph.store_embedded, loaders.extract, loaders.load, api.app, api.cli"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_every_module_says_what_it_is_for():
    missing = [
        name
        for name, path in modules().items()
        if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert not missing
