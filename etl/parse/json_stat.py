"""JSON-stat 2.0 as Eurostat serves it: figures and flags by their place in a table of `size`.

`value` and `status` hold the cells that are not empty, by flat place or as a list; `|C` in a flag is what a
TSV writes `@C`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from etl.codes import numbered
from etl.errors import TryAgain, WrongRequest
from etl.parse.answer import object_of
from etl.parse.content import FETCH_AGAIN
from etl.parse.options import checked
from etl.parse.table import ROW, without_tiny

TIME = "time"


@dataclasses.dataclass(frozen=True)
class Options:
    """Nothing to set: the answer says it all."""


def read(content: bytes, options: Mapping[str, object]) -> pd.DataFrame:
    """The dimensions, TIME_PERIOD, OBS_VALUE, OBS_FLAG and row of each cell that has a figure or a flag.

    `row` is the place of the cell in the table, from 1.
    """
    checked(Options, options)
    answer = object_of(content)
    dimensions = _dimensions(answer)
    values, flags = _by_place(answer, "value"), _by_place(answer, "status")
    places = np.array(sorted(values.keys() | flags.keys()), dtype=np.int64)
    size = [len(codes) for codes in dimensions.values()]
    _require_cells(dimensions, places)
    codes = np.unravel_index(places, size)
    frame = pd.DataFrame(
        {name: numbered(places, dimensions[name]) for name, places in zip(dimensions, codes, strict=True)}
    )
    printed = frame.assign(
        OBS_VALUE=pd.Series([values.get(place, "") for place in places], dtype="str"),
        OBS_FLAG=pd.Series([flags.get(place, "").replace("|", "@") for place in places], dtype="str"),
    )
    printed["OBS_VALUE"] = without_tiny(printed["OBS_VALUE"], printed["OBS_FLAG"])
    return printed.rename(columns={TIME: "TIME_PERIOD"}).assign(**{ROW: places + 1})


def _dimensions(answer: Mapping[str, Any]) -> dict[str, list[str]]:
    """The codes of each dimension in the order of their places."""
    try:
        dimensions = {name: _codes(answer["dimension"][name]["category"]) for name in answer["id"]}
        size = [int(length) for length in answer["size"]]
    except (KeyError, TypeError, ValueError) as error:
        raise TryAgain(f"this is not a JSON-stat dataset: {error!r} is amiss", FETCH_AGAIN) from None
    if TIME not in dimensions or size != [len(codes) for codes in dimensions.values()]:
        raise TryAgain("this is not a JSON-stat dataset: `id`, `size` and `dimension` disagree", FETCH_AGAIN)
    return dimensions


def _codes(category: Mapping[str, Any]) -> list[str]:
    index = category.get("index", category.get("label", {}))
    if isinstance(index, list):
        return [str(code) for code in index]
    if "index" not in category:
        return list(index)
    return sorted(index, key=lambda code: int(index[code]))


def _by_place(answer: Mapping[str, Any], name: str) -> dict[int, str]:
    """The texts of `value` or `status` by flat place, those that say nothing left out."""
    held = answer.get(name, {})
    pairs = enumerate(held) if isinstance(held, list) else held.items() if isinstance(held, dict) else None
    if pairs is None:
        raise TryAgain(f"`{name}` is {str(held)[:40]!r}, neither a list nor an object", FETCH_AGAIN)
    try:
        return {int(place): str(text) for place, text in pairs if text not in (None, "")}
    except ValueError as error:
        raise TryAgain(f"`{name}` has a place that is no number ({error})", FETCH_AGAIN) from None


def _require_cells(dimensions: Mapping[str, list[str]], places: np.ndarray[Any, Any]) -> None:
    for name, codes in dimensions.items():
        if not codes:
            raise WrongRequest(
                f"no `{name}` is what was asked for", f"correct `{name}` in the parameters of [request]"
            )
    if not len(places):
        raise WrongRequest("no cell has a figure or a flag", "correct the parameters of [request]")
    cells = int(np.prod([len(codes) for codes in dimensions.values()]))
    if places[-1] >= cells or places[0] < 0:
        raise TryAgain(f"place {places[-1]} lies outside a table of {cells} cells", FETCH_AGAIN)
