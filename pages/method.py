"""Méthode: sources, editions, licences, coverage and what was left out, all read from the warehouse."""

from __future__ import annotations

from collections.abc import Sequence

import pandas
import streamlit

from pages.components import coverage, freshness, tables, view
from pages.components.context import Context
from pages.components.words import Words
from warehouse import store
from warehouse.queries import catalogue, places
from warehouse.result import LANGUAGES, Indicator, Result

OUTLINES = ("outline_gisco", "outline_french", "outline_belgian", "outline_swiss")
CODES_SHOWN = 8
RULES = ("rule_states", "rule_area", "rule_unemployment", "rule_carry")


def show(context: Context) -> None:
    words = context.words
    view.heading(words("method.title"), words("method.subtitle"))
    streamlit.subheader(words("method.coverage"), anchor=False)
    streamlit.caption(words("method.coverage_note"))
    coverage.show(context)
    datasets = catalogue.datasets()
    _section(context, "sources", datasets, _sources(context, datasets))
    streamlit.subheader(words("method.outlines"), anchor=False)
    streamlit.markdown("\n".join(f"- {words(f'method.{outline}')}" for outline in OUTLINES))
    freshness.show(context)
    _definitions((context.build_id, words.language), words)
    _section(context, "rejected", catalogue.rejected(), _rejected(context))
    _areas((context.build_id, words.language), context)
    streamlit.subheader(words("method.rules"), anchor=False)
    streamlit.markdown("\n".join(f"- {words(f'method.{rule}')}" for rule in RULES))
    streamlit.subheader(words("method.accessibility"), anchor=False)
    streamlit.markdown(words("method.accessibility_text"))
    stamp = store.build_stamp()
    streamlit.caption(words("method.build", build=stamp.build_id, day=words.date(stamp.built_at)))


def _section(context: Context, name: str, whole: Result, shown: pandas.DataFrame) -> None:
    """A titled table, its note, and the whole of it to download."""
    words = context.words
    streamlit.subheader(words(f"method.{name}"), anchor=False)
    streamlit.caption(words(f"method.{name}_note"))
    tables.show(context, whole.with_frame(shown))
    with streamlit.container(horizontal=True, key=f"actions-{name}"):
        tables.downloads_of(context, whole, f"methode-{name}")


def _sources(context: Context, datasets: Result) -> pandas.DataFrame:
    words, frame = context.words, datasets.frame
    return pandas.DataFrame(
        {
            words("column.provider"): frame["provider"],
            words("column.dataset"): frame["dataset_id"],
            words("column.title"): frame[f"title_{words.language}"],
            words("column.vintage"): frame["vintage"],
            words("column.published"): _days(context, frame["published_at"]),
            words("column.frequency"): [words(f"frequency.{name}") for name in frame["frequency"]],
            words("column.origin"): [words(f"origin.{name}") for name in frame["origin"]],
            words("column.licence"): frame["licence"],
            words("column.rows"): frame["rows"],
            words("column.address"): frame["homepage"],
        }
    )


def _rejected(context: Context) -> pandas.DataFrame:
    words, frame = context.words, catalogue.rejected_by_reason()
    return pandas.DataFrame(
        {
            words("column.dataset"): frame["dataset_id"],
            words("column.reason"): [words(f"reason.{name}") for name in frame["reason"]],
            words("column.rows"): frame["rows"],
            words("column.codes"): [_some(codes) for codes in frame["codes"]],
        }
    )


def _some(codes: Sequence[str]) -> str:
    """The first codes of a group; the download has them all."""
    return ", ".join(codes[:CODES_SHOWN]) + (" …" if len(codes) > CODES_SHOWN else "")


@streamlit.cache_data(max_entries=len(LANGUAGES), show_spinner=False)
def _definitions(told: tuple[str, str], _words: Words) -> None:
    """One fold a theme, its indicators with unit, definition and what to be careful of.

    Kept under `told`, the build and the language: Streamlit draws again what it drew.
    """
    words = _words
    streamlit.subheader(words("method.definitions"), anchor=False)
    indicators = catalogue.indicators()
    for theme in dict.fromkeys(item.theme for item in indicators):
        with streamlit.expander(words(f"theme.{theme}")):
            # One element a theme: a hundred small ones took a fifth of the page's time.
            own = (_definition(words, item) for item in indicators if item.theme == theme)
            streamlit.markdown("\n\n".join(own))


def _definition(words: Words, indicator: Indicator) -> str:
    """Markdown."""
    caveats = [
        f":gray[:small[:material/warning: {words.of(caveat.text)}]]"
        for caveat in catalogue.caveats(indicator.caveats)
    ]
    named = f"**{words.of(indicator.label)}** ({words.of(indicator.unit)})"
    return "\n\n".join([named, words.of(indicator.description), *caveats])


@streamlit.cache_data(max_entries=len(LANGUAGES), show_spinner=False)
def _areas(told: tuple[str, str], _context: Context) -> None:
    """Every area with what makes it up; kept under `told` as the definitions are."""
    context, words = _context, _context.words
    streamlit.subheader(words("method.areas"), anchor=False)
    streamlit.caption(words("method.areas_note"))
    rows = [
        {
            words("column.area"): area[f"area_{words.language}"],
            words("column.members"): area[f"members_{words.language}"],
            words("column.composed_by"): area["source"],
        }
        for area in places.compositions().to_dict("records")
    ]
    rows += [
        {
            words("column.area"): words.of(point.name),
            words("column.members"): words("method.point"),
            words("column.composed_by"): "–",
        }
        for point in places.territories(("point",))
    ]
    tables.show(context, Result(pandas.DataFrame(rows), (), ()))


def _days(context: Context, days: pandas.Series) -> list[str]:
    return ["–" if pandas.isna(day) else context.words.date(day) for day in days]
