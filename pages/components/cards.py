"""Key figures: one indicator a row, the French side in blue, the other side in rust."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

import pandas
import streamlit

from pages.components.context import Context
from pages.components.flags import superscript
from pages.components.words import Words
from warehouse.queries import places
from warehouse.queries.key_figures import Card
from warehouse.result import Indicator, Source

SPARK_WIDTH, SPARK_HEIGHT = 144, 28
CARDS_KEPT = 500
LONGEST_LARGE = 14  # characters


@dataclass(frozen=True)
class Written:
    """A figure with its unit, and where it is of when that is not the whole side."""

    figure: str
    where: str


def show(context: Context, card: Card, flows: str) -> None:
    """Draw the card; `flows` is the ready row of cross-border workers, placed third."""
    rows = _sections(context.look, context, card)
    streamlit.html(
        f'<div class="figures" data-testid="key-figures">{"".join((*rows[:2], flows, *rows[2:]))}</div>'
    )


@streamlit.cache_data(max_entries=CARDS_KEPT, show_spinner=False)
def _sections(look: tuple[object, ...], _context: Context, _card: Card) -> list[str]:
    """A row an indicator, kept under `look`: the same card is written once for all readers."""
    # What only stands in for another on one side has no row of its own.
    leading = [item for item in _card.figures.indicators if item.headline is not None]
    return [_section(_context, _card, indicator) for indicator in leading]


def section(title: str, french: str, other: str, note: str) -> str:
    """One row of the card, from ready parts; only `title` is escaped here."""
    return (
        f"<section><h3>{escape(title)}</h3>"
        f'<div class="sides"><div class="side french">{french}</div>'
        f'<div class="side other">{other}</div></div>'
        f'<p class="note">{note}</p></section>'
    )


def figure(value: str, note: str, style: str = "") -> str:
    """A large figure and its line (side, year, flag); a figure too long for its column is written smaller."""
    size = " long" if len(value) > LONGEST_LARGE and not style else ""
    return f'<p class="value {style}{size}">{escape(value)}</p><p class="note">{note}</p>'


def _section(context: Context, card: Card, indicator: Indicator) -> str:
    frame = card.figures.frame
    told = {
        item.indicator_id: item
        for item in card.figures.indicators
        if indicator.indicator_id in (item.indicator_id, item.stands_in_for)
    }
    rows = {row["side"]: row for row in frame[frame["indicator_id"].isin(told)].to_dict("records")}
    used = {told[rows[side]["indicator_id"]].dataset_id for side in ("french", "other")}
    return section(
        context.words.of(indicator.label),
        *(_side(context, card, told[rows[side]["indicator_id"]], rows[side]) for side in ("french", "other")),
        _source_line(
            context, indicator, [item for item in card.figures.sources if item.dataset_id in used], rows
        ),
    )


def written(context: Context, row: dict[str, Any], indicator: Indicator) -> Written:
    """A row of the card (see `key_figures`) in the reader's words; both parts are empty without a figure."""
    words = context.words
    if row["form"] == "none":
        return Written("", "")
    if row["form"] == "value":
        return Written(words.compact(row["value"], indicator), _without(words, row["without"]))
    if row["low_id"] == row["high_id"]:
        return Written(words.figure(row["low"], indicator), words.of(places.territory(row["low_id"]).name))
    low = words.number(row["low"], indicator.decimals)
    spread = words.with_symbol(f"{low}–{words.number(row['high'], indicator.decimals)}", indicator)
    return Written(spread, words.regions(row["level"], int(row["regions"])))


def _without(words: Words, left_out: tuple[str, ...]) -> str:
    """sans Monaco: the members nobody measures."""
    if not left_out:
        return ""
    names = words.listing([words.of(places.territory(name).name) for name in left_out])
    return words("figure.without", names=names)


def _side(context: Context, card: Card, indicator: Indicator, row: dict[str, Any]) -> str:
    words = context.words
    side = escape(context.side_name(row["side"]))
    if row["form"] == "none":
        return figure(words(f"state.{row['reason']}"), side, "none")
    told = written(context, row, indicator)
    computed = words("figure.computed") if row["computed"] and indicator.kind == "rate" else ""
    year = f"{words.period(row['period'])}{superscript(row['flag_raw'])}"
    line = " · ".join(part for part in (side, year, escape(told.where), computed) if part)
    history = card.history
    mine = history[(history["indicator_id"] == indicator.indicator_id) & (history["side"] == row["side"])]
    return figure(told.figure, line) + sparkline(mine, context.palette.side(row["side"]))


def sparkline(history: pandas.DataFrame, colour: str) -> str:
    """The trend as a bare line with its first and last year; nothing below three points.

    An image, because Streamlit strips drawings from the HTML of a page.
    """
    if len(history) < 3:
        return ""
    ordered = history.sort_values("period_start")
    days = (ordered["period_start"] - ordered["period_start"].iloc[0]).dt.days
    values = ordered["value"]
    spread = (values.max() - values.min()) or 1.0
    across = days / max(days.iloc[-1], 1) * (SPARK_WIDTH - 4) + 2
    down = SPARK_HEIGHT - 3 - (values - values.min()) / spread * (SPARK_HEIGHT - 6)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, down, strict=True))
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}">'
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/></svg>'
    )
    years = f"{ordered['period'].iloc[0][:4]}–{ordered['period'].iloc[-1][:4]}"
    return f'<p class="trend note"><img alt="" src="data:image/svg+xml,{quote(drawing)}">{years}</p>'


def _source_line(
    context: Context, indicator: Indicator, sources: Sequence[Source], rows: dict[str, dict[str, Any]]
) -> str:
    words = context.words
    parts = [f"{escape(source.provider)}, {escape(source.dataset_id)}" for source in sources]
    if any(row["form"] == "range" and row["low_id"] != row["high_id"] for row in rows.values()):
        parts.append(words("figure.no_area_rate"))
    if any(row["form"] == "range" and row["larger"] for row in rows.values()):
        parts.append(words("figure.larger_regions"))
    if len(sources) > 1:
        parts.append(words("figure.two_sources"))
    if "commuter_caveat" in indicator.caveats:
        parts.append(words("figure.commuters"))
    return " · ".join(parts)
