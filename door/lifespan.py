"""What the server does before its first reader comes, and what it ends when it stops."""

from __future__ import annotations

import gc
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from door.first_build import keep_build_current


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """A build is under way and every page is loaded before the server answers its first reader."""
    async with keep_build_current(app):
        _load_pages()
        yield


def _load_pages() -> None:
    """Load the pages once for all readers, and take what is loaded out of the collector's rounds.

    Streamlit collects garbage after each run of a script. The modules are over a hundred thousand objects
    that are never garbage, and walking them took longer than most pages take to run.
    """
    # Not at the top of this module: a page's caches are made for the runtime, which must be there first.
    importlib.import_module("pages.menu")
    gc.collect()
    gc.freeze()
