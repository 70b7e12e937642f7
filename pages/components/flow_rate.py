"""How many employed residents work abroad: map, count over a threshold, and what others published."""

from __future__ import annotations

from typing import Any

import pandas
import streamlit

from pages.components import bars, flow_pair, flow_shapes, maps, url, view
from pages.components.bars import Bar
from pages.components.basemap import Outline
from pages.components.classes import Classes, natural
from pages.components.context import Context
from pages.components.drawing import Drawing
from pages.components.flow_choice import EVERY_BORDER
from warehouse import territories
from warehouse.queries import mobility, observations, outgoing_rate
from warehouse.result import Indicator, Result

MAP_SHARE = 0.62
DRAWINGS_KEPT = 64
LISTED = 12
REACH = 0.3  # of the frame, beyond which nothing is drawn
# One employed resident in so many.
ONE_IN = {"2": 50.0, "4": 25.0, "10": 10.0, "20": 5.0}
PUBLISHED = "working_abroad"


def show(context: Context, border: str) -> None:
    words = context.words
    if outgoing_rate.is_loaded():
        _computed(context, border)
    else:
        view.heading(words("rate.title_published"), words("rate.subtitle_published"))
        view.empty(context, words("rate.not_loaded"))
    streamlit.subheader(words("rate.published"), anchor=False)
    _published(context, mobility.figures(PUBLISHED, flow_pair.press(context)))


def _computed(context: Context, border: str) -> None:
    words = context.words
    with streamlit.container(horizontal=True, vertical_alignment="bottom", key="filters-rate", gap="small"):
        level, period, one_in = _choices(context)
    opposite = None if border == EVERY_BORDER else border
    result = outgoing_rate.rates(level, period, opposite)
    near = _near(result, opposite)
    count = outgoing_rate.reaching(near, ONE_IN[one_in])
    share = words(f"rate.one_in_{one_in}")
    title = (
        words(
            "rate.title", places=words.count(f"rate.{level}", count), share=share, period=words.period(period)
        )
        if count
        else _none_reaches(context, near, share, period)
    )
    view.heading(
        title, words("rate.subtitle", around=words(f"flows.border_{border}"), period=words.period(period))
    )
    drawing = (*context.look, level, period, border)
    left, right = streamlit.columns([MAP_SHARE, 1 - MAP_SHARE], gap="large")
    with left:
        map_drawn, classes = _drawn(drawing, context, near, level, opposite)
        maps.show(context, map_drawn, "map-rate", words("rate.alternative"))
        maps.legend(context, classes, result.indicator, maps.absent_states(near.frame), [])
    with right:
        streamlit.subheader(words("rate.highest"), anchor=False)
        bars.show(_bars(context, near), "rate")
    columns = {
        f"name_{words.language}": words("column.territory"),
        "country": words("column.country"),
        "value": words("column.value"),
        "period": words("column.period"),
    }
    known = near.with_frame(near.frame[near.frame["value"].notna()].reset_index(drop=True))
    view.close(context, known, columns, f"flux-taux-{level}-{period}", period[:4])


def _none_reaches(context: Context, result: Result, share: str, period: str) -> str:
    words = context.words
    highest = result.frame.nlargest(1, "value").iloc[0]
    return words(
        "rate.title_none",
        share=share,
        name=highest[f"name_{words.language}"],
        value=words.figure(highest["value"], result.indicator),
        period=words.period(period),
    )


def _choices(context: Context) -> tuple[str, str, str]:
    words = context.words
    levels = outgoing_rate.levels()
    level = url.widget(
        streamlit.segmented_control, "maille", words("flows.level"), levels, levels[0], words,
        format_func=lambda name: words(f"level.{name}"),
    )  # fmt: skip
    periods = observations.periods(outgoing_rate.INDICATOR)[::-1]
    period = url.widget(
        streamlit.selectbox, "periode", words("flows.period"), periods, periods[0], words,
        width=context.screen.fit(110),
    )  # fmt: skip
    one_in = url.widget(
        streamlit.segmented_control, "part", words("rate.threshold"), list(ONE_IN), "4", words,
        format_func=lambda name: words(f"rate.one_in_{name}"), wrap=True,
    )  # fmt: skip
    return level, period, one_in


def _near(result: Result, border: str | None) -> Result:
    """The territories around the border, or all of them."""
    if border is None:
        return result
    box = _box(border)
    return result.with_frame(result.frame[result.frame["territory_id"].isin(territories.around(box, REACH))])


def _box(border: str | None) -> territories.Bounds:
    return territories.bounds(["FR"]) if border is None else flow_shapes.border_bounds(border)


@streamlit.cache_resource(max_entries=DRAWINGS_KEPT, show_spinner=False)
def _drawn(
    drawing: tuple[object, ...], _context: Context, _near: Result, _level: str, _border: str | None
) -> tuple[Drawing, Classes]:
    """The map and its classes, the same for every year; kept under `drawing` for all readers."""
    indicator: Indicator = _near.indicator
    values = observations.values_of(indicator.indicator_id, _level)
    classes = natural(values, _context.palette.sequential, indicator.decimals)
    highest = _near.frame.nlargest(LISTED, "value")["territory_id"]
    by_layer = _near.with_frame(_near.frame.assign(level=_near.frame["layer"]))
    figure = maps.choropleth(_context, by_layer, classes, Outline(()), list(highest))
    return maps.fit(_context, figure, _box(_border)), classes


def _bars(context: Context, result: Result) -> list[Bar]:
    words = context.words
    return [
        Bar(
            label=row[f"name_{words.language}"],
            value=round(row["value"] * 10),
            written=words.figure(row["value"], result.indicator),
        )
        for row in result.frame.dropna(subset=["value"]).nlargest(LISTED, "value").to_dict("records")
    ]


def _published(context: Context, result: Result) -> None:
    """What others published, survey by survey: two surveys share neither people nor year."""
    words = context.words
    if result.is_empty:
        return
    frame = result.frame
    rows = [
        Bar(
            label=row[f"origin_{words.language}"],
            value=round(row["value"]),
            written=words.with_symbol(_printed(context, row), result.indicator),
            group=f"{row[f'survey_{words.language}']}, {words.period(row['period'])}",
            note=f"{row['producer']} · {row['source_title']}",
        )
        for _, own in frame.groupby(["survey_id", "period"], sort=False)
        for row in own.to_dict("records")
    ]
    bars.show(rows, "rate-published", whole=100)
    streamlit.caption(words("rate.apart"))
    columns = {
        f"origin_{words.language}": words("column.territory"),
        "value": words("column.value"),
        "period": words("column.period"),
        f"survey_{words.language}": words("column.definition"),
        "producer": words("column.producer"),
        "source_title": words("column.publication"),
    }
    view.close(context, result, columns, "flux-taux-publies")


def _printed(context: Context, row: dict[str, Any]) -> str:
    value = pandas.to_numeric(row["value"])
    return context.words.number(value, 0 if value == int(value) else 1)
