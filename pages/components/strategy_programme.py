"""The MOT's programme of 2023, a draft: axes, domains, actions, and what is printed beside them."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas
import streamlit

from pages.components import ledger, theme_page, url, view
from pages.components.context import Context
from pages.components.words import Words
from warehouse.queries import strategy

ALL = "tous"
UNPRINTED = "aucune"  # choice of the lines beside which no border is printed
BETWEEN_QUALIFIERS = " · "
ITEMS = ("action", "sub_action")


def show(context: Context) -> None:
    words = context.words
    result = strategy.programme()
    whole = result.frame
    found = url.chosen("action", [ALL, *whole["action_id"]], ALL, words)
    above = streamlit.container()
    items = _items(context, whole)
    with above:
        view.heading(_title(words, items), words("strategy.subtitle_mot"))
    if items.empty:
        view.empty(context, words("strategy.nothing_kept"), words("strategy.widen"))
        return
    kept = whole[whole["action_id"].isin(_with_parents(whole, set(items["action_id"])))]
    ledger.show(_rows(context, ledger.tree(kept), found, opened=len(kept) < len(whole)), "programme")
    columns = {
        "axis": words("column.axis"),
        "mode": words("column.mode"),
        "code": words("column.code"),
        f"label_{words.language}": words("column.label"),
        "border": words("column.border"),
        "qualifiers": words("column.qualifiers"),
    }
    view.close(context, result.with_frame(kept), columns, "strategie-mot-2023")


def _title(words: Words, items: pandas.DataFrame) -> str:
    """How many lines are kept, and how many of them are not settled, if any."""
    said = [words.count("strategy.action_lines", len(items))]
    marked = int(items["qualifiers"].notna().sum())
    if marked:
        said.append(words.count("strategy.marked", marked))
    return words("strategy.title_mot", said=", ".join(said))


def _items(context: Context, frame: pandas.DataFrame) -> pandas.DataFrame:
    """The actions and sub-actions that answer every choice."""
    words = context.words
    items = frame[frame["kind"].isin(ITEMS)]
    axes = frame[frame["kind"] == "axis"]
    labels = {str(row["axis"]): _axis(words.language, row) for row in axes.to_dict("records")}
    qualifiers = sorted(
        {part for text in frame["qualifiers"].dropna() for part in text.split(BETWEEN_QUALIFIERS)}
    )
    themes = {name for text in frame["theme_ids"].dropna() for name in text.split()}
    theme_labels = {name: label for name, label in theme_page.names(words).items() if name in themes}
    with streamlit.container(horizontal=True, key="filters-programme", gap="small"):
        axis = _choice(context, "axe", labels)
        border = _choice(context, "frontiere", _borders(words, items["border"]))
        qualifier = _choice(context, "mention", {name: name for name in qualifiers})
        theme = _choice(context, "theme", theme_labels)
    if border not in (ALL, UNPRINTED):
        _say_what_is_printed(words, items["border"])
    keep = (items["axis"].astype(str) == axis) | (axis == ALL)
    keep &= (items["border"].fillna(UNPRINTED) == border) | (border == ALL)
    keep &= _holds(items["qualifiers"], qualifier, BETWEEN_QUALIFIERS) | (qualifier == ALL)
    keep &= _holds(items["theme_ids"], theme, " ") | (theme == ALL)
    return items[keep]


def _borders(words: Words, printed: pandas.Series) -> dict[str, str]:
    """Each border as printed, with the neighbour it names and on how many lines; then those without one."""
    counts = printed.value_counts().sort_index().to_dict() | {UNPRINTED: int(printed.isna().sum())}
    return {
        name: words(
            "strategy.border", neighbour=_neighbour(words, name), lines=words.count("strategy.lines", count)
        )
        for name, count in counts.items()
    }


def _neighbour(words: Words, printed: str) -> str:
    if printed == UNPRINTED:
        return words("strategy.border_unprinted")
    return words(f"border.{printed}") if f"border.{printed}" in words else printed


def _say_what_is_printed(words: Words, printed: pandas.Series) -> None:
    """Most lines print no border: what a choice of one leaves out is said, and one step away."""
    silent = int(printed.isna().sum())
    said = words("strategy.borders_printed", printed=int(printed.notna().sum()), total=len(printed))
    address = url.to("strategie", partie="mot", frontiere=UNPRINTED)
    others = ledger.link(address, words.count("strategy.border_others", silent))
    streamlit.html(f'<p class="note" data-testid="borders-printed">{escape(said)} {others}</p>')


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


def _rows(context: Context, tree: ledger.Tree, found: str, opened: bool) -> list[ledger.Row]:
    words = context.words
    return [
        ledger.Row(
            section=_axis(words.language, axis),
            over=domain["code"],
            head=domain[f"label_{words.language}"],
            body=_domain(context, tree.get(domain["action_id"], []), tree, found, opened),
        )
        for axis in tree[""]
        for domain in tree.get(axis["action_id"], [])
    ]


def _axis(language: str, row: dict[str, Any]) -> str:
    """[SOCLE] Axe 1 – …: the mode as printed before the title."""
    return f"[{row['mode']}] {row['code']}. {row[f'label_{language}']}"


def _domain(context: Context, items: ledger.Records, tree: ledger.Tree, found: str, opened: bool) -> str:
    """Folds for the actions that have something under them, one list for those that have not."""
    folds, alone = [], []
    for item in items:
        under = tree.get(item["action_id"], [])
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
