"""Territories, their codes, areas and extents, as committed beside this file; `prepare` makes them again."""

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

FOLDER = Path(__file__).resolve().parent

Bounds = tuple[float, float, float, float]
Hatches = dict[str, list[list[list[float]]]]


def territories() -> pd.DataFrame:
    """Columns of table territory; an absent parent, code or date is the empty text."""
    frame = _read(FOLDER / "territory.csv", numbers=("lon", "lat"))
    flags = ["is_border", "is_indicative"]
    return frame.assign(**{flag: frame[flag] == "true" for flag in flags})


def correspondences() -> pd.DataFrame:
    """Columns of table correspondence; codes keep their leading zeros."""
    return _read(FOLDER / "correspondence.csv", numbers=("share",))


def memberships() -> pd.DataFrame:
    """Columns of table membership: members as composed, a country or a region standing for all it holds."""
    return _read(FOLDER / "membership.csv")


def cities() -> pd.DataFrame:
    """Towns a map may name; rank 1 is named first."""
    return _read(FOLDER / "geo" / "city.csv", numbers=("lon", "lat", "rank"))


@lru_cache(maxsize=8)
def hatches(level: str) -> Hatches:
    """Territory -> segments [[lon, lat], [lon, lat]] at 45°, drawn where a figure is missing.

    Levels: nuts2, nuts3, employment_zone, area; FileNotFoundError for another.
    """
    found: Hatches = json.loads((FOLDER / "geo" / f"hatch_{level}.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=16)
def outlines(level: str) -> dict[str, dict[str, Any]]:
    """Territory -> its GeoJSON feature, of one layer of geo/; FileNotFoundError for another layer."""
    layer = json.loads((FOLDER / "geo" / f"{level}.geojson").read_text(encoding="utf-8"))
    return {feature["properties"]["territory_id"]: feature for feature in layer["features"]}


def bounds(territory_ids: Iterable[str]) -> Bounds:
    """West, south, east, north in degrees around all the territories; KeyError names one we do not hold."""
    boxes = _bounds()
    found = [boxes[territory_id] for territory_id in territory_ids]
    if not found:
        raise ValueError("bounds of no territory at all")
    west, south, east, north = zip(*found, strict=True)
    return min(west), min(south), max(east), max(north)


def around(box: Bounds, reach: float) -> frozenset[str]:
    """Territories that touch the box made larger by `reach` times its own size on every side."""
    west, south, east, north = box
    across, along = (east - west) * reach, (north - south) * reach
    return frozenset(
        territory_id
        for territory_id, (left, low, right, high) in _bounds().items()
        if left <= east + across and right >= west - across and low <= north + along and high >= south - along
    )


@lru_cache(maxsize=1)
def _bounds() -> dict[str, Bounds]:
    frame = _read(FOLDER / "bounds.csv", numbers=("west", "south", "east", "north"))
    boxes = frame[["west", "south", "east", "north"]].itertuples(index=False, name=None)
    return dict(zip(frame["territory_id"], boxes, strict=True))


def _read(path: Path, numbers: tuple[str, ...] = ()) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    return frame.assign(**{column: pd.to_numeric(frame[column]) for column in numbers})
