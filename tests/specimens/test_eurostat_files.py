"""Our readers over whole Eurostat files, against the `eurostat` package and one format against the other."""

from __future__ import annotations

import gzip
from pathlib import Path
from types import SimpleNamespace

import eurostat
import pandas as pd
import pytest

from etl.codes import as_text
from etl.parse import read

pytestmark = pytest.mark.specimens

POPULATION = "eurostat/demo_r_pjanaggr3/2026-04_lahackmoreno/demo_r_pjanaggr3.tsv"
TSV_FILES = [
    "demo_r_d3dens/2023-11_vds_2023w/Eurostat Demo D3Dens.tsv.gz",
    "edat_lfse_22/2023-11_vds_2023w/edat_lfse_22_tabular.tsv.gz",
    "hlth_rs_physreg/2023-11_vds_2023w/estat_hlth_rs_physreg.tsv.gz",
    "lfst_r_lfe2emp/2017-03_EUhackathon2017/lfst_r_lfe2emp.tsv.gz",
    "lfst_r_lfu3pers/2017-03_EUhackathon2017/lfst_r_lfu3pers.tsv.gz",
    "lfst_r_lfu3rt/2014-04_eu10let/lfst_r_lfu3rt.tsv",
    "nama_10r_3gdp/2023-10_Rrbracci/nama_10r_3gdp.tsv",
    "nama_10r_3gdp/2024-07_Kohesio/estat_nama_10r_3gdp.tsv",
    "reg_area3/2026-04_lahackmoreno/reg_area3.tsv",
    "tgs00010/2026_andrm101_EXCERPT/tgs00010_border_rows_EXCERPT.tsv",
    "tour_occ_nin2/2026-04_lahackmoreno/tour_occ_nin2.tsv",
    "tran_r_rapa/2023-11_vds_2023w/tran_r_rapa_tabular.tsv.gz",
    "tran_r_vehst/2023-11_vds_2023w/Eurostat.gz",
    "tran_r_vehst/2023-11_vds_2023w/tran_r_vehst.tsv.gz",
    "demo_r_pjanaggr3/2023-10_Rrbracci/demo_r_pjanaggr3.tsv",
    "demo_r_pjanaggr3/2026-04_lahackmoreno/demo_r_pjanaggr3.tsv",
]
SAME_EDITION_IN_TWO_FORMATS = [
    "nama_10r_3gdp/2023-10_Rrbracci/nama_10r_3gdp",
    "demo_r_pjanaggr3/2023-10_Rrbracci/demo_r_pjanaggr3",
]


def plain(file: Path) -> bytes:
    content = file.read_bytes()
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


def as_the_eurostat_package_reads(file: Path, monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """One row a cell. The package is given the bytes its server would send: CRLF, gzipped."""
    text = plain(file).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    answer = SimpleNamespace(content=gzip.compress(text, compresslevel=1))
    monkeypatch.setattr(eurostat.eurostat, "__get_resp__", lambda *_, **__: answer)
    monkeypatch.setattr(eurostat.eurostat, "__get_dims_info__", lambda *_, **__: (None, "EUROSTAT", []))
    wide = eurostat.get_data_df("any", flags=True)
    dimensions = [name for name in wide.columns if not name.endswith(("_value", "_flag"))]
    periods = [name.removesuffix("_value") for name in wide.columns if name.endswith("_value")]
    cells = [
        wide[dimensions].assign(period=period, value=wide[f"{period}_value"], flag=wide[f"{period}_flag"])
        for period in periods
    ]
    return pd.concat(cells).rename(columns={dimensions[-1]: dimensions[-1].partition("\\")[0]})


def by_cell(frame: pd.DataFrame, period: str, value: str, flag: str) -> pd.DataFrame:
    """`value` as a number and `flag`, indexed by the dimensions (by name) and the period."""
    dimensions = sorted(name for name in frame.columns if name not in {period, value, flag, "row"})
    keys = pd.MultiIndex.from_frame(frame[[*dimensions, period]].astype("str"), names=[*dimensions, "period"])
    cells = {"value": pd.to_numeric(frame[value]).to_numpy("float64"), "flag": frame[flag].to_numpy()}
    return pd.DataFrame(cells, index=keys).astype({"flag": "str"}).sort_index()


@pytest.mark.parametrize("name", TSV_FILES)
def test_every_cell_is_what_the_eurostat_package_reads(
    name: str, specimens: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = specimens / "eurostat" / name
    theirs = as_the_eurostat_package_reads(file, monkeypatch)
    theirs["flag"] = theirs["flag"].str.removeprefix(":").str.strip()
    ours = read("tsv", file.read_bytes(), {})
    pd.testing.assert_frame_equal(
        by_cell(ours, "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG"), by_cell(theirs, "period", "value", "flag")
    )


@pytest.mark.parametrize("name", SAME_EDITION_IN_TWO_FORMATS)
def test_both_formats_of_one_edition_say_the_same(name: str, specimens: Path) -> None:
    """The linear file has no row for a missing cell without a flag; beyond that nothing may differ."""
    tsv = read("tsv", (specimens / f"eurostat/{name}.tsv").read_bytes(), {})
    linear = read("sdmx_csv", (specimens / f"eurostat/{name}_linear.csv.gz").read_bytes(), {})
    of_tsv = by_cell(tsv, "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG")
    of_linear = by_cell(linear.drop(columns="freq"), "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG")
    in_both = of_tsv.index.isin(of_linear.index)
    pd.testing.assert_frame_equal(of_tsv[in_both], of_linear)
    assert of_tsv[~in_both]["value"].isna().all()
    assert (of_tsv[~in_both]["flag"] == "").all()


def test_no_line_of_the_population_of_europe_is_lost(specimens: Path) -> None:
    assert len(read("tsv", (specimens / POPULATION).read_bytes(), {})) == 32115 * 10


def test_nothing_that_france_counts_by_rail_across_its_borders_is_published(specimens: Path) -> None:
    """What the view says of France: every figure it reports with a neighbour is confidential or missing."""
    file = specimens / "eurostat/tran_r_rapa/2023-11_vds_2023w/tran_r_rapa_tabular.tsv.gz"
    frame = as_text(read("tsv", file.read_bytes(), {}))
    by_france = frame[
        (frame["geo"] == "FR") & ~(frame["c_load"] + frame["c_unload"]).str.fullmatch("FR..FR..")
    ]
    assert set(by_france["OBS_VALUE"]) == {""}
    assert set(by_france["OBS_FLAG"]) == {"", "c"}


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        (21664, "FR30,BE32,BE", "146567"),
        (21660, "FR30,BE25,BE", "90563"),
        (3301, "BE32,FR30,BE", "8495"),
        (3088, "BE25,FR30,BE", "781"),
        (22075, "FR42,DE13,DE", "152668"),
        (30762, "LU,FR41,LU", "1026656"),
    ],
)
def test_passengers_by_rail_of_2005_stand_on_these_lines(
    line: int, key: str, value: str, specimens: Path
) -> None:
    file = specimens / "eurostat/tran_r_rapa/2023-11_vds_2023w/tran_r_rapa_tabular.tsv.gz"
    cells = gzip.decompress(file.read_bytes()).decode().splitlines()[line - 1].split("\t")
    assert cells[0] == f"A,PAS,{key}"
    assert cells[1].strip() == value
