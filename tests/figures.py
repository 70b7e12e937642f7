"""An indicator, a source and a result to hand to what draws and writes them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas

from warehouse.result import Indicator, Result, Source, Text

SAME = Text("taux", "graad", "rate")

_RATE = Indicator(
    indicator_id="rate",
    dataset_id="dataset",
    theme="employment",
    label=SAME,
    description=SAME,
    unit=Text("pour cent", "procent", "per cent"),
    symbol=Text("%", "%", "%"),
    kind="rate",
    decimals=1,
    good="down",
    numerator_id=None,
    denominator_id=None,
    scale=None,
    headline=None,
    stands_in_for=None,
    caveats=(),
)

SOURCE = Source(
    dataset_id="dataset",
    provider_id="provider",
    provider="Un fournisseur",
    title=SAME,
    homepage="https://example.org/dataset",
    url="https://example.org/file",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    citation="Un fournisseur",
    vintage="2026-04",
    origin="archive",
    frequency="annual",
    published_at=None,
    fetched_at=None,
)


def indicator(**changes: Any) -> Indicator:
    """A rate in per cent with one decimal, but for what is changed; a text `symbol` serves every language."""
    if isinstance(changes.get("symbol"), str):
        changes["symbol"] = Text(*[changes["symbol"]] * 3)
    return replace(_RATE, **changes)


def result(rows: list[dict[str, Any]], **changes: Any) -> Result:
    """Rows of one indicator with its source."""
    return Result(pandas.DataFrame(rows), (indicator(**changes),), (SOURCE,))
