"""Strategies transcribed from their documents, and the links the observatory proposes between them."""

from __future__ import annotations

from etl.declaration import OBSERVATORY
from etl.feeds.cells import (
    PLACE_IN_SEED,
    count,
    in_three_languages,
    one_of,
    or_none,
    territory_of,
    text,
    theme,
    transcribed,
)

OBJECTIVES = ("priority", "specific_objective", "numbered_action")
ACTIONS = ("axis", "domain", "action", "sub_action")
MODES = ("SOCLE", "SUR-MESURE")
STRATEGIES = ("arc-jurassien-2017", "bassins-de-vie-2024")
ITEMS = ("table", "proposal", "attachment", "tool", "site", "theme", "step", "fact")
LINKED_FROM = ("theme", "objective", "action")
LINKED_TO = ("objective", "action", "indicator", "idea")

feed_objectives = transcribed(
    "objective",
    lambda places: {
        "objective_id": text,
        "kind": one_of(OBJECTIVES),
        "parent_id": or_none(text),
        "priority": count,
        "code": text,
        "title": or_none(text),
        **in_three_languages("label"),
        "rank": count,
        **PLACE_IN_SEED,
    },
    key=("objective_id",),
)

feed_actions = transcribed(
    "action",
    lambda places: {
        "action_id": text,
        "kind": one_of(ACTIONS),
        "parent_id": or_none(text),
        "axis": count,
        "mode": one_of(MODES),
        "code": text,
        "title": or_none(text),
        **in_three_languages("label"),
        "border": or_none(text),
        "qualifiers": or_none(text),
        "rank": count,
        **PLACE_IN_SEED,
    },
    key=("action_id",),
)

feed_strategy_items = transcribed(
    "strategy_item",
    lambda places: {
        "item_id": text,
        "strategy": one_of(STRATEGIES),
        "kind": one_of(ITEMS),
        "parent_id": or_none(text),
        **in_three_languages("label"),
        "printed": or_none(text),
        "border": or_none(text),
        "territory_id": or_none(territory_of(places)),
        "theme_id": or_none(theme),
        "rank": count,
        **PLACE_IN_SEED,
    },
    key=("item_id",),
)

feed_links = transcribed(
    "link",
    lambda places: {
        "theme_id": theme,
        "from_kind": one_of(LINKED_FROM),
        "from_id": text,
        "to_kind": one_of(LINKED_TO),
        "to_id": text,
        **in_three_languages("reason"),
        "proposed_by": one_of((OBSERVATORY,)),
    },
    key=("theme_id", "from_kind", "from_id", "to_kind", "to_id"),
)

feed_missing_indicators = transcribed(
    "missing_indicator",
    lambda places: {"theme_id": theme, **in_three_languages("needed")},
    key=("theme_id",),
)
