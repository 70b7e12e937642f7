"""A be.STAT view in JSON: `facts`, one object a figure, whose keys and texts are in the language asked for.

Municipalities have names, not codes. A fact may be served twice: it is one figure. A total or a figure of
unknown place has no municipality: it is given the code TOTAL or UNKNOWN, which no place has.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from etl.errors import TryAgain, WrongRequest
from etl.parse.answer import object_of
from etl.parse.content import FETCH_AGAIN
from etl.parse.options import checked
from etl.parse.table import ROW
from etl.refnis_names import plain, refnis_code

TOTAL, UNKNOWN = "total", "unknown"

# 4de kwartaal 2023, 4ème trimestre 2023, 4. Quartal 2023, 4th quarter 2023; a year stands alone.
QUARTER = re.compile(r"([1-4])\D{1,4} *(?:kwartaal|trimestre|quartal|quarter) +(\d{4})", re.IGNORECASE)


@dataclasses.dataclass(frozen=True)
class Options:
    """The keys of a fact, each in the languages in which the view may be asked for."""

    municipality: tuple[str, ...]
    arrondissement: tuple[str, ...]
    period: tuple[str, ...]
    value: tuple[str, ...]


def read(content: bytes, options: Mapping[str, object]) -> pd.DataFrame:
    """`refnis`, TIME_PERIOD (2023-Q4), OBS_VALUE, an empty OBS_FLAG, row: the place of the fact, from 1."""
    chosen = checked(Options, options)
    facts = object_of(content).get("facts")
    if not isinstance(facts, list) or not facts:
        raise TryAgain("the answer has no list of `facts`", FETCH_AGAIN)
    rows = []
    for place, fact in enumerate(facts, start=1):
        try:
            rows.append({**_figure(fact, chosen), ROW: place})
        except (AttributeError, TypeError, ValueError) as error:
            remedy = "correct [reader], or etl/refnis_names.py where the place exists"
            raise WrongRequest(str(error), remedy, row=place) from error
    frame = pd.DataFrame(rows).astype({name: "str" for name in rows[0] if name != ROW})
    return frame.drop_duplicates([name for name in frame.columns if name != ROW], ignore_index=True)


def _figure(fact: Mapping[str, Any], options: Options) -> dict[str, str]:
    texts = {plain(key): "" if value is None else str(value).strip() for key, value in fact.items()}
    municipality = _of(texts, options.municipality)
    arrondissement = _of(texts, options.arrondissement)
    return {
        "refnis": _code(municipality, arrondissement),
        "TIME_PERIOD": _period(_of(texts, options.period)),
        "OBS_VALUE": _of(texts, options.value),
        "OBS_FLAG": "",
    }


def _of(texts: Mapping[str, str], keys: tuple[str, ...]) -> str:
    for key in map(plain, keys):
        if key in texts:
            return texts[key]
    raise ValueError(f"a fact has no {' or '.join(map(repr, keys))}: it has {', '.join(texts)}")


def _code(municipality: str, arrondissement: str) -> str:
    if municipality:
        return refnis_code(municipality, arrondissement)
    return TOTAL if arrondissement else UNKNOWN


def _period(text: str) -> str:
    found = QUARTER.fullmatch(text)
    return f"{found[2]}-Q{found[1]}" if found else text
