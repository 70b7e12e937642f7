"""A table read some lines at a time is the table read whole, whatever the size of the pieces."""

from __future__ import annotations

import functools
import gzip
import io
import tracemalloc
import zipfile

import pytest

from etl.errors import SourceError, TryAgain, WrongRequest
from etl.parse import content, delimited, read
from etl.parse.content import blocks_of

LINES = ["code;name;total", *(f"{number:05};Liège {number};{number}" for number in range(40)), "", "x;y;7"]
TEXT = "\n".join(LINES)
OPTIONS = {"separator": ";", "id_columns": ["code", "name"], "value_columns": ["total"]}
SIZES = (40, 64, 100, 1 << 24)


def zipped(plain: bytes, name: str = "FD_MOBPRO_2016.txt") -> bytes:
    envelope = io.BytesIO()
    with zipfile.ZipFile(envelope, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, plain)
    return envelope.getvalue()


@pytest.fixture
def in_pieces(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The reader takes so many bytes at a time."""
    monkeypatch.setattr(delimited, "blocks_of", functools.partial(blocks_of, size=request.param))


@pytest.mark.parametrize("in_pieces", SIZES, indirect=True)
@pytest.mark.parametrize(
    "file",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode() + b"\r\n\r\n",
        gzip.compress(TEXT.encode()),
        zipped(TEXT.encode("cp1252")),
    ],
    ids=["plain", "byte order mark", "Windows", "CRLF", "gzip", "zip"],
)
@pytest.mark.usefixtures("in_pieces")
def test_every_row_is_there_once_with_its_line(file: bytes) -> None:
    frame = read("delimited", file, OPTIONS)
    assert frame["code"].tolist() == [*(f"{number:05}" for number in range(40)), "x"]
    assert frame["name"].tolist() == [*(f"Liège {number}" for number in range(40)), "y"]
    assert frame["row"].tolist() == [*range(2, 42), 43]  # line 42 is blank


@pytest.mark.parametrize("in_pieces", SIZES, indirect=True)
@pytest.mark.usefixtures("in_pieces")
def test_an_error_names_the_line_of_the_file() -> None:
    with pytest.raises(TryAgain, match="2 cells where the header has 3") as refused:
        read("delimited", TEXT.replace("00030;Liège 30", "00030").encode(), OPTIONS)
    assert refused.value.row == 32
    with pytest.raises(WrongRequest, match="not ascii") as caught:
        read("delimited", TEXT.replace("Liège", "Lille", 25).encode(), OPTIONS | {"encoding": "ascii"})
    assert caught.value.row == 27


@pytest.mark.parametrize("in_pieces", [40], indirect=True)
@pytest.mark.parametrize("file", [b"", gzip.compress(b""), zipped(b""), b"\xef\xbb\xbf"])
@pytest.mark.usefixtures("in_pieces")
def test_an_empty_file_says_so(file: bytes) -> None:
    with pytest.raises(TryAgain, match="the file is empty"):
        read("delimited", file, OPTIONS)


def test_a_line_without_end_is_no_table() -> None:
    with pytest.raises(TryAgain, match="a line is longer than 100 bytes"):
        list(blocks_of(b"x" * 1000, size=100))


@pytest.mark.parametrize("envelope", [gzip.compress, zipped], ids=["gzip", "zip"])
def test_what_unpacks_beyond_the_limit_is_left_in_its_middle(
    envelope: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "UNPACKED_LIMIT", 500)
    with pytest.raises(WrongRequest, match="unpacks to more than"):
        list(blocks_of(envelope(TEXT.encode()), size=100))


def test_a_zip_cut_in_its_middle_says_so() -> None:
    with pytest.raises(SourceError, match="zip is cut or damaged"):
        list(blocks_of(zipped(TEXT.encode())[:-30], size=100))


def test_a_table_of_a_zip_is_never_in_memory_whole() -> None:
    """100 MB of answers of which one in a thousand is read."""
    lines = b"59350;99999;0123456789\n" * 999 + b"59350;BE540;0123456789\n"
    file = zipped(b"home;work;rest\n" + lines * 4500)
    options = {"separator": ";", "id_columns": ["home"], "rows": {"work": "BE540"}}
    tracemalloc.start()
    frame = read("delimited", file, options)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(frame) == 4500
    assert frame["row"].iloc[-1] == 4_500_001
    assert peak < 70_000_000  # of Python; 200 MB where all of it is unpacked first


# --- the year of an edition that no column bears ---------------------------------------------------

OF_A_YEAR = {"separator": ";", "id_columns": ["code"], "member": "FD_*", "member_year": "EDITION"}


def test_the_year_of_a_file_is_read_in_its_name() -> None:
    frame = read("delimited", zipped(TEXT.encode()), OF_A_YEAR)
    assert set(frame["EDITION"]) == {"2016"}


@pytest.mark.parametrize("name", ["FD_MOBPRO.csv", "FD_MOBPRO_2016_2021.csv", "FD_MOBPRO_20161.csv"])
def test_a_name_without_one_year_is_told(name: str) -> None:
    with pytest.raises(WrongRequest, match="does not say its year"):
        read("delimited", zipped(TEXT.encode(), name), OF_A_YEAR)
