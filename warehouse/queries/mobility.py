"""Published figures on travel across the border: how, how far, how long, on which line, and who says so.

A survey counts its own people within its own limits: a chart shows one survey and one population.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas

from warehouse import store
from warehouse.queries import catalogue
from warehouse.queries.flows import BY_DEFAULT
from warehouse.result import Result

# `place` is where a reader looks the figure up: its line or crossing, else where the people live, else work.
FIGURES = """
WITH place AS (
    SELECT territory_id AS place_id, country, name_fr, name_nl, name_en FROM territory
    UNION ALL SELECT group_id, country, label_fr, label_nl, label_en FROM place_group
)
SELECT f.indicator_id, f.survey_id, s.label_fr AS survey_fr, s.label_nl AS survey_nl, s.label_en AS survey_en,
       f.population, p.label_fr AS population_fr, p.label_nl AS population_nl, p.label_en AS population_en,
       f.mode, m.label_fr AS mode_fr, m.label_nl AS mode_nl, m.label_en AS mode_en,
       f.origin_id, o.name_fr AS origin_fr, o.name_nl AS origin_nl, o.name_en AS origin_en,
       f.destination_id, d.name_fr AS destination_fr, d.name_nl AS destination_nl,
       d.name_en AS destination_en,
       f.line_id, l.name_fr AS line_fr, l.name_nl AS line_nl, l.name_en AS line_en,
       coalesce(f.line_id, f.origin_id, f.destination_id) AS place_id,
       f.period, f.period_assumed, f.value, f.reliability, f.producer, f.source_title, f.source_url,
       f.source_kind, f.note_fr, f.note_nl, f.note_en, f.dataset_id
FROM mobility_figure AS f
JOIN mobility_term AS s ON s.kind = 'survey' AND s.term_id = f.survey_id
JOIN mobility_term AS p ON p.kind = 'population' AND p.term_id = f.population
JOIN mobility_term AS m ON m.kind = 'mode' AND m.term_id = f.mode
LEFT JOIN place AS o ON o.place_id = f.origin_id
LEFT JOIN place AS d ON d.place_id = f.destination_id
LEFT JOIN place AS l ON l.place_id = f.line_id
WHERE list_contains($kinds, f.source_kind)
ORDER BY f.indicator_id, f.survey_id, f.population, f.period DESC, f.value DESC, place_id, f.mode
"""

ENDS = ("origin_id", "destination_id", "line_id")
TOUCHES = "SELECT group_id, touches FROM place_group"

RAIL = "rail_passengers"

# What each reporting country says of a pair, the newest year and the largest first.
BETWEEN = """
SELECT p.indicator_id, p.origin_id, o.name_fr AS origin_fr, o.name_nl AS origin_nl, o.name_en AS origin_en,
       p.destination_id, d.name_fr AS destination_fr, d.name_nl AS destination_nl,
       d.name_en AS destination_en, p.period, p.reported_by, p.value, p.status, p.confidential, p.flag_raw,
       p.origin_code, p.destination_code, p.dataset_id
FROM passenger_flow AS p
JOIN territory AS o ON o.territory_id = p.origin_id
JOIN territory AS d ON d.territory_id = p.destination_id
WHERE p.indicator_id = $indicator
  AND ((list_contains($one, p.origin_id) AND list_contains($other, p.destination_id))
    OR (list_contains($other, p.origin_id) AND list_contains($one, p.destination_id)))
ORDER BY p.period DESC, p.value DESC NULLS LAST, p.origin_id, p.destination_id, p.reported_by
"""


@store.remembered
def rail(one_side: Sequence[str], other_side: Sequence[str]) -> Result:
    """Rail passengers between regions of two sides, both ways, in every year somebody reports on.

    `origin_code` and `destination_code` are the regions as the source named them then. A row without a value
    is `confidential`, or was never sent.
    """
    parameters = {"indicator": RAIL, "one": list(one_side), "other": list(other_side)}
    return catalogue.result(store.query(BETWEEN, parameters), [catalogue.indicator(RAIL)])


@store.remembered
def figures(indicator_id: str | None = None, kinds: Sequence[str] = BY_DEFAULT) -> Result:
    """Every figure, or those of one indicator, by survey and population, latest first.

    `population` is `cross_border`, or another that a reader has to be told: `all_workers` and `all_trips` are
    federal surveys of Belgium, of everybody.
    """
    frame = store.query(FIGURES, {"kinds": list(kinds)})
    return _result(frame if indicator_id is None else frame[frame["indicator_id"] == indicator_id])


def touching(figures: pandas.DataFrame, territory_ids: Iterable[str]) -> pandas.Series[bool]:
    """Which rows of `figures` begin, end or run in some territories, or in a group that touches one."""
    wanted = set(territory_ids)
    groups = store.query(TOUCHES)
    wanted |= {
        group
        for group, touches in zip(groups["group_id"], groups["touches"], strict=True)
        if not wanted.isdisjoint(touches)
    }
    rows = zip(*(figures[name] for name in ENDS), strict=True)
    return pandas.Series([not wanted.isdisjoint(ends) for ends in rows], index=figures.index, dtype=bool)


def _result(frame: pandas.DataFrame) -> Result:
    """The rows with the indicators that occur in them."""
    names = frame["indicator_id"].unique()
    return catalogue.result(frame.reset_index(drop=True), [catalogue.indicator(name) for name in names])
