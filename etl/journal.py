"""Writes the log of attempts to fetch. It is no data: what cannot be written is said and stops nothing."""

from __future__ import annotations

import logging
from pathlib import Path

from warehouse.fetch_log import Attempt, histories, line_of
from warehouse.store import FETCH_LOG

MOST_BYTES = 2_000_000  # then only the last attempt and the last success of each dataset are kept

_LOGGER = logging.getLogger(__name__)


def record(folder: Path, attempt: Attempt) -> None:
    """Add one line. A line that a full disk or a kill cut short spoils none but itself."""
    file = folder / FETCH_LOG
    try:
        is_whole = not file.exists() or file.stat().st_size == 0 or _ends_a_line(file)
        with file.open("a", encoding="utf-8") as log:
            log.write(("" if is_whole else "\n") + line_of(attempt) + "\n")
        if file.stat().st_size > MOST_BYTES:
            _shorten(folder, file)
    except OSError as error:
        _LOGGER.warning("the attempt on %s is not in %s: %s", attempt.dataset_id, file, error.strerror)


def _ends_a_line(file: Path) -> bool:
    with file.open("rb") as log:
        log.seek(-1, 2)
        return log.read() == b"\n"


def _shorten(folder: Path, file: Path) -> None:
    kept = []
    for history in histories(folder).values():
        before = [history.success] if history.success and history.success is not history.last else []
        kept += [line_of(attempt) for attempt in (*before, history.last)]
    draft = file.with_suffix(".part")
    draft.write_text("\n".join(kept) + "\n", encoding="utf-8")
    draft.replace(file)
