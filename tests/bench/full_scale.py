"""Files as large as those the providers serve, of real codes and invented figures: to measure, never to show.

`python -m tests.bench.full_scale FOLDER` writes a data folder with every edition of the base flux as a
refresh would leave them; `OBSERVATORY_DATA=FOLDER python -m etl build` makes a warehouse of it.
"""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.declaration import Dataset
from etl.harmonise import TERRITORIES
from etl.lock import Lock, write_lock
from etl.world import declarations, project_world

ROWS = 1_003_647  # of the edition of 2023
YEARS = (2012, 2015, *range(2017, 2024))
ABROAD = 0.06  # share of pairs with a foreign end: some 60 000
NEAREST = 120  # a worker chooses among this many places around the home
UNNAMED = "ZZZZZ"
SEED = 2023


def base_flux(rows: int = ROWS) -> pd.DataFrame:
    """A base flux: every commune we hold with the nearest French communes and foreign places."""
    homes, abroad = _located("COG"), _located("INSEE_FOREIGN")
    each = -(-rows // len(homes))
    outward = max(1, round(each * ABROAD))
    random = np.random.default_rng(SEED)
    pairs = [
        _pairs(homes, homes, each - outward, random),
        _pairs(homes, abroad, outward - 1, random),
        pd.DataFrame({"CODGEO": homes["code"], "DCLT": UNNAMED, "L_DCLT": "Autre commune étrangère"}),
    ]
    table = pd.concat(pairs).merge(homes[["code", "name"]], left_on="CODGEO", right_on="code")
    table["workers"] = np.exp(random.normal(2.2, 1.4, len(table)))
    columns = ["CODGEO", "LIBGEO", "DCLT", "L_DCLT", "workers"]
    return table.rename(columns={"name": "LIBGEO"})[columns].sort_values(["CODGEO", "DCLT"])


def packed(text: str, year: int) -> bytes:
    """The zip of an edition of the base flux."""
    envelope = io.BytesIO()
    with zipfile.ZipFile(envelope, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        name = f"base-flux-mobilite-domicile-lieu-travail-{year}.csv"
        archive.writestr(name, text.encode("utf-8-sig"))
    return envelope.getvalue()


def write_snapshot(data_folder: Path, dataset: Dataset, *contents: bytes) -> None:
    """Put what a refresh would have fetched where it leaves it, with its lock."""
    folder = project_world(data_folder).layers.refreshed(dataset)
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(contents, 1):
        (folder / f"{dataset.dataset_id}-{number:04d}.zip").write_bytes(content)
    lock = Lock(
        provider=dataset.provider.provider_id,
        dataset=dataset.dataset_id,
        vintage=dataset.vintage,
        url=dataset.url,
        licence=dataset.licence,
        origin="api",
        sha256=hashlib.sha256(b"".join(contents)).hexdigest(),
        bytes=sum(map(len, contents)),
        source_rows=ROWS,
        rows=ROWS,
        fetched_at=datetime.now(UTC).date(),
    )
    write_lock(folder / "lock.toml", lock)


def declared(dataset_id: str) -> Dataset:
    datasets = declarations(project_world(Path())).datasets
    return next(each for each in datasets if each.dataset_id == dataset_id)


def _located(scheme: str) -> pd.DataFrame:
    """`code`, `name`, `lon`, `lat` of the codes in force that lie in one of our territories."""
    codes = pd.read_csv(TERRITORIES / "correspondence.csv", dtype="str")
    codes = codes[(codes["scheme"] == scheme) & (codes["vintage"] == "current")]
    territory = pd.read_csv(TERRITORIES / "territory.csv", dtype={"national_code": "str"})
    placed = codes.merge(territory, on="territory_id").rename(columns={"name_fr": "name"})
    return placed[["code", "name", "lon", "lat"]].reset_index(drop=True)


def _pairs(homes: pd.DataFrame, places: pd.DataFrame, each: int, random: np.random.Generator) -> pd.DataFrame:
    """`each` different destinations for every home, the nearer the likelier."""
    chosen = [_near(home, places, each, random) for home in homes[["lon", "lat"]].to_numpy()]
    picked = places.iloc[np.concatenate(chosen)].reset_index(drop=True)
    origin = homes["code"].repeat(each).reset_index(drop=True)
    return pd.DataFrame({"CODGEO": origin, "DCLT": picked["code"], "L_DCLT": picked["name"]})


def _near(
    home: npt.NDArray[np.float64], places: pd.DataFrame, each: int, random: np.random.Generator
) -> npt.NDArray[np.intp]:
    distance = ((places[["lon", "lat"]].to_numpy() - home) ** 2).sum(axis=1)
    around = np.argpartition(distance, max(each, NEAREST))[: max(each, NEAREST)]
    return random.choice(around, size=each, replace=False)


def main(folder: Path) -> None:
    table = base_flux()
    editions = [
        packed(
            table.rename(columns={"workers": f"NBFLUX_C{year % 100}_ACTOCC15P"}).to_csv(sep=";", index=False),
            year,
        )
        for year in YEARS
    ]
    write_snapshot(folder, declared("base_flux"), *editions)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
