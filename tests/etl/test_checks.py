"""Each rule of warehouse/checks, with the fault that breaks it planted in a small database that was sound."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from etl.check import rules, run_checks
from etl.world import WAREHOUSE

CHECKS = WAREHOUSE / "checks"

SOUND = """
INSERT INTO provider VALUES ('p', 'P', 'h', 'l', 'u', 'c', []);
INSERT INTO dataset VALUES
    ('d', 'p', 'f', 'n', 'e', 'h', 'u', 'l', 'lu', NULL, NULL, '2025', 'abc', 3, 'archive', 'annual', 'file');
INSERT INTO unit VALUES ('PC', 'f', 'n', 'e', '%', '%', '%');
INSERT INTO caveat VALUES ('careful', 'f', 'n', 'e');
INSERT INTO indicator VALUES
    ('rate', 'd', 'employment', 'f', 'n', 'e', 'f', 'n', 'e', 'PC', 'rate', 1, 'down', 0, 100,
        NULL, NULL, NULL, NULL, NULL, NULL, ['careful']),
    ('workers', 'd', 'flows', 'f', 'n', 'e', 'f', 'n', 'e', 'PC', 'count', 0, 'neutral', 0, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, []);
INSERT INTO territory BY NAME
    SELECT id AS territory_id, level, 'f' AS name_fr, 'n' AS name_nl, 'd' AS name_de, 'e' AS name_en,
        parent AS parent_id, true AS is_border, false AS is_indicative
    FROM (VALUES ('FR', 'country', NULL), ('FRE', 'nuts1', 'FR'), ('AREA', 'area', NULL),
            ('OTHER', 'area', NULL), ('TOWN', 'municipality', 'FRE'))
        AS t (id, level, parent);
INSERT INTO membership VALUES ('AREA', 'FRE', 's');
INSERT INTO correspondence VALUES ('NUTS', 'FRE', 'current', 'FRE', 1);
INSERT INTO postal_code VALUES ('FR', '59000', 'TOWN');
INSERT INTO code_list VALUES ('REFNIS', '57096', NULL, NULL, NULL, NULL, '2019-01-01', NULL, 'd');
INSERT INTO observation VALUES
    ('rate', 'FR', '2025', '2025-01-01', '_T', '_T', '_T', 7.5, 'A', false, '', 'd'),
    ('rate', 'FRE', '2023-Q3', '2023-07-01', '_T', '_T', '_T', NULL, 'O', false, 'u', 'd');
INSERT INTO definition VALUES ('insured', 'f', 'n', 'e', ['careful']);
INSERT INTO trait VALUES
    ('population', 'all', NULL, NULL, 'f', 'n', 'e', 'd'),
    ('perimeter', 'all', NULL, NULL, 'f', 'n', 'e', 'd'),
    ('workplace', 'all', NULL, NULL, 'f', 'n', 'e', 'd'), ('moment', 'all', 5, NULL, 'f', 'n', 'e', 'd');
INSERT INTO definition_traits VALUES ('insured', 'all', 'all', 'all', 'all', 'd');
INSERT INTO place_group VALUES ('all', 'AGG:all', 'all_countries', NULL, [], 'f', 'n', 'e', 'd');
INSERT INTO mobility_term VALUES
    ('mode', '_T', 'f', 'n', 'e', 'd'), ('population', 'users', 'f', 'n', 'e', 'd'),
    ('survey', 's', 'f', 'n', 'e', 'd');
INSERT INTO mobility_figure VALUES
    ('rate', '_T', 'users', 'FR', 'all', NULL, 's', '2021', false, 12, 'exact', 'p', 't', 'u', 'producer',
        NULL, NULL, NULL, 'd');
INSERT INTO passenger_flow VALUES ('rate', 'FR', 'FRE', '2005', 'FR', 3, 'A', false, '', 'FR', 'FRE', 'd');
INSERT INTO flow VALUES
    ('workers', 'FR', 'FRE', '2021', false, '2021-06-30', '_T', '_T', 10, 'A', 'exact', '', 'insured', 'g',
        'p', 't', 'u', 'producer', false, NULL, 'd');
INSERT INTO theme VALUES ('health', 'f', 'n', 'e');
INSERT INTO meeting VALUES ('2021-area', 'AREA', 2021, true, 3), ('2021-mute', 'AREA', 2021, false, NULL);
INSERT INTO vote VALUES ('2021-area', 'health', 1, 5, NULL, 1, 's', 'h', 3, 'd');
INSERT INTO participation VALUES ('AREA', 2021, 18, true, '94 − 76 = 18', 's', 'h', 4, 'd');
INSERT INTO expectation VALUES ('local_priority', 'health', 12, 2021, 's', 'h', 5, 'd');
INSERT INTO objective_stated VALUES ('2021-area', 'health', 'objective', 'f', 'n', 'e', 1, 's', 'h', 6, 'd');
INSERT INTO idea VALUES ('idea', 'health', 'f', 'n', 'e', 1, 's', 'h', 7, 'd');
INSERT INTO idea_territory VALUES
    ('idea', 'AREA', 'Area', 's', 'h', 8, 'd'), ('idea', 'OTHER', 'Other', 's', 'h', 8, 'd');
INSERT INTO idea_suggestion VALUES ('idea', 'suggestion', 1, 'f', 'n', 'e', 1, 's', 'h', 9, 'd');
INSERT INTO missing_link VALUES
    ('rail', '2021-area', 'health', 'rail', 'missing', 'f', 'n', 'e', 'f', 'n', 'e', 2, 'f', 'n', 'e', 1,
        's', 'h', 10, 'd');
INSERT INTO objective VALUES
    ('p5', 'priority', NULL, 5, '5', 't', 'f', 'n', 'e', 1, 's', 'h', 1, 'd'),
    ('6.1', 'specific_objective', 'p5', 5, '6.1', 't', 'f', 'n', 'e', 2, 's', 'h', 2, 'd'),
    ('6.1-a1', 'numbered_action', '6.1', 5, '1', NULL, 'f', 'n', 'e', 3, 's', 'h', 3, 'd');
INSERT INTO action VALUES
    ('axis', 'axis', NULL, 1, 'SOCLE', '1', 't', 'f', 'n', 'e', NULL, NULL, 1, 's', 'h', 1, 'd'),
    ('domain', 'domain', 'axis', 1, 'SOCLE', '1.1', 't', 'f', 'n', 'e', NULL, NULL, 2, 's', 'h', 2, 'd'),
    ('action', 'action', 'domain', 1, 'SOCLE', '1.1.1', NULL, 'f', 'n', 'e', NULL, NULL, 3, 's', 'h', 3, 'd'),
    ('sub', 'sub_action', 'action', 1, 'SOCLE', '1.1.1', NULL, 'f', 'n', 'e', NULL, NULL, 4, 's', 'h', 4,
        'd');
INSERT INTO strategy_item VALUES
    ('work', 'jura', 'table', NULL, 'f', 'n', 'e', NULL, NULL, NULL, 'health', 1, 's', 'h', 1, 'd'),
    ('work-1', 'jura', 'proposal', 'work', 'f', 'n', 'e', NULL, NULL, 'FRE', NULL, 2, 's', 'h', 1, 'd');
INSERT INTO link VALUES
    ('health', 'theme', 'health', 'objective', '6.1', 'f', 'n', 'e', 'observatoire', 'd'),
    ('health', 'objective', '6.1', 'action', 'action', 'f', 'n', 'e', 'observatoire', 'd'),
    ('health', 'action', 'action', 'indicator', 'rate', 'f', 'n', 'e', 'observatoire', 'd');
INSERT INTO theme VALUES ('voices', 'f', 'n', 'e');
INSERT INTO missing_indicator VALUES ('voices', 'f', 'n', 'e', 'd');
INSERT INTO rejected VALUES ('d', 'outside_scope', 'NL', 3, 'its country is not held');
"""

AGAIN = "INSERT INTO {0} FROM {0}"
FRENCH_RATE = "UPDATE observation SET {} WHERE territory_id = 'FR'"

# rule, the fault, what the message must show
FAULTS = [
    ("observation_key_is_unique", AGAIN.format("observation"), "territory_id FR, period 2025"),
    ("observation_territory_is_known", FRENCH_RATE.format("territory_id = 'XX'"), "territory_id XX"),
    ("observation_indicator_is_known", FRENCH_RATE.format("indicator_id = 'x'"), "indicator_id x"),
    ("observation_dataset_is_that_of_its_indicator", FRENCH_RATE.format("dataset_id = 'x'"), "dataset_id x"),
    ("value_is_within_bounds", FRENCH_RATE.format("value = 140"), "value 140.0"),
    ("value_is_within_bounds", FRENCH_RATE.format("value = 'nan'"), "value nan"),
    ("missing_value_says_why", FRENCH_RATE.format("value = NULL"), "status A"),
    ("missing_value_says_why", "UPDATE flow SET value = NULL", "place FR to FRE"),
    ("status_of_missing_has_no_value", FRENCH_RATE.format("status = 'O'"), "value 7.5, status O"),
    ("status_of_missing_has_no_value", "UPDATE flow SET status = 'M'", "place FR to FRE"),
    ("period_begins_on_its_first_day", FRENCH_RATE.format("period = '2025-Q2'"), "period 2025-Q2"),
    ("period_begins_on_its_first_day", FRENCH_RATE.format("period = 'spring'"), "period spring"),
    ("indicator_has_figures", "DELETE FROM flow", "indicator_id workers"),
    ("indicator_parts_are_declared", "UPDATE indicator SET numerator_id = 'x'", "numerator_id x"),
    ("caveat_is_known", "UPDATE indicator SET caveats = ['unheard']", "caveat_id unheard"),
    (
        "census_years_are_apart",
        "UPDATE indicator SET caveats = ['census_five_years'], years_apart = 1",
        "indicator_id rate, years_apart 1",
    ),
    (
        "dataset_has_rows",
        "INSERT INTO dataset SELECT * REPLACE ('empty' AS dataset_id, 0 AS \"rows\") FROM dataset",
        "dataset_id empty",
    ),
    ("rejected_dataset_is_known", "UPDATE rejected SET dataset_id = 'x'", "dataset_id x"),
    ("rejected_dataset_is_known", "UPDATE rejected SET reason = 'lost'", "reason lost"),
    ("flow_ends_are_known", "UPDATE flow SET destination_id = 'XX'", "destination_id XX"),
    ("flow_ends_are_known", "UPDATE flow SET destination_id = 'FR'", "destination_id FR"),
    ("mobility_places_are_known", "UPDATE mobility_figure SET destination_id = 'x'", "destination_id x"),
    (
        "mobility_places_are_known",
        "UPDATE mobility_figure SET origin_id = NULL, destination_id = NULL",
        "period 2021",
    ),
    ("mobility_terms_are_known", "UPDATE mobility_figure SET mode = 'x'", "term_id x"),
    ("value_is_within_bounds", "UPDATE mobility_figure SET value = 140", "value 140.0"),
    ("passenger_flow_ends_are_known", "UPDATE passenger_flow SET origin_id = 'XX'", "origin_id XX"),
    ("passenger_flow_ends_are_known", AGAIN.format("passenger_flow"), "times 2"),
    ("place_group_is_no_territory", "UPDATE place_group SET group_id = 'FR'", "group_id FR"),
    ("flow_names_are_known", "UPDATE flow SET definition_id = 'x'", "definition_id x"),
    ("flow_definition_is_described", "DELETE FROM definition_traits", "definition_id insured"),
    ("definition_traits_are_known", "DELETE FROM trait WHERE kind = 'moment'", "kind moment"),
    ("flow_key_is_unique", AGAIN.format("flow"), "times 2"),
    ("territory_parent_is_known", "UPDATE territory SET parent_id = 'XX'", "parent_id XX"),
    ("membership_ends_are_known", "UPDATE membership SET territory_id = 'XX'", "territory_id XX"),
    ("membership_ends_are_known", "UPDATE membership SET area_id = 'FR'", "area_id FR"),
    ("membership_ends_are_known", AGAIN.format("membership"), "times 2"),
    ("correspondence_territory_is_known", "UPDATE correspondence SET territory_id = 'XX'", "territory_id XX"),
    ("correspondence_territory_is_known", "UPDATE correspondence SET share = 0", "share 0.0"),
    ("correspondence_shares_add_up", AGAIN.format("correspondence"), "total 2.0"),
    ("postal_code_territory_is_known", "UPDATE postal_code SET territory_id = 'XX'", "territory_id XX"),
    ("postal_code_territory_is_known", AGAIN.format("postal_code"), "times 2"),
    ("code_is_valid_forwards", "UPDATE code_list SET valid_to = '2018-12-31'", "code 57096"),
    ("meeting_area_is_known", "UPDATE meeting SET area_id = 'XX'", "area_id XX"),
    ("vote_is_of_a_meeting_and_a_theme", "UPDATE vote SET theme_id = 'x'", "theme_id x"),
    ("vote_is_of_a_meeting_and_a_theme", "UPDATE vote SET meeting_id = '2021-mute'", "2021-mute"),
    ("vote_is_of_a_meeting_and_a_theme", AGAIN.format("vote"), "times 2"),
    ("participation_is_of_an_area", "UPDATE participation SET area_id = 'XX'", "area_id XX"),
    ("participation_is_of_an_area", "UPDATE participation SET computation = NULL", "area_id AREA"),
    ("expectation_is_of_a_theme", "UPDATE expectation SET theme_id = 'x'", "theme_id x"),
    ("expectation_is_of_a_theme", AGAIN.format("expectation"), "times 2"),
    ("idea_is_of_a_theme_and_territories", "UPDATE idea SET theme_id = 'x'", "theme_id x"),
    ("idea_is_of_a_theme_and_territories", "DELETE FROM idea_territory", "idea_id idea"),
    ("idea_territory_is_known", "UPDATE idea_territory SET area_id = 'FRE'", "area_id FRE"),
    ("idea_suggestion_is_of_an_idea", "UPDATE idea_suggestion SET idea_id = 'x'", "idea_id x"),
    ("idea_suggestion_is_of_an_idea", "UPDATE idea_suggestion SET number = NULL", "kind suggestion"),
    ("missing_link_is_of_a_meeting_and_a_theme", "UPDATE missing_link SET theme_id = 'x'", "theme_id x"),
    ("missing_link_is_of_a_meeting_and_a_theme", "UPDATE missing_link SET meeting_id = 'x'", "meeting_id x"),
    ("missing_link_is_of_a_meeting_and_a_theme", "UPDATE missing_link SET to_fr = NULL", "link_id rail"),
    ("objective_stands_under_its_parent", "DELETE FROM objective WHERE code = '6.1'", "objective_id 6.1-a1"),
    (
        "objective_stands_under_its_parent",
        "UPDATE objective SET priority = 6 WHERE code = '6.1'",
        "objective_id 6.1,",
    ),
    (
        "action_stands_under_its_parent",
        "UPDATE action SET code = '1.1.2' WHERE kind = 'action'",
        "sub_action",
    ),
    ("action_stands_under_its_parent", "DELETE FROM action WHERE kind = 'axis'", "action_id domain"),
    ("strategy_item_stands_under_its_parent", "DELETE FROM strategy_item WHERE kind = 'table'", "work-1"),
    ("strategy_item_stands_under_its_parent", "UPDATE strategy_item SET theme_id = 'x'", "theme_id x"),
    ("link_ends_are_known", "UPDATE link SET to_id = 'x' WHERE to_kind = 'indicator'", "to_id x"),
    ("link_ends_are_known", AGAIN.format("link"), "times 2"),
    ("link_continues_the_chain_of_its_theme", "DELETE FROM link WHERE to_kind = 'action'", "from_id action"),
    ("link_continues_the_chain_of_its_theme", "UPDATE link SET theme_id = 'voices'", "from_id health"),
    (
        "chain_ends_in_an_indicator_or_says_what_is_missing",
        "DELETE FROM link WHERE to_kind = 'indicator'",
        "theme_id health",
    ),
    ("missing_indicator_is_of_a_theme", "UPDATE missing_indicator SET theme_id = 'x'", "theme_id x"),
    ("objective_is_of_a_meeting_and_a_theme", "UPDATE objective_stated SET meeting_id = 'x'", "meeting_id x"),
]


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute((WAREHOUSE / "schema.sql").read_text(encoding="utf-8"))
        connection.execute(SOUND)
        yield connection


def test_a_sound_database_breaks_no_rule(database: duckdb.DuckDBPyConnection) -> None:
    assert run_checks(database, CHECKS) == ()


@pytest.mark.parametrize(("rule", "fault", "shown"), FAULTS)
def test_a_planted_fault_is_named_by_its_rule(
    database: duckdb.DuckDBPyConnection, rule: str, fault: str, shown: str
) -> None:
    database.execute(fault)

    findings = {finding.rule.name: finding for finding in run_checks(database, CHECKS)}

    assert rule in findings
    assert shown in str(findings[rule])


def test_every_rule_has_been_seen_broken() -> None:
    assert {rule.name for rule in rules(CHECKS)} == {rule for rule, _, _ in FAULTS}
