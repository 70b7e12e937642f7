"""One flow, every published figure of it: what each counts, how far they compare, and its lines over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas

from warehouse import store
from warehouse.comparability import WEIGHT, Figure, compare
from warehouse.queries import flows
from warehouse.result import Result

# Pairs of places with at least one figure; those that more sources measure come first.
PAIRS = """
SELECT f.origin_id, o.name_fr AS origin_fr, o.name_nl AS origin_nl, o.name_en AS origin_en,
       o.level AS origin_level, o.country AS origin_country,
       f.destination_id,
       d.name_fr AS destination_fr, d.name_nl AS destination_nl, d.name_en AS destination_en,
       d.level AS destination_level, d.country AS destination_country,
       count(*) AS figures, count(DISTINCT f.definition_id) AS definitions,
       min(f.period) AS first_period, max(f.period) AS last_period
FROM flow_figure AS f
JOIN territory AS o ON o.territory_id = f.origin_id
JOIN territory AS d ON d.territory_id = f.destination_id
WHERE f.value IS NOT NULL AND list_contains($kinds, f.source_kind)
GROUP BY ALL
ORDER BY definitions DESC, figures DESC, f.origin_id, f.destination_id
"""

# What a definition counts, trait by trait, beside each figure.
COUNTED = """
SELECT d.definition_id, d.population, d.perimeter, d.workplace, d.moment,
       p.text_fr AS population_fr, p.text_nl AS population_nl, p.text_en AS population_en,
       l.text_fr AS perimeter_fr, l.text_nl AS perimeter_nl, l.text_en AS perimeter_en,
       w.text_fr AS workplace_fr, w.text_nl AS workplace_nl, w.text_en AS workplace_en,
       m.text_fr AS moment_fr, m.text_nl AS moment_nl, m.text_en AS moment_en,
       coalesce(m.years_apart, 1) AS years_apart, w.finest_level
FROM definition_traits AS d
JOIN trait AS p ON p.kind = 'population' AND p.trait_id = d.population
JOIN trait AS l ON l.kind = 'perimeter' AND l.trait_id = d.perimeter
JOIN trait AS w ON w.kind = 'workplace' AND w.trait_id = d.workplace
JOIN trait AS m ON m.kind = 'moment' AND m.trait_id = d.moment
"""

LEVELS = "SELECT territory_id, level, country FROM territory WHERE list_contains($ids, territory_id)"

# Which figure the others are set against: of the latest year, the producer's own page, the exact, the census.
RANK = {"producer": 0, "republication": 1, "press": 2, "unsourced": 3}


def pairs(kinds: Sequence[str] = flows.BY_DEFAULT) -> pandas.DataFrame:
    """Origin and destination of every flow that has a figure, with how many figures and definitions."""
    return store.query(PAIRS, {"kinds": list(kinds)})


@store.remembered
def figures(origin_id: str, destination_id: str, kinds: Sequence[str] = flows.BY_DEFAULT) -> Result:
    """Every figure of one flow, latest first, with what its definition counts and the levels of its ends."""
    found = flows.between([origin_id], [destination_id], kinds)
    return found.with_frame(with_traits(found.frame[found.frame["value"].notna()]))


def with_traits(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Figures with what their definition counts and the level of both ends."""
    ids = sorted({*frame["origin_id"], *frame["destination_id"]})
    places = store.query(LEVELS, {"ids": ids}).set_index("territory_id")
    told = frame.merge(store.query(COUNTED), on="definition_id", how="left")
    for end in ("origin", "destination"):
        for name in ("level", "country"):
            told[f"{end}_{name}"] = told[f"{end}_id"].map(places[name])
    return told


@store.remembered
def compared(
    origin_id: str,
    destination_id: str,
    year: str | None = None,
    reference: str | None = None,
    kinds: Sequence[str] = flows.BY_DEFAULT,
) -> Result:
    """One figure a series, each set against one of them: column `grade`, and `reasons`, a tuple of kinds.

    Of a series stands the figure closest in time to the reference, no later than `year` (None: no limit).
    `series` names it; `reference` is such a name, by default that of the latest year, the producer's own
    page, the exact figure, the census. `is_reference` is true of one row, which is the first.
    """
    whole = figures(origin_id, destination_id, kinds)
    frame = whole.frame.assign(series=whole.frame["comparable_group"] + "/" + whole.frame["definition_id"])
    if year is not None:
        frame = frame[frame["period"].str[:4] <= year]
    if frame.empty:
        return whole.with_frame(frame.assign(grade=[], reasons=[], is_reference=[]))
    chosen = _reference(frame, reference)
    shown = _closest(frame, chosen)
    verdicts = [compare(figure(chosen), figure(row)) for row in shown.to_dict("records")]
    shown = shown.assign(
        is_reference=(shown["series"] == chosen["series"]).to_numpy(),
        grade=[verdict.grade for verdict in verdicts],
        reasons=[tuple(reason.kind for reason in verdict.reasons) for verdict in verdicts],
    )
    distance = (shown["period"].str[:4].astype(int) - int(chosen["period"][:4])).abs()
    ordered = shown.assign(distance=distance).sort_values(
        ["is_reference", "distance", "value"], ascending=[False, True, False], kind="stable"
    )
    return whole.with_frame(ordered.drop(columns="distance").reset_index(drop=True))


def figure(row: dict[str, Any]) -> Figure:
    """A row of `figures` as the badge reads it."""
    return Figure(
        definition_id=row["definition_id"],
        series=row["comparable_group"],
        traits={kind: row[kind] for kind in WEIGHT},
        period=row["period"],
        origin_id=row["origin_id"],
        destination_id=row["destination_id"],
        origin_level=row["origin_level"],
        destination_level=row["destination_level"],
        reliability=row["reliability"],
        status=row["status"],
        years_apart=int(row["years_apart"]),
        finest_level=row["finest_level"] if isinstance(row["finest_level"], str) else None,
    )


def _reference(frame: pandas.DataFrame, series: str | None) -> dict[str, Any]:
    own = frame[frame["series"] == series] if series in set(frame["series"]) else frame
    return dict(own.loc[min(own.index, key=lambda index: standing(own.loc[index].to_dict()))])


def standing(row: dict[str, Any]) -> tuple[object, ...]:
    """The smallest stands for a flow: the latest year, the producer's own page, the exact, the census."""
    return (
        -int(row["period"][:4]),
        RANK[row["source_kind"]],
        row["reliability"] != "exact",
        row["definition_id"] != "census",
    )


def _closest(frame: pandas.DataFrame, reference: dict[str, Any]) -> pandas.DataFrame:
    """One figure a series: the closest year to the reference's, the later of two."""
    distance = (frame["period"].str[:4].astype(int) - int(reference["period"][:4])).abs()
    ordered = frame.assign(distance=distance).sort_values(
        ["series", "distance", "period"], ascending=[True, True, False], kind="stable"
    )
    return ordered.drop_duplicates("series").drop(columns="distance")


@store.remembered
def lines(origin_id: str, destination_id: str, kinds: Sequence[str] = flows.BY_DEFAULT) -> Result:
    """The figures of one flow as they may be drawn over time: column `line` is a number, or NA for a point.

    A line joins figures of one series that compare, each with the one before: the census five years apart
    from its latest, no others. A figure on no line stands alone.
    """
    whole = figures(origin_id, destination_id, kinds)
    frame = whole.frame.sort_values(["definition_id", "comparable_group", "period"], kind="stable")
    parts = [
        part
        for _, own in frame.groupby(["definition_id", "comparable_group"], sort=False)
        for part in _joined(own)
    ]
    numbers = {index: number for number, part in enumerate(parts) for index in part}
    drawn = frame.assign(line=pandas.array([numbers.get(index) for index in frame.index], dtype="Int64"))
    return whole.with_frame(drawn.reset_index(drop=True))


def _joined(own: pandas.DataFrame) -> list[list[Any]]:
    """Indexes of the figures of one series that a line may join, walking back from the latest."""
    records = own.to_dict("records")
    parts: list[list[Any]] = []
    part: list[int] = []
    for position in range(len(records) - 1, -1, -1):
        if not part:
            part = [position]
            continue
        verdict = compare(figure(records[part[-1]]), figure(records[position]))
        kinds = {reason.kind for reason in verdict.reasons}
        if "years_apart" in kinds and verdict.grade == "careful":
            continue
        if verdict.grade == "not_comparable" or records[part[-1]]["status"] == "B":
            parts.append(part)
            part = [position]
        else:
            part.append(position)
    parts.append(part)
    return [[own.index[position] for position in part] for part in parts if len(part) > 1]
