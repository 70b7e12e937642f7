"""Registers and outlines that two npm packages carry, read from their archives as `npm pack` saves them.

@etalab/decoupage-administratif: French communes, a version an edition of the COG (Licence Ouverte 2.0).
swiss-maps: Swiss municipalities by BFS number, a folder a year (OFS, GEOSTAT; the source is to be named).
"""

import json
import re
import tarfile
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas

# Edition of the COG -> version of the package that carries it. The last one is today's.
FRENCH_EDITIONS = {
    "2021": "1.1.1", "2022": "2.3.1", "2023": "3.1.1", "2024": "4.1.0", "2025": "5.3.0", "2026": "6.0.0",
}  # fmt: skip
TODAY_FRENCH = "2026"
SWISS_VERSION = "4.7.0"
# The package names municipalities up to 2024 and only draws them since, so 2024 is what we call today.
SWISS_EDITIONS = tuple(str(year) for year in range(2010, 2025))
TODAY_SWISS = "2024"
SWISS_LAYER = re.compile(r"/(municipalities|lakes)\.(dbf|prj|shp|shx)$")


@dataclass(frozen=True)
class Packages:
    """The folder given to ``--packages``, with the archives of `npm pack` in it."""

    folder: Path

    def french_communes(self, edition: str) -> list[dict[str, Any]]:
        """Entries of one edition of the COG: type, code, nom, departement, population, anciensCodes …"""
        archive = self.folder / f"etalab-decoupage-administratif-{FRENCH_EDITIONS[edition]}.tgz"
        with tarfile.open(archive) as package:
            content = package.extractfile("package/data/communes.json")
            assert content is not None
            entries: list[dict[str, Any]] = json.load(content)
        return entries

    def swiss_municipalities(self, edition: str) -> geopandas.GeoDataFrame:
        """Municipalities of one year, WGS84: code (BFS number), name, canton, geometry without lakes."""
        frame = self._swiss_layer(edition, "municipalities")
        return frame.assign(
            code=frame["id"].astype(int).astype(str), canton=frame["KTNR"].astype(int)
        ).sort_values("code", key=lambda codes: codes.astype(int), ignore_index=True)

    def swiss_lakes(self) -> geopandas.GeoDataFrame:
        """Lakes, with the part of them beyond the border, WGS84."""
        return self._swiss_layer(TODAY_SWISS, "lakes")

    def _swiss_layer(self, edition: str, layer: str) -> geopandas.GeoDataFrame:
        """One layer, unpacked to a folder of its own: a shapefile is several files."""
        with tempfile.TemporaryDirectory() as scratch:
            for suffix in ("dbf", "prj", "shp", "shx"):
                content = self._swiss_members[f"package/{edition}/{layer}.{suffix}"]
                (Path(scratch) / f"{layer}.{suffix}").write_bytes(content)
            frame = geopandas.read_file(Path(scratch) / f"{layer}.shp", encoding="utf-8")
        return frame.to_crs("EPSG:4326")

    @cached_property
    def _swiss_members(self) -> dict[str, bytes]:
        """Every file of the layers we read; the archive is unpacked once."""
        with tarfile.open(self.folder / f"swiss-maps-{SWISS_VERSION}.tgz") as package:
            members = [each for each in package.getmembers() if SWISS_LAYER.search(each.name)]
            return {each.name: content.read() for each in members if (content := package.extractfile(each))}
