"""What providers send instead of data, and what the way does to it. Every reader of text meets these."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib

import pytest

from etl.errors import DoesNotExist, SourceError, TryAgain, WrongRequest
from etl.parse.content import refuse_a_bomb, text_of, unpack


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


LONG = "\n".join(f"{number},{number * 7919 % 1000}" for number in range(2000)).encode()


@pytest.mark.parametrize("content", [b"", b"  \n", gzip.compress(b""), b"\xef\xbb\xbf"])
def test_an_empty_file_says_so(content: bytes) -> None:
    with pytest.raises(TryAgain, match="the file is empty"):
        text_of(content)


def test_a_cut_gzip_says_so() -> None:
    with pytest.raises(TryAgain, match="gzip is cut or damaged"):
        text_of(gzip.compress(LONG)[:-20])


def test_a_gzip_with_a_wrong_byte_says_so() -> None:
    content = bytearray(gzip.compress(LONG))
    content[len(content) // 2] ^= 0xFF
    with pytest.raises(TryAgain, match="gzip is cut or damaged"):
        text_of(bytes(content))


def test_a_cut_zip_says_so() -> None:
    with pytest.raises(TryAgain, match="zip is cut or damaged"):
        text_of(zipped(data=LONG)[:-40])


def test_a_page_instead_of_a_zip_is_quoted() -> None:
    page = b"<!DOCTYPE html>\n<html><head><title>Please enable JavaScript</title></head></html>"
    with pytest.raises(TryAgain, match="an HTML page, not the data: “Please enable JavaScript”"):
        text_of(page, member="*.txt")


def test_a_fault_of_the_server_is_quoted() -> None:
    fault = b'<?xml version="1.0"?><S:Fault><faultstring>EXTRACTION_TOO_BIG: 17348292</faultstring></S:Fault>'
    with pytest.raises(
        TryAgain, match="a message of the server, not the data: “EXTRACTION_TOO_BIG: 17348292”"
    ):
        text_of(fault)


def test_a_json_message_is_quoted() -> None:
    with pytest.raises(TryAgain, match="ASYNCHRONOUS_RESPONSE"):
        text_of(b'{"warning":{"status":413,"label":"ASYNCHRONOUS_RESPONSE"}}')


def test_the_only_member_of_a_zip_needs_no_name() -> None:
    assert text_of(zipped(data=b"a,b")) == b"a,b"


def test_a_member_is_found_by_its_pattern() -> None:
    assert text_of(zipped(readme=b"x", data_2013=b"a,b"), member="data_*") == b"a,b"


def test_a_member_that_is_gone_is_named_with_those_there_are() -> None:
    with pytest.raises(DoesNotExist, match=r"no member 'data_\*'; it holds figures, readme"):
        text_of(zipped(figures=b"x", readme=b"y"), member="data_*")


def test_several_members_want_a_narrower_pattern() -> None:
    with pytest.raises(WrongRequest, match="2 members"):
        text_of(zipped(one=b"x", two=b"y"))


def test_a_member_of_what_is_no_zip_is_a_wrong_declaration() -> None:
    with pytest.raises(WrongRequest, match="the file is not a zip"):
        unpack(b"a,b\n1,2\n", member="*.txt")


def test_an_encoding_nobody_knows_is_refused() -> None:
    with pytest.raises(WrongRequest, match="no encoding is called 'utf-9'"):
        text_of(b"a", encoding="utf-9")


def test_an_error_names_place_problem_and_remedy_in_one_line() -> None:
    error = TryAgain("the zip is cut", "fetch it again", row=7).at(dataset="fiscal_income", file="a.zip")
    assert str(error) == "fiscal_income, a.zip, row 7: the zip is cut. Fetch it again."


def test_a_caller_fills_only_what_the_reader_left_empty() -> None:
    error = SourceError("p", "r", file="inner.txt", row=3).at(dataset="d", file="outer.zip", row=9)
    assert (error.dataset, error.file, error.row) == ("d", "inner.txt", 3)


def bomb(megabytes: int) -> bytes:
    """A deflate stream of so many megabytes of zeros, put together from one packed megabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + packer.flush()


def gzip_bomb(megabytes: int) -> bytes:
    return gzip.compress(b"")[:10] + bomb(megabytes) + bytes(8)


def zip_bomb(megabytes: int) -> bytes:
    """A zip with one member, entry and all, that unpacks to so many megabytes."""
    packed, size = bomb(megabytes), megabytes * 1_000_000
    sizes = struct.pack("<QQ", size, len(packed))
    extra = struct.pack("<HH", 1, len(sizes)) + sizes
    fields = struct.pack("<5H3I2H", 45, 0, 8, 0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF, 1, len(extra))
    local = b"PK\x03\x04" + fields + b"b" + extra
    central = b"PK\x01\x02" + struct.pack("<H", 45) + fields + bytes(14) + b"b" + extra
    where = len(local) + len(packed)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), where, 0)
    return local + packed + central + end


@pytest.mark.parametrize("content", [gzip_bomb(10_000), zip_bomb(10_000)], ids=["gzip", "zip"])
def test_a_file_that_unpacks_to_ten_gigabytes_is_refused_at_the_limit(content: bytes) -> None:
    assert len(content) < 12_000_000
    with pytest.raises(WrongRequest, match="unpacks to more than the 50 MB that are allowed"):
        refuse_a_bomb(content, 50_000_000)


def test_a_reader_does_not_unpack_ten_gigabytes() -> None:
    with pytest.raises(WrongRequest, match="unpacks to more than the 4,000 MB that are allowed"):
        unpack(zip_bomb(10_000))


def test_a_file_within_the_limit_is_no_bomb() -> None:
    for content in (gzip.compress(LONG), zipped(a=LONG), LONG):
        refuse_a_bomb(content, len(LONG))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "C:\\windows\\b", "..\\b"])
def test_a_member_whose_path_leads_out_of_the_zip_is_refused(name: str) -> None:
    with pytest.raises(WrongRequest, match="whose path leads out of it"):
        unpack(zipped(**{name: LONG}), member="*")
