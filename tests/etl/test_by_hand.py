"""What no robot may ask for, or has no sure address: the file a person downloaded, under the same checks.

Shapes are those of the providers' files; most figures are made up.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from etl.candidate import Terms, try_out
from etl.declaration import Dataset
from etl.errors import SourceError
from etl.fetch import take_files
from etl.figures import read_figures
from etl.harmonise import Places
from etl.snapshot import Layers
from etl.status import status_of
from etl.world import declarations, project_world

EMBEDDED = project_world(Path("no-data-folder")).layers.embedded
DATASETS = {each.dataset_id: each for each in declarations(project_world(Path("no-data-folder"))).datasets}
TODAY = date(2026, 11, 28)


def workbook(**sheets: list[list[object]]) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    for name, rows in sheets.items():
        page = book.add_worksheet(name.replace("_", " ") if name.startswith("Population") else name)
        for number, cells in enumerate(rows):
            page.write_row(number, 0, cells)
    book.close()
    return content.getvalue()


def chomage_ze() -> bytes:
    heading = ["ZE2020", "LIBZE2020", "REG", "LIBREG", "2023-T3", "2023-T4"]
    return workbook(txcho_ze=[[], [], [], [], [], heading, ["3216", "Lille", "32", "HDF", 8.9, 9.1]])


def population_of_communes() -> bytes:
    """A sheet a year, a title above the headings, a note below the table, every level in one list."""
    heading = [" Code INS", "Lieu de Résidence", "Hommes", "Femmes", "Total"]
    former = [
        ["Population"],
        heading,
        ["01000", "Belgique", 5, 6, 11],
        ["54007", "Mouscron", 28000, 30000, 58000],
    ]
    latest = [["Population"], heading, ["57096", "Mouscron", 29000, 31000, 60000], ["Source : Statbel"]]
    return workbook(Population_2015=former, Population_en_2026=latest)


def fiscal_income() -> bytes:
    envelope = io.BytesIO()
    names = (
        "CD_YEAR",
        "CD_MUNTY_REFNIS",
        "MS_NBR_NON_ZERO_INC",
        "MS_TOT_NET_TAXABLE_INC",
        "MS_TOT_RESIDENTS",
    )
    rows = ["|".join(names), "2014|57096|26000|750000000|58000"]
    with zipfile.ZipFile(envelope, "w") as archive:
        archive.writestr("TF_PSNL_INC_TAX_MUNTY.txt", "\ufeff" + "\r\n".join([*rows, ""]))
    return envelope.getvalue()


def density() -> bytes:
    heading = "public_geography_type,public_geography_id,year,population,area_km2,value"
    return f"{heading}\nmunicipality,57096,2026,60000,40.53,1480.4\n".encode()


FILE = "python -m etl fetch --file PATH"


@dataclass(frozen=True)
class ByHand:
    """A dataset, its file, a figure of it, and how `status` says that its next edition comes."""

    name: str
    content: Callable[[], bytes]
    figure: tuple[str, str, str, float]
    how: str = FILE


BY_HAND = (
    ByHand("chomage_ze", chomage_ze, ("unemployment_rate_localised_zone", "ZE3216", "2023-Q4", 9.1)),
    ByHand(
        "population_municipality",
        population_of_communes,
        ("population_municipality", "NIS57096", "2026", 60000.0),
        "python -m etl fetch population_municipality, or with --file PATH",
    ),
    ByHand("fiscal_income", fiscal_income, ("fiscal_income", "NIS57096", "2014", 750000000.0)),
    ByHand(
        "population_density_municipality",
        density,
        ("population_density_municipality", "NIS57096", "2026", 1480.4),
    ),
)
each_by_hand = pytest.mark.parametrize("file", BY_HAND, ids=lambda file: file.name)


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load()


def brought(file: ByHand, folder: Path, places: Places, **terms: object) -> Layers:
    """The layers with the file of a dataset on trial. Raises SourceError."""
    name, path = file.name, folder / "downloaded"
    path.write_bytes(file.content())
    layers = Layers(folder / "snapshots", EMBEDDED)
    fetched = take_files(DATASETS[name], [path], folder / "incoming" / name)
    candidate = try_out(DATASETS[name], fetched, Terms(layers, places, TODAY, by_hand=True, **terms))  # type: ignore[arg-type]
    return Layers(layers.snapshots, EMBEDDED, {name: candidate.folder})


@each_by_hand
def test_a_file_that_is_brought_becomes_figures_of_its_edition(
    file: ByHand, places: Places, tmp_path: Path
) -> None:
    layers = brought(file, tmp_path, places, accept=True, vintage="2026-T3")

    loaded = read_figures(DATASETS[file.name], layers, places)

    observed = loaded.fed.tables["observation"][["indicator_id", "territory_id", "period", "value"]]
    assert file.figure in set(observed.itertuples(index=False, name=None))
    assert (loaded.lock.vintage, loaded.lock.origin) == ("2026-T3", "archive")


@each_by_hand
def test_a_file_that_lost_most_of_its_rows_is_refused_though_a_person_brought_it(
    file: ByHand, places: Places, tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match="rows where there were") as refused:
        brought(file, tmp_path, places)
    assert refused.value.file == str(tmp_path / "downloaded")


@each_by_hand
def test_status_says_how_the_next_edition_comes(file: ByHand) -> None:
    row = status_of(DATASETS[file.name], Layers(Path("nowhere"), EMBEDDED), {}, TODAY)
    assert row["next_comes_by"].startswith("a person: python -m etl fetch ")
    assert file.how in row["next_comes_by"]


def test_every_dataset_has_one_way_to_its_next_edition() -> None:
    ways: dict[str, list[Dataset]] = {}
    for dataset in DATASETS.values():
        ways.setdefault(dataset.next_comes, []).append(dataset)
    assert set(ways) == {"refresh", "fetch", "file", "hand"}
    assert all(each.request and each.request.by_hand for each in ways["fetch"])
    assert {each.dataset_id for each in ways["hand"]} >= {"published_flows", "rencontres_votes"}
