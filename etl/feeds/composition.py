"""Which municipalities make up a zone that follows no department, as employment zones do → `composition`."""

from __future__ import annotations

import pandas as pd

from etl.declaration import Dataset
from etl.errors import WrongRequest
from etl.feeds.fed import Fed, left_out, rejected
from etl.feeds.rows import distinct, require_columns, require_unique
from etl.harmonise import Places


def feed(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    """One row a municipality of today and zone; [places] names the column of the zone by `towards`.

    A zone of which we hold a part only is left out, since nothing can be added up for it; so are two zones
    whose municipalities have merged into one. Raises WrongRequest: a column that is not there, a municipality
    twice, a code that no edition of its list knows.
    """
    rule = dataset.places
    if rule is None or rule.towards is None or rule.towards_scheme is None:
        raise WrongRequest(
            "a composition needs two kinds of places", "write `towards` and `towards_scheme` in [places]"
        )
    require_columns(frame, [rule.column, rule.towards])
    require_unique(frame, [rule.column])
    scheme, zone_scheme = rule.scheme, rule.towards_scheme
    parts = distinct(frame, frame[rule.column], lambda code: places.today(scheme, code))
    zones = distinct(frame, frame[rule.towards], lambda code: places.resolve(zone_scheme, code).territory_id)
    rows = pd.DataFrame(
        {
            "territory_id": parts.column(lambda part: part, "str"),
            "zone_id": zones.column(lambda zone: zone, "str"),
            "code": frame[rule.towards],
        }
    )
    in_several = rows.groupby("territory_id")["zone_id"].transform("nunique") > 1
    is_partial = (rows["territory_id"].isna() | in_several).groupby(rows["code"]).transform("any")
    whole = rows.loc[~is_partial, ["territory_id", "zone_id"]].drop_duplicates()
    partly_held = left_out(rows.loc[is_partial, "code"], "outside_scope", "a part of the zone is not held")
    return Fed(
        {"composition": whole.assign(dataset_id=dataset.dataset_id)},
        rejected(dataset.dataset_id, partly_held),
    )
