"""One flow, every published figure side by side: what each counts, how far it compares, and why."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

import pandas
import streamlit

from pages.components import flow_pair, flow_rows, ledger, matrix, url, view
from pages.components.context import Context
from pages.components.flow_pair import Pair
from warehouse.comparability import GRADES, WEIGHT
from warehouse.queries import flow_sources
from warehouse.result import Result

MARKS = {"comparable": "●", "careful": "◐", "not_comparable": "○"}
NEAR = 5  # years from the reference within which a figure takes part in the title


def show(context: Context, border: str) -> None:
    pair = flow_pair.choose(context, border)
    if pair is None:
        flow_pair.nothing(context, border)
        return
    result = flow_sources.compared(pair.origin_id, pair.destination_id, context.year, kinds=pair.kinds)
    if result.is_empty:
        view.heading(context.words("compare.title_none", journey=pair.journey), "")
        first = flow_sources.figures(pair.origin_id, pair.destination_id, pair.kinds).frame["period"].min()
        view.empty(context, context.words("compare.before", year=context.year, first=first))
        return
    result = _against(context, pair, result)
    view.heading(*_heading(context, pair, result.frame))
    streamlit.html(_matrix(context, result.frame))
    view.close(context, _told(context, result), _columns(context), _file_name(pair), context.year or "")


def badge(context: Context, grade: str) -> str:
    """The mark of a grade, in a shape and in words. HTML."""
    return ledger.tag(f"{MARKS[grade]} {context.words(f'compare.{grade}')}", f"grade {grade}")


def reasons(
    context: Context,
    kinds: tuple[str, ...],
    row: dict[str, Any],
    reference: dict[str, Any],
    both_ways: bool = False,
) -> list[str]:
    """A sentence a reason: what this figure rests on, and what the other does.

    `both_ways`: the figure is of those who leave France, the other of those who enter it.
    """
    words = context.words
    told = []
    for kind in kinds:
        if kind in WEIGHT:
            column = f"{kind}_{words.language}"
            ends = {"this": row[column], "other": reference[column]}
            told.append(
                words(f"balance.reason_{kind}", **ends)
                if both_ways
                else words(f"compare.reason_{kind}", **ends)
            )
        else:
            told.append(
                words(
                    f"compare.reason_{kind}",
                    this=row["period"],
                    other=reference["period"],
                    years=row["years_apart"],
                )
            )
    return told


def _against(context: Context, pair: Pair, result: Result) -> Result:
    """The figures set against the one the reader chooses."""
    words = context.words
    if len(result.frame) < 2:
        return result
    labels = {row["series"]: _short(context, row) for row in result.frame.to_dict("records")}
    chosen = url.widget(
        streamlit.selectbox,
        "reference",
        words("compare.reference"),
        list(labels),
        next(iter(labels)),
        words,
        format_func=labels.__getitem__,
        width=context.screen.fit(620),
    )
    return flow_sources.compared(pair.origin_id, pair.destination_id, context.year, chosen, pair.kinds)


def _short(context: Context, row: dict[str, Any]) -> str:
    words = context.words
    definition = row[f"definition_{words.language}"]
    return f"{words.number(row['value'])} · {words.period(row['period'])} · {definition}"


def _heading(context: Context, pair: Pair, frame: pandas.DataFrame) -> tuple[str, str]:
    words = context.words
    reference = frame.iloc[0]
    apart = (frame["period"].str[:4].astype(int) - int(reference["period"][:4])).abs()
    near = frame[apart <= NEAR]
    if len(near) == 1:
        said = {"value": words.number(reference["value"]), "period": words.period(reference["period"])}
        is_alone = len(frame) == 1
        title = words(
            "compare.title_one" if is_alone else "compare.title_apart", journey=pair.journey, **said
        )
    else:
        title = words(
            "compare.title",
            journey=pair.journey,
            low=words.number(near["value"].min()),
            high=words.number(near["value"].max()),
            years=_years(near["period"].str[:4]),
        )
    counts = frame[~frame["is_reference"]]["grade"].value_counts()
    said = [words.count(f"compare.{grade}", int(counts[grade])) for grade in GRADES if grade in counts]
    if not said:
        return title, words("compare.subtitle_alone")
    return title, words("compare.subtitle", said=words.listing(said))


def _years(years: pandas.Series) -> str:
    """2021, or 2018–2023."""
    return str(years.min()) if years.nunique() == 1 else f"{years.min()}–{years.max()}"


def _matrix(context: Context, frame: pandas.DataFrame) -> str:
    """A row a figure, a column a trait; what differs from the reference is marked."""
    words = context.words
    records = frame.to_dict("records")
    steps = [
        words("column.figure"),
        *(words(f"column.{kind}") for kind in WEIGHT),
        words("column.badge"),
    ]
    rows = [
        matrix.Row(
            _figure(context, row),
            (
                *(_trait(context, kind, row, records[0]) for kind in WEIGHT),
                _verdict(context, row, records[0]),
            ),
        )
        for row in records
    ]
    return f'<div class="wide compared">{matrix.html(steps, rows, "compare")}</div>'


def _figure(context: Context, row: dict[str, Any]) -> str:
    """The number, large, then when, by whom, and where one may read it. HTML."""
    words = context.words
    when = " · ".join(part for part in (words.period(row["period"]), producer(context, row)) if part)
    address, title = escape(row["source_url"]), escape(row["source_title"])
    kind = _kind(context, row) + words("number.colon")
    return (
        f'<span class="value">{escape(printed(context, row))}</span>'
        f'<span class="when">{escape(when)}</span>'
        f'<span class="note">{escape(kind)} '
        f'<a href="{address}" rel="noopener" target="_blank">{title}</a></span>'
    )


def _kind(context: Context, row: dict[str, Any]) -> str:
    """Where the figure was read, or that we added it up from a file."""
    return context.words(f"compare.kind_{'added_up' if row['is_added_up'] else row['source_kind']}")


def _trait(context: Context, kind: str, row: dict[str, Any], reference: dict[str, Any]) -> str:
    text = escape(row[f"{kind}_{context.words.language}"])
    if row["is_reference"]:
        return text
    if kind in row["reasons"]:
        return f'<span class="differs">≠ {text}</span>'
    return f'<span class="note">{escape(context.words("compare.same"))}</span>'


def _verdict(context: Context, row: dict[str, Any], reference: dict[str, Any]) -> str:
    """The badge, and the reasons that are no trait. HTML."""
    words = context.words
    if row["is_reference"]:
        return ledger.tag(words("compare.is_reference"), "first")
    others = tuple(kind for kind in row["reasons"] if kind not in WEIGHT)
    told = "".join(f"<p>{escape(each)}</p>" for each in reasons(context, others, row, reference))
    return badge(context, row["grade"]) + told


def printed(context: Context, row: dict[str, Any]) -> str:
    """`environ 24 000`: a figure and how its publication printed it."""
    return flow_rows.printed(row, context.words)


def producer(context: Context, row: dict[str, Any]) -> str:
    return row["producer"] or context.words("compare.unnamed")


def _told(context: Context, result: Result) -> Result:
    """The figures with badge and reasons in the reader's words, for the table and the file."""
    words = context.words
    records = result.frame.to_dict("records")
    reference = records[0]
    return result.with_frame(
        result.frame.assign(
            badge=[
                words("compare.is_reference" if row["is_reference"] else f"compare.{row['grade']}")
                for row in records
            ],
            why=[" ".join(reasons(context, row["reasons"], row, reference)) for row in records],
            date=[_date(context, row) for row in records],
            kind=[_kind(context, row) for row in records],
        ).drop(columns=["reasons", "is_reference", "grade"])
    )


def _date(context: Context, row: dict[str, Any]) -> str | None:
    """The day the figure speaks of, where its source names one."""
    try:
        return context.words.date(date.fromisoformat(row["reference_date"]))
    except (TypeError, ValueError):
        return None


def _columns(context: Context) -> dict[str, str]:
    words = context.words
    language = words.language
    return {
        "value": words("column.value"),
        "period": words("column.period"),
        "date": words("column.reference_date"),
        f"definition_{language}": words("column.definition"),
        f"population_{language}": words("column.population"),
        f"perimeter_{language}": words("column.perimeter"),
        "badge": words("column.badge"),
        "why": words("column.why"),
        "producer": words("column.producer"),
        "kind": words("column.origin"),
        "source_title": words("column.publication"),
    }


def _file_name(pair: Pair) -> str:
    return f"flux-sources-{pair.origin_id}-{pair.destination_id}"
