"""Make the territories again from official files: python -m warehouse.territories.prepare --from DIR

DIR holds the files that `preparation.official.OfficialFiles` names. Writes territory.csv, correspondence.csv,
membership.csv, bounds.csv and geo/* beside this file, or into --to DIR; the same files in give the same bytes
out. areas.toml, names.csv and geo/city.csv are written by hand. Development only: it needs geopandas.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from warehouse.territories import FOLDER
from warehouse.territories.preparation import codes, layers, official, outlines, register
from warehouse.territories.preparation.hatching import hatch
from warehouse.territories.preparation.mosaic import Outlines
from warehouse.territories.preparation.official import OfficialFiles
from warehouse.territories.preparation.register import Territory

HATCHED = ("nuts2", "nuts3", "employment_zone", "area")
POINT_MARGIN = 0.1  # degrees around a place without an outline, so that a map of it alone has an extent
# An outline touches the border when it follows the line for more than about 500 m, a corner apart.
TOUCH_REACH, TOUCH_LENGTH = 0.0003, 0.006


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m warehouse.territories.prepare", description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path, required=True, metavar="DIR")
    parser.add_argument("--to", dest="output", type=Path, default=FOLDER, metavar="DIR")
    arguments = parser.parse_args()
    prepare(OfficialFiles(arguments.folder), arguments.output)


def prepare(files: OfficialFiles, output: Path) -> None:
    authored = register.authored_places(FOLDER / "areas.toml")
    parents = layers.belgian_parents(files)
    gisco = official.nuts3_outlines(files)
    regions = layers.nuts3_regions(files, parents, gisco)
    drawn = layers.nuts_layers(regions)
    border = outlines.border_lines(drawn["country"]) | {"MC": outlines.monaco_border(gisco["FRL03"])}
    drawn["area"] = layers.areas(authored.members, regions)
    drawn["employment_zone"], undrawn_zones = layers.employment_zones(files, regions)
    drawn["municipality"] = layers.municipalities(files, drawn["country"]["BE"])
    territories = [
        *register.nuts_territories(files, layers.held_nuts3(regions), drawn["country"]),
        *register.employment_zone_territories(files),
        *register.municipality_territories(files, parents.in_2025, parents.starts),
        *authored.territories,
    ]
    territories = register.named(territories, register.authored_names(FOLDER / "names.csv"))
    known: Outlines = {**layers.overseas(regions), **undrawn_zones}
    for layer in drawn.values():
        known |= layer
    (output / "geo").mkdir(parents=True, exist_ok=True)
    line = shapely.union_all(list(border.values()))
    write_table(output / "territory.csv", territory_rows(territories, known, line))
    write_table(output / "bounds.csv", bounds_rows(territories, known))
    write_table(output / "membership.csv", membership_rows(authored))
    write_table(output / "correspondence.csv", correspondence_rows(files, territories, parents))
    drawn["municipality"] = layers.drawn_municipalities(drawn["municipality"], parents.in_2025)
    write_layers(output / "geo", drawn)
    outlines.write(output / "geo/ground.geojson", outlines.ground(layers.ground_countries(regions)))
    outlines.write(output / "geo/border.geojson", border, key="neighbour")


def territory_rows(territories: Sequence[Territory], known: Outlines, border: BaseGeometry) -> pd.DataFrame:
    near = border.buffer(TOUCH_REACH)
    rows = []
    for place in sorted(territories, key=lambda territory: territory.territory_id):
        outline = known.get(place.territory_id)
        lon, lat = place.position or outlines.inner_point(known[place.territory_id])
        touches = outline is not None and outline.boundary.intersection(near).length > TOUCH_LENGTH
        rows.append(
            {
                "territory_id": place.territory_id,
                "level": place.level,
                "country": place.country,
                **{f"name_{language}": place.names[language] for language in register.LANGUAGES},
                "parent_id": place.parent_id,
                "nuts_id": place.nuts_id,
                "national_code": place.national_code,
                "valid_from": place.valid_from,
                "valid_to": "",
                "lon": f"{lon:.4f}",
                "lat": f"{lat:.4f}",
                "is_border": str(touches or place.position is not None).lower(),
                "is_indicative": str(place.is_indicative).lower(),
            }
        )
    return pd.DataFrame(rows)


def bounds_rows(territories: Sequence[Territory], known: Outlines) -> pd.DataFrame:
    rows = []
    for place in sorted(territories, key=lambda territory: territory.territory_id):
        outline = known.get(place.territory_id)
        if outline is None:
            outline = shapely.Point(place.position).buffer(POINT_MARGIN)
        rows.append((place.territory_id, *(f"{value:.4f}" for value in outline.bounds)))
    return pd.DataFrame(rows, columns=["territory_id", "west", "south", "east", "north"])


def membership_rows(authored: register.AuthoredPlaces) -> pd.DataFrame:
    rows = [
        {"area_id": area, "territory_id": member, "source": authored.sources[area]}
        for area, members in sorted(authored.members.items())
        for member in members
    ]
    return pd.DataFrame(rows)


def correspondence_rows(
    files: OfficialFiles, territories: Sequence[Territory], parents: layers.BelgianParents
) -> pd.DataFrame:
    nuts = [place.territory_id for place in territories if place.nuts_id or place.level == "country"]
    departments = [(place.national_code, place.nuts_id) for place in territories if _is_department(place)]
    zones = [place for place in territories if place.level == "employment_zone"]
    rows: list[codes.Row] = [
        *codes.nuts_codes(files, nuts),
        *codes.refnis_codes(files, parents.in_2019, parents.in_2025),
        *(("INSEE_DEP", code, codes.CURRENT, region, 1.0) for code, region in departments),
        *(("INSEE_ZE2020", place.national_code, codes.CURRENT, place.territory_id, 1.0) for place in zones),
    ]
    frame = codes.as_frame(rows)
    return frame.assign(share=frame["share"].map("{:.4g}".format))


def _is_department(place: Territory) -> bool:
    return place.level == "nuts3" and place.country == "FR"


def write_table(path: Path, frame: pd.DataFrame) -> None:
    frame.to_csv(path, index=False, lineterminator="\n")


def write_layers(folder: Path, drawn: Mapping[str, Outlines]) -> None:
    for level, layer in drawn.items():
        outlines.write(folder / f"{level}.geojson", layer)
    for level in HATCHED:
        lines = {code: hatch(outline) for code, outline in sorted(drawn[level].items())}
        text = json.dumps(lines, separators=(",", ":"))
        (folder / f"hatch_{level}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
