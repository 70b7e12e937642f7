"""Declarations, territories and figures → tables of a new warehouse file, referred ones before referring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from etl.declaration import OBSERVATORY, Dataset, IndicatorHead, Known
from etl.errors import WrongRequest
from etl.feeds.fed import Fed
from etl.lock import Lock
from etl.ratio import add_ratio, ratio_dataset
from warehouse.result import LANGUAGES, Text

TERRITORY_TABLES = ("territory", "membership", "correspondence", "postal_code")

# Tables a feed may fill, and what their rows are sorted by. Only names of this module enter an SQL text.
FED_TABLES: Mapping[str, Sequence[str]] = {
    "code_list": ("scheme", "code", "valid_from"),
    "correspondence": ("scheme", "code", "vintage", "territory_id"),
    "composition": ("zone_id", "territory_id"),
    "definition": ("definition_id",),
    "trait": ("kind", "trait_id"),
    "definition_traits": ("definition_id",),
    "flow_gap": ("gap_id",),
    "place_group": ("group_id",),
    "mobility_term": ("kind", "term_id"),
    "passenger_flow": ("indicator_id", "period", "origin_id", "destination_id", "reported_by"),
    "mobility_figure": (
        "indicator_id", "survey_id", "period", "origin_id", "destination_id", "line_id", "mode",
    ),
    "flow": ("indicator_id", "period", "origin_id", "destination_id"),
    "theme": ("theme_id",),
    "meeting": ("year", "meeting_id"),
    "vote": ("meeting_id", "rank"),
    "participation": ("year", "area_id"),
    "expectation": ("scale", "year", "theme_id"),
    "objective_stated": ("meeting_id", "theme_id", "kind", "rank"),
    "idea": ("rank",),
    "idea_territory": ("idea_id", "line", "area_id"),
    "idea_suggestion": ("idea_id", "rank"),
    "missing_link": ("rank",),
    "objective": ("rank",),
    "action": ("rank",),
    "strategy_item": ("strategy", "rank"),
    "link": ("theme_id", "from_kind", "from_id", "to_kind", "to_id"),
    "missing_indicator": ("theme_id",),
}  # fmt: skip
OBSERVATION_ORDER = ("indicator_id", "period", "territory_id", "sex", "age", "other")
SHARED = ("definition", "theme", "meeting")  # several datasets may bring the same row


@dataclass(frozen=True)
class Loaded:
    """A dataset ready to enter: its declaration, the lock of what was read, the rows of its feed."""

    dataset: Dataset
    lock: Lock
    fed: Fed


def load(
    connection: duckdb.DuckDBPyConnection,
    known: Known,
    territories: Path,
    loaded: Sequence[Loaded],
    absent: Sequence[Dataset],
) -> None:
    """Fill every table but `build`. Raises WrongRequest naming the table whose rows the schema refuses."""
    _insert(connection, "provider", [asdict(each) for each in known.providers.values()])
    _insert(
        connection,
        "unit",
        [
            {"unit_id": each.unit_id, **_words("label", each.label)} | _words("symbol", each.symbol)
            for each in known.units.values()
        ],
    )
    _insert(
        connection,
        "caveat",
        [{"caveat_id": each.caveat_id, **_words("text", each.text)} for each in known.caveats.values()],
    )
    for table in TERRITORY_TABLES:
        insert_frame(connection, table, pd.read_csv(territories / f"{table}.csv", dtype="str"))
    _stage_observations(connection, loaded)
    _insert(connection, "dataset", list(_dataset_rows(connection, known, loaded)))
    _insert(connection, "not_loaded", [_not_loaded(dataset) for dataset in absent])
    _insert(connection, "indicator", list(_indicator_rows(loaded)))
    connection.execute(f"INSERT INTO observation FROM staged ORDER BY {', '.join(OBSERVATION_ORDER)}")
    connection.execute("DROP TABLE staged")
    for table, order in FED_TABLES.items():
        frames = [each.fed.tables[table] for each in loaded if table in each.fed.tables]
        rows = pd.concat(frames) if frames else pd.DataFrame()
        insert_frame(connection, table, rows.drop_duplicates() if table in SHARED else rows, order)
    insert_frame(connection, "rejected", pd.concat([each.fed.rejected for each in loaded]))


def _stage_observations(connection: duckdb.DuckDBPyConnection, loaded: Sequence[Loaded]) -> None:
    """Published and computed observations together in a temporary table, so that they are sorted together."""
    connection.execute("CREATE TEMP TABLE staged AS FROM observation LIMIT 0")
    for each in loaded:
        insert_frame(connection, "staged", each.fed.tables.get("observation", pd.DataFrame()))
    for each in loaded:
        for ratio in each.dataset.ratios:
            add_ratio(connection, ratio)


def _dataset_rows(
    connection: duckdb.DuckDBPyConnection, known: Known, loaded: Sequence[Loaded]
) -> Iterator[dict[str, Any]]:
    observed = dict(
        connection.execute("SELECT dataset_id, count(*) FROM staged GROUP BY dataset_id").fetchall()
    )
    parts = {
        indicator.head.indicator_id: (each.dataset, each.lock)
        for each in loaded
        for indicator in each.dataset.indicators
    }
    for each in loaded:
        others = sum(len(rows) for table, rows in each.fed.tables.items() if table != "observation")
        yield {**_dataset(each), "rows": observed.get(each.dataset.dataset_id, 0) + others}
        for ratio in each.dataset.ratios:
            row = ratio_dataset(ratio, known.providers[OBSERVATORY], parts)
            yield {**row, "rows": observed.get(ratio.head.indicator_id, 0)}


def _dataset(each: Loaded) -> dict[str, Any]:
    dataset, lock = each.dataset, each.lock
    return {
        "dataset_id": dataset.dataset_id,
        "provider_id": dataset.provider.provider_id,
        **_words("title", dataset.title),
        "homepage": dataset.homepage,
        "url": lock.url,
        "licence": dataset.licence,
        "licence_url": dataset.licence_url,
        "published_at": lock.published_at,
        "fetched_at": lock.fetched_at,
        "vintage": lock.vintage,
        "sha256": lock.sha256,
        "origin": lock.origin,
        "frequency": dataset.frequency,
        "next_comes": dataset.next_comes,
    }


def _not_loaded(dataset: Dataset) -> dict[str, Any]:
    return {
        "dataset_id": dataset.dataset_id,
        "provider_id": dataset.provider.provider_id,
        **_words("title", dataset.title),
        "homepage": dataset.homepage,
        "url": dataset.url,
        "licence": dataset.licence,
        "frequency": dataset.frequency,
        "by_hand": dataset.request is not None and dataset.request.by_hand,
    }


def _indicator_rows(loaded: Sequence[Loaded]) -> Iterator[dict[str, Any]]:
    for each in loaded:
        for indicator in each.dataset.indicators:
            yield _indicator(indicator.head, each.dataset.dataset_id, each.dataset)
        for ratio in each.dataset.ratios:
            yield _indicator(ratio.head, ratio.head.indicator_id, each.dataset)


def _indicator(head: IndicatorHead, dataset_id: str, declared_in: Dataset) -> dict[str, Any]:
    return {
        "indicator_id": head.indicator_id,
        "dataset_id": dataset_id,
        "theme": head.theme,
        **_words("label", head.label),
        **_words("description", head.description),
        "unit_id": head.unit,
        "kind": head.kind,
        "decimals": head.decimals,
        "good": head.good,
        "minimum": head.minimum,
        "maximum": head.maximum,
        "numerator_id": head.numerator,
        "denominator_id": head.denominator,
        "scale": head.scale,
        "headline": head.headline,
        "stands_in_for": head.stands_in_for,
        "years_apart": declared_in.period.apart if declared_in.period else None,
        "caveats": list(head.caveats),
    }


def _words(prefix: str, text: Text) -> dict[str, str]:
    return {f"{prefix}_{language}": text[language] for language in LANGUAGES}


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    insert_frame(connection, table, pd.DataFrame(rows))


def insert_frame(
    connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame, order: Sequence[str] = ()
) -> None:
    """The rows into a table, sorted by the columns of `order` so that they pack and read well."""
    if rows.empty:
        return
    # pandas compares the few texts of a column once, the database would compare those of every row.
    in_order = rows.sort_values(list(order)) if order else rows
    connection.register("incoming", pa.Table.from_pandas(in_order, preserve_index=False))
    try:
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
    except duckdb.Error as error:
        raise WrongRequest(
            f"table {table} refuses its rows: {str(error).splitlines()[0]}",
            "compare the columns and values of the feed or file with warehouse/schema.sql",
        ) from error
    finally:
        connection.unregister("incoming")
