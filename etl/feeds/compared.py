"""Lists written by hand: what a published flow counts, trait by trait, and what nobody counts."""

from __future__ import annotations

from etl.feeds.cells import count, in_three_languages, one_of, or_none, territory_of, text, transcribed

KINDS = ("population", "perimeter", "workplace", "moment")
STATES = ("not_observed", "not_published", "not_loaded")
ENDINGS = ("origin", "destination", "both")
LEVELS = ("country", "nuts1", "nuts2", "nuts3", "employment_zone", "municipality")

feed_traits = transcribed(
    "trait",
    lambda places: {
        "kind": one_of(KINDS),
        "trait_id": text,
        "years_apart": or_none(count),
        "finest_level": or_none(one_of(LEVELS)),
        **in_three_languages("text"),
    },
    key=("kind", "trait_id"),
    integers=("years_apart",),
)

feed_definition_traits = transcribed(
    "definition_traits",
    lambda places: {"definition_id": text, **dict.fromkeys(KINDS, text)},
    key=("definition_id",),
)

feed_gaps = transcribed(
    "flow_gap",
    lambda places: {
        "gap_id": text,
        "origin": territory_of(places),
        "destination": territory_of(places),
        "ending": one_of(ENDINGS),
        "level": one_of(LEVELS),
        "state": one_of(STATES),
        "producer": text,
        **in_three_languages("reason"),
        "source": text,
    },
    key=("gap_id",),
)
