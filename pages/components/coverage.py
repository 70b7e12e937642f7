"""The coverage matrix: what can be observed at each border, on which side, how finely, from when to when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

import pandas
import streamlit

from pages.components import ledger, maps, matrix, tables, url, view
from pages.components.context import Context
from warehouse.queries import coverage, places
from warehouse.result import Result

ALL = "tous"
FINEST = "fin"
SIDES = ("french", "other")
# Of several indicators without a figure the cell says what is closest to having one.
WITHOUT = ("missing", "other_level", "not_loaded", "not_observed")
MOST_PROVIDERS = 2
DRAWINGS_KEPT = 100


@dataclass(frozen=True)
class Choice:
    """What the reader narrows the matrix to: a theme, a border (its levels are then the columns), a level."""

    theme: str
    border: str
    level: str

    @property
    def row(self) -> str:
        return "theme" if self.theme == ALL else "indicator_id"

    @property
    def column(self) -> str:
        return "border" if self.border == ALL else "level"

    def of(self, frame: pandas.DataFrame) -> pandas.DataFrame:
        for name, chosen, every in (
            ("theme", self.theme, ALL),
            ("border", self.border, ALL),
            ("level", self.level, FINEST),
        ):
            frame = frame if chosen == every else frame[frame[name] == chosen]
        return frame


def show(context: Context) -> None:
    """Filters, matrix, legend, and the same row by row as table and files."""
    words = context.words
    whole = coverage.by_border()
    choice = _choice(context, whole.frame)
    shown = whole.with_frame(choice.of(whole.frame).reset_index(drop=True))
    streamlit.html(_drawn((context.build_id, words.language, choice), context, shown, choice))
    streamlit.html(_legend(context))
    with streamlit.container(horizontal=True, key="actions-coverage"):
        tables.downloads_of(context, shown, "methode-couverture")
    view.table(context, shown, _columns(context), "methode-couverture", partial(_told, context))


def _choice(context: Context, frame: pandas.DataFrame) -> Choice:
    words = context.words
    with streamlit.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        theme = url.widget(
            streamlit.selectbox,
            "domaine",
            words("column.theme"),
            [ALL, *frame["theme"].unique()],
            ALL,
            words,
            format_func=lambda name: words("coverage.any") if name == ALL else words(f"theme.{name}"),
            width=context.screen.fit(240),
        )
        border = url.widget(
            streamlit.selectbox,
            "voisin",
            words("column.border"),
            [ALL, *coverage.borders()],
            ALL,
            words,
            format_func=lambda name: words("coverage.any_border") if name == ALL else _name(context, name),
            width=context.screen.fit(240),
        )
        if border != ALL:
            return Choice(theme, border, FINEST)
        level = url.widget(
            streamlit.selectbox,
            "maille",
            words("column.level"),
            [FINEST, *_levels(frame)],
            FINEST,
            words,
            format_func=lambda name: words("coverage.finest") if name == FINEST else words(f"level.{name}"),
            width=context.screen.fit(320),
        )
    return Choice(theme, border, level)


def _levels(frame: pandas.DataFrame) -> list[str]:
    there = set(frame["level"].unique())
    return [level for level in coverage.LEVELS if level in there]


@streamlit.cache_data(max_entries=DRAWINGS_KEPT, show_spinner=False)
def _drawn(drawing: tuple[object, ...], _context: Context, _shown: Result, _choice: Choice) -> str:
    """HTML of the matrix, kept under `drawing`: the same choice is drawn once for all readers."""
    context, choice, frame = _context, _choice, _shown.frame
    words = context.words
    labels = {item.indicator_id: words.of(item.label) for item in _shown.indicators}
    columns = coverage.borders() if choice.column == "border" else _levels(frame)
    named = [
        _name(context, column) if choice.column == "border" else words(f"level.{column}")
        for column in columns
    ]
    cells = dict(tuple(frame.groupby([choice.row, choice.column, "side"])))
    rows = []
    for name in frame[choice.row].unique():
        head = escape(labels[name]) if choice.row == "indicator_id" else _theme_link(context, name, choice)
        rows.append(
            matrix.Row(head, tuple(_cell(context, cells, name, column, choice) for column in columns))
        )
    return matrix.html([words(f"coverage.{choice.row}"), *named], rows, "coverage")


def _theme_link(context: Context, theme: str, choice: Choice) -> str:
    address = url.to("methode", domaine=theme, voisin=choice.border)
    return ledger.link(address, context.words(f"theme.{theme}"))


def _cell(
    context: Context,
    cells: Mapping[tuple[str, str, str], pandas.DataFrame],
    row: str,
    column: str,
    choice: Choice,
) -> str:
    """The French side above, the other below: colour, position and a word for screen readers say which."""
    halves = ""
    for side in SIDES:
        state, parts = _half(context, cells.get((row, column, side)), choice)
        aside = context.words("coverage.aside_french" if side == "french" else "coverage.aside_other")
        written = " ".join(f"<span>{escape(part)}</span>" for part in parts)
        halves += f'<p class="half {side} {state}"><span class="aside">{escape(aside)}</span>{written}</p>'
    return halves


def _half(context: Context, rows: pandas.DataFrame | None, choice: Choice) -> tuple[str, list[str]]:
    """State and text of one side: the finest level with figures and its years, or why there is none."""
    words = context.words
    if rows is None:
        return "other_level", ["–"]
    known = rows[rows["state"] == "value"]
    if known.empty:
        state = next(name for name in WITHOUT if (rows["state"] == name).any())
        if state == "other_level":
            return state, ["–"]
        said = words(f"coverage.{state}")
        # A national office of a third country is not to be named for what it has no reason to measure.
        named = rows[(rows["state"] == state) & rows["concerns_border"]]
        providers = sorted(set(named["provider"]))
        if state == "not_loaded" or not 0 < len(providers) <= MOST_PROVIDERS:
            return state, [said]
        return state, [f"{said} ({words.listing(providers)})"]
    level = _levels(known)[0]
    own = known[known["level"] == level]
    years = _years(own["first_year"].min(), own["last_year"].max())
    parts = [years] if choice.column == "level" else [_level_name(context, level, own), years]
    if choice.row == "indicator_id":
        parts.append(words("coverage.of", count=own["territories"].sum(), existing=own["existing"].sum()))
    return "value", parts


def _years(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


def _level_name(context: Context, level: str, own: pandas.DataFrame) -> str:
    """département, canton, province: what the level is called in that country."""
    return context.words(f"kind.{level}_{own['country'].iloc[0]}")


def _name(context: Context, country: str) -> str:
    return context.words.of(places.territory(country).name)


def _legend(context: Context) -> str:
    words = context.words
    keys = [
        maps.key("side_french", words("side.french")),
        maps.key("side_other", words("coverage.other_side")),
        maps.state_key(context, "not_observed", words("coverage.not_observed_why")),
        maps.state_key(context, "not_loaded", words("coverage.not_loaded_why")),
    ]
    dash = f'<span class="key">– {escape(words("coverage.other_level_why"))}</span>'
    return f'<div class="legend">{"".join(keys)}{dash}</div>'


def _told(context: Context, shown: Result) -> Result:
    """The rows with what a reader reads instead of codes."""
    words, frame = context.words, shown.frame
    labels = {item.indicator_id: words.of(item.label) for item in shown.indicators}
    sides = {"french": words("side.french"), "other": words("coverage.other_side")}
    return shown.with_frame(
        frame.assign(
            theme_label=_said(frame["theme"], lambda name: words(f"theme.{name}")),
            indicator_label=frame["indicator_id"].map(labels),
            border_label=_said(frame["border"], lambda name: _name(context, name)),
            side_label=frame["side"].map(sides),
            level_label=_said(frame["level"], lambda name: words(f"level.{name}")),
            state_label=_said(frame["state"], lambda name: words(f"coverage.{name}_why")),
        )
    )


def _said(codes: pandas.Series, say: Callable[[str], str]) -> pandas.Series:
    """Codes as a reader reads them; the rows are thousands, the codes a few."""
    return codes.map({code: say(code) for code in codes.unique()})


def _columns(context: Context) -> dict[str, str]:
    names: Sequence[tuple[str, str]] = (
        ("theme_label", "theme"),
        ("indicator_label", "indicator"),
        ("border_label", "border"),
        ("side_label", "side"),
        ("level_label", "level"),
        ("first_year", "first_year"),
        ("last_year", "last_year"),
        ("territories", "regions"),
        ("existing", "existing"),
        ("state_label", "state"),
        ("provider", "provider"),
    )
    return {column: context.words(f"column.{name}") for column, name in names}
