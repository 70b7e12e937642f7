"""What came with HTTP 200: told from pages, messages and bombs before anything reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from etl.declaration import Dataset
from etl.errors import SourceError, TryAgain
from etl.parse.content import GZIP_MAGIC, ZIP_MAGIC, refuse_a_bomb, refuse_what_is_not_a_table
from etl.request import Endpoint
from etl.trouble import REFRESH_LATER

MESSAGE = 100_000  # bytes: a message of a server is shorter
BY_HAND = "download the file in a browser and run `python -m etl fetch --file PATH DATASET`"


def accepted(
    dataset: Dataset, endpoint: Endpoint | None, draft: Path, number: int, address: str = ""
) -> Path:
    """The file under its name in the snapshot, once it looks like what the dataset is."""
    content = draft.read_bytes()
    try:
        _refuse_what_is_not_data(dataset, content)
        if endpoint:
            refuse_a_bomb(content, endpoint.unpacked)
    except SourceError as error:
        draft.unlink()
        raise error.at(file=address) from None
    return draft.rename(draft.with_name(f"{dataset.dataset_id}-{number:04d}{_suffix(content)}"))


def _refuse_what_is_not_data(dataset: Dataset, content: bytes) -> None:
    """Raise TryAgain where HTTP 200 brought an empty body, a page or a message."""
    if not content.strip():
        raise TryAgain("the answer is empty, with HTTP 200", f"{REFRESH_LATER}, or {BY_HAND}")
    if _is_page(content):
        refuse_what_is_not_a_table(content)
    request = dataset.request
    format_name = request.format or dataset.format if request else dataset.format
    reader = dataset.reader if request is None or request.reader is None else request.reader
    if (format_name == "workbook" or reader.get("member")) and not content.startswith(ZIP_MAGIC):
        begin = content[:12].decode("ascii", errors="replace")
        raise TryAgain(
            f"a zip is due, and the answer begins with {begin!r}", f"{REFRESH_LATER}, or {BY_HAND}"
        )
    if len(content) < MESSAGE and content.lstrip()[:1] == b"{":
        _refuse_a_message(content)


def _is_page(content: bytes) -> bool:
    start = content.lstrip()[:200].lower()
    return start.startswith((b"<!doctype html", b"<html")) or b":fault" in start


def _refuse_a_message(content: bytes) -> None:
    """A warning or an error in JSON, as Eurostat writes them under HTTP 200."""
    said = json_of(content)
    for key in ("warning", "error"):
        if key in said:
            parts = said[key] if isinstance(said[key], list) else [said[key]]
            label = parts[0].get("label", "") if parts and isinstance(parts[0], dict) else parts
            raise TryAgain(
                f"the answer is a message, not the data: “{label!s:.200}”",
                f"{REFRESH_LATER}, or ask for less in [request]",
            )


def json_of(content: bytes, address: str = "") -> dict[str, Any]:
    try:
        read = json.loads(content)
    except ValueError as error:
        raise TryAgain(f"the JSON is cut or damaged ({error})", REFRESH_LATER, file=address) from None
    return read if isinstance(read, dict) else {}


def _suffix(content: bytes) -> str:
    """Of the name in the snapshot, for a person who opens it."""
    for magic, suffix in ((ZIP_MAGIC, ".zip"), (GZIP_MAGIC, ".gz"), (b"{", ".json"), (b"<", ".xml")):
        if content.lstrip()[:2].startswith(magic):
            return suffix
    return ".txt"
