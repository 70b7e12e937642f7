"""What the warehouse says of itself: indicators, datasets, warnings, and what was left out."""

from __future__ import annotations

import pytest

from etl.world import declarations, project_world
from warehouse import store
from warehouse.queries import catalogue
from warehouse.queries.catalogue import UnknownIndicator
from warehouse.result import LANGUAGES

on_real_figures = pytest.mark.usefixtures("warehouse")


@on_real_figures
def test_every_declared_dataset_is_in_the_catalogue_with_its_indicators_or_named_as_not_loaded() -> None:
    world = project_world(store.data_folder())
    declared = declarations(world).datasets
    loaded = [dataset for dataset in declared if world.layers.holds(dataset)]
    expected = {head.indicator_id for dataset in loaded for head in dataset.heads}
    assert {item.indicator_id for item in catalogue.indicators()} == expected
    absent = {dataset.dataset_id for dataset in declared} - {dataset.dataset_id for dataset in loaded}
    assert set(catalogue.not_loaded().frame["dataset_id"]) == absent


@on_real_figures
def test_every_indicator_speaks_three_languages() -> None:
    for item in catalogue.indicators():
        for text in (item.label, item.description, item.unit):
            assert all(text[language].strip() for language in LANGUAGES), item.indicator_id


@on_real_figures
def test_every_caveat_of_an_indicator_has_its_sentence_in_three_languages() -> None:
    named = {name for item in catalogue.indicators() for name in item.caveats}
    told = {item.caveat_id: item.text for item in catalogue.caveats(named)}
    assert set(told) == named
    assert all(text[language].strip() for text in told.values() for language in LANGUAGES)


@on_real_figures
def test_an_indicator_is_read_as_it_was_declared() -> None:
    """demo_r_pjanaggr3.toml and nama_10r_3gdp.toml."""
    population = catalogue.indicator("population")
    assert (population.kind, population.decimals, population.symbol.nl) == ("count", 0, "inw.")
    assert (population.numerator_id, population.scale, population.headline) == (None, None, 1)
    gdp = catalogue.indicator("gdp_per_inhabitant")
    assert (gdp.numerator_id, gdp.denominator_id, gdp.scale) == ("gdp", "population", 1e6)
    assert gdp.caveats == ("commuter_caveat",)


@on_real_figures
def test_an_indicator_nobody_declared_is_said_to_be_unknown() -> None:
    with pytest.raises(UnknownIndicator, match="happiness"):
        catalogue.indicator("happiness")


@on_real_figures
def test_a_theme_keeps_its_own_indicators_headline_ones_first() -> None:
    employment = catalogue.indicators("employment")
    assert {item.theme for item in employment} == {"employment"}
    ranks = [item.headline for item in employment]
    # The two localised rates share a rank: a card shows the one that knows the place.
    assert ranks[:3] == [2, 6, 6]
    assert set(ranks[3:]) == {None}
    assert len(catalogue.indicators("employment")) < len(catalogue.indicators())
    assert catalogue.indicators("astrology") == ()


@on_real_figures
def test_a_source_says_who_what_edition_licence_and_where() -> None:
    (source,) = catalogue.sources(["demo_r_pjanaggr3"])
    assert (source.provider, source.vintage, source.origin) == ("Eurostat", "2026-04", "archive")
    assert source.licence
    assert source.licence_url.startswith("https://")
    assert source.homepage.startswith("https://")
    assert source.published_at is None or source.published_at.year == 2026


@on_real_figures
def test_every_dataset_is_listed_once_with_its_licence_and_its_rows() -> None:
    frame = catalogue.datasets().frame
    assert frame["dataset_id"].is_unique
    for column in (
        "provider",
        "licence",
        "licence_url",
        "homepage",
        "vintage",
        "title_fr",
        "title_nl",
        "title_en",
    ):
        assert frame[column].str.len().min() > 0, column
    assert (frame["rows"] > 0).all()
    assert set(frame["dataset_id"]) >= {
        "demo_r_pjanaggr3",
        "tgs00010",
        "chomage_ze",
        "fiscal_income",
        "refnis",
    }


@on_real_figures
def test_a_result_names_each_source_once() -> None:
    both = [catalogue.indicator(name) for name in ("gdp", "gdp_per_inhabitant", "population")]
    result = catalogue.result(store.query("SELECT 1 AS one"), both)
    assert [source.dataset_id for source in result.sources] == ["demo_r_pjanaggr3", "nama_10r_3gdp"]
    assert [caveat.caveat_id for caveat in result.caveats] == ["commuter_caveat"]


@on_real_figures
def test_rows_left_out_are_counted_by_reason_and_code() -> None:
    frame = catalogue.rejected().frame
    assert set(frame["reason"]) <= {
        "outside_scope", "not_a_territory", "not_carried", "superseded", "not_placeable",
    }  # fmt: skip
    assert (frame["rows"] > 0).all()
    assert frame["detail"].str.len().min() > 0
    assert not frame.duplicated(["dataset_id", "reason", "code", "detail"]).any()


@on_real_figures
def test_rows_left_out_add_up_by_reason() -> None:
    by_reason, whole = catalogue.rejected_by_reason(), catalogue.rejected().frame
    assert not by_reason.duplicated(["dataset_id", "reason"]).any()
    assert by_reason["rows"].sum() == whole["rows"].sum()
    own = by_reason.set_index(["dataset_id", "reason"]).loc[("demo_r_pjanaggr3", "not_carried"), "codes"]
    assert "BE325" in own
    assert list(own) == sorted(set(own))


@on_real_figures
def test_a_code_that_makes_up_no_territory_of_today_is_listed() -> None:
    """demo_r_pjanaggr3: Soignies (BE325 until 2019) was cut between several arrondissements of today."""
    frame = catalogue.rejected().frame
    own = frame[(frame["dataset_id"] == "demo_r_pjanaggr3") & (frame["code"] == "BE325")]
    assert set(own["reason"]) == {"not_carried"}
    assert "a code of an older edition that makes up no territory" in set(own["detail"])
