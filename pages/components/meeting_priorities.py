"""How many territories name a theme, on two scales that never share an axis."""

from __future__ import annotations

import pandas
import streamlit

from pages.components import addresses, bars, view
from pages.components.bars import Bar
from pages.components.context import Context
from warehouse.queries import meetings

SCALES = ("local_priority", "expected_of_mot")


def show(context: Context) -> None:
    words = context.words
    result = meetings.theme_expectations()
    view.heading(*_heading(context, result.frame))
    # Each scale has its own column, its own zero and its own bars.
    for column, scale in zip(streamlit.columns(2, gap="large"), SCALES, strict=True):
        with column:
            streamlit.subheader(words(f"meetings.{scale}"), anchor=False)
            _bars(context, result.frame[result.frame["scale"] == scale], scale)
    streamlit.caption(words("meetings.territories_note"))
    named = [words(f"meetings.{scale}") for scale in result.frame["scale"]]
    known = [_known(context, bool(all_of_them)) for all_of_them in result.frame["is_all_territories"]]
    view.close(
        context,
        result.with_frame(result.frame.assign(scale_label=named, known=known)),
        {
            "scale_label": words("column.scale"),
            f"label_{words.language}": words("column.theme"),
            "territories": words("column.regions"),
            "known": words("column.which"),
        },
        "rencontres-priorites",
    )


def _heading(context: Context, frame: pandas.DataFrame) -> tuple[str, str]:
    """The themes all territories name; under it, what most of them expect of the MOT."""
    words = context.words
    local, expected = (frame[frame["scale"] == scale] for scale in SCALES)
    label = f"label_{words.language}"
    most = int(local["territories"].max())
    top = list(local.loc[local["territories"] == most, label])
    awaited = expected.sort_values("territories", ascending=False).iloc[0]
    return (
        words("meetings.title_priorites", themes=words.listing(top), count=most),
        words("meetings.subtitle_priorites", theme=awaited[label], count=int(awaited["territories"])),
    )


def _bars(context: Context, own: pandas.DataFrame, scale: str) -> None:
    words = context.words
    bars.show(
        [
            Bar(
                label=row[f"label_{words.language}"],
                value=int(row["territories"]),
                written=words("meetings.of_nine", count=row["territories"]),
                note=_known(context, bool(row["is_all_territories"])),
                address=addresses.theme(row["theme_id"]),
            )
            for row in own.to_dict("records")
        ],
        scale,
        whole=len(meetings.accounts().frame),
    )


def _known(context: Context, is_all: bool) -> str:
    """Which territories they are: known only where it is all of them."""
    return context.words("meetings.all_nine" if is_all else "meetings.unspecified")
