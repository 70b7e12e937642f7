"""Files → harmonised rows in a warehouse file, or a peer that merely reads one: seconds and peak memory.

`python -m tests.bench.file_to_warehouse WHO FORMAT FILE …` prints both as JSON. Each run has a process of its
own, for its memory; the clock starts after the imports.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

import duckdb
import eurostat
import pandas as pd

from etl.declaration import Dataset
from etl.editions import take, together
from etl.harmonise import Places
from etl.load import FED_TABLES, OBSERVATION_ORDER, insert_frame
from etl.world import declarations, project_world

ROOT = Path(__file__).resolve().parents[2]
SEPARATORS = {"tsv": "\t", "sdmx_csv": ",", "base_flux": ";"}


def ours(file_format: str, *files: Path) -> None:
    """The dataset as declared; of the population of Europe all that can be held: every age and sex."""
    dataset = _declared(file_format)
    fed = together(dataset, take(dataset, files, Places.load())).fed
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(Path(folder) / "bench.duckdb") as warehouse:
        warehouse.execute((ROOT / "warehouse/schema.sql").read_text(encoding="utf-8"))
        for table, rows in fed.tables.items():
            insert_frame(warehouse, table, rows, FED_TABLES.get(table, OBSERVATION_ORDER))
        warehouse.execute("CHECKPOINT")


def _declared(file_format: str) -> Dataset:
    name = "base_flux" if file_format == "base_flux" else "demo_r_pjanaggr3"
    dataset = next(each for each in declarations(project_world(Path())).datasets if each.dataset_id == name)
    if name == "base_flux":
        return dataset
    return dataclasses.replace(dataset, format=file_format, request=None, keep={"unit": ("NR",)})


def bare_duckdb(file_format: str, file: Path) -> None:
    """The text of every cell in a table, one row a cell; nothing understood."""
    packed = "gzip" if _is_gzip(file) else "none"
    source = duckdb.read_csv(
        str(file), delimiter=SEPARATORS[file_format], all_varchar=True, compression=packed
    )
    rows = "source"
    if file_format == "tsv":
        rows = f'(UNPIVOT source ON COLUMNS(* EXCLUDE ("{source.columns[0]}")) INTO NAME period VALUE cell)'
    duckdb.execute(f"CREATE TABLE cells AS FROM {rows}")


def pandas_reads(file_format: str, file: Path) -> None:
    packed = "gzip" if _is_gzip(file) else "infer"
    frame = pd.read_csv(file, sep=SEPARATORS[file_format], compression=packed, dtype=str)
    if file_format == "tsv":
        frame.melt(id_vars=frame.columns[:1])


def eurostat_reads(file_format: str, file: Path) -> None:
    """The package, given the bytes its server would send: CRLF, gzipped, as quickly as can be."""
    text = gzip.decompress(file.read_bytes()) if _is_gzip(file) else file.read_bytes()
    answer = SimpleNamespace(content=gzip.compress(text.replace(b"\n", b"\r\n"), compresslevel=1))
    vars(eurostat.eurostat)["__get_resp__"] = lambda *_, **__: answer
    vars(eurostat.eurostat)["__get_dims_info__"] = lambda *_, **__: (None, "EUROSTAT", [])
    eurostat.get_data_df("any", flags=True)


WHO: Mapping[str, Callable[..., None]] = {
    "ours": ours,
    "duckdb": bare_duckdb,
    "pandas": pandas_reads,
    "eurostat": eurostat_reads,
}


def _is_gzip(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


if __name__ == "__main__":
    who, which, *paths = sys.argv[1:]
    pd.Series(["a"], dtype="str").str.len()  # pandas imports this part at its first use
    start = time.perf_counter()
    WHO[who](which, *map(Path, paths))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak}))
