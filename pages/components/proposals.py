"""What the observatory proposes to bring together, each time with its reason and under its name."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas
import streamlit

from pages.components import addresses, ledger, view
from pages.components.context import Context
from warehouse.result import Result, distinct


def indicators(context: Context, chain: Result) -> None:
    """The indicators that inform a theme, or that there is none; then what would be needed."""
    words = context.words
    known = {item.indicator_id: item for item in chain.indicators}
    rows = chain.frame.dropna(subset=["indicator_id"]).drop_duplicates("indicator_id")
    items = [
        ledger.link(
            addresses.of("indicator", row["indicator_id"]), words.of(known[row["indicator_id"]].label)
        )
        + reason(context, row[f"indicator_reason_{words.language}"])
        for row in rows.to_dict("records")
    ]
    html = (
        ledger.listing(items)
        if items
        else f"<p>{ledger.tag(words('chain.no_indicator'), 'absent first')}</p>"
    )
    needed = chain.frame[f"needed_{words.language}"].dropna()
    if len(needed):
        lead = words("chain.needed_too" if items else "chain.needed")
        html += f"<p><strong>{escape(lead)}</strong> {escape(needed.iloc[0])}</p>"
    _write(html, "indicators")


def objectives(context: Context, chain: pandas.DataFrame) -> None:
    """The specific objectives a theme could rest on, and under each the actions of the MOT."""
    words = context.words
    if chain["objective_id"].isna().all():
        view.empty(context, words("chain.no_objective"))
        return
    items = []
    for _, own in chain.dropna(subset=["objective_id"]).groupby("objective_id", sort=False):
        rows = own.drop_duplicates("action_id").dropna(subset=["action_id"]).to_dict("records")
        under = ledger.listing([_step(context, row, "action") for row in rows]) if rows else ""
        items.append(_step(context, own.iloc[0].to_dict(), "objective") + under)
    _write(ledger.listing(items), "rests-on")


def ideas(context: Context, own: pandas.DataFrame, territories: pandas.DataFrame) -> None:
    """The ideas that concern a theme with the territories listed under them."""
    words = context.words
    if own.empty:
        view.empty(context, words("dossier.no_idea"))
        return
    items = []
    for row in own.to_dict("records"):
        names = list(territories.loc[territories["idea_id"] == row["idea_id"], f"name_{words.language}"])
        link = ledger.link(addresses.idea(row["idea_id"]), row[f"problem_{words.language}"])
        why = "" if row["is_printed"] else reason(context, row[f"reason_{words.language}"])
        items.append(f'{link}<br><span class="note">{escape(words.listing(names))}</span>{why}')
    _write(ledger.listing(items), "ideas")


def reason(context: Context, said: str) -> str:
    """That a link is ours, and why we propose it. HTML."""
    words = context.words
    mark = f"{words('chain.proposed')}{words('number.colon')}"
    return f'<br><span class="note"><em>{escape(mark)}</em> {escape(said)}</span>'


def close(context: Context, links: Result, name: str, *others: Result) -> None:
    """The end of a view of the chain: the table has every link, whose proposal it is and why.

    `others` are what else the view shows: their sources are named with those of the links.
    """
    words, frame = context.words, links.frame
    written = frame.assign(
        proposed=words("chain.proposed"),
        **{
            end: [_end(words.language, row, end) for row in frame.to_dict("records")]
            for end in ("from", "to")
        },
    )
    columns = {
        "from": words("column.from"),
        "to": words("column.to"),
        "proposed": words("column.nature"),
        f"reason_{words.language}": words("column.reason"),
    }
    # A link is no figure: its file carries the sources of the links, not the unit of an indicator.
    sources = distinct(source for result in (*others, links) for source in result.sources)
    view.close(context, Result(written, (), sources), columns, name)


def _end(language: str, row: dict[str, Any], end: str) -> str:
    code = row[f"{end}_code"]
    label = str(row[f"{end}_label_{language}"])
    return label if pandas.isna(code) else f"{code} {label}"


def _step(context: Context, row: dict[str, Any], step: str) -> str:
    words = context.words
    label = f"{row[f'{step}_code']} {row[f'{step}_{words.language}']}"
    link = ledger.link(addresses.of(step, row[f"{step}_id"]), label)
    return f"{link}{reason(context, row[f'{step}_reason_{words.language}'])}"


def _write(html: str, name: str) -> None:
    streamlit.html(f'<div class="dossier" data-testid="{name}">{html}</div>')
