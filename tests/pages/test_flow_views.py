"""Flux beside its map: sources, time, balance, coverage. Rows are those of flows_published.csv."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.build import build
from tests.bench.full_scale import declared, packed, write_snapshot
from tests.pages.reading import Reading, plain, read
from warehouse.queries.places import NEIGHBOURS
from warehouse.result import LANGUAGES

pytestmark = pytest.mark.usefixtures("warehouse")
VIEWS = ("sources", "temps", "bilan", "taux", "observable", "donnees")
BORDERS = (*NEIGHBOURS, "toutes")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_in_every_language(view: str, language: str) -> None:
    reading = read("flows", vue=view, frontiere="BE", lang=language)
    assert not reading.app.exception
    assert reading.warnings == []
    assert reading.query["vue"] == view
    for slip in ("{", " nan ", " None ", "census 2021", "end of 2017"):
        assert slip not in reading.text


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_on_every_border(view: str, border: str) -> None:
    reading = read("flows", vue=view, frontiere=border, presse="oui")
    assert not reading.app.exception
    assert reading.warnings == []


def test_one_flow_is_told_by_all_who_count_it_with_a_badge_each() -> None:
    """Rows 340, 86 and 204: census 46 000, insured 39 466, border zones 35 400."""
    reading = read("flows", vue="sources", frontiere="BE")
    assert (
        plain(reading.title)
        == "France → Belgique : de 39 466 à 46 000 travailleurs selon la source, 2021–2023"
    )
    shown = reading.block("matrix-compare")
    for figure in ("39 466", "46 000", "35 400", "environ 24 000"):
        assert figure in shown
    assert shown.count("repère") > shown.count("comme le repère"), "one figure is the reference"
    assert shown.count("○ non comparable") == 4
    assert "≠ tous les actifs occupés de 15 ans ou plus" in shown
    assert reading.says("Face au chiffre retenu comme repère : 4 non comparables")


def test_figures_of_long_ago_do_not_make_the_range_of_the_title() -> None:
    """Row 361: 224 000 in 2021; permits and border zones end in 2014 and 2015."""
    title = plain(read("flows", vue="sources", frontiere="CH").title)
    assert title == ("France → Suisse : 224 000 travailleurs en 2021, les autres sources à plus de cinq ans")


def test_another_figure_may_be_the_reference() -> None:
    reading = read("flows", vue="sources", frontiere="BE", reference="rp_fr_country_national/census")
    assert "≠ salariés et indépendants assurés en Belgique" in reading.block("matrix-compare")


def test_a_year_before_the_first_figure_says_so() -> None:
    reading = read("flows", vue="sources", frontiere="BE", annee="1995")
    if reading.query["annee"] == "1995":
        assert reading.says("premier chiffre")


def test_the_press_is_shown_when_asked_for() -> None:
    """Row 87: 39 252 in 2024, read in a weekly."""
    assert "39 252" not in read("flows", vue="sources", frontiere="BE").text
    reading = read("flows", vue="sources", frontiere="BE", presse="oui")
    assert "39 252" in reading.block("matrix-compare")
    assert reading.says("lu dans la presse")


def test_time_joins_one_series_and_leaves_the_others_alone() -> None:
    """Rows 82 and 86: 36 341 in 2015, 39 466 in 2023; row 22: 37 800 in 2014, alone."""
    reading = read("flows", vue="temps", frontiere="BE")
    assert plain(reading.title) == "France → Belgique : 36 341 travailleurs en 2015, 39 466 en 2023 (+9 %)"
    assert "37 800" in reading.block("time-alone")


def test_a_flow_with_one_figure_has_no_change() -> None:
    reading = read("flows", vue="temps", frontiere="BE", origine="FRE11", destination="BE")
    assert plain(reading.title) == "Nord → Belgique : aucune évolution ne se lit"


def test_the_balance_is_computed_where_both_ways_compare_and_only_there() -> None:
    reading = read("flows", vue="bilan", frontiere="BE")
    assert plain(reading.title) == "France – Belgique : 39 466 sortants, 8 391 entrants, soit 4,7 pour un"
    table = reading.block("matrix-balance")
    assert "+31 075" in table
    assert table.count("non publié") >= 3
    switzerland = read("flows", vue="bilan", frontiere="CH")
    assert plain(switzerland.title) == "France – Suisse : 224 000 sortants (2021) ; entrants non observés"


def test_a_cell_nobody_published_is_no_zero_and_totals_are_marked_as_ours() -> None:
    cells = read("flows", vue="bilan", frontiere="BE").block("matrix-cells")
    assert "Total publié (calculé)" in cells
    assert "32 800" in cells
    assert " – " in cells
    assert " 0 " not in cells


def test_what_is_not_observed_says_why() -> None:
    reading = read("flows", vue="observable", frontiere="CH")
    assert plain(reading.title).endswith("entrants nulle part")
    assert "non observé de ce côté" in reading.block("matrix-observed-in")
    assert "Personne ne compte" in reading.block("matrix-observed-in")
    assert "non chargé" in reading.block("matrix-observed-out")


def test_the_table_and_the_file_say_what_the_view_says() -> None:
    table = read("flows", vue="sources", frontiere="BE").unfold("flux-sources-FR-BE")
    assert list(table["badge"])[:2] == ["repère", "non comparable"]
    assert "Qui est compté" in table["why"].iloc[1]


# --- a reader's own flows ---------------------------------------------------------------------------

OWN = """origine;destination;nombre
FRE11;BE32;12345,5
62;BE;4000
XX99;BE32;12
59;59;3
"""


def _own(content: bytes) -> Reading:
    reading = Reading("flows", vue="donnees")
    reading.app.file_uploader[0].set_value(("mes flux.csv", content, "text/csv"))
    reading.app.run()
    assert not reading.app.exception
    return reading


def test_the_view_says_what_a_file_must_be_and_offers_a_blank_one() -> None:
    reading = read("flows", vue="donnees")
    assert reading.says("Colonnes : origin, destination, count, period, category")
    assert reading.says("Au plus 2 Mo et 10 000 lignes")


def test_a_readers_own_file_is_drawn_and_every_fault_is_told_with_its_row() -> None:
    reading = _own(OWN.encode("cp1252"))
    assert plain(reading.title) == "2 flux dans votre fichier, 16 346 personnes"
    assert reading.says("2 lignes n’ont pas été comprises")
    assert "Nord → Hainaut 12 345,5" in reading.block("own-largest")
    faults = reading.block("own-faults")
    assert "ligne 4, colonne « origin » : code inconnu, « XX99 »" in faults
    assert "ligne 5, colonne « destination » : le flux va de « 59 » à lui-même" in faults


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("FRE11;BE32;-5", "« -5 » est négatif ; écrire un nombre de personnes, 0 ou plus"),
        ("XX99;BE32;5", "code inconnu, « XX99 »"),
        ("59;59;5", "le flux va de « 59 » à lui-même"),
    ],
)
def test_a_faulty_row_has_its_sentence_on_screen_and_is_no_flow(row: str, said: str) -> None:
    reading = _own(f"origine;destination;nombre\n62;BE;4000\n{row}\n".encode())
    assert plain(reading.title) == "1 flux dans votre fichier, 4 000 personnes"
    assert plain(said) in reading.block("own-faults")


def test_a_reader_of_another_language_is_told_that_the_faults_are_in_french() -> None:
    reading = Reading("flows", vue="donnees", lang="nl")
    reading.app.file_uploader[0].set_value(("mes flux.csv", OWN.encode("cp1252"), "text/csv"))
    reading.app.run()
    assert reading.says("De fouten zijn in het Frans beschreven.")
    assert not _own(OWN.encode("cp1252")).says("Les anomalies sont écrites en français.")


def test_a_file_without_any_flow_says_so() -> None:
    reading = _own(b"PK\x03\x04 a workbook")
    assert plain(reading.title) == "Aucun flux de ce fichier ne se lit"
    assert "un classeur Excel" in reading.block("own-faults")


def test_a_readers_file_leaves_no_trace_in_the_address() -> None:
    reading = _own(OWN.encode())
    assert "mes flux" not in "".join(reading.query.values())
    assert set(reading.query) <= {"territoire", "annee", "lang", "taille", "frontiere", "vue"}


# --- the rate of those who leave -------------------------------------------------------------------


def test_without_the_file_the_rate_says_what_a_refresh_brings_and_what_others_published() -> None:
    """mobility_published.csv, line 160: 8.8 % of the employed residents of Grand Est, census 2021."""
    reading = read("flows", vue="taux", frontiere="BE")
    assert reading.says("Une actualisation le charge")
    published = reading.block("bars-rate-published")
    assert "Grand Est" in published
    assert "8,8 %" in published
    assert reading.says("deux taux d’enquêtes ou d’années différentes ne se comparent pas")


def test_a_loaded_file_of_home_and_work_is_mapped_as_a_rate_and_compared_with_what_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two communes with made-up counts: 40 of 100 workers of Lille work in Belgium, none of Halluin."""
    rows = ("59350;;59350;;60", "59350;;BE540;;40", "59350;;ZZZZZ;;1", "59279;;59350;;50")
    header = "CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C23_ACTOCC15P"
    write_snapshot(tmp_path, declared("base_flux"), packed("\n".join([header, *rows, ""]), 2023))
    build(tmp_path)
    monkeypatch.setenv("OBSERVATORY_DATA", str(tmp_path))
    reading = Reading("flows", vue="taux", frontiere="BE")
    assert not reading.app.exception
    assert "2023" in reading.title
    assert reading.warnings == []
    compared = Reading("flows", vue="sources", frontiere="BE", origine="FRE11", destination="BE")
    assert compared.says("communes additionnées (calculé)")
    sources = "".join(compared.blocks)
    assert "base_flux" in sources
    assert "published_flows" in sources
