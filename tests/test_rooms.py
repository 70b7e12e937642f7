"""Who may import whom: pages → warehouse ← etl, and the door that knows both."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# What each room must not touch. `app.py` and `door` are the only ones that may know everything.
INTERFACE = {"streamlit", "plotly", "pydeck", "starlette", "pages", "door", "app", "tests"}
NETWORK = {"requests", "urllib.request", "http.client", "socket"}
FORBIDDEN = {
    "pages": {"etl", "door", "app", "tests", "starlette", "duckdb", *NETWORK},
    "etl": INTERFACE,
    "warehouse": {"etl", *INTERFACE, *NETWORK},
}
# Geometry is prepared by hand once in a while, with tools the product does not have.
PREPARATION = ROOT / "warehouse" / "territories"

ROOMS = tuple(FORBIDDEN)
MODULES = sorted(path for room in (*ROOMS, "door") for path in (ROOT / room).rglob("*.py"))


def imports_of(module: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, wherever in it."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def belongs_to(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may_touch(room: str) -> None:
    trespasses = [
        f"{module.relative_to(ROOT)}:{line} imports {name}"
        for module in sorted((ROOT / room).rglob("*.py"))
        for line, name in imports_of(module)
        if belongs_to(name, FORBIDDEN[room])
    ]
    assert trespasses == []


def test_pages_are_imported_by_their_whole_name() -> None:
    """`pages/` is sys.path[0] while a script runs: `import components` would load a module twice."""
    own = {path.stem for path in (ROOT / "pages").glob("*.py")} | {"components"}
    short = [
        f"{module.relative_to(ROOT)}:{line} imports {name}"
        for module in sorted((ROOT / "pages").rglob("*.py"))
        for line, name in imports_of(module)
        if belongs_to(name, own)
    ]
    assert short == []


def test_only_the_preparation_of_geometry_needs_tools_the_product_lacks() -> None:
    tools = {"geopandas", "shapely", "topojson"}
    users = [module for module in MODULES if any(belongs_to(name, tools) for _, name in imports_of(module))]
    assert [user for user in users if not _prepares_geometry(user)] == []


def _prepares_geometry(module: Path) -> bool:
    return module == PREPARATION / "prepare.py" or PREPARATION / "preparation" in module.parents


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source))
