"""What crosses each border both ways, and origin × destination tables of one definition and one year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas

from warehouse import store
from warehouse.comparability import GRADES, Verdict, compare
from warehouse.queries import flow_sources, flows
from warehouse.queries.places import NEIGHBOURS
from warehouse.result import Result

HOME = "FR"

# Sets of figures that one table may hold: one source, one year, one level at each end.
SETS = """
SELECT f.source_id, f.period, o.level AS origin_level, d.level AS destination_level,
       n.label_fr AS definition_fr, n.label_nl AS definition_nl, n.label_en AS definition_en,
       count(DISTINCT (f.origin_id, f.destination_id)) AS cells,
       count(DISTINCT f.origin_id) AS origins, count(DISTINCT f.destination_id) AS destinations
FROM flow_figure AS f
JOIN territory AS o ON o.territory_id = f.origin_id
JOIN territory AS d ON d.territory_id = f.destination_id
JOIN definition AS n USING (definition_id)
WHERE f.value IS NOT NULL AND list_contains($kinds, f.source_kind)
  AND o.country <> d.country AND $home IN (o.country, d.country)
GROUP BY ALL
HAVING count(DISTINCT (f.origin_id, f.destination_id)) > 1
   AND ($border IS NULL OR bool_or($border IN (o.country, d.country)))
ORDER BY cells DESC, f.period DESC, f.source_id, origin_level, destination_level
"""

# Where two publications give one cell, the producer's own page stands, then the exact figure.
CELLS = """
SELECT f.origin_id, o.name_fr AS origin_fr, o.name_nl AS origin_nl, o.name_en AS origin_en,
       o.country AS origin_country,
       f.destination_id,
       d.name_fr AS destination_fr, d.name_nl AS destination_nl, d.name_en AS destination_en,
       d.country AS destination_country,
       f.period, f.value, f.status, f.reliability, f.flag_raw, f.definition_id, f.producer,
       f.source_title, f.source_url, f.source_kind, f.dataset_id
FROM flow_figure AS f
JOIN territory AS o ON o.territory_id = f.origin_id
JOIN territory AS d ON d.territory_id = f.destination_id
WHERE f.value IS NOT NULL AND list_contains($kinds, f.source_kind)
  AND o.country <> d.country AND $home IN (o.country, d.country)
  AND f.source_id = $source AND f.period = $period
  AND o.level = $origin_level AND d.level = $destination_level
QUALIFY row_number() OVER (
    PARTITION BY f.origin_id, f.destination_id
    ORDER BY f.source_kind <> 'producer', f.reliability <> 'exact', f.comparable_group
) = 1
ORDER BY f.value DESC, f.origin_id, f.destination_id
"""


@dataclass(frozen=True)
class Balance:
    """What leaves France and enters it across one border, from the two figures that compare best.

    `out` and `into` are rows of `flow_sources.figures`, None where nobody publishes that direction. `verdict`
    is None unless there are both; `net` and `ratio` are None where they do not compare.
    """

    border: str
    out: dict[str, Any] | None
    into: dict[str, Any] | None
    verdict: Verdict | None

    @property
    def is_computable(self) -> bool:
        return self.verdict is not None and self.verdict.grade != GRADES[-1]

    @property
    def net(self) -> float | None:
        """Workers who leave less those who enter."""
        return (
            self.out["value"] - self.into["value"] if self.out and self.into and self.is_computable else None
        )

    @property
    def ratio(self) -> float | None:
        """How many leave for one who enters."""
        if not (self.out and self.into and self.is_computable and self.into["value"]):
            return None
        return float(self.out["value"] / self.into["value"])


@store.remembered
def balances(kinds: Sequence[str] = flows.BY_DEFAULT) -> tuple[Balance, ...]:
    """One a neighbour of France that a figure of a whole country links with it, along the border."""
    countries = [HOME, *NEIGHBOURS]
    frame = flows.between(countries, countries, kinds).frame
    rows = flow_sources.with_traits(frame[frame["value"].notna()]).to_dict("records")
    by_pair: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        by_pair.setdefault((row["origin_id"], row["destination_id"]), []).append(row)
    found = (
        _balance(name, by_pair.get((HOME, name), []), by_pair.get((name, HOME), [])) for name in NEIGHBOURS
    )
    return tuple(balance for balance in found if balance.out or balance.into)


def _balance(border: str, out: list[dict[str, Any]], into: list[dict[str, Any]]) -> Balance:
    if not (out and into):
        return Balance(border, _latest(out), _latest(into), None)
    pairs = [
        (compare(flow_sources.figure(one), flow_sources.figure(other)), one, other)
        for one in out
        for other in into
    ]
    verdict, one, other = min(pairs, key=_standing)
    return Balance(border, one, other, verdict)


def _standing(pair: tuple[Verdict, dict[str, Any], dict[str, Any]]) -> tuple[object, ...]:
    """The best grade, the closest years, the latest, the fewest reasons."""
    verdict, one, other = pair
    years = int(one["period"][:4]), int(other["period"][:4])
    return GRADES.index(verdict.grade), abs(years[0] - years[1]), -max(years), len(verdict.reasons)


def _latest(rows: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    return min(rows, key=flow_sources.standing, default=None)


@store.remembered
def sets(border: str | None, kinds: Sequence[str] = flows.BY_DEFAULT) -> pandas.DataFrame:
    """The tables one may look at across a border, or any, the one with most cells first, then the latest."""
    return store.query(SETS, _parameters(kinds) | {"border": border})


@store.remembered
def cells(
    source_id: str,
    period: str,
    origin_level: str,
    destination_level: str,
    kinds: Sequence[str] = flows.BY_DEFAULT,
) -> Result:
    """The cells of one table, largest first. A pair without a row is not published: it is not 0."""
    parameters = _parameters(kinds) | {
        "source": source_id,
        "period": period,
        "origin_level": origin_level,
        "destination_level": destination_level,
    }
    return flows.result(store.query(CELLS, parameters))


def _parameters(kinds: Sequence[str]) -> dict[str, Any]:
    return {"home": HOME, "kinds": list(kinds)}


def as_result(balances: Sequence[Balance]) -> Result:
    """One row a border: both figures with their definition and source, `net`, `ratio` and `grade`."""
    told = ("value", "period", "definition_fr", "definition_nl", "definition_en", "producer", "source_title")
    rows = [
        {"border": each.border}
        | {f"out_{name}": each.out[name] if each.out else None for name in told}
        | {f"into_{name}": each.into[name] if each.into else None for name in told}
        | {"net": each.net, "ratio": each.ratio, "grade": each.verdict.grade if each.verdict else ""}
        for each in balances
    ]
    figures = [row for each in balances for row in (each.out, each.into) if row is not None]
    shown = pandas.DataFrame(figures, columns=["definition_id", "dataset_id"])
    return flows.result(shown).with_frame(pandas.DataFrame(rows))
