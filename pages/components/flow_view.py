"""The view `carte` of the page Flux: finding, map, what is shown of what there is, largest flows."""

from __future__ import annotations

from html import escape

import streamlit

from pages.components import flow_deck, flow_rows, view
from pages.components.context import Context
from warehouse.queries import flow_map
from warehouse.queries.flow_map import Selection, Summary
from warehouse.result import Result

LISTED = 12


def show(context: Context, selection: Selection) -> None:
    result = flow_map.chosen_flows(selection)
    summary = flow_map.summary(selection)
    view.heading(*_heading(context, selection, result, summary))
    left, right = streamlit.columns([flow_deck.SHARE, 1 - flow_deck.SHARE], gap="large")
    with left:
        flow_deck.show(context, selection, lambda shape, row: None)
        streamlit.html(f'<p class="note" data-testid="coverage">{escape(coverage(context, summary))}</p>')
    with right:
        _largest(context, result)
    view.close(context, result, columns(context), f"flux-{selection.border}-{selection.period}")


def coverage(context: Context, summary: Summary) -> str:
    """n flows shown of N, x % of the workers: what the choice leaves out."""
    words = context.words
    return words(
        "flows.coverage",
        shown=words.number(summary.shown_flows),
        all=words.number(summary.all_flows),
        share=words.number(summary.share or 0, 0),
        workers=words.number(summary.all_workers),
    )


def columns(context: Context) -> dict[str, str]:
    words = context.words
    language = words.language
    return {
        f"origin_{language}": words("flows.origin"),
        f"destination_{language}": words("flows.destination"),
        "value": words("flows.workers"),
        "flag_raw": words("flows.flag"),
        "period": words("flows.period"),
    }


def _heading(context: Context, selection: Selection, result: Result, summary: Summary) -> tuple[str, str]:
    words = context.words
    definition = result.frame[f"definition_{words.language}"].iloc[0] if not result.is_empty else ""
    if result.is_empty:
        return words(f"flows.border_{selection.border}"), definition
    first = result.frame.iloc[0].to_dict()
    title = words(
        "flows.title",
        origin=first[f"origin_{words.language}"],
        destination=first[f"destination_{words.language}"],
        value=flow_rows.printed(first, words),
        period=words.period(selection.period),
    )
    return title, definition


def _largest(context: Context, result: Result) -> None:
    words = context.words
    streamlit.subheader(words("flows.largest_flows"), anchor=False)
    rows = result.frame.head(LISTED).to_dict("records")
    items = "".join(
        f"<li>{escape(row[f'origin_{words.language}'])} → {escape(row[f'destination_{words.language}'])} "
        f"<b>{escape(flow_rows.printed(row, words))}</b></li>"
        for row in rows
    )
    streamlit.html(f'<ol class="flow-list">{items}</ol>')
