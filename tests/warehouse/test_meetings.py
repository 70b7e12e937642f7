"""The Rencontres as a page asks for them. Lines are those of the account of 2021, seed 003."""

from __future__ import annotations

import pytest

from warehouse import store
from warehouse.campaign import COLUMNS
from warehouse.queries import meetings

pytestmark = pytest.mark.usefixtures("warehouse")

HAUTS_DE_FRANCE = "2021-hauts-de-france"


def test_the_nine_votes_come_in_the_printed_order() -> None:
    votes = meetings.votes(HAUTS_DE_FRANCE).frame
    assert list(votes["votes"]) == [9, 5, 8, 8, 7, 6, 4, 4, 1]  # lines 5 to 15
    assert list(votes["level"]) == [1, 1, 1, 1, 2, 2, 2, 2, 2]  # lines 45, 83, 129, 142, 153, 169, 184, 191
    assert votes["votes"].sum() == 52


def test_a_theme_is_named_in_three_languages() -> None:
    mobility = meetings.votes(HAUTS_DE_FRANCE).frame.set_index("theme_id").loc["mobilite"]
    assert list(mobility[["label_fr", "label_nl", "label_en"]]) == ["Mobilité", "Mobiliteit", "Mobility"]


def test_votes_carry_their_source_and_no_indicator() -> None:
    result = meetings.votes(HAUTS_DE_FRANCE)
    assert [source.dataset_id for source in result.sources] == ["rencontres_votes"]
    assert result.sources[0].origin == "published"
    assert result.indicators == ()


def test_a_meeting_without_an_account_has_no_vote() -> None:
    assert meetings.votes("2021-ardennes").is_empty


def test_the_meeting_with_an_account_comes_first() -> None:
    frame = meetings.meetings().frame
    assert frame.iloc[0]["meeting_id"] == HAUTS_DE_FRANCE
    assert frame["has_report"].sum() == 1
    assert frame.groupby("year").size().to_dict() == {2020: 9, 2021: 9}


def test_participants_of_both_years_add_up_to_the_printed_totals() -> None:
    areas = meetings.participation(2021).frame
    assert len(areas) == 9
    assert set(areas["since"]) == {2020}
    assert areas["before"].sum() == 94  # line 223
    assert areas["participants"].sum() == 195  # line 256


def test_change_is_against_the_time_before() -> None:
    change = meetings.participation(2021).frame.set_index("area_id")["change"]
    assert change["RT-HAUTS-DE-FRANCE"] == 35 - 10  # lines 226 and 195
    assert change["RT-ARC-JURASSIEN"] == 14 - 14  # lines 238 and 207
    assert change["RT-PYRENEES-OUEST"] == 13 - 18  # line 254, and 94 - 76


def test_a_first_campaign_is_set_against_nothing() -> None:
    areas = meetings.participation(2020).frame
    assert areas["participants"].sum() == 94
    assert areas[["before", "since", "change"]].isna().all(axis=None)
    assert meetings.campaign_years() == (2021,)


def test_only_pyrenees_ouest_rests_on_a_deduction() -> None:
    areas = meetings.participation(2021).frame
    (deduced,) = areas[areas["is_before_computed"]].to_dict("records")
    assert (deduced["area_id"], deduced["before_computation"]) == ("RT-PYRENEES-OUEST", "94 − 76 = 18")
    assert not areas["is_computed"].any()


def test_votes_are_known_for_one_area_and_never_for_the_others() -> None:
    areas = meetings.accounts().frame.set_index("area_id")
    assert len(areas) == 9
    assert areas.loc["RT-HAUTS-DE-FRANCE", "vote_total"] == 52
    assert areas["vote_total"].notna().sum() == 1
    assert list(areas[areas["has_report"]].index) == ["RT-HAUTS-DE-FRANCE"]


def test_every_area_has_a_point_to_draw_its_symbol_on() -> None:
    assert meetings.accounts().frame[["lon", "lat"]].notna().all(axis=None)


def test_votes_and_participants_stand_in_tables_of_their_own() -> None:
    assert store.query("SELECT sum(votes)::INTEGER AS votes FROM vote")["votes"].item() == 52
    people = store.query("SELECT sum(participants)::INTEGER AS people FROM participation")
    assert people["people"].item() == 94 + 195
    assert store.query("SELECT * FROM observation WHERE dataset_id LIKE 'rencontres%'").empty


def test_territories_are_known_only_where_all_nine_name_the_theme() -> None:
    frame = meetings.theme_expectations().frame
    local = frame[frame["scale"] == "local_priority"]
    assert list(local["territories"]) == [9, 9, 7, 6, 6]  # lines 269, 275, 281, 289, 295
    assert list(frame[frame["scale"] == "expected_of_mot"]["territories"]) == [
        8,
        5,
        5,
        3,
    ]  # 304, 311, 320, 327
    assert list(local["is_all_territories"]) == [True, True, False, False, False]


def test_two_themes_of_one_slide_have_the_same_objectives() -> None:
    culture = meetings.objectives(HAUTS_DE_FRANCE, "citoyennete-culture").frame
    services = meetings.objectives(HAUTS_DE_FRANCE, "services-publics").frame
    assert list(culture["line"]) == list(services["line"])
    assert 42 in set(services["line"])  # the item that names public services


def test_a_theme_on_a_slide_of_its_own_has_only_its_objectives() -> None:
    frame = meetings.objectives(HAUTS_DE_FRANCE, "emploi-insertion").frame
    assert list(frame["line"]) == [187, 189]
    assert set(frame["theme_id"]) == {"emploi-insertion"}


def test_what_the_mot_says_is_not_an_objective_of_the_territory() -> None:
    kinds = meetings.objectives(HAUTS_DE_FRANCE, "mobilite").frame.set_index("line")["kind"]
    assert kinds[125] == "mot_remark"
    assert set(kinds.drop(125)) == {"objective"}


def test_no_campaign_of_the_tests_is_in_the_product() -> None:
    assert set(meetings.meetings().frame["year"]) == {2020, 2021}


def test_a_first_campaign_has_nothing_to_compare_with() -> None:
    votes = meetings.campaigns("RT-HAUTS-DE-FRANCE").frame
    assert votes["votes"].sum() == 52
    assert votes[["change", "since"]].isna().all(axis=None)


def test_the_template_names_every_theme() -> None:
    lines = meetings.campaign_template().decode("utf-8-sig").splitlines()
    assert lines[0] == ";".join(COLUMNS)
    assert len(lines) == 1 + 15
    assert ";;;;Mobilité;;;;;" in lines
