"""The audit of packages: a finding fails the checks, a service that does not answer is said and fails nothing."""

import json

from deploy.audit_packages import judged


def said(*packages: dict) -> str:
    return json.dumps({"dependencies": list(packages), "fixes": []})


SOUND = {"name": "flask", "version": "3.1.3", "vulns": []}
FLAWED = {"name": "pillow", "version": "9.0", "vulns": [{"id": "PYSEC-2022-10", "fix_versions": ["9.0.1"]}]}
UNKNOWN = {"name": "ruff", "skip_reason": "Dependency not found on PyPI"}


def test_a_finding_fails_and_says_what_mends_it():
    verdict = judged(said(SOUND, FLAWED, UNKNOWN), "Found 1 known vulnerability")
    assert not verdict.good
    assert verdict.lines == [
        "pillow 9.0: PYSEC-2022-10, mended in 9.0.1",
        "2 packages audited, 1 unknown to the service.",
    ]


def test_sound_packages_pass():
    assert judged(said(SOUND), "").good


def test_a_service_that_cannot_be_reached_or_knows_nothing_is_said_and_fails_nothing():
    for printed, complained in [
        ("", "requests.exceptions.ProxyError: HTTPSConnectionPool(host='pypi.org', port=443)"),
        (said(UNKNOWN, UNKNOWN), "No known vulnerabilities found"),
    ]:
        verdict = judged(printed, complained)
        assert verdict.good
        assert verdict.lines[0].startswith("NOT AUDITED: no package was looked up")


def test_a_fault_of_our_own_fails():
    verdict = judged("", "ERROR:pip_audit._cli:invalid requirements input: requirements.lock")
    assert not verdict.good
    assert "invalid requirements input" in verdict.lines[1]
