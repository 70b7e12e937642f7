"""The flow a reader looks at: from which place to which, among those somebody published."""

from __future__ import annotations

from dataclasses import dataclass

import pandas
import streamlit

from pages.components import url, view
from pages.components.context import Context
from pages.components.flow_choice import EVERY_BORDER, NO, YES
from warehouse.comparability import LEVELS
from warehouse.queries import flow_sources, flows

HOME = "FR"
_RANK = {level: rank for rank, level in enumerate(LEVELS)}


@dataclass(frozen=True)
class Pair:
    """`kinds` are the kinds of sources whose figures are shown."""

    origin_id: str
    destination_id: str
    origin: str
    destination: str
    kinds: tuple[str, ...]

    @property
    def journey(self) -> str:
        return f"{self.origin} → {self.destination}"


def choose(context: Context, border: str) -> Pair | None:
    """Draw the three filters and return what is chosen; None when no figure crosses that border.

    `border` is the country opposite France, or every one. Destinations offered are those of the origin.
    """
    words = context.words
    with streamlit.container(horizontal=True, vertical_alignment="bottom", key="filters-pair", gap="small"):
        slots = [streamlit.container(width="content") for _ in range(3)]
        with slots[2]:
            kinds = press(context)
        pairs = _across(border, flow_sources.pairs(kinds))
        if pairs.empty:
            return None
        with slots[0]:
            origin_id = _end(context, "origin", pairs, HOME)
        with slots[1]:
            own = pairs[pairs["origin_id"] == origin_id]
            destination_id = _end(context, "destination", own, border)
    (row,) = own[own["destination_id"] == destination_id].to_dict("records")
    language = words.language
    return Pair(origin_id, destination_id, row[f"origin_{language}"], row[f"destination_{language}"], kinds)


def nothing(context: Context, border: str) -> None:
    """What a view says of a border that no figure crosses."""
    view.heading(context.words(f"flows.border_{border}"), "")
    view.empty(context, context.words("pair.nothing"), context.words("pair.with_press"))


def press(context: Context) -> tuple[str, ...]:
    """Draw the switch of the figures read in the press and return the kinds of sources to show."""
    words = context.words
    chosen = url.widget(
        streamlit.segmented_control,
        "presse",
        words("flows.press_figures"),
        (NO, YES),
        NO,
        words,
        format_func=lambda name: words(f"flows.{name}"),
    )
    return flows.ALL_KINDS if chosen == YES else flows.BY_DEFAULT


def _across(border: str, pairs: pandas.DataFrame) -> pandas.DataFrame:
    ends = pairs[["origin_country", "destination_country"]]
    opposite = ends == border if border != EVERY_BORDER else ends != HOME
    return pairs[(ends == HOME).any(axis=1) & opposite.any(axis=1)]


def _end(context: Context, end: str, pairs: pandas.DataFrame, default: str) -> str:
    """Choose one end; the place that most sources measure comes first, the others by level and name."""
    words = context.words
    best = str(pairs[f"{end}_id"].iloc[0])
    ordered = pairs.drop_duplicates(f"{end}_id").sort_values(
        [f"{end}_level", f"{end}_{words.language}"],
        key=lambda column: column.map(_RANK) if column.name == f"{end}_level" else column,
    )
    labels = {row[f"{end}_id"]: _label(context, row, end) for row in ordered.to_dict("records")}
    return url.widget(
        streamlit.selectbox,
        {"origin": "origine", "destination": "destination"}[end],
        words(f"pair.{end}"),
        list(labels),
        default if default in labels else best,
        words,
        format_func=labels.__getitem__,
        width=context.screen.fit(300),
    )


def _label(context: Context, row: dict[str, str], end: str) -> str:
    """`Nord, département`: what a place is tells apart two of one name."""
    words = context.words
    name = row[f"{end}_{words.language}"]
    kind = f"kind.{row[f'{end}_level']}_{row[f'{end}_country']}"
    return f"{name} – {words(kind)}" if kind in words else name
