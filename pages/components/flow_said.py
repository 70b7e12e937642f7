"""What the page Flux says of a selection in words: its finding, what it leaves out, what nobody observes."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas

from pages.components import flow_rows
from pages.components.context import Context
from warehouse.queries import flow_map, flow_offers
from warehouse.queries.flow_map import Selection, Summary
from warehouse.result import Result

# A finding says how one way compares with the other only when they are this far apart.
CLEARLY = 1.2


def journey(context: Context, row: dict[str, Any]) -> str:
    """Nord → Belgique"""
    language = context.words.language
    return f"{row[f'origin_{language}']} → {row[f'destination_{language}']}"


def journeys(context: Context, flows: pandas.DataFrame) -> list[str]:
    """The journey of every flow, in their order."""
    language = context.words.language
    ends = zip(flows[f"origin_{language}"].tolist(), flows[f"destination_{language}"].tolist(), strict=True)
    return [f"{origin} → {destination}" for origin, destination in ends]


def heading(context: Context, selection: Selection, result: Result) -> tuple[str, str]:
    """The largest flow, against the other way where that is known, else as a part of all; what is counted."""
    words = context.words
    border = words(f"flows.border_{selection.border}")
    labels = flow_map.labels()[words.language]
    definition = labels[selection.source_id.partition("@")[0]]
    subtitle = words(
        "flows.subtitle", border=border, definition=definition, period=words.period(selection.period)
    )
    if result.is_empty:
        return border, subtitle
    first = result.frame.iloc[0].to_dict()
    known = {
        "journey": journey(context, first),
        "value": flow_rows.printed(first, words),
        "period": words.period(selection.period),
    }
    back = result.frame[
        (result.frame["origin_id"] == first["destination_id"])
        & (result.frame["destination_id"] == first["origin_id"])
    ]
    if not back.empty and first["value"] > CLEARLY * back["value"].iloc[0]:
        times = words.number(first["value"] / back["value"].iloc[0], 1)
        return words("flows.title_both", **known, times=times), subtitle
    share = 100 * first["value"] / result.frame["value"].sum()
    if len(result.frame) > 1:
        return words("flows.title_share", **known, share=words.number(share)), subtitle
    return words("flows.title", **known), subtitle


def coverage(context: Context, summary: Summary) -> str:
    """n flows shown of N, x % of the workers: what the choice leaves out."""
    words = context.words
    return words(
        "flows.coverage_one" if summary.shown_flows == 1 else "flows.coverage_many",
        shown=words.number(summary.shown_flows),
        all=words.number(summary.all_flows),
        share=words.number(summary.share or 0, 0 if summary.share is None or summary.share >= 10 else 1),
        workers=words.number(summary.all_workers),
    )


def why_nothing(context: Context, selection: Selection, summary: Summary) -> tuple[str, str]:
    """Why no flow is left, and the nearest choice that has some."""
    words = context.words
    if not summary.all_flows:
        way = "in" if selection.direction == "in" else "out"
        return _unobserved_sentence(context, selection, way), ""
    if selection.threshold > summary.largest_flow:
        return (
            words("flows.above_the_largest", threshold=words.number(selection.threshold)),
            words("flows.largest_is", largest=words.number(summary.largest_flow)),
        )
    return words("flows.empty"), words("flows.empty_advice")


def unobserved(context: Context, selection: Selection) -> dict[str, str]:
    """`out`, `in` -> what to write on the map where the source says nothing that way."""
    wanted = {"out": ("out",), "in": ("in",)}.get(selection.direction, ("out", "in"))
    found = flow_offers.observed(selection)
    words = context.words
    return {
        way: words("flows.unobserved_label", way=_way(context, selection, way))
        for way in wanted
        if not found[way].is_observed
    }


def notes(context: Context, selection: Selection, result: Result) -> list[str]:
    """Sentences under the map, none where there is nothing to say."""
    words = context.words
    said = [_unobserved_sentence(context, selection, way) for way in unobserved(context, selection)]
    flows = result.frame
    at_home = flows[flows["origin_id"] == flows["destination_id"]]
    unplaced = len(flows) - len(flow_rows.drawable(flows)) - len(at_home)
    if len(at_home):
        said.append(words.count("flows.at_home", len(at_home)))
    if unplaced:
        said.append(words.count("flows.unplaced", unplaced))
    if len(flows) > flow_rows.TOLD_APART:
        said.append(words("flows.many_drawn"))
    if not selection.with_press and (
        more := flow_offers.added_by_press(selection.border, selection.source_id)
    ):
        said.append(words.count("flows.more_with_press", more))
    if flow_offers.is_published_only():
        said.append(words("flows.refresh_would_add"))
    return said


def chosen(context: Context, flows: pandas.DataFrame, name: str) -> str:
    """What is chosen, as HTML: a flow with its other way, or a place with its totals."""
    words = context.words
    if ">" in name:
        origin, destination = name.split(">")
        lines = [
            _flow_line(context, flows, origin, destination),
            _flow_line(context, flows, destination, origin),
        ]
        body = "".join(f"<p>{line}</p>" for line in lines)
        return f'<div class="flow-chosen" data-testid="chosen">{body}</div>'
    leaving, arriving = flows[flows["origin_id"] == name], flows[flows["destination_id"] == name]
    label = (
        leaving[f"origin_{words.language}"].iloc[0]
        if len(leaving)
        else arriving[f"destination_{words.language}"].iloc[0]
    )
    out, into = leaving["value"].sum(), arriving["value"].sum()
    said = words("flows.place_out_in", out=words.number(out), into=words.number(into))
    return (
        f'<div class="flow-chosen" data-testid="chosen"><p><b>{escape(label)}</b></p>'
        f"<p>{escape(said)}</p></div>"
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
        "source_kind": words("flows.read_in"),
    }


def _flow_line(context: Context, flows: pandas.DataFrame, origin: str, destination: str) -> str:
    words = context.words
    found = flows[(flows["origin_id"] == origin) & (flows["destination_id"] == destination)]
    if found.empty:
        back = flows[(flows["origin_id"] == destination) & (flows["destination_id"] == origin)].iloc[0]
        language = words.language
        way = f"{back[f'destination_{language}']} → {back[f'origin_{language}']}"
        return f"{escape(way)}{words('number.colon')} <i>{escape(words('state.not_observed'))}</i>"
    (said,) = flow_rows.written(found, flow_rows.reliability(found), words)
    return f"{escape(journey(context, found.iloc[0].to_dict()))}{words('number.colon')} <b>{escape(said)}</b>"


def _way(context: Context, selection: Selection, way: str) -> str:
    words = context.words
    here, there = words("flows.country_FR"), words(f"flows.country_{selection.border}")
    return f"{here} → {there}" if way == "out" else f"{there} → {here}"


def _unobserved_sentence(context: Context, selection: Selection, way: str) -> str:
    """Never zero: nobody of this source looks, or not that year; and who else does."""
    words = context.words
    found = flow_offers.observed(selection)[way]
    journey_said = _way(context, selection, way)
    if found.other_periods:
        return words(
            "flows.another_year",
            way=journey_said,
            period=words.period(selection.period),
            others=words.listing([words.period(period) for period in found.other_periods]),
        )
    labels = flow_map.labels()[words.language]
    others = [labels[name.partition("@")[0]] for name in found.other_sources[:2]]
    sentence = words("flows.not_observed", way=journey_said)
    return f"{sentence} {words('flows.others_observe', others=words.listing(others))}" if others else sentence
