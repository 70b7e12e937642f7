"""The lock of a snapshot: what the bytes were, where they are had, and how much of them was kept.

A machine writes it, or a person for figures transcribed from a document. Its diff is the change of data.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from etl.declaration import Dataset
from etl.strict import read_table


@dataclass(frozen=True)
class Lock:
    """`sha256` and `bytes` are of the provider's file; `rows` are those of the extract, of `source_rows`.

    `fetched_at` is set when we fetched the bytes ourselves, `extracted_at` when we cut an extract out of a
    file obtained otherwise. `published_at` is None when the provider does not state it.
    """

    provider: str
    dataset: str
    vintage: str
    url: str
    licence: str
    origin: str
    sha256: str
    bytes: int
    source_rows: int
    rows: int
    extracted_at: date | None = None
    fetched_at: date | None = None
    published_at: date | None = None


def lock_of(
    dataset: Dataset, *, sha256: str, size: int, source_rows: int, rows: int, extracted_at: date
) -> Lock:
    """The lock of an extract just cut out of `size` bytes."""
    return Lock(
        provider=dataset.provider.provider_id,
        dataset=dataset.dataset_id,
        vintage=dataset.vintage,
        url=dataset.url,
        licence=dataset.licence,
        origin=dataset.origin,
        sha256=sha256,
        bytes=size,
        source_rows=source_rows,
        rows=rows,
        extracted_at=extracted_at,
        published_at=dataset.published,
    )


def read_lock(file: Path) -> Lock:
    """Raises DoesNotExist, and WrongRequest naming the key at fault."""
    table = read_table(file)
    texts = {key: table.text(key) for key in ("provider", "dataset", "vintage", "url", "licence", "origin")}
    lock = Lock(
        **texts,
        sha256=table.text("sha256"),
        bytes=table.integer("bytes"),
        source_rows=table.integer("source_rows"),
        rows=table.integer("rows"),
        extracted_at=table.day_or_none("extracted_at"),
        fetched_at=table.day_or_none("fetched_at"),
        published_at=table.day_or_none("published_at"),
    )
    table.close()
    return lock


def write_lock(file: Path, lock: Lock) -> None:
    """TOML, one key a line in the order of the dataclass; what is None is left out."""
    values = ((each.name, getattr(lock, each.name)) for each in fields(lock))
    lines = [f"{name} = {_toml(value)}" for name, value in values if value is not None]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _toml(value: str | int | date) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return value.isoformat() if isinstance(value, date) else str(value)
