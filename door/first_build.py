"""Has the warehouse built at start, in a process of its own, while the server already answers."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from warehouse import store

_LOGGER: Final = logging.getLogger(__name__)
_BUILD: Final = (sys.executable, "-m", "etl", "build")


@asynccontextmanager
async def keep_build_current(_app: Any) -> AsyncIterator[None]:
    """Lifespan of the server: one build at each start, ended with the server.

    It runs even when a build is there: `etl build` does nothing when nothing changed, and declarations or
    extracts that came with a new version of the code enter the warehouse without anybody asking. It opens no
    socket, so OBSERVATORY_OFFLINE makes no difference. Meanwhile the former build, if any, answers.
    """
    build = _BackgroundBuild(store.data_folder())
    build.start()
    try:
        yield
    finally:
        build.stop()


class _BackgroundBuild:
    """One `etl build`; `building` stands in the data folder while it runs, `build.log` stays if it fails."""

    def __init__(self, folder: Path) -> None:
        self._marker = folder / store.BUILDING
        self._log = folder / store.BUILD_LOG
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def start(self) -> None:
        self._marker.parent.mkdir(parents=True, exist_ok=True)
        self._marker.touch()
        with self._log.open("wb") as log:
            # In a session of its own: Ctrl-C is for the server, which ends its build; that is no failure.
            self._process = subprocess.Popen(
                _BUILD, cwd=store.PROJECT_ROOT, stderr=log, start_new_session=True
            )
        threading.Thread(target=self._settle, args=(self._process,), name="first-build", daemon=True).start()

    def _settle(self, process: subprocess.Popen[bytes]) -> None:
        """Wait for the end. The marker goes last: until then the log is not a verdict."""
        code = process.wait()
        if code == 0 or self._stopped:
            self._log.unlink(missing_ok=True)
        else:
            words = self._log.read_text(encoding="utf-8", errors="replace").strip()
            _LOGGER.error("the build ended with %s: %s", code, words)
        self._marker.unlink(missing_ok=True)

    def stop(self) -> None:
        self._stopped = True
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=10)
