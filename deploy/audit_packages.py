"""Asks PyPI which pinned packages have known vulnerabilities: `make check` fails on one, not on a silent service."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

SECONDS = 90  # for all packages; about eight in the usual way
NO_ANSWER = re.compile(
    r"ConnectionError|ServiceError|ProxyError|SSLError|Timeout|Could not connect|HTTPError"
)
COMMAND = (
    "-m", "pip_audit", "--requirement", "requirements.lock", "--require-hashes", "--disable-pip",
    "--progress-spinner", "off", "--timeout", "5", "--format", "json",
)  # fmt: skip


@dataclass
class Verdict:
    good: bool
    lines: list[str] = field(default_factory=list)


def audit() -> Verdict:
    try:
        ran = subprocess.run([sys.executable, *COMMAND], capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return _unasked("it took too long to answer")
    return judged(ran.stdout, ran.stderr)


def judged(printed: str, complained: str) -> Verdict:
    """What pip-audit said, by its standard output and its standard error."""
    if not printed.lstrip().startswith("{"):
        if NO_ANSWER.search(complained):
            return _unasked("it could not be reached")
        return Verdict(False, ["The packages could not be audited:", complained.strip()])
    packages = json.loads(printed)["dependencies"]
    found = [line for package in packages for line in _findings(package)]
    unknown = sum("skip_reason" in package for package in packages)
    if unknown == len(packages):
        return _unasked("it knows none of the packages, as a mirror without PyPI's JSON pages does")
    asked = f"{len(packages) - unknown} packages audited, {unknown} unknown to the service."
    return Verdict(not found, [*found, asked])


def _findings(package: dict[str, Any]) -> list[str]:
    return [
        f"{package['name']} {package['version']}: {flaw['id']}, mended in "
        f"{', '.join(flaw['fix_versions']) or 'no version yet'}"
        for flaw in package.get("vulns", [])
    ]


def _unasked(why: str) -> Verdict:
    return Verdict(
        True, [f"NOT AUDITED: no package was looked up at the vulnerability service, because {why}."]
    )


if __name__ == "__main__":
    verdict = audit()
    print(*verdict.lines, sep="\n")
    sys.exit(not verdict.good)
