"""What an API answers: one JSON object, or what it says in its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from etl.errors import DoesNotExist, SourceError, TryAgain, WrongRequest
from etl.parse.content import FETCH_AGAIN, decode, refuse_a_page, unpack

TOO_BIG, NOT_FOUND, NO_RESULT = 413, 404, 100


def object_of(content: bytes) -> Mapping[str, Any]:
    """The JSON object in `content`, its numbers as the texts they were printed as.

    Raises SourceError for a page, a cut body, another value than an object, and `error` or `warning` in it.
    """
    answer = _json(content)
    if not isinstance(answer, dict):
        raise TryAgain(f"the answer is a JSON {type(answer).__name__}, not an object", FETCH_AGAIN)
    for name in ("error", "warning"):
        if name in answer:
            said = answer[name][0] if isinstance(answer[name], list) and answer[name] else answer[name]
            raise _said(said if isinstance(said, dict) else {"label": said})
    return answer


def list_of(content: bytes) -> list[Any]:
    """The JSON list in `content`, read as `object_of` reads an object. Raises SourceError."""
    answer = _json(content)
    if not isinstance(answer, list) or not answer:
        raise TryAgain("the file is not a JSON list with something in it", FETCH_AGAIN)
    return answer


def _json(content: bytes) -> Any:
    plain = unpack(content)
    refuse_a_page(plain)
    try:
        return json.loads(decode(plain).decode(), parse_float=str, parse_int=str)
    except (json.JSONDecodeError, RecursionError) as error:
        raise TryAgain(f"the JSON is cut or damaged ({error})", FETCH_AGAIN) from error


def _said(message: Mapping[str, Any]) -> SourceError:
    codes = {str(message.get("status", "")), str(message.get("id", ""))}
    code = next((each for each in (NOT_FOUND, NO_RESULT, TOO_BIG) if str(each) in codes), None)
    return refusal(code, str(message.get("label", "")))


def refusal(code: int | None, words: str) -> SourceError:
    """What a provider says instead of data, in the family that helps: its code, then its own words."""
    said = f"the provider says: “{' '.join(words.split())[:160]}”"
    if "ASYNCHRONOUS" in words:
        return TryAgain(said, "ask again in some minutes: the provider prepares the answer meanwhile")
    if code in (NOT_FOUND, NO_RESULT):
        return DoesNotExist(said, "correct `path` and `parameters` in [request]")
    if code == TOO_BIG:
        return WrongRequest(said, "ask for less with `parameters` in [request]")
    return TryAgain(said, FETCH_AGAIN)
