"""Titles that say the finding and sentences that say what to notice, always computed from what is shown."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pandas

from pages.components import territory_choice
from pages.components.context import Context
from warehouse.queries import catalogue, observations, places
from warehouse.result import Indicator, Result

if TYPE_CHECKING:
    from pages.components.atlas import Shown


# A title is not cut inside Nord-Pas-de-Calais.
NON_BREAKING_HYPHEN = "\u2011"
MOST_NAMED = 3
QUALIFIED = r" \(([^)]*)\)$"


def leading_rate(figures: Result) -> Indicator:
    """The first rate of the card that has a figure on some side; the first rate when none has."""
    frame = figures.frame
    rates = [item for item in figures.indicators if item.kind == "rate"]
    for indicator in rates:
        own = frame[frame["indicator_id"] == indicator.indicator_id]
        if (own["form"] != "none").any():
            return indicator
    return rates[0]


def heading(context: Context, indicator: Indicator, shown: Shown | None) -> tuple[str, str]:
    """The page's title and the line under it."""
    if shown is None:
        return context.words("finding.nothing", label=context.words.of(indicator.label)), ""
    return (
        title(context, shown.near, shown.period),
        subtitle(context, indicator, shown.level, shown.period),
    )


def why_nothing(context: Context, indicator: Indicator) -> tuple[str, str]:
    """Why a view has no figure, and what to choose to get one."""
    words = context.words
    name = words.of(context.territory.name)
    known = observations.periods(indicator.indicator_id)
    if context.year is not None and known and context.year < known[0][:4]:
        return (
            words("empty.before", year=context.year, first=words.period(known[0])),
            words("empty.choose_year", first=words.period(known[0]), last=words.period(known[-1])),
        )
    return absence(context) or words("empty.territory", territory=name), elsewhere(context)


def absence(context: Context) -> str | None:
    """Why there is no figure at all of the chosen territory; None where some indicator has one."""
    words, place = context.words, context.territory
    presence = places.presence(place.territory_id)
    if presence.is_observed:
        return None
    reason = "empty.not_observed" if presence.is_composed else "empty.not_composed"
    return words(reason, territory=words.of(place.name), kind=territory_choice.kind(place, words))


def elsewhere(context: Context) -> str:
    """Where to look: the smallest territory around that has figures when the chosen one has none."""
    words = context.words
    nearest = places.presence(context.territory.territory_id).nearest
    if nearest is None:
        return words("empty.choose_territory")
    return words("empty.nearest", territory=words.of(nearest.name))


def extremes(frame: pandas.DataFrame, a_side: int) -> list[str]:
    """On each side, the territories with the highest and lowest figures, at most `a_side` of them."""
    kept: list[str] = []
    known = frame.dropna(subset=["value"])
    for is_french in (True, False):
        own = known[(known["country"] == "FR") == is_french].sort_values(["value", "territory_id"])
        ids = list(own["territory_id"])
        half = a_side // 2
        kept += ids if len(ids) <= a_side else ids[:half] + ids[-half:]
    return kept


def title(context: Context, near: Result, period: str | None) -> str:
    """From the lowest to the highest of the territories shown; one territory is named alone."""
    words, indicator = context.words, near.indicator
    known = near.frame.dropna(subset=["value"]).sort_values(["value", "territory_id"])
    label = words.of(indicator.label)
    if known.empty:
        return words("finding.nothing", label=label)
    when = words.period(period or known["period"].iloc[0])
    low, high = known.iloc[0]["value"], known.iloc[-1]["value"]
    if words.figure(low, indicator) == words.figure(high, indicator):
        return words(
            "finding.same" if len(known) > MOST_NAMED else "finding.same_named",
            label=label,
            value=words.figure(high, indicator),
            names=_names(context, known),
            period=when,
        )
    # A long unit is said once.
    is_short = len(words.of(indicator.symbol)) == 1
    return words(
        "finding.spread",
        label=label,
        low=words.figure(low, indicator) if is_short else words.number(low, indicator.decimals),
        low_names=_names(context, known[known["value"] == low]),
        high=words.figure(high, indicator),
        high_names=_names(context, known[known["value"] == high]),
        period=when,
    )


def subtitle(context: Context, indicator: Indicator, level: str, period: str | None) -> str:
    words = context.words
    return words(
        "finding.subtitle",
        territory=words.of(context.territory.name),
        level=words(f"level.{level}"),
        unit=words.of(indicator.unit),
        period=words.period(period) if period else "–",
        perimeter=words("figure.indicative") if context.territory.is_indicative else "",
    ).strip()


def other_side(context: Context, near: Result) -> str:
    """What stands on this side and what stands across, each from its lowest to its highest region. HTML."""
    words, indicator = context.words, near.indicator
    known = near.frame.dropna(subset=["value"])
    sentences = []
    for side in ("french", "other"):
        members = context.sides.of(side)
        if not members:
            continue
        own = known[(known["country"] == "FR") == (side == "french")]
        name = escape(context.side_name(side))
        if own.empty:
            sentences.append(words("finding.side_none", side=name))
        elif own["value"].nunique() == 1:
            value = words.figure(own["value"].iloc[0], indicator)
            sentences.append(words("finding.side_one", side=name, value=value, names=_names(context, own)))
        else:
            low, high = own["value"].min(), own["value"].max()
            sentences.append(
                words(
                    "finding.side_many",
                    side=name,
                    low=words.number(low, indicator.decimals),
                    high=words.figure(high, indicator),
                    count=words.number(len(own)),
                )
            )
    if not context.sides.french or not context.sides.other:
        sentences.append(words("finding.no_side"))
    return f"<strong>{escape(words('finding.other_side'))}</strong> {' '.join(sentences)}"


def columns(context: Context, indicator: Indicator) -> dict[str, str]:
    """The table of a map: place, code, country, period, value, what a rate is made of, flag."""
    words = context.words
    numerator = catalogue.numerator(indicator)
    return {
        f"name_{words.language}": words("column.territory"),
        "territory_id": words("column.code"),
        "country": words("column.country"),
        "period": words("column.period"),
        "value": words("column.value"),
        **({} if numerator is None else {"counted": words.of(numerator.label)}),
        "flag_raw": words("column.flag"),
    }


def side_of(country: str | None) -> places.Side:
    return "french" if country == "FR" else "other"


def _names(context: Context, frame: pandas.DataFrame) -> str:
    """The names as they stand within brackets: Namur (province) has none of its own there."""
    names = frame[f"name_{context.words.language}"].str.replace("-", NON_BREAKING_HYPHEN)
    return context.words.listing(list(names.str.replace(QUALIFIED, r", \1", regex=True)))
