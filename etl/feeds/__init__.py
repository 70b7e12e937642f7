"""From the long frame of a reader to tables of the warehouse: one feed for each shape of table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from etl.declaration import Dataset
from etl.feeds import (
    campaign,
    code_change,
    code_list,
    commuting,
    compared,
    composition,
    flow,
    meeting,
    mobility,
    observation,
    passenger,
    place_group,
    strategy,
)
from etl.feeds.fed import Fed
from etl.harmonise import Places

# A feed raises WrongRequest with the row at fault; its caller adds dataset and file.
Feed = Callable[[Dataset, pd.DataFrame, Places], Fed]

FEEDS: Mapping[str, Feed] = {
    "observation": observation.feed,
    "code_list": code_list.feed,
    "code_change": code_change.feed,
    "composition": composition.feed,
    "flow": flow.feed,
    "commuting": commuting.feed,
    "trait": compared.feed_traits,
    "definition_traits": compared.feed_definition_traits,
    "flow_gap": compared.feed_gaps,
    "place_group": place_group.feed,
    "mobility_figure": mobility.feed_figures,
    "passenger_flow": passenger.feed,
    "mobility_term": mobility.feed_terms,
    "theme": meeting.feed_themes,
    "meeting": meeting.feed_meetings,
    "vote": meeting.feed_votes,
    "participation": meeting.feed_participation,
    "expectation": meeting.feed_expectations,
    "objective_stated": meeting.feed_objectives,
    "campaign": campaign.feed,
    "idea": meeting.feed_ideas,
    "idea_territory": meeting.feed_idea_territories,
    "idea_suggestion": meeting.feed_idea_suggestions,
    "missing_link": meeting.feed_missing_links,
    "objective": strategy.feed_objectives,
    "action": strategy.feed_actions,
    "strategy_item": strategy.feed_strategy_items,
    "link": strategy.feed_links,
    "missing_indicator": strategy.feed_missing_indicators,
}
