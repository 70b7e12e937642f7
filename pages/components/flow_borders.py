"""Every border of France side by side: one definition, one width scale, a small frame a border."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit

from pages.components import flow_addresses, flow_said, url, view
from pages.components.context import Context
from warehouse.queries import flow_map, flow_offers
from warehouse.queries.flow_map import Selection, Summary
from warehouse.queries.places import NEIGHBOURS
from warehouse.result import joined

# The census counts residents of France at every border, which no other source does.
DEFINITION = "census"


@dataclass(frozen=True)
class _Frame:
    selection: Selection
    summary: Summary


def show(context: Context) -> None:
    words = context.words
    frames = [
        _Frame(found, flow_map.summary(found))
        for border in NEIGHBOURS
        if (found := flow_offers.best(border, definition_id=DEFINITION)) is not None
    ]
    if not frames:
        view.heading(words("flows.border_toutes"), "")
        view.empty(context, words("flows.nothing_published"))
        return
    most = max(frames, key=lambda frame: frame.summary.all_workers)
    total = sum(frame.summary.all_workers for frame in frames)
    view.heading(
        words(
            "flows.title_borders",
            country=words(f"flows.country_{most.selection.border}"),
            share=words.number(100 * most.summary.all_workers / total),
            total=words.number(total),
        ),
        flow_map.labels()[words.language][DEFINITION],
    )
    largest = max(frame.summary.largest_flow for frame in frames)
    streamlit.html(
        f'<div class="frames" data-testid="frames">'
        f"{''.join(_figure(context, frame, largest) for frame in frames)}</div>"
        f'<p class="note">{escape(words("flows.one_scale", largest=words.number(largest)))}</p>'
    )
    flows = joined(flow_map.chosen_flows(frame.selection) for frame in frames)
    view.close(context, flows, flow_said.columns(context), "flux-toutes-les-frontieres")


def _figure(context: Context, frame: _Frame, largest: float) -> str:
    words, selection = context.words, frame.selection
    name = words(f"flows.border_{selection.border}")
    asked = urlencode({"largest_flow": f"{largest:g}", "theme": context.palette.name})
    source = f"{flow_addresses.shape(context, selection, 'frame')}&{asked}"
    said = flow_said.coverage(context, frame.summary)
    link = url.to("flux", frontiere=selection.border, source=selection.source_id, periode=selection.period)
    return (
        f'<figure><a href="{escape(link)}" target="_self"><img src="{escape(source)}" alt="{escape(said)}" '
        f'loading="lazy" width="400" height="270"></a><figcaption><a href="{escape(link)}" target="_self">'
        f"<b>{escape(name)}</b></a>, {escape(words.period(selection.period))}<br>"
        f"{escape(words('flows.workers_in_all', count=words.number(frame.summary.all_workers)))}<br>"
        f'<span class="note">{escape(said)}</span></figcaption></figure>'
    )
