"""Flows planted in a small database, drawn at every level as a build does."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from etl.flow_levels import add_flow_levels
from tests.warehouse.small_database import DATABASE, SmallDatabase

DATASET = "flows"

DEFINITION = """
INSERT INTO definition BY NAME
SELECT 'census' AS definition_id, 'c' AS label_fr, 'c' AS label_nl, 'c' AS label_en, []::VARCHAR[] AS caveats
"""
DATASET_ROW = f"""
INSERT INTO dataset SELECT * REPLACE ('{DATASET}' AS dataset_id, $origin::data_origin AS origin) FROM dataset
"""


def plant(
    small: SmallDatabase, origin: str, flows: Iterable[tuple[str, str, float | None]], period: str = "2020"
) -> None:
    """Flows of the census; a dataset of `origin` published is a choice of figures, any other a whole file."""
    small.declare("cross_border_workers", theme="flows", kind="count", decimals=0, headline=None)
    rows = [(begin, end, period, value, "A" if value is not None else "O") for begin, end, value in flows]
    with duckdb.connect(small.folder / DATABASE) as connection:
        connection.execute(DEFINITION)
        connection.execute(DATASET_ROW, {"origin": origin})
        for row in rows:
            connection.execute(
                f"""
                INSERT INTO flow BY NAME
                SELECT 'cross_border_workers' AS indicator_id, ? AS origin_id, ? AS destination_id,
                       ? AS period, false AS period_assumed, '_T' AS sex, '_T' AS mode, ? AS value,
                       ? AS status, 'exact' AS reliability, 'exact' AS flag_raw, 'census' AS definition_id,
                       'group' AS comparable_group, 'p' AS producer, 't' AS source_title, 'u' AS source_url,
                       'producer' AS source_kind, false AS superseded, '{DATASET}' AS dataset_id
                """,
                row,
            )
        add_flow_levels(connection)
