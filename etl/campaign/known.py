"""The names a campaign's file may use: territories, themes, and the meetings that are held already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from etl.harmonise import TERRITORIES
from etl.lists import rows_of
from warehouse.sheet import plain


@dataclass(frozen=True)
class Names:
    """`ids` by name as compared, `shown` the name as a reader knows it. An id is a name as well."""

    ids: Mapping[str, str]
    shown: Mapping[str, str]


@dataclass(frozen=True)
class Known:
    """`meetings` are (area_id, year) of those transcribed."""

    territories: Names
    themes: Names
    meetings: frozenset[tuple[str, int]]


@cache
def known() -> Known:
    territory = pd.read_csv(TERRITORIES / "territory.csv", dtype="str", keep_default_na=False)
    areas = territory[territory["level"] == "area"].to_dict("records")
    themes = rows_of("mot/rencontres_themes.csv")
    meetings = rows_of("mot/rencontres_meetings.csv")
    return Known(
        territories=_names(areas, "territory_id", "name_fr"),
        themes=_names(themes, "theme_id", "label_fr"),
        meetings=frozenset((row["area_id"], int(row["year"])) for row in meetings),
    )


def _names(rows: Iterable[Mapping[str, str]], key: str, name: str) -> Names:
    rows = tuple(rows)
    ids = {plain(row[name]): row[key] for row in rows} | {plain(row[key]): row[key] for row in rows}
    return Names(ids, {plain(row[name]): row[name] for row in rows})
