"""Strategies, and the chain from a theme to an indicator, each link of which the observatory proposes."""

from __future__ import annotations

import pandas

from warehouse import store
from warehouse.queries import catalogue
from warehouse.result import Result, distinct

INTERREG = """
SELECT objective_id, kind, parent_id, priority, code, title, label_fr, label_nl, label_en, rank,
       seed, heading, line, dataset_id
FROM objective
ORDER BY rank
"""

PROGRAMME = """
WITH chained AS (
    SELECT to_id AS action_id, string_agg(DISTINCT theme_id, ' ' ORDER BY theme_id) AS theme_ids
    FROM link WHERE to_kind = 'action'
    GROUP BY to_id
)
SELECT a.action_id, a.kind, a.parent_id, a.axis, a.mode, a.code, a.title, a.label_fr, a.label_nl, a.label_en,
       a.border, a.qualifiers, c.theme_ids, a.rank, a.seed, a.heading, a.line, a.dataset_id
FROM action AS a LEFT JOIN chained AS c USING (action_id)
ORDER BY a.rank
"""

STRATEGY = """
SELECT item_id, kind, parent_id, label_fr, label_nl, label_en, printed,
       printed IS NULL AND kind IN ('attachment', 'fact') AS is_lost,
       border, territory_id, theme_id, rank, seed, heading, line, dataset_id
FROM strategy_item
WHERE strategy = ?
ORDER BY rank
"""

# An idea belongs to the theme printed above it; that it also concerns another theme is a proposed link.
IDEAS = """
WITH concerned AS (
    SELECT theme_id, idea_id, true AS is_printed,
           NULL AS reason_fr, NULL AS reason_nl, NULL AS reason_en FROM idea
    UNION ALL
    SELECT theme_id, to_id, false, reason_fr, reason_nl, reason_en FROM link
    WHERE from_kind = 'theme' AND to_kind = 'idea'
),
listed AS (
    SELECT idea_id, count(*) AS territories FROM idea_territory GROUP BY idea_id
)
SELECT i.idea_id, c.theme_id, c.is_printed, c.reason_fr, c.reason_nl, c.reason_en,
       t.label_fr, t.label_nl, t.label_en, i.problem_fr, i.problem_nl, i.problem_en, l.territories,
       i.rank, i.seed, i.heading, i.line, i.dataset_id
FROM concerned AS c
JOIN idea AS i USING (idea_id)
JOIN theme AS t ON t.theme_id = i.theme_id
LEFT JOIN listed AS l USING (idea_id)
WHERE CASE WHEN $theme IS NULL THEN c.is_printed ELSE c.theme_id = $theme END
ORDER BY i.rank
"""

IDEA_TERRITORIES = """
SELECT it.idea_id, it.area_id, t.name_fr, t.name_nl, t.name_en, it.printed, t.lon, t.lat,
       it.seed, it.heading, it.line, it.dataset_id
FROM idea_territory AS it
JOIN idea AS i USING (idea_id)
JOIN territory AS t ON t.territory_id = it.area_id
ORDER BY i.rank, it.line, t.name_fr
"""

IDEA_SUGGESTIONS = """
SELECT s.idea_id, s.kind, s.number, s.text_fr, s.text_nl, s.text_en, s.rank,
       s.seed, s.heading, s.line, s.dataset_id
FROM idea_suggestion AS s JOIN idea AS i USING (idea_id)
ORDER BY i.rank, s.rank
"""

# Every thing a link may lead from or to, under one name each.
NODES = """
    SELECT 'theme' AS kind, theme_id AS id, NULL AS code, label_fr, label_nl, label_en FROM theme
    UNION ALL
    SELECT 'objective', objective_id, code, label_fr, label_nl, label_en FROM objective
    UNION ALL
    SELECT 'action', action_id, code, label_fr, label_nl, label_en FROM action
    UNION ALL
    SELECT 'indicator', indicator_id, NULL, label_fr, label_nl, label_en FROM indicator
    UNION ALL
    SELECT 'idea', idea_id, NULL, problem_fr, problem_nl, problem_en FROM idea
"""

LINKS = f"""
WITH node AS ({NODES})
SELECT l.theme_id, l.from_kind, l.from_id, f.code AS from_code,
       f.label_fr AS from_label_fr, f.label_nl AS from_label_nl, f.label_en AS from_label_en,
       l.to_kind, l.to_id, t.code AS to_code,
       t.label_fr AS to_label_fr, t.label_nl AS to_label_nl, t.label_en AS to_label_en,
       l.reason_fr, l.reason_nl, l.reason_en, l.proposed_by, l.dataset_id
FROM link AS l
JOIN node AS f ON (f.kind, f.id) = (l.from_kind, l.from_id)
JOIN node AS t ON (t.kind, t.id) = (l.to_kind, l.to_id)
WHERE $theme IS NULL OR l.theme_id = $theme
ORDER BY l.theme_id, l.from_kind, l.from_id, l.to_kind, l.to_id
"""

# One row a path. Where a chain ends early, what follows is NULL.
CHAIN = """
WITH to_objective AS (FROM link WHERE (from_kind, to_kind) = ('theme', 'objective')),
     to_action AS (FROM link WHERE (from_kind, to_kind) = ('objective', 'action')),
     to_indicator AS (FROM link WHERE (from_kind, to_kind) = ('action', 'indicator')),
     gap AS (
         SELECT theme_id, NOT bool_or(coalesce(to_kind = 'indicator', false)) AS is_without_indicator
         FROM theme LEFT JOIN link USING (theme_id) GROUP BY theme_id
     )
SELECT t.theme_id, t.label_fr AS theme_fr, t.label_nl AS theme_nl, t.label_en AS theme_en,
       o.objective_id, o.code AS objective_code, o.priority,
       o.label_fr AS objective_fr, o.label_nl AS objective_nl, o.label_en AS objective_en,
       lo.reason_fr AS objective_reason_fr, lo.reason_nl AS objective_reason_nl,
       lo.reason_en AS objective_reason_en,
       a.action_id, a.code AS action_code,
       a.label_fr AS action_fr, a.label_nl AS action_nl, a.label_en AS action_en,
       la.reason_fr AS action_reason_fr, la.reason_nl AS action_reason_nl, la.reason_en AS action_reason_en,
       i.indicator_id, i.label_fr AS indicator_fr, i.label_nl AS indicator_nl, i.label_en AS indicator_en,
       li.reason_fr AS indicator_reason_fr, li.reason_nl AS indicator_reason_nl,
       li.reason_en AS indicator_reason_en,
       g.is_without_indicator, m.needed_fr, m.needed_nl, m.needed_en
FROM theme AS t
JOIN gap AS g USING (theme_id)
LEFT JOIN missing_indicator AS m USING (theme_id)
LEFT JOIN to_objective AS lo ON lo.theme_id = t.theme_id
LEFT JOIN objective AS o ON o.objective_id = lo.to_id
LEFT JOIN to_action AS la ON la.theme_id = t.theme_id AND la.from_id = o.objective_id
LEFT JOIN action AS a ON a.action_id = la.to_id
LEFT JOIN to_indicator AS li ON li.theme_id = t.theme_id AND li.from_id = a.action_id
LEFT JOIN indicator AS i ON i.indicator_id = li.to_id
WHERE $theme IS NULL OR t.theme_id = $theme
ORDER BY t.label_fr, o.rank, a.rank, i.indicator_id
"""

GAPS = """
SELECT t.theme_id, t.label_fr, t.label_nl, t.label_en, m.needed_fr, m.needed_nl, m.needed_en, m.dataset_id
FROM theme AS t JOIN missing_indicator AS m USING (theme_id)
WHERE t.theme_id NOT IN (SELECT theme_id FROM link WHERE to_kind = 'indicator')
ORDER BY t.label_fr
"""


@store.remembered
def interreg() -> Result:
    """Interreg France-Wallonie-Vlaanderen 2021-2027 in the order of the document, a tree by `parent_id`.

    5 priorities, 12 specific objectives, 37 numbered actions (`kind`). `title` is the official one, French.
    """
    return _with_sources(store.query(INTERREG))


@store.remembered
def programme() -> Result:
    """The MOT's programme of 2023, a draft, in the order of the document, a tree by `parent_id`.

    `kind` is axis, domain, action or sub_action; `theme_ids`, separated by blanks, are the themes whose chain
    the action is in. `code` repeats: refer to an action by `action_id`.
    """
    return _with_sources(store.query(PROGRAMME))


@store.remembered
def arc_jurassien() -> Result:
    """The CTJ's strategy of 2017: thematic tables, proposals, the actions they attach to, tools and facts.

    `is_lost` marks a number that the document prints and our copy of it has lost ("non imprimé").
    """
    return _with_sources(store.query(STRATEGY, ["arc-jurassien-2017"]))


@store.remembered
def bassins() -> Result:
    """The living areas' trial of 2024: five sites, facts (partners), themes and the steps of its calendar."""
    return _with_sources(store.query(STRATEGY, ["bassins-de-vie-2024"]))


@store.remembered
def ideas(theme_id: str | None = None) -> Result:
    """The six ideas territories share, or those that concern a theme.

    `label_*` is the theme printed above the idea. `is_printed` is false where we propose that it also
    concerns the theme asked for; `reason_*` then says why.
    """
    return _with_sources(store.query(IDEAS, {"theme": theme_id}))


@store.remembered
def idea_territories() -> Result:
    """The territories listed under each idea: not those that name its theme, which are only counted."""
    return _with_sources(store.query(IDEA_TERRITORIES))


@store.remembered
def idea_suggestions() -> Result:
    """What was suggested for 2022 under each idea, in the order of the account."""
    return _with_sources(store.query(IDEA_SUGGESTIONS))


@store.remembered
def links(theme_id: str | None = None) -> Result:
    """Every proposed link, or those of one theme's chain, with the labels of both ends and the reason."""
    return _with_indicators(store.query(LINKS, {"theme": theme_id}), "to_id")


@store.remembered
def chain(theme_id: str | None = None) -> Result:
    """Theme → specific objective → action → indicator, one row a path, of one theme or of all.

    Where a chain ends early the columns after it are NULL. `is_without_indicator` is of the theme; `needed_*`
    says what would be needed, also where the indicators there are do not suffice.
    """
    frame = store.query(CHAIN, {"theme": theme_id})
    return _with_indicators(frame, "indicator_id", "strategy_links", "missing_indicators")


@store.remembered
def gaps() -> Result:
    """Themes without any indicator ("aucun indicateur disponible") and what would be needed."""
    return _with_sources(store.query(GAPS))


def _with_sources(frame: pandas.DataFrame) -> Result:
    """Words of documents are no indicators: their frame carries its datasets alone."""
    return Result(frame=frame, indicators=(), sources=catalogue.sources(frame["dataset_id"].unique()))


def _with_indicators(frame: pandas.DataFrame, column: str, *dataset_ids: str) -> Result:
    """A frame that names indicators in `column`, with their sources beside those of the links themselves."""
    named = set(frame[column].dropna())
    shown = tuple(each for each in catalogue.indicators() if each.indicator_id in named)
    own = frame["dataset_id"].unique() if "dataset_id" in frame else dataset_ids
    found = catalogue.result(frame, shown)
    return Result(
        frame=frame,
        indicators=shown,
        sources=distinct((*catalogue.sources(own), *found.sources)),
        caveats=found.caveats,
    )
