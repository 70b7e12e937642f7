"""A warehouse with a million flows across the borders of France: real codes, invented figures, never shown.

`python -m tests.bench.flow_scale FOLDER` builds it there; `OBSERVATORY_DATA=FOLDER make run` shows it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from etl.build import build
from etl.flow_levels import add_flow_levels

PAIRS = {"BE": 15_000, "CH": 18_000, "DE": 8_000, "LU": 3_000, "IT": 2_500, "ES": 2_500, "MC": 600, "AD": 400}
YEARS = tuple(str(year) for year in range(2004, 2024))
DATASET = "invented_flows"
SOURCE = f"census@{DATASET}"
FINEST = f"/flux?frontiere=CH&source={SOURCE}&periode=2023&niveau=municipality&nombre=10000"
MAP = f"/api/v1/flows/map?border=CH&source={SOURCE}&period=2023&level=municipality&largest=10000"
SHAPES = ("arcs", "dashes", "chevrons", "places")
INWARD = 0.15  # share of pairs that enter France
NEAREST = 40  # a worker chooses among this many places across the border
SEED = 5

ENDS = """
SELECT territory_id, country, level, lon, lat FROM territory
WHERE lon IS NOT NULL AND country IS NOT NULL
  AND (level = 'municipality' OR (level = 'nuts3' AND country NOT IN ('FR', 'BE', 'CH'))
       OR (level = 'country' AND country IN ('MC', 'AD')))
"""

DECLARE = f"""
INSERT INTO dataset
SELECT * REPLACE ('{DATASET}' AS dataset_id, 'archive' AS origin) FROM dataset WHERE dataset_id = (
    SELECT dataset_id FROM indicator WHERE indicator_id = 'cross_border_workers');
"""

INVENT = f"""
INSERT INTO flow BY NAME
SELECT 'cross_border_workers' AS indicator_id, p.origin_id, p.destination_id, y.period,
       false AS period_assumed, y.period AS reference_date, '_T' AS sex, '_T' AS mode,
       greatest(1, round(p.workers * (0.6 + 0.02 * y.number))) AS value, 'A' AS status,
       'exact' AS reliability, '' AS flag_raw, 'census' AS definition_id, '{DATASET}' AS comparable_group,
       'Insee' AS producer, '{DATASET}' AS source_title, 'https://example.org' AS source_url,
       'producer' AS source_kind, false AS superseded, '{DATASET}' AS dataset_id
FROM pairs AS p CROSS JOIN years AS y
"""


def full_scale(folder: Path) -> Path:
    """The project's build with a million invented flows more, made current in `folder`."""
    file = build(folder)
    with duckdb.connect(file) as connection:
        pairs = _pairs(connection.execute(ENDS).df())  # noqa: F841 - read by name in INVENT
        years = pd.DataFrame({"period": YEARS, "number": range(len(YEARS))})  # noqa: F841
        connection.execute(DECLARE)
        connection.execute(INVENT)
        connection.execute("DELETE FROM territory_within; DELETE FROM flow_at")
        add_flow_levels(connection)
        connection.execute("CHECKPOINT")
    return file


@contextmanager
def data_in(folder: Path) -> Iterator[None]:
    """Questions of this process go to the warehouse in `folder`."""
    former = os.environ.get("OBSERVATORY_DATA")
    os.environ["OBSERVATORY_DATA"] = str(folder)
    try:
        yield
    finally:
        os.environ.pop("OBSERVATORY_DATA")
        if former is not None:
            os.environ["OBSERVATORY_DATA"] = former


def _pairs(ends: pd.DataFrame) -> pd.DataFrame:
    """`origin_id`, `destination_id`, `workers`: each French commune near a border and places across it."""
    random = np.random.default_rng(SEED)
    homes = ends[(ends["country"] == "FR") & (ends["level"] == "municipality")]
    found = [_across(homes, ends[ends["country"] == name], count, random) for name, count in PAIRS.items()]
    return pd.concat(found)


def _across(
    homes: pd.DataFrame, abroad: pd.DataFrame, count: int, random: np.random.Generator
) -> pd.DataFrame:
    here, there = homes[["lon", "lat"]].to_numpy(), abroad[["lon", "lat"]].to_numpy()
    apart = ((here[:, None, :] - there[None]) ** 2).sum(axis=2)
    near = min(NEAREST, len(there))
    # As many communes as give the pairs wanted, the closest to the other side first.
    closest = np.argsort(apart.min(axis=1))[: -(-count // max(near // 3, 1))]
    reached = np.argsort(apart[closest], axis=1)[:, :near]
    pairs = pd.DataFrame(
        {
            "home": np.repeat(homes["territory_id"].to_numpy()[closest], near),
            "work": abroad["territory_id"].to_numpy()[reached].ravel(),
        }
    ).sample(frac=1, random_state=SEED)
    pairs = pairs.head(count).assign(workers=np.exp(random.normal(2.6, 1.5, min(count, len(pairs)))))
    enters = np.arange(len(pairs)) < INWARD * len(pairs)
    return pd.DataFrame(
        {
            "origin_id": np.where(enters, pairs["work"], pairs["home"]),
            "destination_id": np.where(enters, pairs["home"], pairs["work"]),
            "workers": pairs["workers"],
        }
    )


if __name__ == "__main__":
    print(full_scale(Path(sys.argv[1])))
