"""Finds a Chromium, or gets one, or says in one sentence why there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL_SECONDS = 600

FLAGS = (
    "--no-sandbox",  # the sandbox refuses to start for root, which is what containers and CI run as
    "--use-angle=swiftshader",  # WebGL in software: maps draw without a graphics card
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    # Whatever a page might ask of another host fails at once and is seen as a request.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


class NoChromium(LookupError):
    """No Chromium could be had; the message says what was tried."""


def find_or_install() -> Path:
    """The executable: the one $CHROMIUM names, the system's, Playwright's, else one installed now."""
    attempts: tuple[Callable[[], Path | None], ...] = (_named, _installed, _from_playwright, _from_apt)
    for attempt in attempts:
        if (executable := attempt()) is not None:
            return executable
    raise NoChromium("no chromium, chromium-browser or google-chrome; Playwright and apt brought none")


def _named() -> Path | None:
    if not (name := os.environ.get("CHROMIUM")):
        return None
    if not (found := shutil.which(name)):
        raise NoChromium(f"CHROMIUM names {name!r}, which cannot be run")
    return Path(found)


def _installed() -> Path | None:
    return next((Path(found) for name in NAMES if (found := shutil.which(name))), None)


def _from_playwright() -> Path | None:
    if not _runs([sys.executable, "-m", "playwright", "install", "chromium"]):
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        executable = Path(playwright.chromium.executable_path)
    return executable if executable.exists() else None


def _from_apt() -> Path | None:
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    install = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
    return _installed() if _runs(["apt-get", "update"]) and _runs(install) else None


def _runs(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, timeout=INSTALL_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
