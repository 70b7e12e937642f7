"""The Rencontres territoriales: votes, participants, numbers of territories, never on one axis."""

from __future__ import annotations

import pandas

from warehouse import campaign, store
from warehouse.queries import catalogue, places
from warehouse.queries.places import NEIGHBOURS, Territory
from warehouse.result import Result

MEETINGS = """
WITH voted AS (SELECT meeting_id, sum(votes) AS votes FROM vote GROUP BY meeting_id)
SELECT m.meeting_id, m.area_id, m.year, m.has_report, m.awaited_themes, t.name_fr, t.name_nl, t.name_en
FROM meeting AS m JOIN territory AS t ON t.territory_id = m.area_id LEFT JOIN voted AS v USING (meeting_id)
ORDER BY m.year DESC, m.has_report DESC, v.votes DESC NULLS LAST, t.name_fr
"""

VOTES = """
SELECT v.meeting_id, v.theme_id, t.label_fr, t.label_nl, t.label_en, v.level, v.votes, v.printed_with, v.rank,
       v.seed, v.heading, v.line, v.dataset_id
FROM vote AS v JOIN theme AS t USING (theme_id)
WHERE v.meeting_id = ?
ORDER BY v.rank
"""

# One row an area that has met: the latest of its meetings whose account we hold, if any.
ACCOUNTS = """
WITH reported AS (
    SELECT area_id, max_by(meeting_id, year) AS meeting_id, max(year) AS year
    FROM meeting WHERE has_report GROUP BY area_id
),
voted AS (
    SELECT meeting_id, sum(votes)::BIGINT AS vote_total FROM vote GROUP BY meeting_id
)
SELECT t.territory_id AS area_id, t.name_fr, t.name_nl, t.name_en, t.lon, t.lat,
       r.meeting_id, r.year, r.meeting_id IS NOT NULL AS has_report, v.vote_total
FROM territory AS t
LEFT JOIN reported AS r ON r.area_id = t.territory_id
LEFT JOIN voted AS v USING (meeting_id)
WHERE t.territory_id IN (SELECT area_id FROM meeting)
ORDER BY t.name_fr
"""

# Those who met in a year, beside what the same area had counted the time before.
PARTICIPATION = """
WITH counted AS (
    SELECT area_id, year, participants, is_computed, computation, dataset_id,
           lag(participants) OVER earlier AS before, lag(year) OVER earlier AS since,
           coalesce(lag(is_computed) OVER earlier, false) AS is_before_computed,
           lag(computation) OVER earlier AS before_computation,
           lag(dataset_id) OVER earlier AS before_dataset_id
    FROM participation WHERE participants IS NOT NULL
    WINDOW earlier AS (PARTITION BY area_id ORDER BY year)
)
SELECT c.area_id, t.name_fr, t.name_nl, t.name_en, c.since, c.before, c.year, c.participants,
       c.participants - c.before AS change, c.is_computed, c.computation, c.is_before_computed,
       c.before_computation, t.lon, t.lat, c.dataset_id, c.before_dataset_id
FROM counted AS c JOIN territory AS t ON t.territory_id = c.area_id
WHERE c.year = ?
ORDER BY c.participants DESC, t.name_fr
"""

# The years that can be set against one before, the most attended first.
CAMPAIGN_YEARS = """
WITH counted AS (
    SELECT year, lag(year) OVER (PARTITION BY area_id ORDER BY year) AS since
    FROM participation WHERE participants IS NOT NULL
)
SELECT year FROM counted WHERE since IS NOT NULL GROUP BY year ORDER BY count(*) DESC, year DESC
"""

EXPECTATIONS = """
SELECT e.scale, e.theme_id, t.label_fr, t.label_nl, t.label_en, e.territories,
       e.territories = (SELECT count(*) FROM meeting AS m WHERE m.year = e.year) AS is_all_territories,
       e.year, e.seed, e.heading, e.line, e.dataset_id
FROM expectation AS e JOIN theme AS t USING (theme_id)
ORDER BY e.scale DESC, e.territories DESC, e.line
"""

# Themes voted on in one printed line share their slide of objectives: each of them gets the whole slide.
OBJECTIVES = """
WITH printed_together AS (
    SELECT other.theme_id
    FROM vote AS asked JOIN vote AS other USING (meeting_id, printed_with)
    WHERE asked.meeting_id = $meeting AND asked.theme_id = $theme
)
SELECT o.meeting_id, o.theme_id, o.kind, o.text_fr, o.text_nl, o.text_en, o.rank, o.seed, o.heading, o.line,
       o.dataset_id
FROM objective_stated AS o
WHERE o.meeting_id = $meeting
  AND (o.theme_id = $theme OR o.theme_id IN (SELECT theme_id FROM printed_together))
ORDER BY o.line
"""

MISSING_LINKS = """
SELECT l.*, t.label_fr AS theme_fr, t.label_nl AS theme_nl, t.label_en AS theme_en,
       m.year, a.name_fr, a.name_nl, a.name_en
FROM missing_link AS l
JOIN theme AS t USING (theme_id)
JOIN meeting AS m USING (meeting_id)
JOIN territory AS a ON a.territory_id = m.area_id
ORDER BY l.rank
"""

# Between a theme's votes of one meeting and those of the meeting before in the same area, if it was voted on.
CAMPAIGNS = """
SELECT m.year, v.meeting_id, v.theme_id, t.label_fr, t.label_nl, t.label_en, v.level, v.votes,
       v.votes - lag(v.votes) OVER earlier AS change, lag(m.year) OVER earlier AS since,
       v.seed, v.heading, v.line, v.dataset_id
FROM vote AS v JOIN meeting AS m USING (meeting_id) JOIN theme AS t USING (theme_id)
WHERE m.area_id = ?
WINDOW earlier AS (PARTITION BY v.theme_id ORDER BY m.year)
ORDER BY m.year, v.rank
"""

THEMES = "SELECT label_fr FROM theme ORDER BY label_fr"


@store.remembered
def meetings() -> Result:
    """Every meeting with the name of its area, the latest year first and in it those with most votes.

    Without an account ("compte rendu non disponible") a meeting has participants at most. `awaited_themes`
    counts the themes on which an account awaits the MOT, which it does not name; missing where none says so.
    """
    return Result(
        frame=store.query(MEETINGS), indicators=(), sources=catalogue.sources(["rencontres_meetings"])
    )


@store.remembered
def areas() -> tuple[Territory, ...]:
    """The territories in which meetings were held, from the North Sea to the Atlantic."""
    held = set(store.query(MEETINGS)["area_id"])
    known = [item for item in places.territories(("area",)) if item.territory_id in held]
    return tuple(sorted(known, key=_along_the_border))


def _along_the_border(area: Territory) -> tuple[list[int], float]:
    """By the countries across, then from west to east."""
    across = places.countries(places.sides(area.territory_id).other)
    return [NEIGHBOURS.index(country) for country in NEIGHBOURS if country in across], area.lon or 0.0


@store.remembered
def votes(meeting_id: str) -> Result:
    """Votes by theme in the printed order; empty for a meeting without an account.

    Themes printed on one line share `printed_with`. People voted several times: votes are not participants.
    """
    return _with_sources(store.query(VOTES, [meeting_id]))


@store.remembered
def campaigns(area_id: str) -> Result:
    """Votes of every meeting of an area, earliest first: one campaign beside another.

    `change` is against the last meeting before that voted on the theme, `since` its year; none for the first.
    """
    return _with_sources(store.query(CAMPAIGNS, [area_id]))


def campaign_template() -> bytes:
    """The CSV in which a new meeting comes, one row a theme to fill in."""
    return campaign.template(store.query(THEMES)["label_fr"])


@store.remembered
def accounts() -> Result:
    """Every area that has met, with the latest meeting whose account we hold and the sum of its votes.

    `meeting_id`, `year` and `vote_total` are missing where `has_report` is false.
    """
    frame = store.query(ACCOUNTS).astype({"year": "Int64", "vote_total": "Int64"})
    return Result(frame=frame, indicators=(), sources=catalogue.sources(["rencontres_meetings"]))


@store.remembered
def campaign_years() -> tuple[int, ...]:
    """The years of which participants can be compared with the time before, the most attended first."""
    return tuple(int(year) for year in store.query(CAMPAIGN_YEARS)["year"])


@store.remembered
def participation(year: int) -> Result:
    """Participants of a year by area, most first, and those of the time before, in year `since`.

    `is_computed` and `is_before_computed` mark figures that are deduced, not printed; `computation` and
    `before_computation` say how. `before` and `change` are missing for an area's first time.
    """
    whole = dict.fromkeys(("participants", "before", "since", "change"), "Int64")
    frame = store.query(PARTICIPATION, [year]).astype(whole)
    named = pandas.concat([frame["before_dataset_id"], frame["dataset_id"]]).dropna().unique()
    return Result(frame=frame, indicators=(), sources=catalogue.sources(named))


@store.remembered
def theme_expectations() -> Result:
    """In how many territories a theme was named, on two scales: local_priority and expected_of_mot.

    Which territories is known only where `is_all_territories` is true.
    """
    return _with_sources(store.query(EXPECTATIONS))


@store.remembered
def objectives(meeting_id: str, theme_id: str) -> Result:
    """What a meeting wrote under a theme, in the order of the account. `heading` is its slide's title."""
    return _with_sources(store.query(OBJECTIVES, {"meeting": meeting_id, "theme": theme_id}))


@store.remembered
def missing_links() -> Result:
    """Links across a border that a meeting named, by mode, with what it wants of each and its line.

    `name_*` and `year` are of the meeting; `from_*` and `to_*` are missing where no end is named, `existing`
    where the account does not say how many lines there are.
    """
    return _with_sources(store.query(MISSING_LINKS))


def _with_sources(frame: pandas.DataFrame) -> Result:
    """Votes and participants are no indicators: their frame carries its datasets alone."""
    return Result(frame=frame, indicators=(), sources=catalogue.sources(frame["dataset_id"].unique()))
