"""Both ways across each border, and one origin × destination table: who leaves, who enters."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas
import plotly.graph_objects as go
import streamlit

from pages.components import flow_compare, flow_pair, matrix, sankey, url, view
from pages.components.context import Context
from pages.components.flow_choice import EVERY_BORDER
from pages.components.flow_pair import HOME
from pages.components.sankey import Node, Path
from warehouse.queries import flow_balance
from warehouse.queries.flow_balance import Balance
from warehouse.result import Result

DRAWINGS_KEPT = 64
MOST_PATHS = 40  # more are not told apart: the table has them all
SIDES = ("out", "into")
ROOM = sankey.Room(row=36, pad=20, reach=0.8)


def show(context: Context, border: str) -> None:
    kinds = flow_pair.press(context)
    balances = flow_balance.balances(kinds)
    view.heading(*_heading(context, border, balances))
    streamlit.html(_table(context, balances, border))
    streamlit.html(f'<p class="note">{escape(context.words("balance.note"))}</p>')
    result = flow_balance.as_result(balances)
    view.close(context, _told(context, result), _columns(context), "flux-bilan")
    _cells(context, border, kinds)


def _heading(context: Context, border: str, balances: tuple[Balance, ...]) -> tuple[str, str]:
    """The ratio where the two directions compare, else what is known of each."""
    words = context.words
    balance = next((each for each in balances if each.border == border), None)
    name = words(f"flows.border_{border}")
    if border == EVERY_BORDER:
        computed = [words(f"flows.border_{each.border}") for each in balances if each.ratio is not None]
        return words.count("balance.title_every", len(computed)), words.listing(computed)
    if balance is None:
        return words("balance.title_nothing", border=name), ""
    if balance.ratio is not None and balance.net is not None and balance.verdict is not None:
        title = words(
            "balance.title",
            border=name,
            out=_number(context, balance.out),
            into=_number(context, balance.into),
            ratio=words.number(balance.ratio, 1),
        )
        return title, _why(context, balance)
    known = words(
        "balance.title_apart",
        border=name,
        out=_said(context, balance, "out"),
        into=_said(context, balance, "into"),
    )
    return known, _why(context, balance) if balance.verdict else words("balance.no_balance")


def _said(context: Context, balance: Balance, side: str) -> str:
    row = balance.out if side == "out" else balance.into
    words = context.words
    if row is None:
        return words(f"balance.never_{side}")
    return words(
        f"balance.known_{side}", value=words.number(row["value"]), period=words.period(row["period"])
    )


def _why(context: Context, balance: Balance) -> str:
    """The grade of the pair and its reasons, in one line."""
    if balance.verdict is None or balance.out is None or balance.into is None:
        return ""
    words = context.words
    kinds = tuple(reason.kind for reason in balance.verdict.reasons)
    told = flow_compare.reasons(context, kinds, balance.out, balance.into, both_ways=True)
    return " ".join([words(f"balance.{balance.verdict.grade}"), *told])


def _number(context: Context, row: dict[str, Any] | None) -> str:
    return "–" if row is None else context.words.number(row["value"])


def _table(context: Context, balances: tuple[Balance, ...], border: str) -> str:
    words = context.words
    largest = max(row["value"] for each in balances for row in (each.out, each.into) if row)
    steps = [words(f"balance.{name}") for name in ("border", "out", "into", "ratio", "net", "grade")]
    rows = [
        matrix.Row(
            f"<strong>{escape(name)}</strong>" if each.border == border else escape(name),
            (
                _bar(context, each.out, "other", largest),
                _bar(context, each.into, "french", largest),
                matrix.ABSENT if each.ratio is None else escape(words.number(each.ratio, 1)),
                matrix.ABSENT if each.net is None else escape(_signed(context, each.net)),
                flow_compare.badge(context, each.verdict.grade) if each.verdict else "",
            ),
        )
        for each in balances
        for name in (words(f"flows.border_{each.border}"),)
    ]
    return f'<div class="wide">{matrix.html(steps, rows, "balance")}</div>'


def _bar(context: Context, row: dict[str, Any] | None, side: str, largest: float) -> str:
    """A figure over its bar, in the colour of where it arrives, with year and producer. HTML."""
    words = context.words
    if row is None:
        return f'<span class="gap">{escape(words("balance.not_published"))}</span>'
    number = flow_compare.printed(context, row)
    note = f"{words.period(row['period'])} · {flow_compare.producer(context, row)}"
    return (
        f'<span class="count">{escape(number)}</span>'
        f'<span class="beam {side}" style="width:{max(row["value"] / largest * 100, 0.6):.1f}%"></span>'
        f'<span class="note">{escape(note)}</span>'
    )


def _signed(context: Context, value: float) -> str:
    return f"{'+' if value > 0 else ''}{context.words.number(value)}"


def _told(context: Context, result: Result) -> Result:
    words = context.words
    return result.with_frame(
        result.frame.assign(
            border_label=[words(f"flows.border_{name}") for name in result.frame["border"]],
            badge=[words(f"compare.{grade}") if grade else "" for grade in result.frame["grade"]],
        )
    )


def _columns(context: Context) -> dict[str, str]:
    words = context.words
    language = words.language
    columns = {"border_label": words("balance.border")}
    for side in SIDES:
        columns |= {
            f"{side}_value": words(f"balance.{side}"),
            f"{side}_period": words(f"balance.{side}_period"),
            f"{side}_definition_{language}": words(f"balance.{side}_definition"),
        }
    return columns | {"net": words("balance.net"), "badge": words("balance.grade")}


# --- one table, origin × destination --------------------------------------------------------------


def _cells(context: Context, border: str, kinds: tuple[str, ...]) -> None:
    words = context.words
    sets = flow_balance.sets(None if border == EVERY_BORDER else border, kinds)
    streamlit.subheader(words("balance.cells"), anchor=False)
    if sets.empty:
        view.empty(context, words("balance.no_cells"))
        return
    labels = {_set_name(row): _set_label(context, row) for row in sets.to_dict("records")}
    chosen = url.widget(
        streamlit.selectbox,
        "tableau",
        words("balance.which"),
        list(labels),
        next(iter(labels)),
        words,
        format_func=labels.__getitem__,
        width=context.screen.fit(1180),
    )
    source_id, period, origin_level, destination_level = chosen.split(".")
    result = flow_balance.cells(source_id, period, origin_level, destination_level, kinds)
    if not context.screen.is_phone:
        figure = _drawn((*context.look, chosen, kinds), context, result.frame)
        sankey.show(figure, "sankey-flows", words("balance.sankey", table=labels[chosen]))
        if len(result.frame) > MOST_PATHS:
            streamlit.caption(words("balance.most_paths", count=MOST_PATHS, all=len(result.frame)))
    streamlit.html(f'<div class="wide">{_crossed(context, result.frame)}</div>')
    streamlit.html(f'<p class="note">{escape(words("balance.absent", mark=matrix.ABSENT))}</p>')
    columns = {
        f"origin_{words.language}": words("pair.origin"),
        f"destination_{words.language}": words("pair.destination"),
        "value": words("column.value"),
        "period": words("column.period"),
        "producer": words("column.producer"),
        "source_title": words("column.publication"),
    }
    view.close(context, result, columns, f"flux-tableau-{source_id}-{period}", period[:4])


def _set_name(row: dict[str, Any]) -> str:
    return ".".join(str(row[name]) for name in ("source_id", "period", "origin_level", "destination_level"))


def _set_label(context: Context, row: dict[str, Any]) -> str:
    words = context.words
    return words(
        "balance.set",
        period=words.period(row["period"]),
        origins=words(f"observed.level_{row['origin_level']}"),
        destinations=words(f"observed.level_{row['destination_level']}"),
        cells=words.number(row["cells"]),
        definition=row[f"definition_{words.language}"],
    )


@streamlit.cache_resource(max_entries=DRAWINGS_KEPT, show_spinner=False)
def _drawn(drawing: tuple[object, ...], _context: Context, _frame: pandas.DataFrame) -> go.Figure:
    """Kept under `drawing`: the same flows are drawn once for all readers."""
    words = _context.words
    paths = [
        Path(
            (
                Node(f"from:{row['origin_id']}", row[f"origin_{words.language}"], 0),
                Node(f"to:{row['destination_id']}", row[f"destination_{words.language}"], 1),
            ),
            (f"{words.number(row['value'])}\n{words.period(row['period'])} · {row['producer']}",),
            weight=row["value"],
            colour=_context.palette.side("french" if row["destination_country"] == HOME else "other") + "80",
        )
        for row in _frame.head(MOST_PATHS).to_dict("records")
    ]
    return sankey.draw(_context, paths, [words("pair.origin"), words("pair.destination")], ROOM)


def _crossed(context: Context, frame: pandas.DataFrame) -> str:
    """Origins down, destinations across, totals we add up; a pair nobody published is said, not 0."""
    words = context.words
    language = words.language
    origins = _ranked(frame, "origin", language)
    destinations = _ranked(frame, "destination", language)
    known = {(row["origin_id"], row["destination_id"]): row["value"] for row in frame.to_dict("records")}
    rows = []
    for origin, name in origins.items():
        cells = [known.get((origin, destination)) for destination in destinations]
        total = sum(cell for cell in cells if cell is not None)
        numbers = [matrix.ABSENT if cell is None else escape(words.number(cell)) for cell in cells]
        rows.append(matrix.Row(escape(name), (*numbers, f"<strong>{escape(words.number(total))}</strong>")))
    totals = [sum(known.get((origin, destination), 0) for origin in origins) for destination in destinations]
    added = [f"<strong>{escape(words.number(total))}</strong>" for total in (*totals, sum(totals))]
    rows.append(matrix.Row(escape(words("balance.total")), tuple(added)))
    steps = [words("pair.origin"), *destinations.values(), words("balance.total")]
    return matrix.html(steps, rows, "cells")


def _ranked(frame: pandas.DataFrame, end: str, language: str) -> dict[str, str]:
    """Names by id, the ends with most workers first."""
    totals = frame.groupby(f"{end}_id")["value"].sum().sort_values(ascending=False, kind="stable")
    names = dict(zip(frame[f"{end}_id"], frame[f"{end}_{language}"], strict=True))
    return {str(name): names[name] for name in totals.index}
