"""Observations of Insee's Melodi API: `dimensions`, `attributes` and `measures`, one page a file.

The key of the measure differs between datasets (`OBS_VALUE_NIVEAU`, …). `GEO` is `2025-COM-59350`: the
edition of the codes, the kind of place and its code.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from etl.errors import TryAgain, WrongRequest
from etl.parse.answer import object_of
from etl.parse.content import FETCH_AGAIN
from etl.parse.options import checked
from etl.parse.table import FREE, ROW

FRENCH_STATUS = {"D": "A", "PROV": "P"}  # of some datasets: definitive, provisional
ELSEWHERE = "K"  # the figure is in that of another commune, and what stands here is none


@dataclasses.dataclass(frozen=True)
class Options:
    """Nothing to set: the answer says it all."""


def read(content: bytes, options: Mapping[str, object]) -> pd.DataFrame:
    """The dimensions, `measure` (its key), OBS_VALUE, OBS_FLAG and row of each measure.

    GEO becomes GEO_EDITION, GEO_KIND and GEO, the bare code; `row` is the place of the observation in its
    page, from 1.
    """
    checked(Options, options)
    observations = object_of(content).get("observations")
    if not isinstance(observations, list):
        raise TryAgain("the answer has no list of `observations`", FETCH_AGAIN)
    if not observations:
        raise WrongRequest("no observation is what was asked for", "correct the parameters of [request]")
    frame = pd.DataFrame(list(_rows(observations)))
    last = ["measure", "OBS_VALUE", "OBS_FLAG", ROW]
    frame = frame[[name for name in frame.columns if name not in last] + last]
    texts = [name for name in frame.columns if name != ROW]
    return frame.astype(dict.fromkeys(texts, "str")).fillna(dict.fromkeys(texts, ""))


def _rows(observations: list[Any]) -> Iterator[dict[str, object]]:
    for place, observation in enumerate(observations, start=1):
        try:
            dimensions, measures = observation["dimensions"], observation["measures"]
            flag = _flag(observation.get("attributes") or {})
            for measure, held in measures.items():
                value = held.get("value")
                yield {
                    **_place(dimensions),
                    "measure": measure,
                    "OBS_VALUE": "" if value is None or flag == ELSEWHERE else str(value),
                    "OBS_FLAG": flag,
                    ROW: place,
                }
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise TryAgain(
                f"the observation is not `dimensions` and `measures` ({error!r})", FETCH_AGAIN, row=place
            ) from None


def _place(dimensions: Mapping[str, str]) -> dict[str, str]:
    """Raises ValueError when GEO is not of three parts."""
    if "GEO" not in dimensions:
        return dict(dimensions)
    edition, kind, code = dimensions["GEO"].split("-", 2)
    others = {name: code for name, code in dimensions.items() if name != "GEO"}
    return {"GEO_EDITION": edition, "GEO_KIND": kind, "GEO": code, **others}


def _flag(attributes: Mapping[str, str]) -> str:
    in_french = attributes.get("OBS_STATUS_FR", "")
    status = attributes.get("OBS_STATUS") or FRENCH_STATUS.get(in_french, in_french)
    secret = attributes.get("CONF_STATUS", FREE)
    return status + ("" if secret in ("", FREE) else f"@{secret}")
