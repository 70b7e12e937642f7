"""What the warehouse holds: indicators, datasets, caveats and what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas

from warehouse import store
from warehouse.result import Caveat, Indicator, Result, Source, Text, distinct

INDICATORS = """
SELECT i.*, u.label_fr AS unit_fr, u.label_nl AS unit_nl, u.label_en AS unit_en,
       u.symbol_fr, u.symbol_nl, u.symbol_en
FROM indicator AS i JOIN unit AS u USING (unit_id)
ORDER BY i.theme, i.headline NULLS LAST, i.indicator_id
"""

SOURCES = """
SELECT d.*, p.name AS provider, p.citation
FROM dataset AS d JOIN provider AS p USING (provider_id)
ORDER BY p.name, d.dataset_id
"""

CAVEATS = "SELECT caveat_id, text_fr, text_nl, text_en FROM caveat ORDER BY caveat_id"

REJECTED = """
SELECT dataset_id, reason, code, "rows", detail FROM rejected ORDER BY dataset_id, reason, code
"""

REJECTED_BY_REASON = """
SELECT dataset_id, reason, sum("rows")::BIGINT AS "rows", list(DISTINCT code ORDER BY code) AS codes
FROM rejected GROUP BY dataset_id, reason ORDER BY dataset_id, reason
"""

NOT_LOADED = """
SELECT n.*, p.name AS provider
FROM not_loaded AS n JOIN provider AS p USING (provider_id)
ORDER BY p.name, n.dataset_id
"""


class UnknownIndicator(LookupError):
    """No indicator has this identifier in the current build."""


def _text(row: dict[str, Any], prefix: str) -> Text:
    return Text(row[f"{prefix}_fr"], row[f"{prefix}_nl"], row[f"{prefix}_en"])


def _or_none(value: Any) -> Any:
    return None if pandas.isna(value) else value


def _records(sql: str) -> list[dict[str, Any]]:
    return list(store.query(sql).to_dict("records"))


def _indicator(row: dict[str, Any]) -> Indicator:
    headline, years_apart = _or_none(row["headline"]), _or_none(row["years_apart"])
    return Indicator(
        indicator_id=row["indicator_id"],
        dataset_id=row["dataset_id"],
        theme=row["theme"],
        label=_text(row, "label"),
        description=_text(row, "description"),
        unit=_text(row, "unit"),
        symbol=_text(row, "symbol"),
        kind=row["kind"],
        decimals=int(row["decimals"]),
        good=row["good"],
        numerator_id=_or_none(row["numerator_id"]),
        denominator_id=_or_none(row["denominator_id"]),
        scale=_or_none(row["scale"]),
        headline=None if headline is None else int(headline),
        stands_in_for=_or_none(row["stands_in_for"]),
        caveats=tuple(row["caveats"]),
        years_apart=None if years_apart is None else int(years_apart),
    )


def _source(row: dict[str, Any]) -> Source:
    return Source(
        dataset_id=row["dataset_id"],
        provider_id=row["provider_id"],
        provider=row["provider"],
        title=_text(row, "title"),
        homepage=row["homepage"],
        url=row["url"],
        licence=row["licence"],
        licence_url=row["licence_url"],
        citation=row["citation"],
        vintage=row["vintage"],
        origin=row["origin"],
        frequency=row["frequency"],
        published_at=_or_none(row["published_at"]),
        fetched_at=_or_none(row["fetched_at"]),
    )


@store.remembered
def indicators(theme: str | None = None) -> tuple[Indicator, ...]:
    """All indicators, or those of one theme, headline ones first."""
    return tuple(_indicator(row) for row in _records(INDICATORS) if theme in (None, row["theme"]))


@store.remembered
def indicator(indicator_id: str) -> Indicator:
    """One indicator; UnknownIndicator when the build has none of that name."""
    for candidate in indicators():
        if candidate.indicator_id == indicator_id:
            return candidate
    raise UnknownIndicator(indicator_id)


def numerator(rate: Indicator) -> Indicator | None:
    """The count or amount a rate is made of; None where its provider publishes the rate only."""
    return None if rate.numerator_id is None else indicator(rate.numerator_id)


@store.remembered
def sources(dataset_ids: Iterable[str] | None = None) -> tuple[Source, ...]:
    """The datasets, all or those named, ordered by provider."""
    wanted = None if dataset_ids is None else set(dataset_ids)
    return tuple(_source(row) for row in _records(SOURCES) if wanted is None or row["dataset_id"] in wanted)


@store.remembered
def caveats(caveat_ids: Iterable[str] | None = None) -> tuple[Caveat, ...]:
    """The named warnings, all or those named."""
    wanted = None if caveat_ids is None else set(caveat_ids)
    return tuple(
        Caveat(row["caveat_id"], _text(row, "text"))
        for row in _records(CAVEATS)
        if wanted is None or row["caveat_id"] in wanted
    )


def result(frame: pandas.DataFrame, of: Iterable[Indicator]) -> Result:
    """A frame with all that must go with it: the indicators, their sources and their caveats."""
    shown = tuple(of)
    return Result(
        frame=frame,
        indicators=shown,
        sources=sources(distinct(item.dataset_id for item in shown)),
        caveats=caveats(distinct(name for item in shown for name in item.caveats)),
    )


@store.remembered
def datasets() -> Result:
    """Every dataset with its provider: one row a dataset, for the method page."""
    return Result(frame=store.query(SOURCES), indicators=(), sources=sources())


@store.remembered
def rejected() -> Result:
    """Rows of the sources that did not become a figure, by dataset, reason and code."""
    return Result(frame=store.query(REJECTED), indicators=(), sources=sources())


@store.remembered
def rejected_by_reason() -> pandas.DataFrame:
    """The same, a row a dataset and reason: dataset_id, reason, rows, codes (a list in their order)."""
    return store.query(REJECTED_BY_REASON)


@store.remembered
def not_loaded() -> Result:
    """Datasets that are declared and published, but of which this build has no figure: one row each."""
    return Result(frame=store.query(NOT_LOADED), indicators=(), sources=())
