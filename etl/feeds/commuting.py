"""A whole file of where people live and work → `flow` across borders, and residents by where they work.

Only pairs across a border become flows: of a million pairs inside France a reader sees none. What lies inside
is counted at the residence: `observation` of each indicator for the municipality and what holds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd

from etl.codes import repeated, stacked
from etl.declaration import FACETS, Dataset, FlowRule, Indicator
from etl.errors import WrongRequest
from etl.feeds.fed import Fed, LeftOut, rejected
from etl.feeds.observation import COLUMNS, read_facets, require_bounds, select
from etl.feeds.rows import Understood, distinct, numbers, require_columns, require_unique
from etl.feeds.workplaces import Residence, Workplace, residence, workplace
from etl.harmonise import Period, Places, read_period

Meaning = TypeVar("Meaning")

TOTAL = "_T"
WORKPLACE = "workplace"  # a column of ours that `where` may ask for: the kinds of Workplace
MODE = "mode"  # that of a flow, in our terms


@dataclass(frozen=True)
class Read:
    """The rows of a file: `home`, `work` and `when` number their meanings, `value` is of workers."""

    rows: pd.DataFrame
    homes: list[Residence]
    works: list[Workplace]
    periods: list[Period]


def feed(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    """Flows by pair and observations by residence, values of a commune that merged added to its successor's.

    Raises WrongRequest, with the row at fault where there is one: a column that is not there, a pair twice, a
    value that is no number or negative, a code or mode that is unknown, no flow across a border.
    """
    if dataset.places is None or dataset.period is None or dataset.flow is None:
        raise WrongRequest("flows need two places and a period", "write [places], [period] and [flow]")
    rule, period, scheme = dataset.flow, dataset.period, dataset.places.scheme
    key = [dataset.places.column, *rule.destination, period.column, *([rule.mode] if rule.mode else [])]
    require_columns(frame, [*key, "OBS_VALUE"])
    if not rule.repeats:
        require_unique(frame, key)
    home = distinct(frame, frame[dataset.places.column], lambda code: residence(places, scheme, rule, code))
    work = distinct(frame, _first_filled(frame, rule), lambda code: workplace(places, scheme, rule, code))
    when = distinct(frame, frame[period.column], lambda text: read_period(text, period.form))
    rows = frame.assign(
        home=home.codes,
        work=work.codes,
        when=when.codes,
        value=_workers(frame),
        **{MODE: _modes(frame, rule, when), WORKPLACE: work.coded(lambda each: each.kind)},
    )
    read = Read(rows, home.meanings, work.meanings, when.meanings)
    tables = {"flow": _flows(dataset, rule, read)}
    if tables["flow"].empty:
        raise WrongRequest(
            "no row is a flow across a border", "correct `destination` and `countries` in [flow], or [keep]"
        )
    residents = [each for each in dataset.indicators if each.head.indicator_id != rule.indicator]
    if residents:
        observed = stacked([_residents(each, read) for each in residents])
        tables["observation"] = observed.assign(dataset_id=dataset.dataset_id)[list(COLUMNS)]
    return Fed(tables, rejected(dataset.dataset_id, _left_out(read)))


def _first_filled(frame: pd.DataFrame, rule: FlowRule) -> pd.Series[str]:
    """The column of where people work, its gaps filled from the next."""
    filled = frame[rule.destination[0]]
    for column in rule.destination[1:]:
        filled = filled.astype("str").where(filled != "", frame[column].astype("str"))
    return filled


def _modes(frame: pd.DataFrame, rule: FlowRule, when: Understood[Period]) -> pd.Series[str]:
    if rule.mode is None:
        return repeated(TOTAL, frame.index)

    def read(code: str, period: str) -> str:
        former = (modes for last, modes in sorted(rule.modes_until.items()) if period <= last)
        modes = next(former, rule.modes)
        if code not in modes:
            raise ValueError(f"mode {code!r} is unknown: the modes of {period} are {', '.join(modes)}")
        return modes[code]

    periods = when.coded(lambda each: each.period)
    return distinct(frame, [frame[rule.mode], periods], read).coded(str)


def _workers(frame: pd.DataFrame) -> pd.Series[float]:
    workers = numbers(frame, frame["OBS_VALUE"])
    faulty = frame[~(workers >= 0)]
    if len(faulty):
        first = faulty.iloc[0]
        said = f"{first['OBS_VALUE']!r} is not a number of workers"
        raise WrongRequest(said, "look at the source", row=int(first["row"]))
    return workers


def _flows(dataset: Dataset, rule: FlowRule, read: Read) -> pd.DataFrame:
    is_abroad = read.rows[WORKPLACE] == "abroad"
    across = read.rows[is_abroad].groupby(["home", "work", "when", MODE], as_index=False)["value"].sum()
    pairs = pd.DataFrame(
        {
            "origin_id": _each(across["home"], read.homes, lambda home: home.territory_id),
            "destination_id": _each(across["work"], read.works, lambda work: work.territory_id),
            "period": _each(across["when"], read.periods, lambda period: period.period),
            "mode": across[MODE],
            "value": across["value"],
        }
    )
    key = ["origin_id", "destination_id", "period", "mode"]
    flows = pairs.dropna(subset=["origin_id", "destination_id"]).groupby(key, as_index=False)["value"].sum()
    return flows.assign(
        indicator_id=rule.indicator,
        period_assumed=False,
        reference_date=flows["period"],
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


def _residents(indicator: Indicator, read: Read) -> pd.DataFrame:
    """The sum of the indicator's rows for each residence, by municipality and again by what holds it."""
    by_home = select(indicator, read.rows).groupby(["home", "when", *indicator.facets.values()])
    summed = by_home.agg(value=("value", "sum"), row=("row", "first")).reset_index()
    summed = summed.assign(
        **read_facets(indicator, summed),
        period=_each(summed["when"], read.periods, lambda period: period.period),
        period_start=_each(summed["when"], read.periods, lambda period: period.start, "datetime64[s]"),
    )
    commune = _each(summed["home"], read.homes, lambda home: home.territory_id)
    within = _each(summed["home"], read.homes, lambda home: home.within_id)
    placed = pd.concat(
        [summed.assign(territory_id=commune), summed.assign(territory_id=within)[commune != within]]
    )
    key = ["territory_id", "period", "period_start", *FACETS]
    figures = placed.groupby(key, as_index=False).agg(value=("value", "sum"), row=("row", "first"))
    require_bounds(indicator, figures)
    name = indicator.head.indicator_id
    return figures.assign(indicator_id=name, status="A", confidential=False, flag_raw="")


def _each(
    codes: pd.Series[int],
    meanings: list[Meaning],
    part: Callable[[Meaning], object],
    dtype: str = "str",
) -> pd.Series[Any]:
    """A part of the meaning that each code numbers."""
    return pd.Series([part(meaning) for meaning in meanings], dtype=dtype).take(codes).set_axis(codes.index)


def _left_out(read: Read) -> list[LeftOut]:
    """Workers abroad in no place of ours, by period, and those whose residence is no territory of ours."""
    unnamed = read.rows[read.rows[WORKPLACE] == "abroad_unnamed"]
    groups = [
        LeftOut(
            "not_placeable",
            code,
            f"{workers:.0f} workers of {period.period}: abroad, place not held",
            len(rows),
        )
        for (code, when), rows in unnamed.groupby(["work", "when"])
        for code, period, workers in [(read.works[code].code, read.periods[when], rows["value"].sum())]
    ]
    homeless = [number for number, home in enumerate(read.homes) if home.territory_id is None]
    for number, rows in read.rows[read.rows["home"].isin(homeless)].groupby("home"):
        groups.append(
            LeftOut("outside_scope", read.homes[number].code, "no place of ours holds it", len(rows))
        )
    return groups
