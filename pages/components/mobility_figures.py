"""Published figures on travel: a chart is one survey and one population, and each figure names its source."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas
import streamlit

from pages.components import bars, ledger, url, view
from pages.components.bars import Bar
from pages.components.context import Context
from warehouse.queries import mobility, places
from warehouse.queries.flows import ALL_KINDS, BY_DEFAULT
from warehouse.result import Indicator, Result

YES, NO = "oui", "non"
ALL_MODES = "_T"
# Surveys of everybody who works or travels there: folded, since they do not say how people cross.
OF_EVERYBODY = ("all_workers", "all_trips")
LONGEST_UNFOLDED = 3
PER_CENT = 100.0
DRAWINGS_KEPT = 100
# An indicator a section, in this order; a question may have none published outside the press.
QUESTIONS = {
    "modes": ("modal_share", "modes_used"),
    "distances": (
        "commute_distance_mean",
        "commute_distance_median",
        "border_distance_mean",
        "trips_over_50_km",
        "trips_over_50_km_growth",
        "trips_under_10_km",
        "commute_time_mean",
        "commute_time_median",
        "leaving_before_7",
        "commute_emissions_ratio",
    ),
    "teletravail": ("telework_weekly", "telework_regular", "telework_any", "telework_possible"),
    "lignes": (
        "lines",
        "ridership_day",
        "ridership_year",
        "ridership_since_opening",
        "trains_day",
        "return_trips_day",
        "line_length",
        "crossing_workers",
        "crossing_vehicles",
        "crossing_trips",
    ),
    "etranger": ("working_abroad", "flow_living_here", "flow_working_here"),
}


def show(context: Context, question: str) -> None:
    words = context.words
    with context.filters:
        press = url.widget(
            streamlit.segmented_control, "presse", words("flows.press_figures"), (NO, YES), NO, words,
            format_func=lambda name: words(f"flows.{name}"), help=words("flows.press_help"),
        )  # fmt: skip
    result = _ordered(context, QUESTIONS[question], ALL_KINDS if press == YES else BY_DEFAULT)
    if result.is_empty:
        view.heading(words(f"mobility.nothing_{question}"), "")
        view.empty(context, words("mobility.only_press"), words("mobility.ask_press"))
        return
    view.heading(*_heading(context, result, words(f"mobility.subtitle_{question}")))
    ledger.show(_rows((*context.look, question, press), context, result), question)
    _press_left_out(context, question, press)
    view.close(context, _told(context, result), _columns(context), f"mobilite-{question}")


@streamlit.cache_resource(max_entries=DRAWINGS_KEPT, show_spinner=False)
def _rows(view: tuple[object, ...], _context: Context, _result: Result) -> list[ledger.Row]:
    """A row a survey, kept under `view`: the same charts are written once for all readers."""
    return [
        _row(_context, own, indicator, _whole(_context, _result, indicator))
        for indicator in _result.indicators
        for _, own in _own(_result, indicator).groupby("survey_id", sort=False)
    ]


def _ordered(context: Context, indicator_ids: Sequence[str], kinds: Sequence[str]) -> Result:
    """The figures of some indicators in that order; surveys of the chosen territory first, then newest."""
    result = mobility.figures(kinds=kinds)
    frame = result.frame[result.frame["indicator_id"].isin(indicator_ids)]
    if context.year is not None:
        frame = frame[frame["period"] <= context.year]
    latest = frame.groupby(["indicator_id", "survey_id"])["period"].transform("max").astype(int)
    order = pandas.DataFrame(
        {
            "section": [indicator_ids.index(name) for name in frame["indicator_id"]],
            "everybody": frame["population"].isin(OF_EVERYBODY),
            "far": ~frame["survey_id"].isin(frame.loc[_near(context, frame), "survey_id"]),
            "assumed": frame["period_assumed"],
            "age": -latest,
        }
    ).sort_values(["section", "everybody", "far", "assumed", "age"], kind="stable")
    known = {item.indicator_id: item for item in result.indicators}
    shown = frame.loc[order.index].reset_index(drop=True)
    indicators = tuple(known[name] for name in dict.fromkeys(shown["indicator_id"]))
    return Result(shown, indicators, result.sources, result.caveats)


def _near(context: Context, frame: pandas.DataFrame) -> pandas.Series[bool]:
    """Figures of a member of the chosen territory, of what holds it or of a part of it."""
    kin = frozenset[str]().union(*(places.family(name) for name in context.sides.all))
    # A whole country is near everything: it says nothing of this border.
    return mobility.touching(frame, kin - ({"FR", *places.NEIGHBOURS} - set(context.sides.all)))


def _own(result: Result, indicator: Indicator) -> pandas.DataFrame:
    return result.frame[result.frame["indicator_id"] == indicator.indicator_id]


def _heading(context: Context, result: Result, subtitle: str) -> tuple[str, str]:
    """The finding of the first survey on the chosen territory; without one, that there is none."""
    frame = result.frame
    is_near = _near(context, frame)
    of_crossers = frame[is_near & ~frame["population"].isin(OF_EVERYBODY)]
    if not of_crossers.empty:
        return _title(context, result, of_crossers), subtitle
    words = context.words
    title = words(
        "mobility.only_everybody" if is_near.any() else "mobility.none_here",
        territory=words.of(context.territory.name),
    )
    return title, f"{words('mobility.elsewhere')} {subtitle}"


def _title(context: Context, result: Result, near: pandas.DataFrame) -> str:
    """The figures of the first survey and mode, from the lowest to the highest: never of two surveys.

    `near` are those of the chosen territory: a survey may be of many.
    """
    words = context.words
    indicator = next(item for item in result.indicators if item.indicator_id == near["indicator_id"].iloc[0])
    own = near[near["indicator_id"] == indicator.indicator_id]
    for name in ("survey_id", "population"):
        own = own[own[name] == own[name].iloc[0]]
    own = own[own["period"] == own["period"].max()]
    first = own[own["mode"] == own.loc[own["value"].idxmax(), "mode"]].sort_values("value", kind="stable")
    low, high = first.iloc[0].to_dict(), first.iloc[-1].to_dict()
    label, mode = words.of(indicator.label), str(high[f"mode_{words.language}"]).lower()
    return words(
        "mobility.title_one" if len(first) == 1 else "mobility.title_many",
        label=label if high["mode"] == ALL_MODES else f"{label}, {mode}",
        low=words.figure(low["value"], indicator),
        low_of=_journey(context, low),
        high=words.figure(high["value"], indicator),
        high_of=_journey(context, high),
        period=high["period"],
    )


def _whole(context: Context, result: Result, indicator: Indicator) -> float:
    """The end of the scale that all charts of an indicator have, though none shows two surveys."""
    is_share = context.words.of(indicator.symbol) == "%"
    return PER_CENT if is_share else float(_own(result, indicator)["value"].max())


def _row(context: Context, own: pandas.DataFrame, indicator: Indicator, whole: float) -> ledger.Row:
    """One survey: a chart for each population it counts."""
    words, language = context.words, context.words.language
    survey = own["survey_id"].iloc[0]
    charts = ""
    for population, rows in own.groupby("population", sort=False):
        charts += f'<p class="note">{escape(rows[f"population_{language}"].iloc[0])}</p>'
        chart = bars.html(_bars(context, rows, indicator), f"{indicator.indicator_id}-{survey}", whole)
        if population in OF_EVERYBODY and len(rows) > LONGEST_UNFOLDED:
            count = words.count("mobility.figures", len(rows))
            chart = ledger.fold("", words("mobility.everybody"), count, chart)
        charts += chart
    return ledger.Row(
        over=_years(own["period"]),
        head=own[f"survey_{language}"].iloc[0],
        body=charts,
        section=words.of(indicator.label),
    )


def _years(periods: pandas.Series) -> str:
    first, last = min(periods), max(periods)
    return str(last) if first == last else f"{first}–{last}"


def _bars(context: Context, rows: pandas.DataFrame, indicator: Indicator) -> list[Bar]:
    """Grouped by journey where several modes or years are told of it."""
    words = context.words
    several_modes, several_years = rows["mode"].nunique() > 1, rows["period"].nunique() > 1
    drawn = []
    for row in rows.sort_values(["place_id", "destination_id"], kind="stable").to_dict("records"):
        mode = [row[f"mode_{words.language}"]] if row["mode"] != ALL_MODES else []
        parts = mode + ([row["period"]] if several_years else [])
        journey = _journey(context, row)
        grouped = several_modes or several_years
        drawn.append(
            Bar(
                label=" · ".join(parts if grouped else [journey, *mode]),
                value=row["value"],
                written=words.figure(row["value"], indicator),
                group=journey if grouped else "",
                note=_note(context, row),
                source=row["source_title"],
                source_address=row["source_url"],
            )
        )
    return drawn


def _journey(context: Context, row: dict[str, Any]) -> str:
    """The line, else from where to where; an end that is not told is left out."""
    language = context.words.language
    if pandas.notna(row[f"line_{language}"]):
        return str(row[f"line_{language}"])
    ends = [row[f"{end}_{language}"] for end in ("origin", "destination")]
    return " → ".join(str(end) for end in ends if pandas.notna(end))


def _note(context: Context, row: dict[str, Any]) -> str:
    """How it was printed and what else must be known."""
    words = context.words
    printed = f"flow.{row['reliability']}"
    note = row[f"note_{words.language}"]
    parts = [
        words(printed).rstrip(",") if printed in words else "",
        words("mobility.year_assumed") if row["period_assumed"] else "",
        note if pandas.notna(note) else "",
    ]
    return " · ".join(part for part in parts if part)


def _press_left_out(context: Context, question: str, press: str) -> None:
    """How many figures of the question are left out until the press is asked for."""
    if press == YES:
        return
    whole = mobility.figures(kinds=ALL_KINDS).frame
    left_out = whole["indicator_id"].isin(QUESTIONS[question]) & ~whole["source_kind"].isin(BY_DEFAULT)
    if left_out.any():
        streamlit.caption(context.words.count("mobility.press_left_out", int(left_out.sum())))


def _told(context: Context, result: Result) -> Result:
    words, frame = context.words, result.frame
    indicators = {item.indicator_id: item for item in result.indicators}
    rows = frame.to_dict("records")
    return result.with_frame(
        frame.assign(
            indicator_label=[words.of(indicators[name].label) for name in frame["indicator_id"]],
            journey=[_journey(context, row) for row in rows],
            figure=[words.figure(row["value"], indicators[row["indicator_id"]]) for row in rows],
            note=[_note(context, row) for row in rows],
        )
    )


def _columns(context: Context) -> dict[str, str]:
    words = context.words
    return {
        "indicator_label": words("column.indicator"),
        f"survey_{words.language}": words("column.survey"),
        f"population_{words.language}": words("column.population"),
        "journey": words("column.journey"),
        f"mode_{words.language}": words("column.mode_of_travel"),
        "period": words("column.period"),
        "figure": words("column.figure"),
        "producer": words("column.producer"),
        "note": words("column.note"),
        "source_title": words("column.publication"),
    }
