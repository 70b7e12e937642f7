"""TOML → declarations. Every loader raises WrongRequest or DoesNotExist naming file, key and remedy."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from etl.declaration import (
    FACETS,
    Caveat,
    Dataset,
    Definition,
    FlowRule,
    Indicator,
    IndicatorHead,
    Known,
    PeriodRule,
    PlaceRule,
    Provider,
    Ratio,
    Unit,
)
from etl.errors import WrongRequest
from etl.request import read_request
from etl.strict import Table, read_table

THEMES = (
    "population", "employment", "economy", "income", "space", "flows", "mobility", "health", "education",
)  # fmt: skip
KINDS = ("rate", "count", "amount")
DIRECTIONS = ("up", "down", "neutral")
FREQUENCIES = ("annual", "quarterly", "once")
ORIGINS = ("api", "archive", "published", "proposed")
STATUSES = ("A", "B", "D", "E", "F", "I", "L", "M", "N", "O", "P", "U")  # obs_status of schema.sql
PERIOD_FORMS = ("year", "quarter", "date_year", "school_year", "column_year")


def load_providers(file: Path) -> dict[str, Provider]:
    providers = {}
    for name, table in read_table(file).every_table():
        texts = {key: table.text(key) for key in ("name", "homepage", "licence", "licence_url", "citation")}
        providers[name] = Provider(provider_id=name, countries=table.texts("countries"), **texts)
        table.close()
    return providers


def load_units(file: Path) -> dict[str, Unit]:
    units = {}
    for name, table in read_table(file).every_table():
        units[name] = Unit(name, table.languages(), table.same_or_languages("symbol"))
        table.close()
    return units


def load_caveats(file: Path) -> dict[str, Caveat]:
    caveats = {}
    for name, table in read_table(file).every_table():
        caveats[name] = Caveat(name, table.languages())
        table.close()
    return caveats


def load_datasets(folders: Iterable[Path], known: Known) -> tuple[Dataset, ...]:
    """Every declaration below the folders, by path; names are unique and refer to what is declared."""
    datasets: dict[str, Dataset] = {}
    for file in (file for folder in folders for file in sorted(folder.glob("*/*.toml"))):
        if other := datasets.get(file.stem):
            raise WrongRequest(f"{other.file} has the same name", "rename one of them", file=str(file))
        datasets[file.stem] = _dataset(read_table(file), file, known)
    _require_consistent_indicators(tuple(datasets.values()))
    return tuple(datasets.values())


def _require_consistent_indicators(datasets: tuple[Dataset, ...]) -> None:
    """An indicator is declared once, and one that a rate is made of is declared at all."""
    heads = [(head, dataset) for dataset in datasets for head in dataset.heads]
    declared: dict[str, Dataset] = {}
    for head, dataset in heads:
        if other := declared.get(head.indicator_id):
            raise WrongRequest(
                f"indicator {head.indicator_id!r} is declared in {other.file} too",
                "give one of them another id",
                file=str(dataset.file),
            )
        declared[head.indicator_id] = dataset
    for head, dataset in heads:
        for part in (head.numerator, head.denominator):
            if part is not None and part not in declared:
                raise WrongRequest(
                    f"indicator {head.indicator_id!r} is made of {part!r}, which is not declared",
                    "correct the name, or declare it",
                    file=str(dataset.file),
                )
    on_the_card = {head.indicator_id: head for head, _ in heads if head.headline is not None}
    for head, dataset in heads:
        if head.stands_in_for is not None:
            _require_like(head, on_the_card.get(head.stands_in_for), dataset)


def _require_like(head: IndicatorHead, other: IndicatorHead | None, dataset: Dataset) -> None:
    """What stands in for another on the identity card counts the same thing in the same unit."""
    if other is None or (other.unit, other.kind) != (head.unit, head.kind):
        raise WrongRequest(
            f"indicator {head.indicator_id!r} stands in for {head.stands_in_for!r}, "
            f"which is no {head.kind} in {head.unit} with a `headline`",
            "correct the name, or leave `stands_in_for` out",
            file=str(dataset.file),
        )


def _dataset(table: Table, file: Path, known: Known) -> Dataset:
    provider = known.providers[table.one_of("provider", known.providers)]
    feeds = table.one_of("feeds", known.feeds, default="observation")
    keep = table.table_or_none("keep")
    reader = table.table_or_none("reader")
    request = read_request(
        table.table_or_none("request"), provider.provider_id, known.endpoints, known.formats
    )
    dataset = Dataset(
        dataset_id=file.stem,
        provider=provider,
        title=table.words("title"),
        homepage=table.text("homepage"),
        url=table.text("url") if request is None else table.text_or("url", request.address),
        licence=table.text_or("licence", provider.licence),
        licence_url=table.text_or("licence_url", provider.licence_url),
        format=table.one_of("format", known.formats, default="delimited"),
        feeds=feeds,
        archive=table.texts("archive"),
        origin=table.one_of("origin", ORIGINS, default="archive"),
        vintage=table.text("vintage"),
        published=table.day_or_none("published"),
        frequency=table.one_of("frequency", FREQUENCIES),
        file=file,
        reader=reader.mapping() if reader else {},
        request=request,
        keep={name: keep.texts(name) for name in keep.mapping()} if keep else {},
        places=_places(table.table_or_none("places")),
        period=_period(table.table_or_none("period")),
        flow=_flow(table.table_or_none("flow")),
        indicators=tuple(_indicator(each, known) for each in table.tables("indicator")),
        ratios=tuple(_ratio(each, known) for each in table.tables("ratio")),
        definitions=tuple(_definition(each, known) for each in table.tables("definition")),
    )
    _require_coordinates(table, dataset)
    table.close()
    return dataset


def _require_coordinates(table: Table, dataset: Dataset) -> None:
    """A figure has a place, a period and an indicator: a declaration without them cannot be fed."""
    if dataset.feeds not in ("observation", "commuting"):
        return
    wanted: dict[str, object] = {
        "places": dataset.places,
        "period": dataset.period,
        "indicator": dataset.indicators,
    }
    if dataset.feeds == "commuting":
        wanted["flow"] = dataset.flow
    for name, value in wanted.items():
        if not value:
            table.fail(name, "is missing", f"write [{name}], or another `feeds` than {dataset.feeds!r}")


def _places(table: Table | None) -> PlaceRule | None:
    if table is None:
        return None
    rule = PlaceRule(
        column=table.text("column"),
        scheme=table.text("scheme"),
        keep=table.texts("keep"),
        codes=table.texts("codes"),
        towards=table.text_or_none("towards"),
        towards_scheme=table.text_or_none("towards_scheme"),
        level=table.text_or_none("level"),
    )
    table.close()
    return rule


def _period(table: Table | None) -> PeriodRule | None:
    if table is None:
        return None
    rule = PeriodRule(
        column=table.text_or("column", "TIME_PERIOD"),
        form=table.one_of("form", PERIOD_FORMS),
        first=table.text_or_none("first"),
        last=table.text_or_none("last"),
        at=table.text_or_none("at"),
        apart=table.integer_or_none("apart"),
    )
    table.close()
    return rule


def _flow(table: Table | None) -> FlowRule | None:
    if table is None:
        return None
    rule = FlowRule(
        destination=table.texts("destination"),
        indicator=table.text("indicator"),
        definition=table.text("definition"),
        abroad=table.text_or_none("abroad"),
        around=table.text_or_none("around"),
        inside=table.texts("inside"),
        unstated=table.texts("unstated"),
        unnamed=table.texts("unnamed"),
        countries=_texts_by_name(table, "countries"),
        elsewhere=table.flag("elsewhere"),
        mode=table.text_or_none("mode"),
        modes=_texts_by_name(table, "modes"),
        modes_until=_modes_until(table.table_or_none("modes_until")),
        repeats=table.flag("repeats"),
    )
    if not rule.destination:
        table.fail("destination", "is missing", "name the column of where people work")
    table.close()
    return rule


def _modes_until(table: Table | None) -> dict[str, dict[str, str]]:
    return {period: _texts_by_name(table, period) for period in table.mapping()} if table else {}


def _texts_by_name(table: Table, name: str) -> dict[str, str]:
    texts = table.table_or_none(name)
    return {key: texts.text(key) for key in texts.mapping()} if texts else {}


def _indicator(table: Table, known: Known) -> Indicator:
    numerator, denominator = table.text_or_none("numerator"), table.text_or_none("denominator")
    head = _head(table, known, numerator, denominator, table.number_or_none("scale"))
    where = table.table_or_none("where")
    facets = table.table_or_none("dimensions")
    indicator = Indicator(
        head=head,
        where={name: where.texts(name) for name in where.mapping()} if where else {},
        facets={name: facets.text(name) for name in FACETS if name in facets} if facets else {},
    )
    if facets:
        facets.close()
    table.close()
    return indicator


def _ratio(table: Table, known: Known) -> Ratio:
    of, over = table.text("of"), table.text("over")
    scale = table.number_or_none("scale") or 1.0
    ratio = Ratio(_head(table, known, of, over, scale), of, over, scale)
    table.close()
    return ratio


def _definition(table: Table, known: Known) -> Definition:
    definition = Definition(
        definition_id=table.text("id"),
        label=table.words("label"),
        status=table.one_of("status", STATUSES, default="A"),
        groups=table.texts("groups"),
        wordings=table.texts("wordings"),
        editions=table.texts("editions"),
        caveats=_caveats(table, known),
        unsourced=table.flag("unsourced"),
    )
    table.close()
    return definition


def _head(
    table: Table, known: Known, numerator: str | None, denominator: str | None, scale: float | None
) -> IndicatorHead:
    return IndicatorHead(
        indicator_id=table.text("id"),
        theme=table.one_of("theme", THEMES),
        label=table.words("label"),
        description=table.words("description"),
        unit=table.one_of("unit", known.units),
        kind=table.one_of("kind", KINDS),
        decimals=table.integer("decimals"),
        good=table.one_of("good", DIRECTIONS, default="neutral"),
        minimum=table.number_or_none("minimum"),
        maximum=table.number_or_none("maximum"),
        numerator=numerator,
        denominator=denominator,
        scale=scale,
        headline=table.integer_or_none("headline"),
        stands_in_for=table.text_or_none("stands_in_for"),
        caveats=_caveats(table, known),
    )


def _caveats(table: Table, known: Known) -> tuple[str, ...]:
    caveats = table.texts("caveats")
    for caveat in caveats:
        if caveat not in known.caveats:
            table.fail("caveats", f"names {caveat!r}, which is unknown", "declare it in caveats.toml")
    return caveats
