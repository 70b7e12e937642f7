"""Theme → specific objective → action → indicator: what could lead to a figure, and what is missing."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas
import plotly.graph_objects as go
import streamlit

from pages.components import addresses, ledger, maps, matrix, proposals, sankey, theme_page, url, view
from pages.components.context import Context
from pages.components.sankey import Node, Path
from pages.components.words import Words
from warehouse.queries import strategy

ALL = "tous"
DRAWINGS_KEPT = 64
STEPS = ("theme", "objective", "action", "indicator")


def show(context: Context) -> None:
    words = context.words
    whole = strategy.chain()
    above = streamlit.container()
    theme, only_gaps = _choices(context)
    frame = whole.frame
    if theme != ALL:
        frame = frame[frame["theme_id"] == theme]
    with above:
        view.heading(*(_heading(words, frame) if theme == ALL else _heading_of_one(words, frame)))
    if only_gaps:
        frame = frame[frame["is_without_indicator"]]
    # The gaps are the point: they come first, in the drawing as in the table.
    frame = frame.sort_values("is_without_indicator", ascending=False, kind="stable")
    if frame.empty:
        view.empty(context, words("chain.no_gap"), words("strategy.widen"))
        return
    drawing = (*context.look, theme, only_gaps)
    if not context.screen.is_phone:
        sankey.show(_drawn(drawing, context, frame), "sankey-chain", words("chain.alternative"))
        keys = [maps.key("leads", words("chain.leads")), maps.key("ends", words("chain.no_indicator"))]
        streamlit.html(f'<div class="legend" data-testid="legend">{"".join(keys)}</div>')
    proposed = ledger.tag(words("chain.proposed"), "first")
    streamlit.html(f'<p class="note">{proposed} {escape(words("chain.note"))}</p>')
    streamlit.html(_matrix(drawing, context, frame, with_reasons=theme != ALL))
    links = strategy.links(None if theme == ALL else theme)
    shown = links.frame["theme_id"].isin(frame["theme_id"])
    proposals.close(context, links.with_frame(links.frame[shown]), "strategie-chaine")


def _choices(context: Context) -> tuple[str, bool]:
    words = context.words
    labels = theme_page.names(words)
    with streamlit.container(horizontal=True, vertical_alignment="bottom", key="filters-chain", gap="small"):
        theme = url.widget(
            streamlit.selectbox,
            "theme",
            words("meetings.theme"),
            [ALL, *labels],
            ALL,
            words,
            format_func=lambda name: labels.get(name, words("meetings.all_themes")),
            width=context.screen.fit(240),
        )
        shown = url.widget(
            streamlit.segmented_control,
            "lacunes",
            words("chain.which"),
            ("toutes", "seules"),
            "toutes",
            words,
            format_func=lambda name: words(f"chain.gaps_{name}"),
        )
    return theme, shown == "seules"


def _heading(words: Words, frame: pandas.DataFrame) -> tuple[str, str]:
    """How many themes no indicator informs, and which ones one does."""
    themes = frame.drop_duplicates("theme_id")
    informed = themes[~themes["is_without_indicator"]]
    return (
        words("chain.title", count=len(themes) - len(informed), total=len(themes)),
        words(
            "chain.subtitle",
            count=len(informed),
            themes=words.listing(list(informed[f"theme_{words.language}"])),
        ),
    )


def _heading_of_one(words: Words, frame: pandas.DataFrame) -> tuple[str, str]:
    """What one theme leads to, step by step; a step it does not reach is said."""
    said = []
    for step in STEPS[1:]:
        count = frame[f"{step}_id"].nunique()
        said.append(words.count(f"chain.{step}s", count) if count else words(f"chain.no_{step}"))
    title = words("dossier.title", theme=frame[f"theme_{words.language}"].iloc[0], said=", ".join(said))
    return title, words("chain.subtitle_of_one")


@streamlit.cache_resource(max_entries=DRAWINGS_KEPT, show_spinner=False)
def _drawn(drawing: tuple[object, ...], _context: Context, _frame: pandas.DataFrame) -> go.Figure:
    """Kept under `drawing`: the same chain is drawn once for all readers."""
    steps = [_context.words(f"chain.step_{step}") for step in STEPS]
    return sankey.draw(_context, _paths(_context, _frame), steps)


def _paths(context: Context, frame: pandas.DataFrame) -> list[Path]:
    """Every path as far as it leads; one that reaches no indicator ends in the gap."""
    words = context.words
    gap = Node("gap", words("chain.no_indicator"), len(STEPS) - 1, is_gap=True)
    paths = []
    for row in frame.to_dict("records"):
        reached = [step for step in STEPS if isinstance(row[f"{step}_id"], str)]
        nodes = [_node(words.language, row, step) for step in reached]
        proposed = words("chain.proposed")
        reasons = [f"{proposed}\n{row[f'{step}_reason_{words.language}']}" for step in reached[1:]]
        if reached[-1] != "indicator":
            nodes.append(gap)
            reasons.append("")
        paths.append(Path(tuple(nodes), tuple(reasons)))
    return paths


def _node(language: str, row: dict[str, Any], step: str) -> Node:
    code = row.get(f"{step}_code")
    label = str(row[f"{step}_{language}"])
    name = f"{step}:{row[f'{step}_id']}"
    return Node(name, f"{code} {label}" if isinstance(code, str) else label, STEPS.index(step))


@streamlit.cache_resource(max_entries=DRAWINGS_KEPT, show_spinner=False)
def _matrix(
    drawing: tuple[object, ...], _context: Context, _frame: pandas.DataFrame, with_reasons: bool
) -> str:
    """Kept like the drawing. One theme has room for the reason of each link beside it."""
    words = _context.words
    rows = [
        matrix.Row(
            ledger.link(addresses.theme(str(theme_id)), own[f"theme_{words.language}"].iloc[0]),
            tuple(_cell(_context, own, step, with_reasons) for step in STEPS[1:]),
        )
        for theme_id, own in _frame.groupby("theme_id", sort=False)
    ]
    return matrix.html([words(f"chain.step_{step}") for step in STEPS], rows, "chain")


def _cell(context: Context, own: pandas.DataFrame, step: str, with_reasons: bool) -> str:
    """The things of one step, each a link, or that there is none and what would be needed. HTML."""
    words = context.words
    found = own.dropna(subset=[f"{step}_id"]).drop_duplicates(f"{step}_id")
    items = [
        ledger.link(addresses.of(step, row[f"{step}_id"]), _node(words.language, row, step).label)
        + (proposals.reason(context, row[f"{step}_reason_{words.language}"]) if with_reasons else "")
        for row in found.to_dict("records")
    ]
    if items:
        return ledger.listing(items)
    needed = own[f"needed_{words.language}"].iloc[0]
    html = f'<span class="gap">{escape(words(f"chain.no_{step}"))}</span>'
    if step == "indicator" and isinstance(needed, str):
        html += f'<p class="note">{escape(words("chain.needed"))} {escape(needed)}</p>'
    return html
