"""The MOT's programme of 2023, a draft: axes, domains, actions, and what is printed beside them."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas
import streamlit

from pages.components import ledger, theme_page, url, view
from pages.components.context import Context
from warehouse.queries import strategy

ALL = "tous"
BETWEEN_QUALIFIERS = " · "
ITEMS = ("action", "sub_action")
Records = list[dict[str, Any]]


def show(context: Context) -> None:
    words = context.words
    result = strategy.programme()
    whole = result.frame
    found = url.chosen("action", [ALL, *whole["action_id"]], ALL, words)
    above = streamlit.container()
    items = _items(context, whole)
    with above:
        view.heading(
            words(
                "strategy.title_mot",
                count=words.number(len(items)),
                marked=words.number(int(items["qualifiers"].notna().sum())),
            ),
            words("strategy.subtitle_mot"),
        )
    if items.empty:
        view.empty(context, words("strategy.nothing_kept"), words("strategy.widen"))
        return
    kept = whole[whole["action_id"].isin(_with_parents(whole, set(items["action_id"])))]
    ledger.show(_rows(context, kept, found, opened=len(kept) < len(whole)), "programme")
    columns = {
        "axis": words("column.axis"),
        "mode": words("column.mode"),
        "code": words("column.code"),
        f"label_{words.language}": words("column.label"),
        "border": words("column.border"),
        "qualifiers": words("column.qualifiers"),
    }
    view.close(context, result.with_frame(kept), columns, "strategie-mot-2023")


def _items(context: Context, frame: pandas.DataFrame) -> pandas.DataFrame:
    """The actions and sub-actions that answer every choice."""
    words = context.words
    axes = frame[frame["kind"] == "axis"]
    labels = {str(row["axis"]): _axis(words.language, row) for row in axes.to_dict("records")}
    qualifiers = sorted(
        {part for text in frame["qualifiers"].dropna() for part in text.split(BETWEEN_QUALIFIERS)}
    )
    borders = sorted(frame["border"].dropna().unique())
    themes = {name for text in frame["theme_ids"].dropna() for name in text.split()}
    theme_labels = {name: label for name, label in theme_page.names(words).items() if name in themes}
    with streamlit.container(horizontal=True, key="filters-programme", gap="small"):
        axis = _choice(context, "axe", labels)
        border = _choice(context, "frontiere", {name: name for name in borders})
        qualifier = _choice(context, "mention", {name: name for name in qualifiers})
        theme = _choice(context, "theme", theme_labels)
    keep = frame["kind"].isin(ITEMS)
    keep &= (frame["axis"].astype(str) == axis) | (axis == ALL)
    keep &= (frame["border"] == border) | (border == ALL)
    keep &= _holds(frame["qualifiers"], qualifier, BETWEEN_QUALIFIERS) | (qualifier == ALL)
    keep &= _holds(frame["theme_ids"], theme, " ") | (theme == ALL)
    return frame[keep]


def _choice(context: Context, name: str, labels: dict[str, str]) -> str:
    words = context.words
    return url.widget(
        streamlit.selectbox,
        name,
        words(f"strategy.filter_{name}"),
        [ALL, *labels],
        ALL,
        words,
        format_func=lambda value: labels.get(value, words("strategy.any")),
        width=context.screen.fit(260),
    )


def _holds(column: pandas.Series, value: str, between: str) -> pandas.Series:
    return column.fillna("").map(lambda text: value in text.split(between))


def _with_parents(frame: pandas.DataFrame, names: set[str]) -> set[str]:
    parents = dict(zip(frame["action_id"], frame["parent_id"], strict=True))
    above = set(names)
    for name in names:
        while isinstance(parents[name], str):
            name = parents[name]
            above.add(name)
    return above


def _rows(context: Context, frame: pandas.DataFrame, found: str, opened: bool) -> list[ledger.Row]:
    words = context.words
    children: dict[Any, Records] = {
        name: own.to_dict("records") for name, own in frame.groupby("parent_id", sort=False)
    }
    return [
        ledger.Row(
            section=_axis(words.language, axis),
            over=domain["code"],
            head=domain[f"label_{words.language}"],
            body=_domain(context, children.get(domain["action_id"], []), children, found, opened),
        )
        for axis in frame[frame["kind"] == "axis"].to_dict("records")
        for domain in children.get(axis["action_id"], [])
    ]


def _axis(language: str, row: dict[str, Any]) -> str:
    """[SOCLE] Axe 1 – …: the mode as printed before the title."""
    return f"[{row['mode']}] {row['code']}. {row[f'label_{language}']}"


def _domain(context: Context, items: Records, children: dict[Any, Records], found: str, opened: bool) -> str:
    """Folds for the actions that have something under them, one list for those that have not."""
    folds, alone = [], []
    for item in items:
        under = children.get(item["action_id"], [])
        if not under:
            alone.append(_item(context, item, found))
            continue
        folds.append(
            ledger.fold(
                item["code"],
                item[f"label_{context.words.language}"],
                context.words.count("strategy.lines", len(under)),
                ledger.listing([_item(context, row, found) for row in under]),
                opened=opened or found in {item["action_id"], *(row["action_id"] for row in under)},
            )
        )
    return "".join(folds) + (ledger.listing(alone) if alone else "")


def _item(context: Context, row: dict[str, Any], found: str) -> str:
    """One line of the programme, with the border and the qualifiers printed beside it. HTML."""
    label = escape(row[f"label_{context.words.language}"])
    marks = [row["border"]] if isinstance(row["border"], str) else []
    marks += row["qualifiers"].split(BETWEEN_QUALIFIERS) if isinstance(row["qualifiers"], str) else []
    return ledger.found(label, row["action_id"] == found) + "".join(map(ledger.tag, marks))
