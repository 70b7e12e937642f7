"""A whole file of where people live and work → `flow` across borders, and residents by where they work.

Only pairs across a border become flows: of a million pairs inside France a reader sees none. What lies inside
is counted at the residence: `observation` of each indicator for the commune and its department.
"""

from __future__ import annotations

import pandas as pd

from etl.declaration import FACETS, Dataset, FlowRule, Indicator, PlaceRule
from etl.errors import WrongRequest
from etl.feeds.fed import Fed, LeftOut, rejected
from etl.feeds.observation import COLUMNS, read_facets, require_bounds, select
from etl.feeds.rows import distinct, numbers, require_columns, require_unique
from etl.feeds.workplaces import residence, workplace
from etl.harmonise import Places, read_period

TOTAL = "_T"
WORKPLACE = "workplace"  # a column of ours that `where` may ask for: france, abroad or abroad_unnamed


def feed(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    """Flows by pair and observations by residence, values of a commune that merged added to its successor's.

    Raises WrongRequest with the row at fault: a column that is not there, a pair twice, a value that is no
    number or negative, a code that no edition of its list knows.
    """
    if dataset.places is None or dataset.period is None or dataset.flow is None:
        raise WrongRequest("flows need two places and a period", "write [places], [period] and [flow]")
    rule, period = dataset.flow, dataset.period
    require_columns(frame, [dataset.places.column, period.column, rule.destination, "OBS_VALUE"])
    key = [dataset.places.column, rule.destination, period.column, *([rule.mode] if rule.mode else [])]
    require_unique(frame, key)
    rows = _read(frame, dataset.places, rule, places)
    periods = distinct(frame, frame[period.column], lambda text: read_period(text, period.form))
    rows["period"] = periods.column(lambda each: each.period, "str")
    rows["period_start"] = periods.column(lambda each: each.start, "datetime64[s]")
    residents = [each for each in dataset.indicators if each.head.indicator_id != rule.indicator]
    observed = [_residents(each, rows) for each in residents]
    tables = {"flow": _flows(dataset, rule, rows)}
    if observed:
        tables["observation"] = pd.concat(observed).assign(dataset_id=dataset.dataset_id)[list(COLUMNS)]
    return Fed(tables, rejected(dataset.dataset_id, _left_out(rows)))


def _read(frame: pd.DataFrame, home_rule: PlaceRule, rule: FlowRule, places: Places) -> pd.DataFrame:
    """`frame` with both ends, the department and the value understood."""
    home = distinct(frame, frame[home_rule.column], lambda code: residence(places, code))
    work = distinct(frame, frame[rule.destination], lambda code: workplace(places, code))
    rows = frame.assign(
        origin_id=home.column(lambda each: each.territory_id, "str"),
        department_id=home.column(lambda each: each.department_id, "str"),
        destination_id=work.column(lambda each: each.territory_id, "str"),
        value=numbers(frame, frame["OBS_VALUE"]),
        **{WORKPLACE: work.column(lambda each: each.kind, "str")},
    )
    faulty = rows[~(rows["value"] >= 0)]
    if len(faulty):
        first = faulty.iloc[0]
        raise WrongRequest(
            f"{first['OBS_VALUE']!r} is not a number of workers", "look at the source", row=int(first["row"])
        )
    return rows


def _flows(dataset: Dataset, rule: FlowRule, rows: pd.DataFrame) -> pd.DataFrame:
    across = rows[rows["origin_id"].notna() & rows["destination_id"].notna()]
    across = across.assign(mode=across[rule.mode] if rule.mode else TOTAL)
    pairs = across.groupby(["origin_id", "destination_id", "period", "mode"], as_index=False)["value"].sum()
    return pairs.assign(
        indicator_id=rule.indicator,
        period_assumed=False,
        reference_date=pairs["period"],
        sex=TOTAL,
        status="A",
        reliability="exact",
        flag_raw="",
        definition_id=rule.definition,
        comparable_group=dataset.dataset_id,
        producer=dataset.provider.name,
        source_title=dataset.title.fr,
        source_url=dataset.homepage,
        source_kind="producer",
        superseded=False,
        dataset_id=dataset.dataset_id,
    )


def _residents(indicator: Indicator, rows: pd.DataFrame) -> pd.DataFrame:
    """The sum of the indicator's rows for each residence, by commune and again by department."""
    chosen = select(indicator, rows)
    chosen = chosen.assign(**read_facets(indicator, chosen))
    by_commune = chosen.rename(columns={"origin_id": "territory_id"})
    of_department = chosen[chosen["origin_id"] != chosen["department_id"]]
    by_department = of_department.rename(columns={"department_id": "territory_id"})
    key = ["territory_id", "period", "period_start", *FACETS]
    wanted = [*key, "value", "row"]
    placed = pd.concat([by_commune[wanted], by_department[wanted]])
    summed = placed.groupby(key, as_index=False).agg(value=("value", "sum"), row=("row", "first"))
    require_bounds(indicator, summed)
    return summed.assign(
        indicator_id=indicator.head.indicator_id, status="A", confidential=False, flag_raw=""
    )


def _left_out(rows: pd.DataFrame) -> list[LeftOut]:
    """Workers of whom an end is no territory, by code and period."""
    is_unnamed = rows[WORKPLACE] == "abroad_unnamed"
    workers = rows[is_unnamed].groupby("period")["value"].agg(["sum", "size"])
    unnamed = [
        LeftOut(
            "not_placeable",
            "abroad",
            f"{each['sum']:.0f} workers of {period}: country not named",
            int(each["size"]),
        )
        for period, each in workers.iterrows()
    ]
    homeless = rows[rows["origin_id"].isna()]
    detail = "the residence is not one of our territories"
    return unnamed + [LeftOut("outside_scope", "residence", detail, len(homeless))] * bool(len(homeless))
