"""How those who cross a border to work travel, added up from a census: each mode's share, by country."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse import store
from warehouse.queries import catalogue
from warehouse.result import Result

INDICATOR = "cross_border_commuters_by_mode"

LOADED = "SELECT count(*) > 0 AS loaded FROM flow WHERE indicator_id = ?"

# Shares are of the workers whose country is named: of the others nobody says whether they cross this border.
SHARES = """
WITH home AS (SELECT DISTINCT territory_id FROM territory_within WHERE list_contains($homes, within_id)),
crossing AS (
    SELECT d.country, f.mode, f.period, f.dataset_id, f.value
    FROM flow AS f
    JOIN home AS h ON h.territory_id = f.origin_id
    JOIN territory AS d ON d.territory_id = f.destination_id
    WHERE f.indicator_id = $indicator AND ($year IS NULL OR f.period <= $year)
),
added AS (
    SELECT country, mode, period, any_value(dataset_id) AS dataset_id, sum(value) AS value
    FROM crossing
    WHERE period = (SELECT max(period) FROM crossing)
    GROUP BY ALL
)
SELECT $indicator AS indicator_id, a.country, t.name_fr, t.name_nl, t.name_en,
       a.mode, m.label_fr AS mode_fr, m.label_nl AS mode_nl, m.label_en AS mode_en,
       a.period, a.value, sum(a.value) OVER (PARTITION BY a.country) AS workers,
       100 * a.value / workers AS share, a.dataset_id
FROM added AS a
JOIN territory AS t ON t.territory_id = a.country
JOIN mobility_term AS m ON m.kind = 'mode' AND m.term_id = a.mode
ORDER BY workers DESC, a.country, a.value DESC, a.mode
"""


@store.remembered
def is_loaded() -> bool:
    """Whether this build holds the file that says how each of those who cross travels."""
    return bool(store.query(LOADED, [INDICATOR])["loaded"][0])


@store.remembered
def shares(home_ids: Sequence[str], year: str | None) -> Result:
    """Workers by country of work and mode, of the latest edition until `year`: `value`, `share` in per cent.

    `workers` are all of the country. Empty where nobody who lives in these territories is known to cross.
    """
    parameters = {"homes": list(home_ids), "indicator": INDICATOR, "year": year}
    frame = store.query(SHARES, parameters)
    return catalogue.result(frame, [catalogue.indicator(INDICATOR)])
