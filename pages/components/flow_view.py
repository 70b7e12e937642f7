"""The view `carte` of the page Flux: finding, map, what is shown of all, largest flows, one chosen."""

from __future__ import annotations

from html import escape

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
    unobserved = flow_said.unobserved(context, selection)
    flow_deck.show(
        context,
        Drawing(selection, _row(selection, chosen), tuple(unobserved.items())),
        lambda shape, row: _take(selection, shape, row),
    )
    flow_legend.show(context, flow_rows.drawable(flows), bool(unobserved))


def _take(selection: Selection, shape: str, row: int) -> None:
    """A click on the n-th arc or place chooses it; the drawing and the question have the same order."""
    if shape == "places":
        url.choose(CHOICE, _places(selection)[row])
    else:
        url.choose(CHOICE, _arcs(selection)[row])


def _row(selection: Selection, chosen: str) -> tuple[flow_rows.Shape, int] | None:
    """The shape and its row that are what is chosen; None where the map has none."""
    if chosen == NOTHING:
        return None
    shape: flow_rows.Shape = "arcs" if ">" in chosen else "places"
    names = _arcs(selection) if shape == "arcs" else _places(selection)[: flow_rows.TOLD_APART]
    return (shape, names.index(chosen)) if chosen in names else None


def _arcs(selection: Selection) -> list[str]:
    """What names each arc of the map in the address, in their order."""
    return _pairs(flow_rows.in_order(flow_map.chosen_flows(selection).frame))


def _places(selection: Selection) -> list[str]:
    """The territory of each place of the map, in their order."""
    ids: list[str] = flow_rows.located(flow_map.totals(selection).frame)["territory_id"].tolist()
    return ids


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
