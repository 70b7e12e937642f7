"""How residents of the French side who work abroad travel, country by country: one census, one edition."""

from __future__ import annotations

from pages.components import bars, view
from pages.components.bars import Bar
from pages.components.context import Context
from warehouse.queries import modes
from warehouse.result import Result

PER_CENT = 100.0


def show(context: Context) -> None:
    words = context.words
    if not modes.is_loaded():
        view.heading(words("modes.title_not_loaded"), words("modes.subtitle"))
        view.empty(context, words("modes.not_loaded"), words("modes.meanwhile"))
        return
    result = modes.shares(context.sides.french, context.year)
    if result.is_empty:
        territory = words.of(context.territory.name)
        view.heading(words("modes.title_none", territory=territory), words("modes.subtitle"))
        view.empty(context, words("modes.none"))
        return
    view.heading(_title(context, result), words("modes.subtitle"))
    bars.show(_bars(context, result), "modes-recensement", PER_CENT)
    view.close(context, _told(context, result), _columns(context), "mobilite-modes-recensement")


def _title(context: Context, result: Result) -> str:
    """The first mode towards the country where most of them work."""
    words, first = context.words, result.frame.iloc[0]
    return words(
        "modes.title",
        mode=first[f"mode_{words.language}"].lower(),
        share=_share(context, first["share"]),
        country=first[f"name_{words.language}"],
        period=words.period(first["period"]),
    )


def _bars(context: Context, result: Result) -> list[Bar]:
    words, (indicator,) = context.words, result.indicators
    return [
        Bar(
            label=row[f"mode_{words.language}"],
            value=row["share"],
            written=f"{_share(context, row['share'])} ({words.figure(row['value'], indicator)})",
            group=words(
                "modes.towards",
                country=row[f"name_{words.language}"],
                workers=words.figure(row["workers"], indicator),
            ),
        )
        for row in result.frame.to_dict("records")
    ]


def _share(context: Context, share: float) -> str:
    return context.words("modes.share", share=context.words.number(share, 0))


def _told(context: Context, result: Result) -> Result:
    words, (indicator,) = context.words, result.indicators
    frame = result.frame
    return result.with_frame(
        frame.assign(
            figure=[words.figure(value, indicator) for value in frame["value"]],
            share_written=[_share(context, share) for share in frame["share"]],
        )
    )


def _columns(context: Context) -> dict[str, str]:
    words = context.words
    return {
        f"name_{words.language}": words("column.country_of_work"),
        f"mode_{words.language}": words("column.mode_of_travel"),
        "period": words("column.period"),
        "figure": words("column.figure"),
        "share_written": words("column.share"),
    }
