"""Where the templates and migrations are: beside the package in a checkout, inside it when installed."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def _found(name: str) -> Path:
    beside = PACKAGE.parent / name
    return beside if beside.is_dir() else PACKAGE / f"_{name}"


TEMPLATES = _found("templates")
MIGRATIONS = _found("migrations")
