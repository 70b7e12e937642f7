"""The committed territories, codes and outlines are whole and agree with one another."""

import gzip
import json
import math
import os
import tomllib
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from warehouse import territories

GEO = territories.FOLDER / "geo"
LEVELS = ("country", "nuts1", "nuts2", "nuts3", "employment_zone", "area")
MUNICIPALITIES = tuple(
    f"municipality-{part}" for part in ("BE", "CH", "FRC", "FRE", "FRF", "FRI", "FRJ", "FRK", "FRL")
)
Ring = list[list[float]]


@cache
def features(layer: str) -> dict[str, dict]:
    collection = json.loads(gzip.decompress((GEO / f"{layer}.geojson.gz").read_bytes()))
    return {feature["id"]: feature for feature in collection["features"]}


def rings(geometry: dict) -> list[Ring]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def edges(line: Ring) -> set[tuple]:
    points = [tuple(point) for point in line]
    return {(min(pair), max(pair)) for pair in pairwise(points)}


@cache
def edges_of(layer: str, code: str) -> set[tuple]:
    return set().union(*(edges(ring) for ring in rings(features(layer)[code]["geometry"])))


def outer_edges(layer: str) -> set[tuple]:
    """Edges that one feature of the layer has alone."""
    counted = Counter(edge for code in features(layer) for edge in edges_of(layer, code))
    return {edge for edge, times in counted.items() if times == 1}


def length(lines: set[tuple]) -> float:
    return sum(math.dist(*line) for line in lines)


def border_edges(neighbour: str) -> set[tuple]:
    geometry = features("border")[neighbour]["geometry"]
    lines = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
    return set().union(*(edges(line) for line in lines))


@pytest.fixture(scope="module")
def register():
    return territories.territories().set_index("territory_id")


@pytest.fixture(scope="module")
def codes():
    return territories.correspondences()


def places(codes, scheme: str, code: str, vintage: str) -> dict[str, float]:
    rows = codes[(codes["scheme"] == scheme) & (codes["code"] == code) & (codes["vintage"] == vintage)]
    return dict(zip(rows["territory_id"], rows["share"], strict=True))


# --- the register ---


def test_a_territory_has_one_row_and_four_names(register):
    assert register.index.is_unique
    for language in ("fr", "nl", "de", "en"):
        assert (register[f"name_{language}"] != "").all()


def test_every_parent_exists(register):
    parents = set(register["parent_id"]) - {""}
    assert parents <= set(register.index)


def test_municipalities_are_as_many_as_their_registers_say_and_lie_in_a_nuts3(register):
    municipalities = register[register["level"] == "municipality"]
    assert municipalities["country"].value_counts().to_dict() == {
        "FR": 10_246,  # COG of 1 January 2026, the 23 departments of the border
        "CH": 1_271,  # BFS, 1 January 2024, the ten cantons of our areas
        "BE": 565,  # Statbel, REFNIS of 1 January 2025
    }
    assert set(register.loc[municipalities["parent_id"], "level"]) == {"nuts3"}


def test_communes_lie_in_the_23_departments_of_the_land_border(register, codes):
    departments = codes[codes["scheme"] == "INSEE_DEP"].set_index("territory_id")["code"]
    communes = register[(register["level"] == "municipality") & (register["country"] == "FR")]
    assert set(communes["parent_id"].map(departments)) == {
        "01", "02", "04", "05", "06", "08", "09", "25", "31", "39", "54", "55", "57", "59", "62", "64", "65",
        "66", "67", "68", "73", "74", "90",
    }  # fmt: skip
    assert (communes["national_code"].str[:2] == communes["parent_id"].map(departments)).all()


def test_a_zone_lies_in_the_department_of_most_of_its_communes(register):
    zones = register[register["level"] == "employment_zone"]
    assert len(zones) == 83  # Insee, ZE2020: those with a commune in a border department
    assert zones.loc["ZE3216", "parent_id"] == "FRE11"
    assert zones.loc["ZE7503", "parent_id"] == "FRI15"  # Bayonne: 93 of its 111 communes
    assert zones.loc["ZE4424", "parent_id"] == "FRF33"  # Thionville: 103 of 190


def test_france_has_its_101_departments_and_belgium_its_44_nuts3(register):
    nuts3 = register[register["level"] == "nuts3"]
    assert (nuts3["country"] == "FR").sum() == 101
    assert (nuts3["country"] == "BE").sum() == 44


@pytest.mark.parametrize(
    ("territory_id", "fr", "nl", "en"),
    [
        ("BE25", "Flandre-Occidentale", "West-Vlaanderen", "West Flanders"),
        ("BE32", "Hainaut", "Henegouwen", "Hainaut"),
        ("BE254", "Courtrai", "Kortrijk", "Kortrijk"),
        ("BE328", "Tournai-Mouscron", "Doornik-Moeskroen", "Tournai-Mouscron"),
        ("FRE1", "Nord-Pas-de-Calais", "Nord-Pas-de-Calais", "Nord-Pas-de-Calais"),
        ("FRC11", "Côte-d’Or", "Côte-d’Or", "Côte-d’Or"),
        ("ZE3216", "Lille", "Rijsel", "Lille"),
        ("NIS57096", "Mouscron", "Moeskroen", "Mouscron"),
    ],
)
def test_a_reader_finds_the_name_of_their_language(register, territory_id, fr, nl, en):
    assert tuple(register.loc[territory_id, ["name_fr", "name_nl", "name_en"]]) == (fr, nl, en)


def test_codes_keep_their_leading_zeros(register):
    assert register.loc["FRE21", "national_code"] == "02"
    assert register.loc["BE1", "national_code"] == "04000"


def test_only_areas_are_indicative_and_they_cross_a_border(register):
    areas = register[register["level"] == "area"]
    assert set(register.index[register["is_indicative"]]) == set(areas.index)
    assert len(areas) == 10
    assert areas["is_border"].all()
    assert (areas["country"] == "").all()


def test_the_nuts3_on_the_belgian_border_are_known(register):
    # GISCO NUTS 2021, pairs of regions that share a boundary.
    belgian = {
        "BE253", "BE254", "BE258", "BE323", "BE328", "BE329", "BE32A", "BE32D",
        "BE341", "BE344", "BE345", "BE351", "BE353",
    }  # fmt: skip
    nuts3 = register[(register["level"] == "nuts3") & register["is_border"]]
    assert set(nuts3.index[nuts3["country"] == "BE"]) == belgian
    assert {"FRE11", "FRE21", "FRF21", "FRF31", "FRF32"} <= set(nuts3.index)
    assert not register.loc["FRE12", "is_border"]


def test_the_zones_on_the_belgian_border_are_known(register):
    zones = register[register["level"] == "employment_zone"]
    assert set(zones.loc[zones["is_border"] & zones["parent_id"].str.startswith("FRE"), "name_fr"]) == {
        "Dunkerque", "Lille", "Roubaix-Tourcoing", "Valenciennes", "Maubeuge",
    }  # fmt: skip
    assert {
        "Sedan",
        "Thionville",
        "Strasbourg",
        "Saint-Louis",
        "Pontarlier",
        "Le Genevois Français",
        "Menton",
    } <= set(zones.loc[zones["is_border"], "name_fr"])


# --- areas ---


def test_every_member_of_an_area_exists(register):
    members = territories.memberships()
    assert set(members["territory_id"]) <= set(register.index)
    assert set(members["area_id"]) == set(register.index[register["level"] == "area"])
    assert (members["source"] != "").all()


def test_interreg_is_composed_as_its_programme_says():
    members = territories.memberships()
    interreg = members[members["area_id"] == "INTERREG-FWV"]
    assert set(interreg["territory_id"]) == {
        "FRE", "FRF21", "FRF23", "BE32", "BE34", "BE35", "BE25", "BE234", "BE235",
    }  # fmt: skip
    assert interreg["source"].str.startswith("programme Interreg").all()


@pytest.mark.parametrize(
    ("area", "members"),
    [
        ("RT-HAUTS-DE-FRANCE", "FRE BE25 BE32"),
        ("RT-ARDENNES", "FRF21 BE34 BE35"),
        ("RT-GRANDE-REGION", "FRF3 LU DEC DEB BE3"),
        (
            "RT-RHIN-SUPERIEUR",
            "FRF1 DE121 DE122 DE123 DE124 DE131 DE132 DE133 DE134 DE139 DE13A DEB33 DEB3E DEB3H"
            " CH03 CH023 CH025",
        ),
        ("RT-ARC-JURASSIEN", "FRC2 CH011 CH021 CH024 CH025"),
        ("RT-GENEVOIS-ALPES-DU-NORD", "FRK21 FRK27 FRK28 CH013 CH011 CH012 ITC2"),
        ("RT-SUD-FR-IT-MONACO", "FRL01 FRL02 FRL03 MC ITC11 ITC16 ITC31"),
        ("RT-PYRENEES-EST-CENTRE", "FRJ15 FRJ21 FRJ23 FRJ26 ES512 ES513 ES241 AD"),
        ("RT-PYRENEES-OUEST", "FRI15 ES212 ES220"),
    ],
)
def test_each_of_the_nine_territories_is_composed_as_declared(area, members):
    rows = territories.memberships()
    assert set(rows.loc[rows["area_id"] == area, "territory_id"]) == set(members.split())


def test_the_pilot_sites_are_points_with_a_name(register):
    sites = register[register["level"] == "point"]
    assert set(sites["name_fr"]) == {
        "Eurodistrict PAMINA",
        "Lille-Kortrijk-Tournai",
        "Nord Lorrain – Luxembourg",
        "Alpes du Sud – Riviera",
        "Agglomération franco-valdo-genevoise",
    }
    assert not set(sites.index) & set(territories.memberships()["area_id"])


def test_a_pilot_site_lies_under_the_smallest_area_around_its_position(register):
    areas = {code: shape(feature["geometry"]) for code, feature in features("area").items()}
    for code, row in register[register["level"] == "point"].iterrows():
        position = shapely.Point(row["lon"], row["lat"])
        around = [(outline.area, area) for area, outline in areas.items() if outline.contains(position)]
        assert row["parent_id"] == min(around)[1], code


def test_meeting_areas_say_that_the_observatory_composed_them():
    members = territories.memberships()
    meeting = members[members["area_id"].str.startswith("RT-")]
    assert meeting["area_id"].nunique() == 9
    assert set(meeting["source"]) == {"périmètre indicatif composé par l’observatoire"}


# --- codes ---


def test_every_code_leads_to_a_territory_we_hold(register, codes):
    assert set(codes["territory_id"]) <= set(register.index)


def test_no_code_lies_whole_in_two_places(codes):
    whole = codes[codes["share"] >= 0.999]
    assert not whole.duplicated(["scheme", "vintage", "code"]).any()


def test_shares_of_a_code_never_exceed_the_whole(codes):
    assert codes["share"].between(0.001, 1).all()
    assert (codes.groupby(["scheme", "vintage", "code"])["share"].sum() <= 1.001).all()


def test_a_territory_is_its_own_current_nuts_code(register, codes):
    current = codes[(codes["scheme"] == "NUTS") & (codes["vintage"] == "current")]
    assert (current["code"] == current["territory_id"]).all()
    nuts = register[register["nuts_id"] != ""]
    assert set(nuts.index) <= set(current["code"])


def test_regions_of_before_2016_lead_to_those_of_today(codes):
    assert places(codes, "NUTS", "FR30", "2013") == {"FRE1": 1.0}
    assert places(codes, "NUTS", "FR3", "2013") == {"FRE": 1.0}
    assert places(codes, "NUTS", "FR301", "2010") == {"FRE11": 1.0}


def test_the_arrondissement_of_soignies_cannot_be_carried(codes):
    # JRC matrix NUTS 3 2016 -> 2021, population of 2021: 80762, 40914 and 71075 of 192751.
    assert places(codes, "NUTS", "BE325", "2016") == {"BE329": 0.419, "BE32A": 0.2123, "BE32C": 0.3687}


def test_tournai_and_mouscron_are_both_whole_in_their_new_arrondissement(codes):
    assert places(codes, "NUTS", "BE324", "2016") == places(codes, "NUTS", "BE327", "2016") == {"BE328": 1.0}
    assert (
        places(codes, "REFNIS", "54000", "2018") == places(codes, "REFNIS", "57000", "2019") == {"BE328": 1.0}
    )


def test_mouscron_is_one_place_under_its_two_codes(register, codes):
    assert places(codes, "REFNIS", "54007", "2018") == {"NIS57096": 1.0}
    assert places(codes, "REFNIS", "57096", "2019") == {"NIS57096": 1.0}
    assert places(codes, "REFNIS", "57096", "current") == {"NIS57096": 1.0}
    assert "NIS54007" not in register.index


@pytest.mark.parametrize(("vintage", "count"), [("2018", 589), ("2019", 581), ("current", 565)])
def test_each_edition_of_refnis_has_all_its_municipalities(codes, vintage, count):
    edition = codes[(codes["scheme"] == "REFNIS") & (codes["vintage"] == vintage)]
    municipalities = edition[edition["territory_id"].str.startswith("NIS")]
    assert len(municipalities) == municipalities["code"].nunique() == count
    assert municipalities["territory_id"].nunique() == 565


def test_belgian_provinces_and_regions_are_nuts_regions(codes):
    assert places(codes, "REFNIS", "50000", "current") == {"BE32": 1.0}
    assert places(codes, "REFNIS", "20002", "current") == {"BE31": 1.0}
    assert places(codes, "REFNIS", "04000", "current") == {"BE1": 1.0}
    assert places(codes, "REFNIS", "01000", "2018") == {"BE": 1.0}


def test_departments_keep_their_codes(codes):
    assert places(codes, "INSEE_DEP", "59", "current") == {"FRE11": 1.0}
    assert places(codes, "INSEE_DEP", "2A", "current") == {"FRM01": 1.0}
    assert places(codes, "INSEE_DEP", "08", "current") == {"FRF21": 1.0}
    assert (codes["scheme"] == "INSEE_DEP").sum() == 101


# --- outlines ---


@pytest.mark.parametrize("layer", [*LEVELS, *MUNICIPALITIES])
def test_an_outline_belongs_to_a_territory_of_its_level(register, layer):
    drawn = features(layer)
    assert set(register.loc[list(drawn), "level"]) == {layer.partition("-")[0]}
    assert {territories.layer(code) for code in drawn} == {layer}
    assert all(feature["properties"] == {"territory_id": code} for code, feature in drawn.items())


def test_every_french_department_of_the_mainland_and_every_belgian_nuts3_is_drawn(register):
    nuts3 = register[register["level"] == "nuts3"]
    expected = {code for code in nuts3.index if not code.startswith("FRY")}
    assert set(features("nuts3")) == expected


def test_every_area_is_drawn(register):
    assert set(features("area")) == set(register.index[register["level"] == "area"])


def test_zones_without_a_complete_outline_are_points(register):
    zones = register[register["level"] == "employment_zone"]
    assert len(features("employment_zone")) == 49  # those whose communes all lie in the border departments
    points = set(zones.loc[~zones.index.isin(list(features("employment_zone"))), "name_fr"])
    assert {"Bayonne", "Perpignan", "Belfort", "Montbéliard", "Saint-Quentin", "Soissons", "Reims"} <= points


def test_the_border_is_the_line_that_both_sides_share():
    line = border_edges("BE")
    assert line <= edges_of("country", "FR") & edges_of("country", "BE")
    assert line & edges_of("nuts3", "FRE11") & edges_of("nuts3", "BE328")


def test_the_border_does_not_cut_the_outline_of_an_area():
    line = border_edges("BE") & edges_of("nuts3", "FRE11")
    assert line
    assert not line & edges_of("area", "RT-HAUTS-DE-FRANCE")


def test_there_is_a_border_with_each_neighbour():
    assert set(features("border")) == {"BE", "LU", "DE", "CH", "IT", "MC", "ES", "AD"}


def test_every_municipality_is_drawn(register):
    drawn = set().union(*(features(layer) for layer in MUNICIPALITIES))
    assert drawn == set(register.index[register["level"] == "municipality"])


def test_the_layer_of_a_place_is_its_level_or_a_part_of_it():
    assert territories.layer("FRE11") == "nuts3"
    assert territories.layer("COM59350") == "municipality-FRE"
    assert territories.layer("BFS6621") == "municipality-CH"
    assert not territories.is_drawn("MC")
    with pytest.raises(KeyError):
        territories.layer("MC")


def test_municipalities_of_both_sides_meet_on_one_line_vertex_for_vertex():
    """Where the outline of one side ends, the other's begins with the same vertices."""
    french = outer_edges("municipality-FRE") | outer_edges("municipality-FRF")
    belgian = outer_edges("municipality-BE")
    shared = french & belgian
    line = border_edges("BE")
    assert length(shared) > 0.99 * length(line)


@pytest.mark.parametrize(("country", "regions"), [("BE", ("FRE", "FRF")), ("CH", ("FRC", "FRF", "FRK"))])
def test_hardly_anything_lies_on_both_sides_of_the_line_or_on_neither(country, regions):
    """Less than five square kilometres are asked for; what a third country covers is no gap."""
    from warehouse.territories.preparation.mosaic import discrepancy

    across, *french = (
        shapely.union_all([shape(feature["geometry"]) for feature in features(layer).values()])
        for layer in (f"municipality-{name}" for name in (country, *regions))
    )
    third = [feature for code, feature in features("nuts3").items() if code[:2] not in ("FR", country)]
    elsewhere = shapely.union_all([shape(feature["geometry"]) for feature in third])
    square_kilometres = 111.2 * 111.3 * 0.67  # in a square degree at 48° north
    overlap, gap = discrepancy(shapely.union_all(french), across, elsewhere)
    assert overlap * square_kilometres < 0.01
    assert gap * square_kilometres < 0.05


def test_levels_are_made_of_the_same_lines():
    finest = set().union(*(edges_of("nuts3", code) for code in features("nuts3") if code.startswith("BE")))
    for level, code in (("nuts2", "BE32"), ("nuts1", "BE3"), ("country", "BE")):
        assert edges_of(level, code) <= finest


@pytest.mark.parametrize("layer", [*LEVELS, *MUNICIPALITIES, "ground", "border"])
def test_coordinates_lie_in_europe_on_the_grid(layer):
    for feature in features(layer).values():
        geometry = feature["geometry"]
        lines = rings(geometry) if "Polygon" in geometry["type"] else geometry["coordinates"]
        flat = [point for line in lines for point in (line if isinstance(line[0], list) else [line])]
        assert all(-14 < lon < 21 and 35 < lat < 59 for lon, lat in flat)
        assert all(round(value, 4) == value for point in flat for value in point)


@pytest.mark.parametrize("level", ["nuts2", "nuts3", "employment_zone", "area"])
def test_every_drawn_territory_can_be_hatched(level):
    hatches = territories.hatches(level)
    assert set(hatches) == set(features(level))
    for segments in hatches.values():
        assert len(segments) >= 8
        assert all(west < east and south < north for (west, south), (east, north) in segments)


def test_outlines_stay_within_their_budgets():
    assert sum(path.stat().st_size for path in GEO.iterdir()) <= 4_000_000
    assert on_the_wire("nuts2", "nuts3", "border", "ground") <= 350_000


@pytest.mark.parametrize("area", sorted(set(territories.memberships()["area_id"])))
def test_a_map_of_the_municipalities_of_any_area_stays_within_its_budget(register, area):
    members = territories.memberships().set_index("area_id").loc[[area], "territory_id"]
    municipalities = register[register["level"] == "municipality"]
    inside = municipalities[municipalities["parent_id"].str.startswith(tuple(members))]
    layers = {territories.layer(code) for code in inside.index}
    assert layers
    assert on_the_wire(*layers, "border", "ground") <= 900_000


def on_the_wire(*layers: str) -> int:
    return sum((GEO / f"{layer}.geojson.gz").stat().st_size for layer in layers)


@pytest.mark.specimens
@pytest.mark.skipif(
    not {"OBSERVATORY_SPECIMENS", "OBSERVATORY_PACKAGES"} <= set(os.environ),
    reason="OBSERVATORY_SPECIMENS and OBSERVATORY_PACKAGES name no folders",
)
def test_the_official_files_give_what_is_committed(tmp_path):
    from warehouse.territories.preparation.official import OfficialFiles
    from warehouse.territories.preparation.packages import Packages
    from warehouse.territories.prepare import prepare

    files = OfficialFiles(Path(os.environ["OBSERVATORY_SPECIMENS"]))
    prepare(files, Packages(Path(os.environ["OBSERVATORY_PACKAGES"])), tmp_path)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*"))
    assert len(made) == 26
    for path in made:
        assert content(tmp_path / path) == content(territories.FOLDER / path), path


def content(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


# --- what pages ask ---


def test_bounds_embrace_all_the_territories_asked_for():
    assert territories.bounds(["FRE", "BE32"]) == pytest.approx((1.38, 48.83, 4.62, 51.09), abs=0.05)


def test_bounds_of_a_place_without_outline_have_an_extent():
    west, south, east, north = territories.bounds(["BV-LILLE-KORTRIJK-TOURNAI"])
    assert west < 3.21 < east
    assert south < 50.69 < north


def test_bounds_of_an_unknown_place_name_it():
    with pytest.raises(KeyError, match="XX99"):
        territories.bounds(["FRE", "XX99"])


def test_every_territory_has_bounds_around_its_point(register):
    for territory_id, row in register.iterrows():
        west, south, east, north = territories.bounds([territory_id])
        assert west <= row["lon"] <= east
        assert south <= row["lat"] <= north


def test_towns_are_named_in_three_languages_on_both_sides():
    towns = territories.cities()
    assert {"FR", "BE", "LU", "DE", "CH", "IT", "ES"} <= set(towns["country"])
    assert towns.set_index("name_fr").loc["Courtrai", "name_nl"] == "Kortrijk"
    assert (towns[["name_fr", "name_nl", "name_en"]] != "").all(axis=None)


def test_areas_are_declared_where_they_are_read(register):
    declared = tomllib.loads(Path(territories.FOLDER / "areas.toml").read_text(encoding="utf-8"))
    assert {area["id"] for area in declared["area"]} == set(register.index[register["level"] == "area"])


def test_what_is_far_from_a_box_is_not_around_it() -> None:
    near = territories.around(territories.bounds(["RT-HAUTS-DE-FRANCE"]), 0.8)
    assert {"FRE1", "BE25", "BE32", "FRE22", "BE10"} <= near
    assert not {"FRL04", "FRJ15", "FRI15"} & near
