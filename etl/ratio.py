"""The rates we compute ourselves: one indicator divided by another, in SQL, wherever both exist."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import duckdb

from etl.declaration import OBSERVATORY, Dataset, Provider, Ratio
from etl.harmonise import STRONGEST_FIRST
from etl.lock import Lock
from warehouse.result import LANGUAGES

# A row for each territory, period and facets that both parts have. The weaker figure gives its status; what
# is divided by zero cannot exist.
RATIO = """
INSERT INTO staged BY NAME
SELECT
    $indicator AS indicator_id, part.territory_id, part.period, part.period_start,
    part.sex, part.age, part.other,
    part.value / nullif(whole.value, 0) * $scale AS value,
    CASE
        WHEN whole.value = 0 THEN 'M'
        ELSE $strongest_first[least(
            list_position($strongest_first, part.status::VARCHAR),
            list_position($strongest_first, whole.status::VARCHAR)
        )]
    END AS status,
    part.confidential OR whole.confidential AS confidential,
    part.flag_raw || whole.flag_raw AS flag_raw,
    $indicator AS dataset_id
FROM staged AS part
JOIN staged AS whole USING (territory_id, period, sex, age, other)
WHERE part.indicator_id = $of AND whole.indicator_id = $over
"""


def add_ratio(connection: duckdb.DuckDBPyConnection, ratio: Ratio) -> None:
    """Compute one ratio over the staged observations; its dataset bears the indicator's id."""
    connection.execute(
        RATIO,
        {
            "indicator": ratio.head.indicator_id,
            "of": ratio.of,
            "over": ratio.over,
            "scale": ratio.scale,
            "strongest_first": list(STRONGEST_FIRST),
        },
    )


def ratio_dataset(
    ratio: Ratio, provider: Provider, parts: Mapping[str, tuple[Dataset, Lock]]
) -> dict[str, object]:
    """The row of table `dataset` of a ratio: ours, with the editions and a fingerprint of what it is made of.

    `parts` holds, by indicator, the dataset it comes from and the lock of what was read.
    """
    used = [parts[ratio.of], parts[ratio.over]]
    locks = list(dict.fromkeys(lock for _, lock in used))
    return {
        "dataset_id": ratio.head.indicator_id,
        "provider_id": OBSERVATORY,
        **{f"title_{language}": ratio.head.label[language] for language in LANGUAGES},
        "homepage": provider.homepage,
        "url": locks[0].url,
        "licence": provider.licence,
        "licence_url": provider.licence_url,
        "vintage": " / ".join(f"{lock.dataset} {lock.vintage}" for lock in locks),
        "sha256": hashlib.sha256("".join(lock.sha256 for lock in locks).encode()).hexdigest(),
        "origin": "computed",
        "frequency": used[0][0].frequency,
        "next_comes": "computed",
    }
