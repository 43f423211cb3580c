"""The habits of the house, kept by looking at the code itself."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from flask import Flask

from jcr import migrating
from jcr.app import create_app
from jcr.settings import Settings
from jcr.web.access import Open, openness

ROOT = Path(__file__).parents[2]
CODE = [path for folder in ("jcr", "forms", "mail_intake") for path in sorted((ROOT / folder).rglob("*.py"))]


def where(pattern: str) -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for path in CODE
        if re.search(pattern, path.read_text("utf-8"), re.MULTILINE)
    }


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(
        Settings(secret_key="a secret for the tests that is long enough", database_url="sqlite://")
    )


def test_every_page_says_who_may_open_it(app: Flask) -> None:
    silent = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and openness(app.view_functions[rule.endpoint]) is Open.TO_NOBODY
    ]
    assert silent == []


def test_every_page_has_an_address_without_names(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert not re.search(r"<(?:string:)?(?:subject|person)?_?name>", rule.rule), rule.rule


def test_a_case_changes_its_status_in_one_place() -> None:
    assert where(r"case\.status = ") == {"jcr/cases/workflow.py"}


def test_only_the_transaction_and_the_request_commit() -> None:
    assert where(r"session\.commit\(\)") == {"jcr/web/request.py"}
    connections_that_only_read = {"jcr/db.py"}
    assert where(r"\.commit\(\)") == {"jcr/web/request.py"} | connections_that_only_read
    assert where(r"\.writing\.begin\(") == {"jcr/db.py"}


def test_the_moment_is_fetched_at_the_edges_only() -> None:
    edges = ("jcr/web/", "jcr/cli/", "jcr/worker.py", "jcr/demonstration/", "mail_intake/", "forms/")
    inside = {
        path for path in where(r"datetime\.now\(|date\.today\(|time\.time\(") if not path.startswith(edges)
    }
    assert inside == set()


def test_the_migrations_make_the_tables_the_models_describe() -> None:
    assert migrating.differences() == []


def test_nobody_imports_inside_a_function_to_hide_a_cycle() -> None:
    """The reader's child may: its limits and its path are set before it reads our code."""
    hidden = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in CODE
        if path != ROOT / "forms/reading/child.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.ImportFrom)
        and (inner.module or "").startswith(("jcr", "forms", "mail_intake"))
    ]
    assert hidden == []


def test_every_module_says_in_a_sentence_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in CODE
        if path.read_text("utf-8").strip() and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_no_page_has_inline_style_or_script() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"\sstyle=|\son[a-z]+=\"|javascript:", text), path
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path


def test_the_bench_still_finds_all_that_it_takes_from_product_and_tests() -> None:
    assert callable(import_module("tests.bench.__main__").main)
