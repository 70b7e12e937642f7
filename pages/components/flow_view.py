"""The view `carte` of the page Flux: finding, map, what is shown of all, largest flows, one chosen."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas
import streamlit

from pages.components import flow_deck, flow_legend, flow_rows, flow_said, url, view
from pages.components.context import Context
from pages.components.flow_deck import Drawing
from warehouse.queries import flow_map
from warehouse.queries.flow_map import Selection
from warehouse.result import Result

LISTED = 10
NOTHING = "aucun"
CHOICE = "choix"
MARKS = {flow_rows.SOLID: "", flow_rows.LIGHT: " light", flow_rows.DASHED: " dashed"}


def show(context: Context, selection: Selection) -> None:
    result = flow_map.chosen_flows(selection)
    summary = flow_map.summary(selection)
    view.heading(*flow_said.heading(context, selection, result))
    if result.is_empty:
        view.empty(context, *flow_said.why_nothing(context, selection, summary))
    left, right = streamlit.columns([flow_deck.SHARE, 1 - flow_deck.SHARE], gap="large")
    places = flow_map.totals(selection).frame
    with right:
        chosen = _choose(context, result.frame, places)
    # What the browser takes longest to draw is sent first.
    with left:
        _map(context, selection, result.frame, chosen)
        if summary.all_flows:
            said = escape(flow_said.coverage(context, summary))
            streamlit.html(f'<p class="coverage" data-testid="coverage">{said}</p>')
    with right:
        _largest(context, result, chosen)
        _notes(context, selection, result)
    view.close(
        context, result, flow_said.columns(context), f"flux-{selection.border.lower()}-{selection.period}"
    )


def _map(context: Context, selection: Selection, flows: pandas.DataFrame, chosen: str) -> None:
    drawable = flow_rows.drawable(flows)
    arcs, discs = _highlighted(context, selection, chosen)
    unobserved = flow_said.unobserved(context, selection)
    flow_deck.show(
        context,
        Drawing(selection, drawable, arcs, discs, unobserved),
        lambda shape, row: _take(selection, shape, row),
    )
    with streamlit.container(horizontal=True, gap="small", vertical_alignment="center"):
        flow_legend.show(context, drawable, bool(unobserved))
        streamlit.button(
            context.words("flows.reset_view"),
            on_click=flow_deck.reset,
            type="tertiary",
            icon=":material/fit_screen:",
        )


def _take(selection: Selection, shape: str, row: int) -> None:
    """A click on the n-th arc or place chooses it; the drawing and the question have the same order."""
    if shape == "places":
        found = flow_rows.located(flow_map.totals(selection).frame)
        url.choose(CHOICE, str(found["territory_id"].iloc[row]))
    else:
        flows = flow_rows.in_order(flow_map.chosen_flows(selection).frame)
        url.choose(CHOICE, _pairs(flows.iloc[[row]])[0])


def _pairs(flows: pandas.DataFrame) -> list[str]:
    """What names each flow in the address."""
    ends = zip(flows["origin_id"].tolist(), flows["destination_id"].tolist(), strict=True)
    return [f"{origin}>{destination}" for origin, destination in ends]


def _choose(context: Context, flows: pandas.DataFrame, places: pandas.DataFrame) -> str:
    """The same choice as a click on the map, by list and keyboard: a flow or a place, or nothing.

    The list holds the largest, and whatever is chosen: on the map any of thousands may be.
    """
    words, wanted = context.words, url.wanted(CHOICE) or NOTHING
    origin, _, destination = wanted.partition(">")
    is_wanted = (flows["origin_id"] == origin) & (flows["destination_id"] == destination)
    listed = flows[is_wanted | (flows.index < flow_map.DRAWN_AT_ONCE)]
    located = places[(places["territory_id"] == wanted) | (places.index < flow_map.DRAWN_AT_ONCE)]
    names = dict(zip(_pairs(listed), flow_said.journeys(context, listed), strict=True))
    names |= dict(zip(located["territory_id"], located[f"name_{words.language}"], strict=True))
    return url.widget(
        streamlit.selectbox, CHOICE, words("flows.choose"), [NOTHING, *names], NOTHING, words,
        format_func=lambda name: words("flows.choose_nothing") if name == NOTHING else names[name],
    )  # fmt: skip


def _highlighted(
    context: Context, selection: Selection, chosen: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of the map that are what is chosen."""
    if chosen == NOTHING:
        return [], []
    if ">" not in chosen:
        places = flow_rows.rows(selection, "places", context.words)
        return [], [row for row in places if row["i"] == chosen]
    flows = flow_rows.in_order(flow_map.chosen_flows(selection).frame)
    arcs = flow_rows.rows(selection, "arcs", context.words)
    return [row for name, row in zip(_pairs(flows), arcs, strict=True) if name == chosen], []


def _largest(context: Context, result: Result, chosen: str) -> None:
    """What is chosen, then bars from pale to solid, each as its arc."""
    words = context.words
    if chosen != NOTHING:
        streamlit.html(flow_said.chosen(context, result.frame, chosen))
    if result.is_empty:
        return
    streamlit.subheader(words("flows.largest_flows"), anchor=False)
    longest = float(result.frame["value"].max())
    rows = []
    listed = result.frame.head(LISTED)
    lines = zip(listed.to_dict("records"), _pairs(listed), flow_rows.reliability(listed), strict=True)
    for row, name, look in lines:
        look_of_bar = f"{row['direction']}{MARKS[look]}"
        current = ' class="chosen"' if name == chosen else ""
        rows.append(
            f"<tr{current}><th scope='row'>{escape(flow_said.journey(context, row))}</th>"
            f'<td><i class="{look_of_bar}" style="width:{100 * row["value"] / longest:.1f}%"></i></td>'
            f"<td>{escape(flow_rows.printed(row, words))}</td></tr>"
        )
    streamlit.html(f'<table class="flow-bars" data-testid="flow-bars">{"".join(rows)}</table>')


def _notes(context: Context, selection: Selection, result: Result) -> None:
    """What nobody observes, what was left off the map, what the press adds, what a refresh would."""
    for note in flow_said.notes(context, selection, result):
        streamlit.html(f'<p class="note">{escape(note)}</p>')
