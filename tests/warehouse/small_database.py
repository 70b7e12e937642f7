"""A warehouse of a few territories and indicators, planted row by row, for what real figures lack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse import store

SCHEMA = Path(store.__file__).with_name("schema.sql")
DATABASE = "observatory-planted.duckdb"

# AREA lies across the border: two French departments of one region, two Belgian provinces, one cut in two.
TERRITORIES = {
    "FR": ("country", "FR", None),
    "FRX": ("nuts1", "FR", "FR"),
    "FRX1": ("nuts2", "FR", "FRX"),
    "FRX2": ("nuts2", "FR", "FRX"),
    "FRX11": ("nuts3", "FR", "FRX1"),
    "FRX12": ("nuts3", "FR", "FRX1"),
    "FRX13": ("nuts3", "FR", "FRX1"),
    "FRX14": ("nuts3", "FR", "FRX1"),
    "FRX15": ("nuts3", "FR", "FRX1"),
    "BE": ("country", "BE", None),
    "BEX": ("nuts1", "BE", "BE"),
    "BEX1": ("nuts2", "BE", "BEX"),
    "BEX2": ("nuts2", "BE", "BEX"),
    "BEX11": ("nuts3", "BE", "BEX1"),
    "BEX12": ("nuts3", "BE", "BEX1"),
    "BEX21": ("nuts3", "BE", "BEX2"),
    "AREA": ("area", None, None),
}
MEMBERS = ("FRX11", "FRX12", "BEX1", "BEX2")
PROVIDERS: dict[str, list[str]] = {"everywhere": [], "france": ["FR"], "belgium": ["BE"], "observatoire": []}


@dataclass(frozen=True)
class SmallDatabase:
    """A folder with one build; what is planted must be planted before the first question is asked."""

    folder: Path

    def declare(self, indicator_id: str, provider: str = "everywhere", **known: Any) -> None:
        """An indicator with a dataset of its own name; by default a rate on the identity card."""
        self._insert(
            "dataset",
            dataset_id=indicator_id, provider_id=provider, title_fr="t", title_nl="t", title_en="t",
            homepage="https://example.org", url="https://example.org/file", licence="a licence",
            licence_url="https://example.org/licence", vintage="2026", sha256="0", rows=1, origin="archive",
            frequency="annual", next_comes="refresh",
        )  # fmt: skip
        blank = {
            "indicator_id": indicator_id, "dataset_id": indicator_id, "theme": "employment",
            "unit_id": "PC", "kind": "rate", "decimals": 1, "good": "down", "headline": 1, "caveats": [],
            "label_fr": "taux", "label_nl": "graad", "label_en": "rate",
            "description_fr": "d", "description_nl": "d", "description_en": "d",
        }  # fmt: skip
        self._insert("indicator", **(blank | known))

    def observe(
        self, indicator_id: str, territory_id: str, period: str, value: float | None, **known: Any
    ) -> None:
        """One observation, normal and of everybody unless told otherwise; a missing one has status O."""
        blank = {
            "indicator_id": indicator_id, "territory_id": territory_id, "period": period,
            "period_start": f"{period[:4]}-01-01", "sex": "_T", "age": "_T", "other": "_T", "value": value,
            "status": "A" if value is not None else "O", "confidential": False, "flag_raw": "",
            "dataset_id": indicator_id,
        }  # fmt: skip
        self._insert("observation", **(blank | known))

    def observe_all(self, indicator_id: str, period: str, values: dict[str, float]) -> None:
        for territory_id, value in values.items():
            self.observe(indicator_id, territory_id, period, value)

    def _insert(self, table: str, **row: Any) -> None:
        self._insert_all(table, [row])

    def _insert_all(self, table: str, rows: Iterable[dict[str, Any]]) -> None:
        with duckdb.connect(self.folder / DATABASE) as connection:
            for row in rows:
                columns = ", ".join(f'"{name}"' for name in row)
                marks = ", ".join("?" for _ in row)
                connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(row.values()))


def small_database(folder: Path) -> SmallDatabase:
    """An empty build of our schema with TERRITORIES, one area and four providers, made current."""
    with duckdb.connect(folder / DATABASE) as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
    small = SmallDatabase(folder)
    stamp = {"build_id": "planted", "built_at": "2026-01-01", "schema_digest": store.schema_digest()}
    small._insert_all("build", [stamp])
    small._insert(
        "unit",
        unit_id="PC",
        label_fr="pour cent",
        label_nl="procent",
        label_en="per cent",
        symbol_fr="%",
        symbol_nl="%",
        symbol_en="%",
    )
    small._insert_all(
        "provider",
        [
            {"provider_id": name, "name": name, "homepage": "h", "licence": "l", "licence_url": "u"}
            | {"citation": "c", "countries": countries}
            for name, countries in PROVIDERS.items()
        ],
    )
    small._insert_all(
        "territory",
        [
            {"territory_id": name, "level": level, "country": country, "parent_id": parent}
            | {f"name_{language}": name for language in ("fr", "nl", "de", "en")}
            | {"lon": 3.0, "lat": 50.0, "is_border": True, "is_indicative": level == "area"}
            for name, (level, country, parent) in TERRITORIES.items()
        ],
    )
    small._insert_all(
        "membership",
        [{"area_id": "AREA", "territory_id": name, "source": "a test"} for name in MEMBERS],
    )
    (folder / store.CURRENT).write_text(DATABASE, encoding="utf-8")
    return small
