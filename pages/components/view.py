"""The end of every view, always at the same place: source, definition, table, downloads, link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

import streamlit

from pages.components import tables, url
from pages.components.context import Context
from warehouse.result import Result, Source

ORIGINS_SHOWN = ("archive", "published", "computed", "proposed")


def heading(title: str, subtitle: str) -> None:
    """The finding as the page's title, and one grey line: what is measured, where, when, unit."""
    streamlit.title(title, anchor=False)
    if subtitle:
        streamlit.html(f'<p class="subtitle">{escape(subtitle)}</p>')


def empty(context: Context, reason: str, advice: str = "") -> None:
    """A view without figures says why, and what has some."""
    streamlit.info(f"{reason} {advice}".strip(), icon=":material/info:")


def close(
    context: Context, result: Result, columns: Mapping[str, str], name: str, frozen_year: str = ""
) -> None:
    """Source line, then definition, downloads and link, then the folded table of what is shown.

    `columns` maps the frame's columns to the header a reader sees; values are already written as text or
    are numbers of the result's only indicator. `name` is the file's name without extension.
    """
    words = context.words
    streamlit.html(
        f'<p class="note source-line" data-testid="source-line">{source_line(context, result)}</p>'
    )
    with streamlit.container(horizontal=True, key=f"actions-{name}", gap="small"):
        if result.indicators:
            with streamlit.popover(words("view.definition"), type="tertiary", icon=":material/help:"):
                _definition(context, result)
        with streamlit.popover(words("view.download"), type="tertiary", icon=":material/download:"):
            tables.downloads_of(context, result, name, width="stretch")
        with streamlit.popover(words("view.link"), type="tertiary", icon=":material/link:"):
            streamlit.markdown(words("view.link_help"))
            frozen = {"donnees": context.build_id} | ({"annee": frozen_year} if frozen_year else {})
            streamlit.code(url.link(**frozen), language=None, wrap_lines=True)
    table(context, result, columns, name)


def table(
    context: Context,
    result: Result,
    columns: Mapping[str, str],
    name: str,
    tell: Callable[[Result], Result] | None = None,
) -> None:
    """The folded table of what is shown; see `close`. `tell` puts codes in words once it is unfolded."""
    fold = streamlit.expander(
        context.words.count("view.table", len(result.frame)),
        icon=":material/table:",
        key=f"table-{name}",
        on_change="rerun",
    )
    # A table nobody has unfolded is neither written nor sent.
    if fold.open:
        with fold:
            tables.show(context, tell(result) if tell else result, columns)


def source_line(context: Context, result: Result) -> str:
    """`Eurostat, tgs00010 · édition 2026 · CC BY 4.0 · archive officielle`, one part a source. HTML."""
    return "<br>".join(_one_source(context, source) for source in result.sources)


def _one_source(context: Context, source: Source) -> str:
    words = context.words
    parts = [
        f'<a href="{escape(source.homepage)}" rel="noopener" target="_blank">{escape(source.provider)}, '
        f"{escape(source.dataset_id)}</a>",
        escape(words("view.vintage", vintage=source.vintage)),
        escape(source.licence),
    ]
    if source.origin in ORIGINS_SHOWN:
        parts.append(escape(words(f"origin.{source.origin}")))
    return " · ".join(parts)


def _definition(context: Context, result: Result) -> None:
    words = context.words
    for indicator in result.indicators:
        streamlit.markdown(f"**{words.of(indicator.label)}** ({words.of(indicator.unit)})")
        streamlit.markdown(words.of(indicator.description))
    for caveat in result.caveats:
        streamlit.markdown(f":material/warning: {words.of(caveat.text)}")
