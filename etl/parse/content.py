"""From the bytes a provider served to UTF-8 text: unpack, recognise what is not data, decode.

Bytes are recognised by how they begin, never by a file name or a header: gzip is served under `.tsv`, and a
bot wall answers a ZIP request with 200 and a page.
"""

from __future__ import annotations

import codecs
import fnmatch
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import IO, NoReturn

import numpy as np
import pyarrow as pa

from etl.errors import DoesNotExist, SourceError, TryAgain, WrongRequest

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK"
CHUNK = 1_000_000
BLOCK = 1 << 23  # bytes of a table that are unpacked at a time
HTML = re.compile(rb"<(!doctype\s+)?html", re.I)
FETCH_AGAIN = "fetch the file again, or download it by hand and extract from that copy"

# No file of a provider is larger once unpacked; a bomb of a few kilobytes is.
UNPACKED_LIMIT = 4_000_000_000

# Most text is UTF-8, with or without a byte order mark; what is not has been Windows text so far.
FALLBACK_ENCODING = "cp1252"


def text_of(content: bytes, *, member: str = "", encoding: str = "") -> bytes:
    """The table inside `content` as UTF-8 bytes without byte order mark; gzip and zip unpacked.

    `member` is a glob for the file of a zip that holds several; `encoding` forbids the guess.
    Raises TryAgain for bytes that are empty, cut or a page, DoesNotExist for a member that is not in the zip.
    """
    plain = unpack(content, member=member)
    refuse_what_is_not_a_table(plain)
    return decode(plain, encoding)


@dataclass(frozen=True)
class Block:
    """Some whole lines of a table below its header; line 2 of `text` is line 2 + `shift` of the file."""

    text: bytes
    shift: int


def blocks_of(content: bytes, *, member: str = "", encoding: str = "", size: int = BLOCK) -> Iterator[Block]:
    """`text_of` some `size` bytes at a time: what unpacks to a gigabyte is never in memory whole.

    A line ends in a byte 10, as in every encoding but those of two bytes. Raises as `text_of`.
    """
    header, lines, is_empty = b"", 0, True
    with _opened(content, member) as stream:
        for whole in _whole_lines(stream, size):
            if not header:
                refuse_what_is_not_a_table(whole)
            try:
                text = decode(whole, encoding)
            except SourceError as error:
                raise error.below(lines) from None
            if not header:
                header = text[: text.find(b"\n") + 1]
                yield Block(text, 0)
            elif text.strip(b"\r\n"):
                yield Block(header + text, lines - 1)
            lines += whole.count(b"\n")
            is_empty = False
    if is_empty:
        raise TryAgain("the file is empty", FETCH_AGAIN)


def _whole_lines(stream: IO[bytes] | gzip.GzipFile, size: int) -> Iterator[bytes]:
    """What is in the stream, cut behind ends of line. Raises WrongRequest beyond UNPACKED_LIMIT."""
    rest, unpacked = b"", 0
    while piece := stream.read(size):
        unpacked += len(piece)
        if unpacked > UNPACKED_LIMIT:
            raise _too_large(UNPACKED_LIMIT)
        whole, end, begun = piece.rpartition(b"\n")
        if end:
            yield rest + whole + end
            rest = begun
        elif len(rest) < size:
            rest += piece
        else:
            raise TryAgain(f"a line is longer than {size:,} bytes: it is no table", FETCH_AGAIN)
    if rest:
        yield rest


def unpack(content: bytes, *, member: str = "") -> bytes:
    """`content` without its gzip or zip envelope, if it has one. Naming a `member` demands a zip."""
    with _opened(content, member) as stream:
        plain = stream.read(UNPACKED_LIMIT + 1)
    if len(plain) > UNPACKED_LIMIT:
        raise _too_large(UNPACKED_LIMIT)
    return plain


@contextmanager
def _opened(content: bytes, member: str) -> Iterator[IO[bytes] | gzip.GzipFile]:
    """What is inside the envelope, to be read as it is unpacked."""
    if not content.strip():
        raise TryAgain("the file is empty", FETCH_AGAIN)
    if content.startswith(GZIP_MAGIC):
        with _undamaged("gzip"), gzip.open(io.BytesIO(content)) as stream:
            yield stream
    elif content.startswith(ZIP_MAGIC):
        refuse_a_bomb(content)
        with (
            _undamaged("zip"),
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            archive.open(_only_member(archive, member)) as stream,
        ):
            yield stream
    elif member:
        refuse_what_is_not_a_table(content)
        raise WrongRequest(
            f"the declaration names the member {member!r} of a zip, but the file is not a zip",
            "remove `member` from [reader], or declare the zip",
        )
    else:
        yield io.BytesIO(content)


def refuse_a_bomb(content: bytes, limit: int = UNPACKED_LIMIT) -> None:
    """Raise WrongRequest where a gzip or zip unpacks to more than `limit` bytes; it is not unpacked whole."""
    if content.startswith(ZIP_MAGIC):
        with _undamaged("zip"), zipfile.ZipFile(io.BytesIO(content)) as archive:
            # No more is ever read of a member than its entry states.
            size = sum(info.file_size for info in archive.infolist())
    elif content.startswith(GZIP_MAGIC):
        size = _gzip_size(content, limit)
    else:
        return
    if size > limit:
        raise _too_large(limit)


def _gzip_size(content: bytes, limit: int) -> int:
    """The unpacked size, or as soon as it is beyond `limit` the size so far."""
    size = 0
    with _undamaged("gzip"), gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
        while size <= limit and (block := stream.read(CHUNK)):
            size += len(block)
    return size


def member_name(content: bytes, member: str) -> str:
    """The name of the file of a zip that `member` fits. Raises as `text_of`."""
    with _undamaged("zip"), zipfile.ZipFile(io.BytesIO(content)) as archive:
        return _only_member(archive, member)


def members(content: bytes) -> list[str]:
    """The names in a zip. Raises TryAgain."""
    with _undamaged("zip"), zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def _too_large(limit: int) -> WrongRequest:
    return WrongRequest(
        f"it unpacks to more than the {limit / 1e6:,.0f} MB that are allowed",
        "look at the file; if it is right, raise `unpacked` in etl/endpoints.toml",
    )


@contextmanager
def _undamaged(kind: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, EOFError, OSError, zlib.error) as error:
        raise TryAgain(f"the {kind} is cut or damaged ({error})", FETCH_AGAIN) from error


def _only_member(archive: zipfile.ZipFile, member: str) -> str:
    names = [info.filename for info in archive.infolist() if not info.is_dir()]
    for name in names:
        if _leaves_its_folder(name):
            raise WrongRequest(
                f"the zip has a member {name!r}, whose path leads out of it",
                "do not use this file; ask the provider, or download it by hand",
            )
    wanted = fnmatch.filter(names, member or "*")
    if len(wanted) == 1:
        return wanted[0]
    held = ", ".join(names) or "nothing"
    if not wanted:
        raise DoesNotExist(
            f"the zip has no member {member or '*'!r}; it holds {held}", "correct `member` in [reader]"
        )
    raise WrongRequest(
        f"the zip has {len(wanted)} members for {member or '*'!r}: {', '.join(wanted)}",
        "set `member` in [reader] to a pattern that fits one of them only",
    )


def _leaves_its_folder(name: str) -> bool:
    path = PureWindowsPath(name)  # of both kinds of path the stricter one
    return ".." in path.parts or bool(path.drive or path.root)


def refuse_what_is_not_a_table(plain: bytes) -> None:
    """Raise TryAgain where a provider answered with a page, an XML fault or a JSON message."""
    start = _start(plain)
    if start[:1] in (b"<", b"{"):
        _refuse(start)


def refuse_a_page(plain: bytes) -> None:
    """Raise TryAgain where a provider answered with HTML."""
    start = _start(plain)
    if HTML.match(start):
        _refuse(start)


def _start(plain: bytes) -> bytes:
    start = plain.removeprefix(codecs.BOM_UTF8).lstrip()[:2000]
    if not start:
        raise TryAgain("the file is empty", FETCH_AGAIN)
    return start


def _refuse(start: bytes) -> NoReturn:
    said = start.decode("utf-8", errors="replace")
    title = re.search(r"<title[^>]*>(.*?)</title>|<faultstring[^>]*>(.*?)</faultstring>", said, re.I | re.S)
    words = next((part for part in title.groups() if part), "") if title else said
    what = "an HTML page" if HTML.match(start) else "a message of the server"
    raise TryAgain(f"the file is {what}, not the data: “{' '.join(words.split())[:120]}”", FETCH_AGAIN)


def decode(plain: bytes, encoding: str = "") -> bytes:
    """`plain` as UTF-8 without byte order mark. No `encoding`: UTF-8 if it is valid, else Windows-1252."""
    if encoding:
        return _decode_as(plain, encoding)
    body = plain.removeprefix(codecs.BOM_UTF8)
    return body if _is_utf8(body) else _decode_as(plain, FALLBACK_ENCODING)


def _is_utf8(text: bytes) -> bool:
    """Told by Arrow, where it stands: Python would make a second text of it."""
    ends = pa.py_buffer(np.array([0, len(text)], dtype=np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(text)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _decode_as(plain: bytes, encoding: str) -> bytes:
    try:
        return plain.decode(encoding).removeprefix("\ufeff").encode("utf-8")
    except UnicodeDecodeError as error:
        raise WrongRequest(
            f"the text is not {encoding}: byte {plain[error.start]:#04x}",
            "set `encoding` in [reader] to the encoding the provider uses",
            row=plain.count(b"\n", 0, error.start) + 1,
        ) from error
    except LookupError as error:
        raise WrongRequest(f"no encoding is called {encoding!r}", "correct `encoding` in [reader]") from error
