"""Strategies and the chain as a page asks for them. Lines are those of the seeds named in the rows."""

from __future__ import annotations

import pytest

from warehouse import store
from warehouse.queries import catalogue, strategy

pytestmark = pytest.mark.usefixtures("warehouse")

THEMES_WITH_INDICATOR = {
    "mobilite", "emploi-insertion", "formation", "sante", "observation", "interreg-21-27",
}  # fmt: skip


def test_interreg_comes_in_the_order_of_the_document() -> None:
    result = strategy.interreg()
    counts = result.frame.groupby("kind").size().to_dict()
    assert counts == {"priority": 5, "specific_objective": 12, "numbered_action": 37}
    assert result.frame["line"].is_monotonic_increasing
    assert [source.provider_id for source in result.sources] == ["interreg"]


def test_the_programme_keeps_its_repeated_codes_apart() -> None:
    frame = strategy.programme().frame
    assert list(frame[frame["code"] == "1.1.1"]["action_id"]) == [
        "mot-2023-006",
        "mot-2023-007",
        "mot-2023-008",
    ]
    assert len(frame) == 122


def test_the_programme_can_be_filtered_by_the_theme_of_a_chain() -> None:
    themes = strategy.programme().frame.set_index("action_id")["theme_ids"]
    assert themes["mot-2023-066"] == "mobilite observation"
    assert themes.isna()["mot-2023-004"]


def test_numbers_lost_by_the_copy_are_marked() -> None:
    frame = strategy.arc_jurassien().frame
    lost = frame[frame["is_lost"]]
    assert lost.groupby("kind").size().to_dict() == {"attachment": 5, "fact": 1}
    assert list(lost[lost["kind"] == "fact"]["item_id"]) == ["ctj-fppt-1"]


def test_the_living_areas_lose_nothing() -> None:
    frame = strategy.bassins().frame
    assert frame.groupby("kind").size().to_dict() == {"fact": 2, "site": 5, "step": 4, "theme": 4}
    assert not frame["is_lost"].any()


def test_ideas_are_six_each_with_its_printed_theme() -> None:
    frame = strategy.ideas().frame
    assert list(frame["territories"]) == [7, 4, 5, 5, 3, 3]
    assert frame["is_printed"].all()


def test_an_idea_may_concern_a_theme_of_another_name_and_then_says_why() -> None:
    (idea,) = strategy.ideas("obstacles").frame.to_dict("records")
    assert (idea["idea_id"], idea["is_printed"]) == ("idee-formation", False)
    assert idea["reason_fr"] == "Un diplôme non reconnu est un obstacle"


def test_each_listed_territory_can_be_lit_on_the_map() -> None:
    frame = strategy.idea_territories().frame
    assert len(frame) == 27
    assert frame[["lon", "lat", "name_nl"]].notna().all(axis=None)


def test_suggestions_of_an_idea_are_in_the_printed_order() -> None:
    frame = strategy.idea_suggestions().frame
    formation = frame[frame["idea_id"] == "idee-formation"]
    assert list(formation["kind"]) == ["reminder", "suggestion", "suggestion"]


def test_every_link_is_named_at_both_ends() -> None:
    links = strategy.links()
    count = store.query("SELECT count(*) AS links FROM link")["links"].item()
    assert len(links.frame) == count
    assert links.frame[["from_label_nl", "to_label_en", "reason_fr"]].notna().all(axis=None)
    assert set(links.frame["proposed_by"]) == {"observatoire"}


def test_a_chain_leads_from_mobility_to_cross_border_workers() -> None:
    frame = strategy.chain("mobilite").frame
    (whole,) = frame[frame["indicator_id"] == "cross_border_workers"].to_dict("records")
    assert [whole[end] for end in ("objective_code", "action_code", "indicator_id")] == [
        "3.2",
        "2.2.2",
        "cross_border_workers",
    ]
    assert whole["indicator_reason_en"].startswith("Cross-border workers")


def test_a_chain_never_borrows_a_link_of_another_theme() -> None:
    governance = strategy.chain("gouvernance").frame
    assert "mot-2023-065" not in set(governance["action_id"]), "data are the observation's chain"


def test_every_theme_is_in_the_chain_even_where_it_ends_early() -> None:
    frame = strategy.chain().frame
    themes = store.query("SELECT theme_id FROM theme")
    assert set(frame["theme_id"]) == set(themes["theme_id"])
    informed = set(frame[~frame["is_without_indicator"]]["theme_id"])
    assert informed == THEMES_WITH_INDICATOR
    assert informed == set(frame[frame["indicator_id"].notna()]["theme_id"])


def test_the_chain_carries_the_sources_of_its_indicators() -> None:
    result = strategy.chain("mobilite")
    named = ("cross_border_workers", "modal_share", "cars_per_1000")
    assert set(result.indicators) == {catalogue.indicator(name) for name in named}
    assert {"strategy_links", "published_flows", "published_mobility", "tran_r_vehst"} <= {
        source.dataset_id for source in result.sources
    }


def test_a_theme_without_indicator_says_what_would_be_needed() -> None:
    gaps = strategy.gaps().frame
    assert len(gaps) == 15 - len(THEMES_WITH_INDICATOR)
    assert (gaps[["needed_fr", "needed_nl", "needed_en"]] != "").all(axis=None)
    assert "obstacles" in set(gaps["theme_id"])


def test_a_theme_nobody_knows_has_no_chain() -> None:
    assert strategy.chain("telepathie").is_empty
    assert strategy.links("telepathie").is_empty
    assert strategy.ideas("telepathie").is_empty
