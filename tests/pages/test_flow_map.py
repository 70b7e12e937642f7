"""Flux, the map: what it says of a choice, what it draws, and where a flow ends."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from re import findall
from types import SimpleNamespace
from typing import cast

import duckdb
import numpy
import pandas
import pytest

from pages.components import flow_choice, flow_labels, flow_rows, flow_said, flow_shapes
from pages.components.context import Context
from pages.components.words import speak
from tests.pages.reading import Reading, plain, read
from tests.warehouse.planted_flows import plant
from tests.warehouse.small_database import DATABASE, SmallDatabase
from warehouse.queries import flow_map, flow_offers
from warehouse.queries.flow_map import Selection
from warehouse.queries.places import NEIGHBOURS

on_real_figures = pytest.mark.usefixtures("warehouse")
FRENCH = speak("fr")
SWITZERLAND = Selection("CH", "census", "2020", "nuts3")


# --- what the page says ------------------------------------------------------------------------------


@on_real_figures
def test_the_finding_the_coverage_and_both_directions_are_said() -> None:
    """published_flows.csv, lines 337, 114 and 310: 23 700, about 10 000 and 6 900 employees in 2017."""
    reading = read("flows", frontiere="BE")
    assert reading.title.replace("\u202f", " ") == (
        "Hauts-de-France → Belgique : 23 700 travailleurs en 2017, 2,4 fois l’autre sens"
    )
    assert reading.block("coverage") == (
        " 3 flux affichés sur 3, soit 100 % des 40 600 travailleurs que cette source publie. "
    )
    assert "environ 10 000" in reading.block("flow-bars")
    assert reading.says("Cette installation tient les flux publiés.")


@on_real_figures
@pytest.mark.parametrize("border", [*NEIGHBOURS, "toutes"])
def test_every_border_opens(border: str) -> None:
    reading = read("flows", frontiere=border)
    assert not reading.app.exception
    assert reading.warnings == []
    assert reading.query["frontiere"] == border


@on_real_figures
def test_a_direction_nobody_counts_is_said_to_be_unobserved_and_not_zero() -> None:
    reading = read("flows", frontiere="CH")
    assert reading.says("Suisse → France : non observé par cette source, ce qui n’est pas zéro.")
    only = read("flows", frontiere="CH", sens="entrants")
    assert only.says("Suisse → France : non observé par cette source")
    assert only.says("0 flux affichés sur 0, soit 0 %") is False
    assert "coverage" not in "".join(only.blocks)


@on_real_figures
def test_a_year_without_data_for_one_side_names_the_years_that_have_some() -> None:
    reading = read("flows", frontiere="BE", source="inami_workplace", periode="2015", niveau="nuts1")
    assert reading.says("Belgique → France : pas de chiffre de cette source pour 2015 ; elle en a pour 2006.")


@on_real_figures
def test_a_threshold_above_the_largest_says_how_many_that_is() -> None:
    reading = read("flows", frontiere="LU", seuil="100000")
    assert reading.says("Aucun flux n’atteint 100 000 travailleurs.")
    assert reading.says("Le plus grand en compte 66 700")  # published_flows.csv, Moselle → Luxembourg 2020


@on_real_figures
def test_an_origin_and_a_destination_without_a_flow_say_what_to_choose() -> None:
    reading = read("flows", frontiere="CH", origine="FRF12", destination="CH013")
    assert reading.says("Aucun flux publié ne va de l’origine à la destination choisies.")
    assert reading.says("Choisir « Tous les lieux »")


@on_real_figures
@pytest.mark.parametrize(
    ("parameter", "value"),
    [("frontiere", "XX"), ("origine", "FR999"), ("niveau", "village"), ("choix", "FRE>XX"), ("seuil", "-5")],
)
def test_an_unknown_value_is_answered_with_a_message_and_the_default(parameter: str, value: str) -> None:
    reading = Reading("flows", **{"frontiere": "BE", parameter: value})
    assert not reading.app.exception
    (warning,) = reading.warnings
    assert value in warning
    assert reading.query[parameter] != value


@on_real_figures
def test_the_press_is_left_out_until_asked_for() -> None:
    assert read("flows", frontiere="BE", source="census", periode="2021").says("lus dans la presse")
    reading = read(
        "flows", frontiere="BE", presse="oui", source="census", periode="2021", niveau="employment_zone"
    )
    assert "Roubaix-Tourcoing → Belgique" in reading.block("flow-bars")  # line 479: 10 500


@on_real_figures
def test_a_chosen_flow_is_told_with_its_other_way() -> None:
    reading = read("flows", frontiere="CH", choix="FRK28>CH013")  # line 332
    assert "Haute-Savoie → Genève : 82 300 · arrondi à la centaine" in reading.block("chosen")
    assert "Genève → Haute-Savoie : non observé" in reading.block("chosen")


@on_real_figures
@pytest.mark.parametrize("written", ["FRF12", "Haut-Rhin", "haut rhin", "Haut-R"])
def test_a_place_beyond_those_listed_is_found_by_code_or_name(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Haut-Rhin → Suisse: 39 800 (line 330), the third of the border."""
    monkeypatch.setattr(flow_choice, "OFFERED", 1)
    reading = Reading("flows", frontiere="CH", origine=written)
    assert not reading.warnings
    assert reading.query["origine"] == "FRF12"
    assert "Haut-Rhin → Suisse 39 800" in reading.block("flow-bars")
    assert reading.says("Les 1 plus grands lieux sur")


@on_real_figures
def test_a_name_nobody_has_is_said_to_be_none_and_every_place_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow_choice, "OFFERED", 1)
    reading = Reading("flows", frontiere="CH")
    reading.app.session_state["choice:origine"] = "Brigadoon"  # as typed into the list
    reading.app.run()
    assert reading.says("Aucun lieu de ces flux ne s’appelle « Brigadoon ».")
    assert reading.query["origine"] == "tous"
    assert reading.says("6 flux affichés sur 6")


@on_real_figures
def test_what_is_clicked_on_the_map_is_chosen_though_the_list_is_shorter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(flow_map, "DRAWN_AT_ONCE", 1)
    reading = Reading("flows", frontiere="CH", choix="FRF12>CH", nombre="50")
    assert not reading.warnings
    assert "Haut-Rhin → Suisse : 39 800" in reading.block("chosen")


@on_real_figures
def test_all_borders_are_frames_of_one_definition() -> None:
    """Census 2020, line by line: 45 700 + 95 800 + 50 800 + 215 200 + 1 600 + 31 400 + 4 900 + 100."""
    reading = read("flows", frontiere="toutes")
    assert reading.title.replace("\u202f", " ").startswith("Suisse : 48 % des 445 500 actifs")
    frames = next(body for body in reading.blocks if "frames" in body)
    assert frames.count("<img") == len(NEIGHBOURS)
    assert frames.count("period=2020") == len(NEIGHBOURS)
    assert set(findall(r"source=(\w+)", frames)) == {"census"}


@on_real_figures
def test_all_borders_have_one_table_and_the_files_of_what_is_drawn() -> None:
    """published_flows.csv: 82 300 from Haute-Savoie to Geneva (line 332), 66 700 from Moselle to LU (386)."""
    table = Reading("flows", frontiere="toutes").unfold("flux-toutes-les-frontieres")
    workers = dict(
        zip(zip(table["origin_fr"], table["destination_fr"], strict=True), table["value"], strict=True)
    )
    assert workers["Haute-Savoie", "Genève"] == 82300
    assert workers["Moselle", "Luxembourg"] == 66700
    drawn = [flow_offers.best(name, definition_id="census") for name in NEIGHBOURS]
    assert len(table) == sum(flow_map.summary(each).shown_flows for each in drawn if each is not None)


# --- what is drawn -----------------------------------------------------------------------------------


@on_real_figures
def test_a_flow_to_a_whole_country_ends_at_the_border() -> None:
    flows = flow_map.chosen_flows(SWITZERLAND).frame
    row = list(flows["origin_id"]).index("FRF12")  # Haut-Rhin → Suisse, 39 800
    assert flows["destination_id"].iloc[row] == "CH"
    begins, arrives = flow_shapes.ends(flows, "CH")
    centre = flows[["destination_lon", "destination_lat"]].to_numpy()[row]
    west, south, east, north = flow_shapes.border_bounds("CH")
    assert list(begins[row]) == list(flows[["origin_lon", "origin_lat"]].to_numpy()[row])
    assert west - 0.1 <= arrives[row][0] <= east + 0.1
    assert south - 0.1 <= arrives[row][1] <= north + 0.1
    assert numpy.hypot(*(arrives[row] - centre)) > 0.5


@on_real_figures
def test_from_country_to_country_a_flow_only_crosses_the_border() -> None:
    flows = flow_map.chosen_flows(Selection("BE", "census", "2021", "country")).frame
    begins, arrives = flow_shapes.ends(flows, "BE")
    west, south, east, north = flow_shapes.border_bounds("BE")
    for point in (begins[0], arrives[0]):
        assert west < point[0] < east
        assert south - 0.5 < point[1] < north + 0.5
    assert arrives[0][1] > begins[0][1]  # Belgium lies north of France


def test_a_degree_of_longitude_is_half_one_of_latitude_at_sixty_degrees_north() -> None:
    place = numpy.array([3.0, 60.0])
    north, east = (flow_shapes.metres(place, place + step) for step in ([0, 1], [1, 0]))
    assert north == pytest.approx(111_320)
    assert east == pytest.approx(north / 2)


def test_a_width_follows_the_square_root_of_the_workers() -> None:
    wide, quarter = flow_shapes.widths(pandas.Series([8000.0, 2000.0]), 8000, 2)
    assert wide == flow_shapes.WIDEST
    assert quarter == wide / 2


def test_small_flows_of_a_census_are_dashed_and_those_of_a_register_are_not() -> None:
    flows = pandas.DataFrame({"value": [199.0, 200.0, 500.0, 501.0], "definition_id": "census"})
    assert list(flow_rows.reliability(flows)) == [2, 1, 1, 0]
    assert list(flow_rows.reliability(flows.assign(definition_id="inami_workplace"))) == [0, 0, 0, 0]


def test_a_small_flow_is_named_to_be_handled_with_care(planted: SmallDatabase) -> None:
    places_apart(planted)
    plant(planted, "archive", [("FRX11", "BEX11", 150.0)])
    selection = Selection("BE", "census@flows", "2020", "nuts3")
    (arc,) = flow_rows.rows(selection, "arcs", FRENCH)
    assert arc["k"] == flow_rows.DASHED
    assert "à manier avec prudence" in arc["v"]
    strokes = flow_rows.rows(selection, "dashes", FRENCH)
    assert flow_shapes.FEWEST_STROKES <= len(strokes) <= flow_shapes.MOST_STROKES
    lengths = [math.dist(stroke["a"], stroke["b"]) for stroke in strokes]
    gaps = [math.dist(one["b"], other["a"]) for one, other in pairwise(strokes)]
    assert sum(lengths) > sum(gaps) > 0


def test_a_flow_to_a_place_without_coordinates_or_to_itself_is_no_line(planted: SmallDatabase) -> None:
    places_apart(planted, without="BEX12")
    plant(planted, "archive", [("FRX11", "BEX11", 600.0), ("FRX11", "BEX12", 700.0)])
    flows = flow_map.chosen_flows(Selection("BE", "census@flows", "2020", "nuts3")).frame
    assert len(flows) == 2
    assert list(flow_rows.drawable(flows)["destination_id"]) == ["BEX11"]
    itself = flows.assign(destination_id=flows["origin_id"])
    assert flow_rows.drawable(itself).empty


def test_a_flow_that_is_no_line_has_its_sentence(planted: SmallDatabase) -> None:
    places_apart(planted, without="BEX12")
    plant(planted, "archive", [("FRX11", "BEX11", 600.0), ("FRX11", "BEX12", 700.0)])
    selection = Selection("BE", "census@flows", "2020", "nuts3")
    context = cast(Context, SimpleNamespace(words=FRENCH))
    flows = flow_map.chosen_flows(selection)
    said = [plain(note) for note in flow_said.notes(context, selection, flows)]
    assert "1 flux touche un lieu sans coordonnées : il est dans le tableau, pas sur la carte." in said
    itself = flows.with_frame(flows.frame.assign(destination_id=flows.frame["origin_id"]))
    said = [plain(note) for note in flow_said.notes(context, selection, itself)]
    assert "2 flux restent dans un même lieu : ils sont dans le tableau, pas sur la carte." in said


def test_names_never_cover_one_another() -> None:
    view = flow_labels.View(3.0, 50.0, 7.0, 600, 400)
    names = [flow_labels.Name(f"Lieu {n}", 3.0 + n / 200, 50.0, 6) for n in range(40)]
    rows = flow_labels.rows(iter(names), view, 13)
    boxes = []
    for row in rows:
        x, y = view.pixel(*row["p"])
        width = flow_labels.LETTER * row["z"] * len(row["s"])
        left = {"start": x + row["x"], "end": x + row["x"] - width, "middle": x - width / 2}[row["a"]]
        boxes.append((left, y + row["y"] - 6, left + width, y + row["y"] + 6))
    assert 4 <= len(boxes) < 40
    assert not any(
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        for place, one in enumerate(boxes)
        for other in boxes[:place]
    )


@on_real_figures
def test_rows_are_json_and_carry_the_hover_of_each_layer() -> None:
    for shape in flow_rows.SHAPES:
        rows = json.loads(json.dumps(flow_rows.rows(SWITZERLAND, shape, FRENCH)))
        assert rows or shape == "dashes"
        if shape in ("arcs", "places"):
            assert all({"o", "t", "v"} <= row.keys() for row in rows)


def places_apart(small: SmallDatabase, without: str = "") -> None:
    """Give the planted territories, which all lie at one point, places of their own; one gets none."""
    with duckdb.connect(small.folder / DATABASE) as connection:
        connection.execute("UPDATE territory SET lon = 3 + (hash(territory_id) % 100) / 50, lat = lat + 0.5")
        connection.execute("UPDATE territory SET lon = NULL, lat = NULL WHERE territory_id = ?", [without])
