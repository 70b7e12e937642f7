"""Territories, their codes, areas and extents, as committed beside this file; `prepare` makes them again.

Levels and identifiers: country, nuts1, nuts2, nuts3 by NUTS code of 2021; employment_zone ZE3216 (INSEE,
ZE2020); municipality COM59350 (France, COG of 2026, the departments along the border), NIS57096 (Belgium,
REFNIS of 2025), BFS6621 (Switzerland, 2024, the cantons of our areas); area RT-ARDENNES; point BV-PAMINA: a
name and a position, nothing composed yet. A municipality's parent is its NUTS 3, a zone's the NUTS 3 that
holds most of its communes, a point's the smallest area around its position.

Schemes of codes, as a declaration names them under [places] and `etl.harmonise.Places` resolves them:

* NUTS, editions 2006 to 2016 and current, with shares by population (JRC matrices);
* REFNIS, Belgium from kingdom to municipality, editions 2018, 2019 and current (2025);
* COG, French communes: current (2026), editions 2018 and 2021 to 2024, and 1943 for the codes of any older
  one;
* BFS, Swiss municipalities: current (2024) and editions 2010 to 2023;
* INSEE_DEP departments, INSEE_ZE2020 employment zones;
* INSEE_FOREIGN, workplaces abroad in INSEE's census files and base flux: BE540 and SUC1L lead to a
  municipality of today, AL157 to its Kreis (AL3…: to Baden-Württemberg), LU320 to Luxembourg, MO001 to
  Monaco; a Swiss name that the registers since 2010 do not know leads to its canton. 99999 and ZZZZZ name no
  place.

`Places.today(scheme, code)` gives the one territory a code of any edition lies in; codes that lead to the
same one are added up.
"""

import gzip
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


@lru_cache(maxsize=32)
def outlines(layer: str) -> dict[str, dict[str, Any]]:
    """Territory -> its GeoJSON feature, of one layer of geo/; FileNotFoundError for another layer."""
    return {feature["properties"]["territory_id"]: feature for feature in _features(layer)}


@lru_cache(maxsize=1)
def border() -> dict[str, dict[str, Any]]:
    """Neighbour -> GeoJSON geometry of its land border with France, a LineString or a MultiLineString."""
    return {feature["properties"]["neighbour"]: feature["geometry"] for feature in _features("border")}


def _features(layer: str) -> list[dict[str, Any]]:
    content = json.loads(gzip.decompress((FOLDER / "geo" / f"{layer}.geojson.gz").read_bytes()))
    features: list[dict[str, Any]] = content["features"]
    return features


def is_drawn(territory_id: str) -> bool:
    """Whether a layer has an outline of the territory; else it is known by its position only."""
    return territory_id in _layers()


def layer(territory_id: str) -> str:
    """The layer of geo/ its outline is in: its level, but for municipalities one layer a country or a NUTS 1.

    KeyError for a territory without an outline.
    """
    return _layers()[territory_id]


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
def _layers() -> dict[str, str]:
    frame = _read(FOLDER / "bounds.csv")
    drawn = frame[frame["layer"] != ""]
    return dict(zip(drawn["territory_id"], drawn["layer"], strict=True))


@lru_cache(maxsize=1)
def _bounds() -> dict[str, Bounds]:
    frame = _read(FOLDER / "bounds.csv", numbers=("west", "south", "east", "north"))
    boxes = frame[["west", "south", "east", "north"]].itertuples(index=False, name=None)
    return dict(zip(frame["territory_id"], boxes, strict=True))


def _read(path: Path, numbers: tuple[str, ...] = ()) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    return frame.assign(**{column: pd.to_numeric(frame[column]) for column in numbers})
