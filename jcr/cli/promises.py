"""The register of promises, read from the document that lists them and the tests that cite them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from jcr.places import PACKAGE

DOCUMENT = PACKAGE.parent / "docs" / "terms-of-reference.md"
TESTS = PACKAGE.parent / "tests"
ROW = re.compile(r"^\| ([0-9BP]\.\d+) \| (.+?) \|", re.M)


@dataclass(frozen=True)
class Promise:
    id: str
    text: str
    tests: tuple[str, ...]


def register() -> list[Promise]:
    """Each promise in the document's order. Raises OSError outside a checkout, where there are no tests to look at."""
    kept = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        for name, ids in cited(path.read_text("utf-8")):
            for id in ids:
                kept[id].append(f"{path.relative_to(TESTS.parent)}::{name}")
    rows = ROW.findall(DOCUMENT.read_text("utf-8"))
    return [Promise(id, text, tuple(kept[id])) for id, text in rows]


def cited(source: str) -> Iterator[tuple[str, list[str]]]:
    """The tests in a module that carry `@pytest.mark.tor("7.4", ...)`, with the ids they cite."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            ids = [id for mark in node.decorator_list for id in _ids(mark)]
            if ids:
                yield node.name, ids


def _ids(mark: ast.expr) -> list[str]:
    if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr == "tor":
        return [str(arg.value) for arg in mark.args if isinstance(arg, ast.Constant)]
    return []
