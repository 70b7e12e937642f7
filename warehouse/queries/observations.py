"""Figures of an indicator: on a map at one period, or over time for some territories."""

from __future__ import annotations

from collections.abc import Sequence

import pandas

from warehouse import store
from warehouse.queries import catalogue, places
from warehouse.result import Result

PERIODS = """
SELECT DISTINCT period, period_start FROM observation
WHERE indicator_id = ? AND value IS NOT NULL AND sex = '_T' AND age = '_T' AND other = '_T'
ORDER BY period_start
"""

LEVELS = """
SELECT t.level, count(DISTINCT t.territory_id) AS territories
FROM observation AS o JOIN territory AS t USING (territory_id)
WHERE o.indicator_id = ? AND o.value IS NOT NULL AND o.sex = '_T' AND o.age = '_T' AND o.other = '_T'
GROUP BY t.level ORDER BY territories
"""

YEARS = """
SELECT DISTINCT left(period, 4) AS year FROM observation WHERE value IS NOT NULL ORDER BY year DESC
"""

# Every territory of the level is returned. `counted` is the count or amount a rate is made of, NULL where it
# is unknown. `state` tells six situations apart: a value, zero, missing (the provider has the cell, without
# a figure), confidential, not_observed (nobody measures it on that side: the provider does not cover the
# country) and not_loaded (published, absent from this build).
AT_PERIOD = """
WITH shown AS (
    SELECT * FROM observation
    WHERE indicator_id = $indicator AND period = $period AND sex = '_T' AND age = '_T' AND other = '_T'
),
covered AS (
    -- A rate we compute is observed where its numerator is.
    SELECT p.countries
    FROM indicator AS i
    JOIN indicator AS observed ON observed.indicator_id = coalesce(i.numerator_id, i.indicator_id)
    JOIN dataset AS d ON d.dataset_id = observed.dataset_id
    JOIN provider AS p USING (provider_id)
    WHERE i.indicator_id = $indicator
),
numerator AS (
    SELECT n.territory_id, n.value AS counted
    FROM observation AS n JOIN indicator AS i ON i.numerator_id = n.indicator_id
    WHERE i.indicator_id = $indicator AND n.period = $period
      AND n.sex = '_T' AND n.age = '_T' AND n.other = '_T'
)
SELECT t.territory_id, t.level, t.country, t.name_fr, t.name_nl, t.name_en, t.lon, t.lat,
       $period AS period, s.value, s.status, coalesce(s.confidential, false) AS confidential,
       coalesce(s.flag_raw, '') AS flag_raw,
       CASE
           WHEN s.value = 0 THEN 'zero'
           WHEN s.value IS NOT NULL THEN 'value'
           WHEN s.confidential THEN 'confidential'
           WHEN s.territory_id IS NOT NULL THEN 'missing'
           WHEN len(c.countries) > 0 AND NOT list_contains(c.countries, t.country) THEN 'not_observed'
           ELSE 'not_loaded'
       END AS state,
       if(s.value IS NULL, NULL, rank() OVER (ORDER BY s.value DESC NULLS LAST)) AS rank,
       count(s.value) OVER () AS ranked, n.counted
FROM territory AS t CROSS JOIN covered AS c
LEFT JOIN shown AS s USING (territory_id)
LEFT JOIN numerator AS n USING (territory_id)
WHERE t.level = $level AND list_contains($countries, t.country)
ORDER BY t.territory_id
"""

SERIES = """
SELECT o.territory_id, t.level, t.country, t.name_fr, t.name_nl, t.name_en,
       o.period, o.period_start, o.value, o.status, o.confidential, o.flag_raw, n.value AS counted
FROM observation AS o
JOIN territory AS t USING (territory_id)
JOIN indicator AS i ON i.indicator_id = o.indicator_id
LEFT JOIN observation AS n ON n.indicator_id = i.numerator_id AND n.territory_id = o.territory_id
    AND n.period = o.period AND n.sex = '_T' AND n.age = '_T' AND n.other = '_T'
WHERE o.indicator_id = $indicator AND list_contains($territories, o.territory_id)
  AND o.sex = '_T' AND o.age = '_T' AND o.other = '_T'
ORDER BY o.territory_id, o.period_start
"""

# Municipalities come last: a map has them where nothing coarser is published.
FINEST_FIRST = ("nuts3", "employment_zone", "nuts2", "nuts1", "country", "municipality")

# Below this share of the usual territories a period is not a map yet.
USUAL_SHARE = 0.5


@store.remembered
def periods(indicator_id: str) -> tuple[str, ...]:
    """Periods with at least one figure, oldest first."""
    return tuple(store.query(PERIODS, [indicator_id])["period"])


@store.remembered
def years() -> tuple[str, ...]:
    """Years in which anything at all was observed, newest first."""
    return tuple(store.query(YEARS)["year"])


@store.remembered
def levels(indicator_id: str) -> tuple[str, ...]:
    """Levels with at least one figure, coarsest first."""
    return tuple(store.query(LEVELS, [indicator_id])["level"])


@store.remembered
def at_period(indicator_id: str, period: str, level: str, countries: Sequence[str]) -> Result:
    """All territories of a level in some countries at one period, with state and rank (1 is the highest)."""
    frame = store.query(
        AT_PERIOD,
        {"indicator": indicator_id, "period": period, "level": level, "countries": list(countries)},
    )
    return catalogue.result(frame, [catalogue.indicator(indicator_id)])


@store.remembered
def values_of(indicator_id: str, level: str) -> pandas.Series:
    """All figures of an indicator at one level, every period: what class breaks are cut from."""
    sql = """
        SELECT o.value FROM observation AS o JOIN territory AS t USING (territory_id)
        WHERE o.indicator_id = ? AND t.level = ? AND o.value IS NOT NULL
          AND o.sex = '_T' AND o.age = '_T' AND o.other = '_T'
        ORDER BY o.value
    """
    return store.query(sql, [indicator_id, level])["value"]


@store.remembered
def series(indicator_id: str, territory_ids: Sequence[str]) -> Result:
    """One indicator over time for some territories, every period the source has, oldest first."""
    frame = store.query(SERIES, {"indicator": indicator_id, "territories": list(territory_ids)})
    return catalogue.result(frame, [catalogue.indicator(indicator_id)])


@store.remembered
def latest(indicator_id: str, territory_ids: Sequence[str], until: str | None = None) -> str | None:
    """The last period, not after `until` (a year), in which most of the territories have a figure.

    "Most" is half of the best-covered period, so that one early publisher does not empty a map.
    None when no period qualifies.
    """
    frame = series(indicator_id, territory_ids).frame.dropna(subset=["value"])
    if until is not None:
        frame = frame[frame["period"].str[:4] <= until]
    counts = frame.groupby("period")["territory_id"].nunique()
    good = counts[counts >= counts.max() * USUAL_SHARE] if len(counts) else counts
    return None if good.empty else str(max(good.index))


@store.remembered
def best_level(indicator_id: str, french: Sequence[str], other: Sequence[str]) -> str | None:
    """The finest level at which both sides have figures, else the finest at which one has; None: none."""
    one_sided: str | None = None
    for level in FINEST_FIRST:
        has = [_has_figures(indicator_id, places.cover(side, level)) for side in (french, other) if side]
        if has and all(has):
            return level
        if any(has) and one_sided is None:
            one_sided = level
    return one_sided


def _has_figures(indicator_id: str, cover: pandas.DataFrame) -> bool:
    if cover.empty:
        return False
    frame = series(indicator_id, list(cover["territory_id"])).frame
    return bool(frame["value"].notna().any())
