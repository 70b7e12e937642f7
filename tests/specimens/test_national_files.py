"""Our readers over whole files of Insee and Statbel, against pandas."""

from __future__ import annotations

import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from etl.parse import read

pytestmark = pytest.mark.specimens


def test_unemployment_by_employment_zone_is_what_pandas_reads(specimens: Path) -> None:
    file = specimens / "insee/chomage_ze/chomage-zone-t1-2003-t3-2023.xlsx"
    ours = read(
        "workbook",
        file.read_bytes(),
        {"sheet": "txcho_ze", "header_row": 6, "id_columns": ["ZE2020"], "period_pattern": r"\d{4}-T[1-4]"},
    )
    wide = pd.read_excel(file, sheet_name="txcho_ze", header=5, dtype={"ZE2020": str}, engine="calamine")
    theirs = wide.drop(columns=["LIBZE2020", "REG", "LIBREG"]).set_index("ZE2020").stack()
    given = ours[ours["OBS_VALUE"] != ""].set_index(["ZE2020", "TIME_PERIOD"])["OBS_VALUE"].astype(float)
    assert len(ours) == 302 * 83
    assert given.to_dict() == pytest.approx(theirs.dropna().to_dict(), abs=1e-12)


def test_fiscal_income_is_what_pandas_reads(specimens: Path) -> None:
    file = specimens / "statbel/income/TF_PSNL_INC_TAX_MUNTY_tcm325-272513.zip"
    ours = read("delimited", file.read_bytes(), {"separator": "|"})
    with zipfile.ZipFile(file) as archive:
        text = archive.read(archive.namelist()[0])
    theirs = pd.read_csv(io.BytesIO(text), sep="|", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert ours.drop(columns="row").equals(theirs.apply(lambda column: column.str.strip()))
    assert len(theirs) == 589 * 9


@pytest.mark.parametrize(
    ("name", "separator", "encoding"),
    [
        ("statbel/codes/TU_COM_REFNIS.txt", "|", "utf-8-sig"),
        ("statbel/population/population_BE_2010.csv", ",", "utf-8"),
        ("statbel/population/population_BE_2023.csv", ",", "utf-8"),
        ("statbel/population/population.csv", ",", "utf-8"),
        ("insee/derived/chomage_localise_dep_annuel_2015_2025_transcribed.csv", ",", "utf-8"),
        ("flows/flows_published.csv", ",", "utf-8"),
    ],
)
def test_a_delimited_file_is_what_pandas_reads(
    name: str, separator: str, encoding: str, specimens: Path
) -> None:
    ours = read("delimited", (specimens / name).read_bytes(), {"separator": separator})
    theirs = pd.read_csv(specimens / name, sep=separator, dtype=str, keep_default_na=False, encoding=encoding)
    assert ours.drop(columns="row").equals(theirs.apply(lambda column: column.str.strip()))


def test_latin_text_is_recognised(specimens: Path) -> None:
    content = (specimens / "statbel/codes/REFNIS_2019.csv").read_bytes()
    frame = read("delimited", content, {"separator": ";"})
    assert frame.loc[frame["Code INS"] == "62063", "Entités administratives"].tolist() == ["Liège"]
    assert len(frame) == 638


def test_local_units_are_what_the_answer_holds_municipality_by_municipality(specimens: Path) -> None:
    file = specimens / "statbel/bestat_samples/vestigingseenheden.json"
    options = {
        "municipality": ["Gemeente"],
        "arrondissement": ["Arrondissement"],
        "period": ["Kwartaal"],
        "value": ["Aantal vestigingseenheden"],
    }
    ours = read("bestat", file.read_bytes(), options)
    theirs = pd.DataFrame(json.loads(file.read_text(encoding="utf-8"))["facts"]).drop_duplicates()
    assert len(ours) == len(theirs) == 3396
    assert ours["refnis"].nunique() == 565 + 1  # and the figures of unknown place
    year = ours.assign(value=ours["OBS_VALUE"].astype(float)).groupby("TIME_PERIOD")["value"].sum()
    expected = theirs.groupby("Kwartaal")["Aantal vestigingseenheden"].sum()
    assert list(year) == list(expected)


def test_the_recorded_local_units_are_those_of_the_answer(specimens: Path) -> None:
    """The same view in French: five municipalities, apostrophes of print in the keys."""
    file = specimens / "statbel/bestat_samples/statbel_local_units_sample.json"
    options = {
        "municipality": ["Commune"],
        "arrondissement": ["Arrondissement"],
        "period": ["Trimestre"],
        "value": ["Nombre d’établissements"],
    }
    ours = read("bestat", file.read_bytes(), options)
    theirs = pd.DataFrame(json.loads(file.read_text(encoding="utf-8"))["facts"])
    assert ours["OBS_VALUE"].astype(float).tolist() == theirs["Nombre d’établissements"].tolist()
    assert ours["refnis"].tolist()[:3] == ["11001", "11002", "46021"]  # Aartselaar, Anvers, Sint-Niklaas


def test_cross_border_workers_of_swiss_communes_add_up_to_those_of_the_cantons(specimens: Path) -> None:
    """staf_communes_ch_1996_2014.csv and the published totals by canton, same statistic, same edition."""
    communes = pd.read_csv(specimens / "flows/staf_communes_ch_1996_2014.csv")
    flows = pd.read_csv(specimens / "flows/flows_published.csv")
    cantons = flows[flows["comparable_group"] == "staf_canton_total_q4_v2015"]
    summed = communes.groupby(["canton_nuts3", "year"])["workers"].sum()
    published = cantons.set_index(["destination_code", "year"])["value"]
    # 142 of 171 totals within 12 workers, the others within 47, Bern most of all.
    assert summed.to_dict() == pytest.approx(published.to_dict(), abs=50)
    assert len(published) == 9 * 19


def test_a_composition_of_intercommunalities_is_what_pandas_reads(specimens: Path) -> None:
    file = specimens / "insee/geo_ze_epci/Intercommunalite_Metropole_au_01-01-2023.xlsx"
    columns = ["CODGEO", "LIBGEO", "EPCI", "LIBEPCI", "DEP", "REG"]
    options = {"sheet": "Composition_communale", "header_row": 6, "id_columns": columns}
    ours = read("workbook", file.read_bytes(), options).drop(columns="row")
    theirs = pd.read_excel(
        file,
        sheet_name="Composition_communale",
        skiprows=5,
        dtype=str,
        keep_default_na=False,
        engine="calamine",
    )
    assert ours.equals(theirs[columns].apply(lambda column: column.str.strip()))
    assert len(ours) == 34_945


def test_employment_zones_have_as_many_communes_as_their_sheet_says(specimens: Path) -> None:
    """ZE2020_au_01-01-2023.xlsx: the communes of the second sheet, counted by zone on the first."""
    content = (specimens / "insee/geo_ze_epci/ZE2020_au_01-01-2023.xlsx").read_bytes()
    options = {"sheet": "Composition_communale", "header_row": 6, "id_columns": ["CODGEO", "ZE2020"]}
    ours = read("workbook", content, options)
    zones = {"sheet": "ZE2020", "header_row": 6, "id_columns": ["ZE2020", "NB_COM"]}
    published = read("workbook", content, zones).set_index("ZE2020")["NB_COM"].astype(int)
    assert ours.groupby("ZE2020").size().to_dict() == published.to_dict()
    theirs = pd.read_excel(
        io.BytesIO(content), sheet_name="Composition_communale", skiprows=5, dtype=str, engine="calamine"
    )
    assert ours["CODGEO"].tolist() == theirs["CODGEO"].tolist()
    assert ours["ZE2020"].tolist() == theirs["ZE2020"].tolist()


# --- municipal populations of France, as the register of communes carries them --------------------------

NUTS_OF_DEPARTMENTS = {
    "01": "FRK21", "02": "FRE21", "04": "FRL01", "05": "FRL02", "06": "FRL03", "08": "FRF21", "09": "FRJ21",
    "25": "FRC21", "31": "FRJ23", "39": "FRC22", "54": "FRF31", "55": "FRF32", "57": "FRF33", "59": "FRE11",
    "62": "FRE12", "64": "FRI15", "65": "FRJ26", "66": "FRJ15", "67": "FRF11", "68": "FRF12", "73": "FRK27",
    "74": "FRK28", "90": "FRC24",
}  # fmt: skip
with_packages = pytest.mark.skipif(
    "OBSERVATORY_PACKAGES" not in os.environ, reason="OBSERVATORY_PACKAGES names no folder"
)


def communes(version: str) -> list[dict[str, object]]:
    archive = Path(os.environ["OBSERVATORY_PACKAGES"]) / f"etalab-decoupage-administratif-{version}.tgz"
    with tarfile.open(archive) as package:
        content = package.extractfile("package/data/communes.json")
        assert content is not None
        return [each for each in json.load(content) if each["type"] == "commune-actuelle"]


def sums(entries: list[dict[str, object]], key: str) -> dict[object, int]:
    frame = pd.DataFrame(entries)
    added: dict[object, int] = frame.groupby(key)["population"].sum().astype(int).to_dict()
    return added


@with_packages
def test_the_register_of_2024_carries_the_municipal_population_of_2022(specimens: Path) -> None:
    """Each of the 23 departments is what Eurostat has for 1 January 2022: the figure is what we say it is."""
    file = specimens / "eurostat/demo_r_pjanaggr3/2026-04_lahackmoreno/demo_r_pjanaggr3.tsv"
    frame = read("tsv", file.read_bytes(), {})
    frame = frame[(frame["sex"] == "T") & (frame["age"] == "TOTAL") & (frame["TIME_PERIOD"] == "2022")]
    of_eurostat = dict(zip(frame["geo"], frame["OBS_VALUE"], strict=True))
    added = sums(communes("4.1.0"), "departement")
    assert {nuts: str(added[department]) for department, nuts in NUTS_OF_DEPARTMENTS.items()} == {
        nuts: of_eurostat[nuts] for nuts in NUTS_OF_DEPARTMENTS.values()
    }


@with_packages
def test_the_register_of_2026_carries_the_municipal_population_of_2023(specimens: Path) -> None:
    """Insee, December 2025: Île-de-France, Bourgogne-Franche-Comté, Bretagne, Corse; Melodi: Nantes."""
    entries = communes("6.0.0")
    added = sums(entries, "region")
    assert [added[region] for region in ("11", "27", "53", "94")] == [12463067, 2802670, 3449370, 355486]
    recorded = (specimens / "insee/melodi/get_data_popref_nantes.yml").read_text(encoding="utf-8")
    answer = recorded[
        recorded.index('GEO":"2025-COM-44109","FREQ":"A","TIME_PERIOD":"2023","POPREF_MEASURE":"PMUN"') :
    ]
    (nantes,) = [each["population"] for each in entries if each["code"] == "44109"]
    assert answer[: answer.index("}}}")].endswith(f'{{"value":{nantes}.0')
