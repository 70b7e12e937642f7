"""Rail passengers between regions of both sides in one dated year: who counted, and what is not published."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas

from pages.components import bars, findings, ledger, nothing, url, view
from pages.components.bars import Bar
from pages.components.context import Context
from warehouse.queries import mobility, places
from warehouse.queries.places import Side
from warehouse.result import Result

MOST_BARS = 8
REGIONS = "nuts2"
PANDEMIC = "2020"
SIDES: tuple[Side, ...] = ("french", "other")
ENDS = ("origin", "destination")


def show(context: Context) -> None:
    words = context.words
    if not context.sides.french or not context.sides.other:
        view.heading(words("mobility.rail_none", territory=words.of(context.territory.name)), "")
        view.empty(context, findings.absence(context) or words("finding.no_side"))
        nothing.see(context)
        return
    result = mobility.rail(*(_regions(context, side) for side in SIDES))
    counted = result.frame[result.frame["value"] > 0]
    years = list(counted.groupby("period").size().sort_values(kind="stable").index)  # fewest links first
    allowed = [year for year in years if context.year is None or year <= context.year]
    if not allowed:
        _nothing(context, result, years)
        return
    year = _year(context, allowed)
    own = counted[counted["period"] == year]
    view.heading(_title(context, own), words("mobility.rail_subtitle", year=year))
    ledger.show(
        [
            *(_direction(context, own, side) for side in SIDES),
            _reading(context, own, sorted(set(years) - {year})),
            _borders(context, result),
        ],
        "rail",
    )
    shown = result.with_frame(result.frame[result.frame["period"] == year].reset_index(drop=True))
    view.close(context, _told(context, shown), _columns(context), "mobilite-rail", year)


def _regions(context: Context, side: Side) -> list[str]:
    """The NUTS 2 regions that stand for a side; a country too small to have any reports as a whole."""
    members = context.sides.of(side)
    return sorted({*places.cover(members, REGIONS)["territory_id"], *members})


def _year(context: Context, years: list[str]) -> str:
    """The year with figures of the most links; where others have some too, a reader may ask for them."""
    if len(years) == 1:
        return years[0]
    words = context.words
    return url.widget(
        context.filters.segmented_control, "date", words("mobility.rail_year"), sorted(years), years[-1],
        words,
    )  # fmt: skip


def _nothing(context: Context, result: Result, years: list[str]) -> None:
    words = context.words
    view.heading(words("mobility.rail_none", territory=words.of(context.territory.name)), "")
    if years:
        first, last = min(years), max(years)
        view.empty(
            context,
            words("empty.before", year=context.year, first=first),
            words("empty.choose_year", first=first, last=last),
        )
        return
    view.empty(context, words("mobility.rail_nothing"))
    ledger.show([_borders(context, result)], "rail")
    view.close(context, _told(context, result), _columns(context), "mobilite-rail")


def _title(context: Context, own: pandas.DataFrame) -> str:
    first = own.iloc[0].to_dict()
    return context.words(
        "mobility.rail_title",
        period=first["period"],
        value=context.words.number(first["value"]),
        journey=_journey(context, first),
        country=_country(context, first["reported_by"]),
    )


def _journey(context: Context, row: dict[str, Any]) -> str:
    return " → ".join(str(row[f"{end}_{context.words.language}"]) for end in ENDS)


def _country(context: Context, country: str) -> str:
    return context.words.of(places.territory(country).name)


def _direction(context: Context, own: pandas.DataFrame, towards: Side) -> ledger.Row:
    """The links that lead to one side, the busiest first; both directions are drawn to one scale."""
    words = context.words
    is_french = own["destination_id"].isin(_regions(context, "french"))
    there = own[is_french if towards == "french" else ~is_french]
    several = own["reported_by"].nunique() > 1
    drawn = [
        Bar(
            label=_journey(context, row),
            value=row["value"],
            written=words.number(row["value"]),
            note=words("mobility.rail_by", country=_country(context, row["reported_by"])) if several else "",
        )
        for row in there.head(MOST_BARS).to_dict("records")
    ]
    body = bars.html(drawn, f"rail-{towards}", own["value"].max())
    if there.empty:
        body = f"<p>{escape(words('mobility.rail_not_there'))}</p>"
    if len(there) > MOST_BARS:
        body += f'<p class="note">{escape(words.count("mobility.rail_more", len(there) - MOST_BARS))}</p>'
    return ledger.Row(over=own["period"].iloc[0], head=words(f"mobility.rail_towards_{towards}"), body=body)


def _reading(context: Context, own: pandas.DataFrame, other_years: list[str]) -> ledger.Row:
    """Who counted, the codes of the time, and why this is neither a trend nor a net flow."""
    words, year = context.words, own["period"].iloc[0]
    countries = [_country(context, name) for name in dict.fromkeys(own["reported_by"])]
    trend = "mobility.rail_other_years" if other_years else "mobility.rail_only_year"
    said = [
        words("mobility.rail_counted_by", countries=words.listing(countries)),
        words(trend, year=year, years=words.listing(other_years)),
        _codes(context, own),
    ]
    if year == PANDEMIC:
        said.append(words("mobility.rail_pandemic"))
    first = own.iloc[0].to_dict()
    is_back = (own["origin_id"] == first["destination_id"]) & (own["destination_id"] == first["origin_id"])
    for back in own.loc[is_back, "value"]:
        both = {"there": words.number(first["value"]), "back": words.number(back)}
        said.append(words("mobility.rail_no_net", journey=_journey(context, first), **both))
    covers = [places.cover(context.sides.of(side), REGIONS)["relation"] for side in SIDES]
    if "larger" in set(pandas.concat(covers)):
        said.append(words("mobility.rail_larger"))
    return ledger.Row(over="", head=words("mobility.rail_reading"), body=ledger.listing(map(escape, said)))


def _codes(context: Context, own: pandas.DataFrame) -> str:
    """Which codes the source used then, of the regions that have another one today."""
    year = own["period"].iloc[0]
    ends = [own[[f"{end}_code", f"{end}_id"]].set_axis(["code", "id"], axis="columns") for end in ENDS]
    renamed = pandas.concat(ends).query("code != id").drop_duplicates().sort_values("code")
    if renamed.empty:
        return context.words("mobility.rail_same_codes", year=year)
    named = ", ".join(f"{row.code} → {row.id}" for row in renamed.itertuples())
    return context.words("mobility.rail_codes", year=year, codes=named)


def _borders(context: Context, result: Result) -> ledger.Row:
    """What became of the figures of each country across: published, confidential, not sent, or no link."""
    across = places.countries(context.sides.other)
    said = [
        f"<strong>{escape(_country(context, name))}</strong>{escape(_published(context, result.frame, name))}"
        for name in places.NEIGHBOURS
        if name in across
    ]
    return ledger.Row(over="", head=context.words("mobility.rail_borders"), body=ledger.listing(said))


def _published(context: Context, frame: pandas.DataFrame, country: str) -> str:
    words = context.words
    ends = [frame[f"{end}_id"].str.startswith(country) for end in ENDS]
    own = frame[ends[0] | ends[1]]
    if own.empty:
        return words("mobility.rail_no_link")
    years: dict[str, list[str]] = {}
    for period, rows in own.groupby("period"):
        without = "confidential" if rows["confidential"].any() else "not_sent"
        years.setdefault("published" if rows["value"].notna().any() else without, []).append(str(period))
    told = [f"{words(f'mobility.rail_{state}')} {words.listing(those)}" for state, those in years.items()]
    return words("mobility.rail_said", said=", ".join(told))


def _told(context: Context, result: Result) -> Result:
    frame = result.frame
    return result.with_frame(
        frame.assign(reporter=[_country(context, name) for name in frame["reported_by"]])
    )


def _columns(context: Context) -> dict[str, str]:
    words = context.words
    return {
        f"origin_{words.language}": words("column.from"),
        "origin_code": words("column.code_then"),
        f"destination_{words.language}": words("column.to"),
        "destination_code": words("column.code_then_to"),
        "period": words("column.period"),
        "value": words("column.passengers"),
        "reporter": words("column.counted_by"),
        "flag_raw": words("column.flag"),
    }
