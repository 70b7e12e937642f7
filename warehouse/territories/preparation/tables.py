"""The tables that lie beside the outlines: territory, bounds, membership, correspondence, postal_code."""

from collections.abc import Mapping, Sequence

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from warehouse.territories.preparation import codes, french, official, outlines, register, swiss
from warehouse.territories.preparation.foreign import foreign_codes
from warehouse.territories.preparation.french import FrenchCommunes
from warehouse.territories.preparation.layers import BelgianParents
from warehouse.territories.preparation.mosaic import Outlines
from warehouse.territories.preparation.official import OfficialFiles
from warehouse.territories.preparation.register import Territory
from warehouse.territories.preparation.swiss import SwissMunicipalities

POINT_MARGIN = 0.1  # degrees around a place without an outline, so that a map of it alone has an extent
# An outline touches the border when it follows the line for more than about 500 m, a corner apart.
TOUCH_REACH, TOUCH_LENGTH = 0.0003, 0.006


def territory_rows(territories: Sequence[Territory], known: Outlines, border: BaseGeometry) -> pd.DataFrame:
    near = border.buffer(TOUCH_REACH)
    shapely.prepare(near)
    rows = []
    for place in sorted(territories, key=lambda territory: territory.territory_id):
        outline = known.get(place.territory_id)
        lon, lat = place.position or outlines.inner_point(known[place.territory_id])
        touches = outline is not None and _touches(outline, near)
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


def _touches(outline: BaseGeometry, near: BaseGeometry) -> bool:
    if not near.intersects(outline):
        return False
    return bool(outline.boundary.intersection(near).length > TOUCH_LENGTH)


def bounds_rows(
    territories: Sequence[Territory], known: Outlines, drawn: Mapping[str, Outlines]
) -> pd.DataFrame:
    """Extent of every territory and the layer its outline is in, empty for one without."""
    layer_of = {code: layer for layer, shapes in drawn.items() for code in shapes}
    rows = []
    for place in sorted(territories, key=lambda territory: territory.territory_id):
        outline = known.get(place.territory_id)
        if outline is None:
            outline = shapely.Point(place.position).buffer(POINT_MARGIN)
        extent = (f"{value:.4f}" for value in outline.bounds)
        rows.append((place.territory_id, *extent, layer_of.get(place.territory_id, "")))
    return pd.DataFrame(rows, columns=["territory_id", "west", "south", "east", "north", "layer"])


def membership_rows(authored: register.AuthoredPlaces) -> pd.DataFrame:
    rows = [
        {"area_id": area, "territory_id": member, "source": authored.sources[area]}
        for area, members in sorted(authored.members.items())
        for member in members
    ]
    return pd.DataFrame(rows)


def correspondence_rows(
    files: OfficialFiles,
    territories: Sequence[Territory],
    belgian: BelgianParents,
    communes: FrenchCommunes,
    municipalities: SwissMunicipalities,
) -> pd.DataFrame:
    nuts = [place.territory_id for place in territories if place.nuts_id or place.level == "country"]
    departments = [(place.national_code, place.nuts_id) for place in territories if _is_department(place)]
    zones = [place for place in territories if place.level == "employment_zone"]
    rows: list[codes.Row] = [
        *codes.nuts_codes(files, nuts),
        *codes.refnis_codes(files, belgian.in_2019, belgian.in_2025),
        *(("INSEE_DEP", code, codes.CURRENT, region, 1.0) for code, region in departments),
        *(("INSEE_ZE2020", place.national_code, codes.CURRENT, place.territory_id, 1.0) for place in zones),
        *french.codes(communes),
        *swiss.codes(municipalities),
        *foreign_codes(files, municipalities),
    ]
    frame = codes.as_frame(rows)
    return frame.assign(share=frame["share"].map("{:.4g}".format))


def postal_code_rows(files: OfficialFiles, communes: FrenchCommunes) -> pd.DataFrame:
    """A postal code may serve several municipalities, and a municipality have several."""
    rows = [
        *(("FR", postal, f"COM{code}") for code, own in communes.postal_codes.items() for postal in own),
        *(("BE", postal, f"NIS{code}") for postal, code in official.belgian_postal_codes(files)),
    ]
    columns = ["country", "postal_code", "territory_id"]
    return pd.DataFrame(sorted(set(rows)), columns=columns)


def _is_department(place: Territory) -> bool:
    return place.level == "nuts3" and place.country == "FR"
