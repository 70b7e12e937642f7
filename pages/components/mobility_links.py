"""The links across the border that a meeting named, beside what the Rencontres asked for under mobility."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas
import streamlit

from pages.components import addresses, ledger, stated, theme_units, view
from pages.components.context import Context
from warehouse.queries import meetings, strategy
from warehouse.result import Result, distinct

THEME = "mobilite"
LINKS_SHARE = 0.58


def show(context: Context) -> None:
    words = context.words
    links = meetings.missing_links()
    known = theme_units.of(THEME)
    view.heading(*_heading(context, links.frame, known))
    theme_units.show(context, known)
    left, right = streamlit.columns([LINKS_SHARE, 1 - LINKS_SHARE], gap="large")
    with left:
        streamlit.subheader(words("mobility.links"), anchor=False)
        ledger.show((_row(context, row) for row in links.frame.to_dict("records")), "links")
        streamlit.html(stated.headings(context, links.frame))
    with right:
        asked = _asked(context, links.frame, known)
    sources = distinct(source for result in (links, *asked) for source in result.sources)
    told = links.frame.assign(
        mode_label=[words(f"mobility.mode_{name}") for name in links.frame["mode"]],
        wanted_label=[words(f"mobility.wanted_{name}") for name in links.frame["wanted"]],
        ends=[_ends(context, row) or words("mobility.no_ends") for row in links.frame.to_dict("records")],
    )
    view.close(context, Result(told, (), sources), _columns(context), "mobilite-liaisons")


def _heading(context: Context, links: pandas.DataFrame, known: theme_units.Units) -> tuple[str, str]:
    words = context.words
    rail = links[links["mode"] == "rail"]
    territory, year = links[f"name_{words.language}"].iloc[0], int(links["year"].iloc[0])
    existing = rail["existing"].dropna()
    return (
        words("mobility.title_links", count=len(links), rail=len(rail), territory=territory, year=year),
        words("mobility.subtitle_links", lines=int(existing.iloc[0]), territories=known.local),
    )


def _row(context: Context, row: dict[str, Any]) -> ledger.Row:
    words = context.words
    wanted = words(f"mobility.wanted_{row['wanted']}")
    body = (
        f"<p>{ledger.tag(wanted, 'first')} "
        f"{escape(row[f'text_{words.language}'])} {stated.line(context, row)}</p>"
    )
    if pandas.notna(row["existing"]):
        body += f'<p class="note">{escape(words("mobility.existing", count=int(row["existing"])))}</p>'
    mode, ends = words(f"mobility.mode_{row['mode']}"), _ends(context, row)
    if not ends:
        return ledger.Row(over="", head=mode, body=body, notes=(words("mobility.no_ends"),))
    return ledger.Row(over=mode, head=ends, body=body)


def _ends(context: Context, row: dict[str, Any]) -> str:
    """From where to where; empty for a link whose ends the account does not name."""
    language = context.words.language
    if pandas.isna(row[f"from_{language}"]):
        return ""
    return f"{row[f'from_{language}']} – {row[f'to_{language}']}"


def _asked(context: Context, links: pandas.DataFrame, known: theme_units.Units) -> tuple[Result, ...]:
    """What was asked for under mobility beside the links: the shared idea, then the other objectives."""
    words = context.words
    ideas, territories = strategy.ideas(THEME), strategy.idea_territories()
    suggestions = strategy.idea_suggestions()
    objectives = meetings.objectives(str(known.meeting_id), THEME)
    others = objectives.frame[~objectives.frame["line"].isin(links["line"])]
    for idea in ideas.frame[ideas.frame["is_printed"]].to_dict("records"):
        own = territories.frame[territories.frame["idea_id"] == idea["idea_id"]]
        proposed = suggestions.frame[suggestions.frame["idea_id"] == idea["idea_id"]]
        streamlit.subheader(words("mobility.shared", count=len(own)), anchor=False)
        items = [_said(context, row) for row in proposed.to_dict("records")]
        streamlit.html(
            f'<div class="dossier" data-testid="shared"><p>{_said(context, idea, "problem")}</p>'
            f'<p class="note">{escape(words.listing(list(own[f"name_{words.language}"])))}</p>'
            f"{ledger.listing(items)}</div>"
        )
    streamlit.subheader(words("mobility.other_objectives"), anchor=False)
    items = [_said(context, row) for row in others.to_dict("records")]
    address = addresses.theme(THEME)
    streamlit.html(
        f'<div class="dossier" data-testid="objectives">{ledger.listing(items)}'
        f"<p>{ledger.link(address, words('meetings.whole_theme'))}</p></div>"
    )
    return ideas, territories, suggestions, objectives, meetings.theme_expectations()


def _said(context: Context, row: dict[str, Any], column: str = "text") -> str:
    return f"{escape(row[f'{column}_{context.words.language}'])} {stated.line(context, row)}"


def _columns(context: Context) -> dict[str, str]:
    words = context.words
    return {
        "mode_label": words("column.mode_of_travel"),
        "ends": words("column.ends"),
        "wanted_label": words("column.wanted"),
        f"text_{words.language}": words("column.text"),
        "existing": words("column.existing_lines"),
        f"theme_{words.language}": words("column.theme"),
        "line": words("column.line"),
    }
