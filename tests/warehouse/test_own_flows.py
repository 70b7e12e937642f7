"""A reader's own file of flows: what is understood, and what its author is told, row by row, in French."""

from __future__ import annotations

import pytest

from warehouse import own_flows
from warehouse.own_flows import FORM, LARGEST_MEGABYTES, MODEL, MOST_ROWS, Report
from warehouse.queries import own_flows as asked

CODES = own_flows.codes_of(
    [
        ("FRE11", "FRE11", "Nord", True),
        ("59", "FRE11", "Nord", True),
        ("BE32", "BE32", "Hainaut", True),
        ("BE", "BE", "Belgique", True),
        ("NIS57096", "NIS57096", "Mouscron", True),
        ("57096", "NIS57096", "Mouscron", True),
        ("57096", "COM57096", "Boulay", True),
        ("01004", "COM01004", "Ambérieu-en-Bugey", True),
        ("LU-X", "LU-X", "Bureau fermé", False),
    ]
)
GOOD = """origin;destination;count;period;category
FRE11;BE32;1234,5;2021;ouvriers
59;BE;20;2021;
BE32;FRE11;7;2021-Q3;
"""


def read(content: str | bytes) -> Report:
    return own_flows.read_flows(content if isinstance(content, bytes) else content.encode(), CODES)


def told(content: str | bytes) -> list[str]:
    return [str(fault).replace("\u202f", " ") for fault in read(content).faults]


def test_a_good_file_is_its_flows() -> None:
    report = read(GOOD)
    assert report.faults == ()
    assert [(flow.origin_id, flow.destination_id, flow.count) for flow in report.flows] == [
        ("FRE11", "BE32", 1234.5),
        ("FRE11", "BE", 20),
        ("BE32", "FRE11", 7),
    ]
    assert [flow.period for flow in report.flows] == ["2021", "2021", "2021-Q3"]
    assert report.flows[0].category == "ouvriers"


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ";"), ("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t"), ("cp1252", "\t")],
)
def test_every_encoding_and_separator_of_excel_is_read(encoding: str, separator: str) -> None:
    text = GOOD.replace(";", separator).replace("\n", "\r\n").replace("ouvriers", "employés")
    report = read(text.encode(encoding))
    assert report.faults == ()
    assert report.flows[0].category == "employés"


def test_commas_between_cells_and_decimal_points_are_read() -> None:
    report = read("origin,destination,count\nFRE11,BE32,1234.5\n")
    assert (report.faults, report.flows[0].count) == ((), 1234.5)


def test_column_names_may_be_french_and_codes_in_small_letters() -> None:
    report = read("Origine;Destination;Nombre;Année\nfre11;be32;1 234;2021\n")
    assert (report.faults, report.flows[0].count, report.flows[0].period) == ((), 1234, "2021")


@pytest.mark.parametrize(
    ("good", "bad", "row", "column", "sentence"),
    [
        (
            "FRE11;BE32;1234,5",
            "FRE12;BE32;1",
            2,
            "origin",
            "code inconnu, « FRE12 » ; le plus proche : « FRE11 »",
        ),
        ("59;BE;20", "ZZ;BE;20", 3, "origin", "code inconnu, « ZZ » ; écrire un code NUTS, Insee ou NIS"),
        ("59;BE;20", "1004;BE;20", 3, "origin", "un zéro de tête s’est perdu : « 01004 »"),
        (
            "59;BE;20",
            "57096;BE;20",
            3,
            "origin",
            "désigne plusieurs lieux ; écrire « NIS57096 » (Mouscron) ou",
        ),
        ("59;BE;20", "LU-X;BE;20", 3, "origin", "« Bureau fermé » n’a pas de coordonnées"),
        ("59;BE;20", "59;FRE11;20", 3, "destination", "le flux va de « 59 » à lui-même"),
        (
            "59;BE;20",
            "59;BE;-20",
            3,
            "count",
            "« -20 » est négatif ; écrire un nombre de personnes, 0 ou plus",
        ),
        ("59;BE;20", "59;BE;vingt", 3, "count", "« vingt » n’est pas un nombre"),
        (
            "59;BE;20",
            "59;BE;1.234",
            3,
            "count",
            "se lit de deux façons ; écrire 1234, sans séparateur de milliers",
        ),
        ("59;BE;20", "59;BE;99999999999", 3, "count", "dépasse 10000000 personnes"),
        ("59;BE;20", "59;BE;", 3, "count", "la cellule est vide ; la remplir"),
        ("59;BE;20", ";BE;20", 3, "origin", "la cellule est vide ; la remplir"),
        ("59;BE;20;2021", "59;BE;20;21", 3, "period", "« 21 » n’est pas une période"),
        (
            "59;BE;20;2021;",
            "FRE11;BE32;20;2021;ouvriers",
            3,
            "",
            "ce flux est déjà à la ligne 2 ; n’en garder qu’une",
        ),
        ("59;BE;20;2021;", "59;BE;20;2021;;;x", 3, "", "la ligne a plus de cellules que la première"),
    ],
)
def test_a_fault_is_told_in_french_with_its_row_and_the_others_are_kept(
    good, bad, row, column, sentence
) -> None:
    assert good in GOOD
    content = GOOD.replace(good, bad, 1)
    place = f"ligne {row}, colonne « {column} »" if column else f"ligne {row}"
    (fault,) = told(content)
    assert fault.startswith(f"{place} : ")
    assert sentence in fault
    assert len(read(content).flows) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "la première ligne doit nommer les colonnes : origin, destination, count, period, category"),
        (b"PK\x03\x04workbook", "un classeur Excel"),
        (b"origin;\x00\x00", "le texte est illisible"),
        (b"origin;destination;count\n\x81\x8d;BE;1\n", "le texte est illisible"),
        (b"origin;destination\nFRE11;BE\n", "cette colonne manque"),
        (b"origin;destination;count;mode\nFRE11;BE;1;a\n", "colonne « mode » : cette colonne est inconnue"),
        (b"origin;destination;count\n", "aucune ligne n’est remplie"),
        (MODEL.encode(), "aucune ligne n’est remplie"),
        (b'origin;destination;count\n"FRE11;BE;1\n', "un guillemet ouvert n’est jamais fermé"),
        (b"x" * (LARGEST_MEGABYTES * 2**20 + 1), "le fichier dépasse 2 Mo"),
    ],
)
def test_a_file_that_is_none_says_so(content: bytes, said: str) -> None:
    assert any((said if isinstance(said, str) else said.decode()) in fault for fault in told(content))


def test_more_rows_than_can_be_drawn_are_refused() -> None:
    content = ";".join(FORM.required) + "\n" + "FRE11;BE;1\n" * (MOST_ROWS + 1)
    (fault,) = told(content)
    assert "le fichier a 10001 lignes, la limite est 10000" in fault


@pytest.mark.usefixtures("warehouse")
def test_codes_are_ours_nuts_insee_and_nis() -> None:
    """57096 is Boulange for Insee and Mouscron for Statbel: both are named to the reader."""
    codes = asked.codes()
    named = {
        code: [place.territory_id for place in codes[code]] for code in ("FRE11", "59", "57096", "BE", "3216")
    }
    assert named == {
        "FRE11": ["FRE11"],
        "59": ["FRE11"],
        "57096": ["COM57096", "NIS57096"],
        "BE": ["BE"],
        "3216": ["ZE3216"],
    }


@pytest.mark.usefixtures("warehouse")
def test_flows_are_named_and_placed_for_the_map() -> None:
    report = own_flows.read_flows(b"origin;destination;count\n59;NIS57096;5\n3216;BE;9\n", asked.codes())
    assert report.faults == ()
    frame = asked.frame(report.flows)
    assert list(frame["value"]) == [9, 5]
    assert frame.iloc[1]["origin_fr"] == "Nord"
    assert frame.iloc[1]["destination_country"] == "BE"
    assert frame[["origin_lon", "destination_lat"]].notna().all(axis=None)


@pytest.mark.usefixtures("warehouse")
def test_what_leaves_a_place_and_what_arrives_there_add_up() -> None:
    content = b"origin;destination;count\n59;NIS57096;5\n59;BE;9\nNIS57096;59;2\n"
    totals = asked.totals(asked.frame(own_flows.read_flows(content, asked.codes()).flows))
    told = totals.set_index("territory_id")[["outgoing", "incoming"]].to_dict("index")
    assert told == {
        "BE": {"outgoing": 0, "incoming": 9},
        "FRE11": {"outgoing": 14, "incoming": 2},
        "NIS57096": {"outgoing": 2, "incoming": 5},
    }
    assert totals[["lon", "lat", "name_fr"]].notna().all(axis=None)
    assert list(totals["territory_id"]) == ["FRE11", "BE", "NIS57096"]
