"""Addresses of the outlines: the content's hash is in the name, so a browser keeps one for ever."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

GEOMETRY_ROOT: Final = "/geo"
_FOLDER: Final = Path(__file__).resolve().parent / "geo"
_SUFFIX: Final = ".geojson"
_COMPRESSED: Final = ".gz"


def geometry_url(name: str) -> str:
    """Where a browser finds geo/<name>.geojson.gz, e.g. /geo/nuts2.3f9a1c07d2.geojson.

    Raises FileNotFoundError when there is no such layer.
    """
    return f"{GEOMETRY_ROOT}/{name}.{_hash(_file(name))}{_SUFFIX}"


def geometry_file(hashed_name: str) -> Path | None:
    """The gzip file behind the last part of a `geometry_url`; None for any other, an old one included."""
    name, _, digest = hashed_name.removesuffix(_SUFFIX).rpartition(".")
    file = _file(name)
    # Only the folder's own files: a name with a slash or dots never gets as far as the file system.
    if not name.replace("-", "").replace("_", "").isalnum() or not file.is_file():
        return None
    return file if hashed_name == f"{name}.{_hash(file)}{_SUFFIX}" and digest else None


def _file(name: str) -> Path:
    return _FOLDER / f"{name}{_SUFFIX}{_COMPRESSED}"


def _hash(file: Path) -> str:
    return _hash_of_version(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _hash_of_version(file: Path, _mtime_ns: int) -> str:
    """Ten hexadecimal digits of the content's SHA-256; read again only when the file has changed."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]
