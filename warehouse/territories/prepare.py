"""Make the territories again from official files: python -m warehouse.territories.prepare --help

--from holds the files that `preparation.official.OfficialFiles` names; --outlines what `python -m etl
outlines --to DIR` saves, to draw the regions by the newest edition of GISCO instead; --packages what these
two commands save, a version an edition (`preparation.packages` lists them):

    npm pack @etalab/decoupage-administratif@6.0.0 …@5.3.0 …@4.1.0 …@3.1.1 …@2.3.1 …@1.1.1
    npm pack swiss-maps@4.7.0

Writes territory.csv, correspondence.csv, membership.csv, bounds.csv, postal_code.csv and geo/* beside this
file, or into --to DIR, and prints how far the outlines of two offices lie apart; the same files in give the
same bytes out. areas.toml, names.csv and geo/city.csv are written by hand. Development only: it needs
geopandas.
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import shapely

from warehouse.territories import FOLDER
from warehouse.territories.preparation import (
    codes,
    french,
    layers,
    municipalities,
    official,
    outlines,
    register,
    swiss,
    tables,
)
from warehouse.territories.preparation.hatching import hatch
from warehouse.territories.preparation.mosaic import Outlines
from warehouse.territories.preparation.official import OfficialFiles
from warehouse.territories.preparation.packages import Packages

HATCHED = ("nuts2", "nuts3", "employment_zone", "area")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m warehouse.territories.prepare",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--from", dest="folder", type=Path, required=True, metavar="DIR")
    parser.add_argument("--outlines", type=Path, metavar="DIR")
    parser.add_argument("--packages", type=Path, required=True, metavar="DIR")
    parser.add_argument("--to", dest="output", type=Path, default=FOLDER, metavar="DIR")
    arguments = parser.parse_args()
    prepare(
        OfficialFiles(arguments.folder, arguments.outlines), Packages(arguments.packages), arguments.output
    )


def prepare(files: OfficialFiles, packages: Packages, output: Path) -> None:
    authored = register.authored_places(FOLDER / "areas.toml")
    parents = layers.belgian_parents(files)
    communes = french.french_communes(files, packages)
    swiss_register = swiss.swiss_municipalities(packages)
    gisco = official.nuts3_outlines(files)
    cantons = swiss.cantons(swiss_register, packages, gisco)
    regions = layers.nuts3_regions(files, parents, cantons, gisco)
    drawn = layers.nuts_layers(regions)
    border = outlines.border_lines(drawn["country"]) | {"MC": outlines.monaco_border(gisco["FRL03"])}
    drawn["area"] = layers.areas(authored.members, regions)
    drawn["employment_zone"], undrawn_zones = layers.employment_zones(files, regions)
    published = municipalities.published(files, communes, swiss_register)
    joined = municipalities.fitted(published, files, regions)
    territories = [
        *register.nuts_territories(files, layers.held_nuts3(regions), drawn["country"]),
        *register.employment_zone_territories(files),
        *register.municipality_territories(files, parents.in_2025, parents.starts),
        *french.territories(communes, codes.departments(files)),
        *swiss.territories(swiss_register),
        *register.sited(authored.territories, drawn["area"]),
    ]
    territories = register.named(territories, register.authored_names(FOLDER / "names.csv"))
    drawn |= municipalities.by_layer(joined, {place.territory_id: place.parent_id for place in territories})
    known: Outlines = {**layers.overseas(regions), **undrawn_zones, **published}
    for shapes in drawn.values():
        known |= shapes
    (output / "geo").mkdir(parents=True, exist_ok=True)
    line = shapely.union_all(list(border.values()))
    write_table(output / "territory.csv", tables.territory_rows(territories, known, line))
    write_table(output / "bounds.csv", tables.bounds_rows(territories, known, drawn))
    write_table(output / "membership.csv", tables.membership_rows(authored))
    write_table(
        output / "correspondence.csv",
        tables.correspondence_rows(files, territories, parents, communes, swiss_register),
    )
    write_table(output / "postal_code.csv", tables.postal_code_rows(files, communes))
    write_layers(output / "geo", drawn)
    outlines.write(output / "geo/ground.geojson.gz", outlines.ground(layers.ground_countries(regions)))
    outlines.write(output / "geo/border.geojson.gz", border, key="neighbour")


def write_table(path: Path, frame: pd.DataFrame) -> None:
    frame.to_csv(path, index=False, lineterminator="\n")


def write_layers(folder: Path, drawn: Mapping[str, Outlines]) -> None:
    for layer, shapes in drawn.items():
        outlines.write(folder / f"{layer}.geojson.gz", shapes)
    for level in HATCHED:
        lines = {code: hatch(outline) for code, outline in sorted(drawn[level].items())}
        text = json.dumps(lines, separators=(",", ":"))
        (folder / f"hatch_{level}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
