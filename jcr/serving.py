"""The web pages under gunicorn, started from our own settings."""

from __future__ import annotations

import socket
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from jcr import memory
from jcr.app import create_app
from jcr.settings import Settings

THREADS = 4


def must_be_free(host: str, port: int) -> None:
    """Raises OSError with a sentence when nothing can listen there; else gunicorn tries for seconds, in many lines."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as why:
            raise OSError(f"Port {port} of {host} cannot be used ({why.strerror}). Choose another.") from None


class DiscreetLog(Logger):  # type: ignore[misc]
    """Writes down that a request could not be read or answered, and nothing of what stood in it: addresses hold tokens
    of links and what was searched for."""

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        about_request = msg.startswith("Invalid request from ")
        super().warning(msg.split(": ", 1)[0] if about_request else msg, *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        if msg.startswith("Error handling request"):
            msg, args = "Error handling a request", ()
        super().exception(msg, *args, **kwargs)


class Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, settings: Settings, host: str, port: int, workers: int = 1) -> None:
        self.settings = settings
        self.wanted: dict[str, Any] = {
            "bind": f"{host}:{port}",
            "workers": workers,
            "threads": THREADS,
            "preload_app": True,
            "control_socket_disable": True,
            "loglevel": "warning",
            "logger_class": DiscreetLog,
            "timeout": 60,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.wanted.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application; before several processes part, its templates are compiled for all of them."""
        app = create_app(self.settings)
        several = self.wanted["workers"] > 1
        for name in app.jinja_env.list_templates(extensions=["html"]) if several else ():
            if not name.startswith("govuk_frontend"):
                app.jinja_env.get_template(name)
        app.extensions["sessions"].engine.dispose()
        memory.settle(memory.BETWEEN_PAGES)
        return app
