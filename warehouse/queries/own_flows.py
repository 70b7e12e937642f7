"""Places by every code a reader may write, and a reader's own flows between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy
import pandas

from warehouse import own_flows, store
from warehouse.own_flows import Codes, OwnFlow

# A former code that still means one whole territory counts; one that was shared out does not.
CODES = """
WITH code AS (
    SELECT territory_id AS code, territory_id FROM territory
    UNION SELECT nuts_id, territory_id FROM territory WHERE nuts_id IS NOT NULL
    UNION SELECT national_code, territory_id FROM territory WHERE national_code IS NOT NULL
    UNION SELECT code, territory_id FROM correspondence WHERE share = 1 AND vintage = 'current'
)
SELECT upper(c.code) AS code, t.territory_id, t.name_fr, t.lon IS NOT NULL AND t.lat IS NOT NULL AS is_placed
FROM code AS c JOIN territory AS t USING (territory_id)
ORDER BY c.code, t.territory_id
"""

PLACES = """
SELECT territory_id, level, country, name_fr, name_nl, name_en, lon, lat FROM territory
"""


@store.remembered
def codes() -> Codes:
    """What a reader may write for a place: our ids, NUTS, Insee and NIS codes."""
    return own_flows.codes_of(store.query(CODES).itertuples(index=False, name=None))


def frame(flows: Sequence[OwnFlow]) -> pandas.DataFrame:
    """The flows with names, levels, countries and points of both ends, largest first.

    `direction` is `in` where they arrive in France, else `out`; no definition of ours is theirs.
    """
    told = pandas.DataFrame(
        {
            "origin_id": [flow.origin_id for flow in flows],
            "destination_id": [flow.destination_id for flow in flows],
            "value": [flow.count for flow in flows],
            "period": [flow.period for flow in flows],
            "category": [flow.category for flow in flows],
            "row": [flow.row for flow in flows],
        }
    )
    ends = store.query(PLACES)
    for end in ("origin", "destination"):
        named = ends.rename(columns=lambda name, end=end: f"{end}_{name.removeprefix('name_')}").rename(
            columns={f"{end}_territory_id": f"{end}_id"}
        )
        told = told.merge(named, on=f"{end}_id", how="left")
    told["direction"] = numpy.where(told["destination_country"] == "FR", "in", "out")
    told["definition_id"] = ""
    return told.sort_values(["value", "row"], ascending=[False, True], kind="stable").reset_index(drop=True)


def totals(flows: pandas.DataFrame) -> pandas.DataFrame:
    """Places at the ends of these flows, with names and point: `outgoing` leave one, `incoming` arrive.

    Largest first, so that a small circle is drawn over a large one.
    """
    counted = [
        flows.groupby(f"{end}_id")["value"].sum().rename(name)
        for end, name in (("origin", "outgoing"), ("destination", "incoming"))
    ]
    both = pandas.concat(counted, axis=1).fillna(0.0).rename_axis("territory_id").reset_index()
    both = both.assign(all=both["outgoing"] + both["incoming"])
    both = both.sort_values(["all", "territory_id"], ascending=[False, True]).drop(columns="all")
    return both.merge(store.query(PLACES), on="territory_id", how="left")
