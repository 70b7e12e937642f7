-- The warehouse. One file per build, written once by etl.build, opened read-only by everybody else.
-- Labels a reader sees exist in fr, nl and en. Missing is NULL with a status, never 0. `_T` is the total, as in SDMX.
-- Keys stand on small tables only: on the fact tables they cost load time and size; uniqueness and orphans are checks.

CREATE TYPE indicator_kind AS ENUM ('rate', 'count', 'amount');
CREATE TYPE direction_wanted AS ENUM ('up', 'down', 'neutral');
CREATE TYPE data_origin AS ENUM ('api', 'archive', 'published', 'computed', 'proposed');
-- SDMX CL_OBS_STATUS: A normal, B break, D definition differs, E estimated, I imputed, L missing (exists, not collected),
-- M missing (cannot exist), N not significant, O missing, P provisional, U low reliability, F forecast.
CREATE TYPE obs_status AS ENUM ('A', 'B', 'D', 'E', 'F', 'I', 'L', 'M', 'N', 'O', 'P', 'U');

CREATE TABLE build (
    build_id VARCHAR PRIMARY KEY,          -- hash of locks, declarations, territories and schema
    built_at TIMESTAMP NOT NULL,           -- UTC
    schema_digest VARCHAR NOT NULL         -- of this file: other code than that which made the build cannot ask it
);

CREATE TABLE provider (
    provider_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    homepage VARCHAR NOT NULL,
    licence VARCHAR NOT NULL,
    licence_url VARCHAR NOT NULL,
    citation VARCHAR NOT NULL,             -- how the provider asks to be named
    countries VARCHAR[] NOT NULL           -- ISO codes it measures; empty: every country we hold
);

CREATE TABLE dataset (
    dataset_id VARCHAR PRIMARY KEY,
    provider_id VARCHAR NOT NULL REFERENCES provider (provider_id),
    title_fr VARCHAR NOT NULL, title_nl VARCHAR NOT NULL, title_en VARCHAR NOT NULL,
    homepage VARCHAR NOT NULL,
    url VARCHAR NOT NULL,                  -- where the bytes can be had
    licence VARCHAR NOT NULL,              -- the provider's unless the dataset overrides it
    licence_url VARCHAR NOT NULL,
    published_at DATE,                     -- as stated by the provider; NULL when not stated
    fetched_at TIMESTAMP,                  -- UTC
    vintage VARCHAR NOT NULL,              -- edition of the figures, e.g. 2026-04
    sha256 VARCHAR NOT NULL,               -- of the provider's bytes, not of our extract
    "rows" BIGINT NOT NULL,                -- observations, flows or records that entered the warehouse
    origin data_origin NOT NULL,
    frequency VARCHAR NOT NULL,            -- annual | quarterly | once: how often a new edition is expected
    next_comes VARCHAR NOT NULL            -- refresh | fetch | file (both by a person) | hand (written down) | computed
);

CREATE TABLE not_loaded (                  -- declared, published by its provider, and absent from this build
    dataset_id VARCHAR PRIMARY KEY,
    provider_id VARCHAR NOT NULL REFERENCES provider (provider_id),
    title_fr VARCHAR NOT NULL, title_nl VARCHAR NOT NULL, title_en VARCHAR NOT NULL,
    homepage VARCHAR NOT NULL,
    url VARCHAR NOT NULL,                  -- where a refresh asks for it
    licence VARCHAR NOT NULL,
    frequency VARCHAR NOT NULL,
    by_hand BOOLEAN NOT NULL               -- the provider does not want robots: a person gives the command
);

CREATE TABLE unit (
    unit_id VARCHAR PRIMARY KEY,           -- PC, EUR_HAB, NR, ...
    label_fr VARCHAR NOT NULL, label_nl VARCHAR NOT NULL, label_en VARCHAR NOT NULL,
    -- What stands after a figure; empty for a plain number.
    symbol_fr VARCHAR NOT NULL, symbol_nl VARCHAR NOT NULL, symbol_en VARCHAR NOT NULL
);

CREATE TABLE caveat (
    caveat_id VARCHAR PRIMARY KEY,         -- commuter_caveat, inami_address, ...
    text_fr VARCHAR NOT NULL, text_nl VARCHAR NOT NULL, text_en VARCHAR NOT NULL
);

CREATE TABLE indicator (
    indicator_id VARCHAR PRIMARY KEY,
    dataset_id VARCHAR NOT NULL REFERENCES dataset (dataset_id),
    theme VARCHAR NOT NULL,                -- population | employment | economy | income | space | flows | mobility | health | education
    label_fr VARCHAR NOT NULL, label_nl VARCHAR NOT NULL, label_en VARCHAR NOT NULL,
    description_fr VARCHAR NOT NULL, description_nl VARCHAR NOT NULL, description_en VARCHAR NOT NULL,
    unit_id VARCHAR NOT NULL REFERENCES unit (unit_id),
    kind indicator_kind NOT NULL,          -- a rate is a choropleth, a count or an amount a proportional symbol
    decimals INTEGER NOT NULL,
    good direction_wanted NOT NULL,
    minimum DOUBLE, maximum DOUBLE,        -- a value outside is a faulty row; NULL is no bound
    numerator_id VARCHAR,                  -- for a rate an area can compute: sum(numerator) / sum(denominator) * scale
    denominator_id VARCHAR,
    scale DOUBLE,
    headline INTEGER,                      -- rank on the identity card, NULL: not on it; of one rank, one is shown
    stands_in_for VARCHAR,                 -- indicator_id on the card whose place it takes on a side that one never tells
    years_apart INTEGER,                   -- how far two years must be to compare; NULL: any two do
    caveats VARCHAR[] NOT NULL             -- caveat_id list
);

CREATE TABLE territory (
    territory_id VARCHAR PRIMARY KEY,      -- NUTS code, ZE3216, COM59350, NIS57096, BFS6621, or the id of an area
    level VARCHAR NOT NULL,                -- country | nuts1 | nuts2 | nuts3 | employment_zone | municipality | area | point
    country VARCHAR,                       -- ISO 3166 alpha-2; NULL for an area across a border
    name_fr VARCHAR NOT NULL, name_nl VARCHAR NOT NULL, name_de VARCHAR NOT NULL, name_en VARCHAR NOT NULL,
    parent_id VARCHAR,                     -- of an employment zone: the department that holds most of its communes
    nuts_id VARCHAR,
    national_code VARCHAR,                 -- INSEE, REFNIS or BFS code, text with its leading zeros
    valid_from DATE, valid_to DATE,        -- NULL: open
    lon DOUBLE, lat DOUBLE,                -- a point inside the outline, WGS84
    is_border BOOLEAN NOT NULL,            -- touches the national border of France
    is_indicative BOOLEAN NOT NULL         -- "périmètre indicatif": composed by us from a cited source
);

CREATE TABLE membership (                  -- areas overlap and are never summed with one another
    area_id VARCHAR NOT NULL,
    territory_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL                -- who says so
);

CREATE TABLE correspondence (              -- every code a provider may use -> our territory
    -- NUTS | REFNIS (Belgium) | COG (French communes) | BFS (Swiss municipalities) | INSEE_DEP | INSEE_ZE2020
    -- | INSEE_FOREIGN: workplaces abroad in INSEE's census files (BE540, SUC1L, AL157, LU320, MO001)
    scheme VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    -- The edition of the scheme the code belongs to, e.g. 2013; 'current' for today's. Of COG and BFS an older edition
    -- lists the municipalities that have changed since, with every code they were made of; COG 1943: of any edition.
    vintage VARCHAR NOT NULL,
    territory_id VARCHAR NOT NULL,
    share DOUBLE NOT NULL                  -- part of the code's area or population that lies in the territory, 0..1
);

CREATE TABLE postal_code (                 -- a postal code may serve several municipalities, and one may have several
    country VARCHAR NOT NULL,              -- FR | BE
    postal_code VARCHAR NOT NULL,
    territory_id VARCHAR NOT NULL
);

CREATE TABLE code_list (                   -- official registers of codes with their validity (REFNIS)
    scheme VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    parent_code VARCHAR,
    name_fr VARCHAR, name_nl VARCHAR, name_de VARCHAR,
    valid_from DATE, valid_to DATE,        -- NULL: open
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE composition (                 -- municipalities that make up a zone no parent_id leads to: whole zones only
    zone_id VARCHAR NOT NULL,              -- territory_id of an employment zone
    territory_id VARCHAR NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE observation (                 -- sorted by indicator, period, territory
    indicator_id VARCHAR NOT NULL,
    territory_id VARCHAR NOT NULL,
    period VARCHAR NOT NULL,               -- SDMX: 2025 or 2023-Q3
    period_start DATE NOT NULL,
    sex VARCHAR NOT NULL, age VARCHAR NOT NULL, other VARCHAR NOT NULL,   -- _T is the total
    value DOUBLE,                          -- NULL: missing, the status says why
    status obs_status NOT NULL,
    confidential BOOLEAN NOT NULL,
    flag_raw VARCHAR NOT NULL,             -- the provider's own letters
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE definition (                  -- what a published flow counts
    definition_id VARCHAR PRIMARY KEY,
    label_fr VARCHAR NOT NULL, label_nl VARCHAR NOT NULL, label_en VARCHAR NOT NULL,
    caveats VARCHAR[] NOT NULL             -- caveat_id list, beside those of the indicator
);

CREATE TABLE place_group (                 -- where a published figure was counted when it is no territory of ours: never drawn
    group_id VARCHAR PRIMARY KEY,          -- all-to-switzerland
    published_as VARCHAR NOT NULL,         -- its code in the source, or its name there when it has none
    kind VARCHAR NOT NULL,                 -- all_countries | several (places together) | place (of another edition) | line (of transport, or a crossing)
    country VARCHAR,                       -- ISO 3166 alpha-2; NULL: of several countries
    touches VARCHAR[] NOT NULL,            -- territories of ours it lies in or runs through, of those that travel names
    label_fr VARCHAR NOT NULL, label_nl VARCHAR NOT NULL, label_en VARCHAR NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE trait (                       -- what a count may rest on; two definitions compare by their traits
    kind VARCHAR NOT NULL,                 -- population | perimeter | workplace | moment
    trait_id VARCHAR NOT NULL,             -- unstated: the source does not say, so that it equals nothing
    years_apart INTEGER,                   -- how far two years must be to compare; NULL: any two do
    finest_level VARCHAR,                  -- finest level at which its places may be read over time; NULL: any
    text_fr VARCHAR NOT NULL, text_nl VARCHAR NOT NULL, text_en VARCHAR NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE definition_traits (           -- one row a definition, a trait_id of each kind
    definition_id VARCHAR PRIMARY KEY,
    population VARCHAR NOT NULL,           -- who is counted
    perimeter VARCHAR NOT NULL,            -- within which limits
    workplace VARCHAR NOT NULL,            -- what stands for the place of work
    moment VARCHAR NOT NULL,               -- when
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE flow_gap (                    -- what is known not to be measured, or published and not held here
    gap_id VARCHAR PRIMARY KEY,
    origin VARCHAR NOT NULL,               -- territory_id of the side where people live
    destination VARCHAR NOT NULL,          -- territory_id of the side where they work
    ending VARCHAR NOT NULL,               -- the end where the level lacks: origin | destination | both
    level VARCHAR NOT NULL,                -- the level that lacks, as in territory.level
    state VARCHAR NOT NULL,                -- not_observed (nobody measures it) | not_published (measured) | not_loaded
    producer VARCHAR NOT NULL,             -- who would know, or does
    reason_fr VARCHAR NOT NULL, reason_nl VARCHAR NOT NULL, reason_en VARCHAR NOT NULL,
    source VARCHAR NOT NULL,               -- address of what says so
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE flow (
    indicator_id VARCHAR NOT NULL,
    origin_id VARCHAR NOT NULL,            -- where the worker lives: a territory, or a place_group
    destination_id VARCHAR NOT NULL,       -- where the worker works: a territory, or a place_group
    period VARCHAR NOT NULL,
    period_assumed BOOLEAN NOT NULL,       -- the source states no year, or "about": this one was taken
    reference_date VARCHAR,                -- as printed: 2021-06-30, 2021
    sex VARCHAR NOT NULL, mode VARCHAR NOT NULL,
    value DOUBLE,
    status obs_status NOT NULL,
    reliability VARCHAR NOT NULL,          -- exact | rounded | about, as printed by the source
    flag_raw VARCHAR NOT NULL,
    definition_id VARCHAR NOT NULL,
    comparable_group VARCHAR NOT NULL,     -- compare in time only inside one group and one pair
    producer VARCHAR NOT NULL,
    source_title VARCHAR NOT NULL, source_url VARCHAR NOT NULL,
    source_kind VARCHAR NOT NULL,          -- producer | republication | press | unsourced (nobody says who counted)
    superseded BOOLEAN NOT NULL,           -- an older edition of a figure that is here in a newer one
    note VARCHAR,
    dataset_id VARCHAR NOT NULL
);

-- Made by the build from the tables above, so that a map asks one small slice of one sorted table.
CREATE TABLE territory_within (            -- every territory and all that holds it, itself included; a zone holds what makes it up
    territory_id VARCHAR NOT NULL,
    within_id VARCHAR NOT NULL,
    level VARCHAR NOT NULL                 -- of within_id
);

CREATE TABLE flow_at (                     -- cross-border flows, and those inside one place, drawn at one level
    indicator_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,            -- a definition, or definition@dataset for a whole file: never two on one map
    definition_id VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    level VARCHAR NOT NULL,                -- country | nuts1 | nuts2 | nuts3 | employment_zone | municipality: the finest drawn
    border VARCHAR NOT NULL,               -- country opposite France; for direction inside, the place's own country
    direction VARCHAR NOT NULL,            -- out (leaves France) | in (enters France) | inside (one place, which it does not leave)
    -- At the level, coarser where nothing finer is published; a municipality whose zone is not held whole stays itself.
    origin_id VARCHAR NOT NULL,
    destination_id VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    status obs_status NOT NULL,
    reliability VARCHAR NOT NULL,          -- exact | rounded | about
    flag_raw VARCHAR NOT NULL,
    flows BIGINT NOT NULL,                 -- flows added up; 1 is the flow as it was published
    comparable_group VARCHAR NOT NULL,
    source_kind VARCHAR NOT NULL,
    dataset_id VARCHAR NOT NULL,
    with_press BOOLEAN,                    -- whether figures of the press and unsourced ones take part; NULL: a whole file
    role VARCHAR NOT NULL,                 -- shown | total (its parts are shown) | part (of a flow shown, too small a part to stand for it)
    is_outermost BOOLEAN NOT NULL          -- within no other flow: those add up to all workers known
);

CREATE TABLE flow_figure (                 -- what each source says of a flow: published figures, and whole files added up
    source_id VARCHAR NOT NULL,            -- as in flow_at: figures of two sources are never in one table
    is_added_up BOOLEAN NOT NULL,          -- by us, from the municipalities of a whole file
    indicator_id VARCHAR NOT NULL,
    origin_id VARCHAR NOT NULL,            -- of a whole file: a place larger than a municipality
    destination_id VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    period_assumed BOOLEAN NOT NULL,
    reference_date VARCHAR,
    value DOUBLE,
    status obs_status NOT NULL,
    reliability VARCHAR NOT NULL,          -- exact | rounded | about
    flag_raw VARCHAR NOT NULL,
    definition_id VARCHAR NOT NULL,
    comparable_group VARCHAR NOT NULL,
    producer VARCHAR NOT NULL,
    source_title VARCHAR NOT NULL, source_url VARCHAR NOT NULL,
    source_kind VARCHAR NOT NULL,
    superseded BOOLEAN NOT NULL,
    note VARCHAR,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE passenger_flow (              -- passengers between regions of two countries: a date each, never a trend
    indicator_id VARCHAR NOT NULL,
    origin_id VARCHAR NOT NULL,            -- where they board
    destination_id VARCHAR NOT NULL,       -- where they alight
    period VARCHAR NOT NULL,
    reported_by VARCHAR NOT NULL,          -- ISO 3166 alpha-2: the country that counted
    value DOUBLE,                          -- NULL: missing, the status says why
    status obs_status NOT NULL,
    confidential BOOLEAN NOT NULL,
    flag_raw VARCHAR NOT NULL,
    origin_code VARCHAR NOT NULL,          -- the two ends as the source names them, in its edition of NUTS
    destination_code VARCHAR NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE mobility_term (               -- what the published figures on travel name
    kind VARCHAR NOT NULL,                 -- mode | population (who is counted) | survey
    term_id VARCHAR NOT NULL,              -- mode: _T is all modes together
    label_fr VARCHAR NOT NULL, label_nl VARCHAR NOT NULL, label_en VARCHAR NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE mobility_figure (             -- two surveys never stand in one chart: each has its own population and perimeter
    indicator_id VARCHAR NOT NULL,
    mode VARCHAR NOT NULL,                 -- term: car, train, ...; _T
    population VARCHAR NOT NULL,           -- term: cross_border | not_cross_border | employed | all_workers | all_trips | ...
    origin_id VARCHAR,                     -- where the people live: a territory or a place_group; NULL: anywhere
    destination_id VARCHAR,                -- where they work; NULL: anywhere
    line_id VARCHAR,                       -- the line, the crossing or the country whose transport it is, when nobody's trip
    survey_id VARCHAR NOT NULL,            -- term
    period VARCHAR NOT NULL,
    period_assumed BOOLEAN NOT NULL,       -- the source states no year, or "about": this one was taken
    value DOUBLE NOT NULL,
    reliability VARCHAR NOT NULL,          -- exact | rounded | about, as printed by the source
    producer VARCHAR NOT NULL,
    source_title VARCHAR NOT NULL, source_url VARCHAR NOT NULL,
    source_kind VARCHAR NOT NULL,          -- producer | republication | press | unsourced
    note_fr VARCHAR, note_nl VARCHAR, note_en VARCHAR,
    dataset_id VARCHAR NOT NULL
);

-- The Rencontres territoriales. Votes, participants and numbers of territories are three units, never on one axis.
CREATE TABLE theme (
    theme_id VARCHAR PRIMARY KEY,
    label_fr VARCHAR NOT NULL, label_nl VARCHAR NOT NULL, label_en VARCHAR NOT NULL
);

CREATE TABLE meeting (
    meeting_id VARCHAR PRIMARY KEY,        -- 2021-hauts-de-france
    area_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    has_report BOOLEAN NOT NULL,           -- a written account we hold; without one there are participants at most
    awaited_themes INTEGER                 -- on how many themes it awaits the MOT, never named; NULL: it does not say
);

CREATE TABLE vote (
    meeting_id VARCHAR NOT NULL,
    theme_id VARCHAR NOT NULL,
    level INTEGER,                         -- 1 or 2 as printed
    votes INTEGER NOT NULL,
    printed_with VARCHAR,                  -- themes printed on one line share this label
    rank INTEGER NOT NULL,                 -- order of the printed list
    seed VARCHAR NOT NULL, heading VARCHAR NOT NULL, line INTEGER NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE participation (
    area_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    participants INTEGER,
    is_computed BOOLEAN NOT NULL,          -- deduced by us ("calculé"), not printed
    computation VARCHAR,                   -- how, e.g. 94 − 76 = 18
    seed VARCHAR NOT NULL, heading VARCHAR NOT NULL, line INTEGER NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE expectation (                 -- number of territories that name a theme
    scale VARCHAR NOT NULL,                -- local_priority | expected_of_mot: two scales, never one axis
    theme_id VARCHAR NOT NULL,
    territories INTEGER NOT NULL,
    year INTEGER NOT NULL,
    seed VARCHAR NOT NULL, heading VARCHAR NOT NULL, line INTEGER NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE objective_stated (            -- what a meeting wrote under a theme, in our own shorter words
    meeting_id VARCHAR NOT NULL,
    theme_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,                 -- objective | project_idea | mot_suggestion | mot_remark
    text_fr VARCHAR NOT NULL, text_nl VARCHAR NOT NULL, text_en VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    seed VARCHAR NOT NULL, heading VARCHAR NOT NULL, line INTEGER NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE idea (                        -- an idea several territories share, in our own shorter words
    idea_id VARCHAR PRIMARY KEY,           -- idee-mobilite
    theme_id VARCHAR NOT NULL,             -- the theme printed above it
    problem_fr VARCHAR NOT NULL, problem_nl VARCHAR NOT NULL, problem_en VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    seed VARCHAR NOT NULL, heading VARCHAR NOT NULL, line INTEGER NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE idea_territory (              -- the printed list below an idea: not the territories that name its theme
    idea_id VARCHAR NOT NULL,
    area_id VARCHAR NOT NULL,
    printed VARCHAR NOT NULL,              -- its name as printed there
    seed VARCHAR NOT NULL, heading VARCHAR NOT NULL, line INTEGER NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE idea_suggestion (             -- what was suggested for 2022 under an idea, in our own shorter words
    idea_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,                 -- suggestion | reminder ("Rappel 2021")
    number INTEGER,                        -- as printed: Suggestion 1, 2, 3; NULL for a reminder
    text_fr VARCHAR NOT NULL, text_nl VARCHAR NOT NULL, text_en VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    seed VARCHAR NOT NULL, heading VARCHAR NOT NULL, line INTEGER NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE missing_link (                -- a link across the border that a meeting named, in our own shorter words
    link_id VARCHAR PRIMARY KEY,           -- rail-lille-courtrai
    meeting_id VARCHAR NOT NULL,
    theme_id VARCHAR NOT NULL,             -- the theme it is written under
    mode VARCHAR NOT NULL,                 -- rail | public_transport | cycling | waterway
    wanted VARCHAR NOT NULL,               -- missing | to_develop | to_improve | to_study | to_agree
    from_fr VARCHAR, from_nl VARCHAR, from_en VARCHAR,   -- its ends as named; NULL: none named
    to_fr VARCHAR, to_nl VARCHAR, to_en VARCHAR,
    existing INTEGER,                      -- lines that cross there today, as printed; NULL: not printed
    text_fr VARCHAR NOT NULL, text_nl VARCHAR NOT NULL, text_en VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    seed VARCHAR NOT NULL, heading VARCHAR NOT NULL, line INTEGER NOT NULL,
    dataset_id VARCHAR NOT NULL
);

-- Strategies. What is official keeps its title in French; a label is ours, short, in three languages.
CREATE TABLE objective (                   -- Interreg France-Wallonie-Vlaanderen 2021-2027
    objective_id VARCHAR PRIMARY KEY,      -- fwv-p5 | fwv-6.1 | fwv-6.1-a2
    kind VARCHAR NOT NULL,                 -- priority | specific_objective | numbered_action
    parent_id VARCHAR,                     -- NULL for a priority
    priority INTEGER NOT NULL,             -- number printed; priority 5 carries 6.1 to 6.3: never derived from the code
    code VARCHAR NOT NULL,                 -- as printed: 5, 6.1, 2
    title VARCHAR,                         -- official title, French; NULL for a numbered action, which is a sentence
    label_fr VARCHAR NOT NULL, label_nl VARCHAR NOT NULL, label_en VARCHAR NOT NULL,
    rank INTEGER NOT NULL,                 -- order of the document
    seed VARCHAR NOT NULL, heading VARCHAR NOT NULL, line INTEGER NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE action (                      -- programme of the MOT, 2023, a draft ("projet")
    action_id VARCHAR PRIMARY KEY,         -- ours, mot-2023-006: the printed code repeats and is no key
    kind VARCHAR NOT NULL,                 -- axis | domain | action | sub_action
    parent_id VARCHAR,                     -- NULL for an axis
    axis INTEGER NOT NULL,
    mode VARCHAR NOT NULL,                 -- SOCLE | SUR-MESURE, printed before the title of the axis
    code VARCHAR NOT NULL,                 -- as printed, without a final stop
    title VARCHAR,                         -- official title of an axis or a domain, French
    label_fr VARCHAR NOT NULL, label_nl VARCHAR NOT NULL, label_en VARCHAR NOT NULL,
    border VARCHAR,                        -- as printed before the title: FR-BE, OM, Frontières Maritimes; NULL: none printed
    qualifiers VARCHAR,                    -- as printed, joined by " · ": Marché public · en attente; NULL: none printed
    rank INTEGER NOT NULL,                 -- order of the document
    seed VARCHAR NOT NULL, heading VARCHAR NOT NULL, line INTEGER NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE strategy_item (               -- Arc jurassien (CTJ 2017) and the living areas (2024), a tree each
    item_id VARCHAR PRIMARY KEY,
    strategy VARCHAR NOT NULL,             -- arc-jurassien-2017 | bassins-de-vie-2024
    kind VARCHAR NOT NULL,                 -- table | proposal | attachment | tool | site | theme | step | fact
    parent_id VARCHAR,                     -- proposal → table, attachment → proposal, fact → tool
    label_fr VARCHAR NOT NULL, label_nl VARCHAR NOT NULL, label_en VARCHAR NOT NULL,
    printed VARCHAR,                       -- number of an attachment's action, figure of a fact, date of a step, as printed;
                                           -- NULL: lost in the seed ("non imprimé"). Always NULL for the other kinds
    border VARCHAR,                        -- of a site: FR-BE
    territory_id VARCHAR,                  -- of a site we hold; NULL: not held
    theme_id VARCHAR,                      -- of a theme that is also one of the Rencontres, under the same name
    rank INTEGER NOT NULL,
    seed VARCHAR NOT NULL, heading VARCHAR NOT NULL, line INTEGER NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE link (                        -- "rapprochement proposé": no document says it, so it has no seed
    theme_id VARCHAR NOT NULL,             -- the theme whose chain the link belongs to: chains are followed inside one theme
    from_kind VARCHAR NOT NULL,            -- theme | objective | action
    from_id VARCHAR NOT NULL,
    to_kind VARCHAR NOT NULL,              -- objective | action | indicator | idea
    to_id VARCHAR NOT NULL,
    reason_fr VARCHAR NOT NULL, reason_nl VARCHAR NOT NULL, reason_en VARCHAR NOT NULL,
    proposed_by VARCHAR NOT NULL,          -- observatoire
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE missing_indicator (           -- what would be needed where no indicator informs a theme, or not enough
    theme_id VARCHAR PRIMARY KEY,
    needed_fr VARCHAR NOT NULL, needed_nl VARCHAR NOT NULL, needed_en VARCHAR NOT NULL,
    dataset_id VARCHAR NOT NULL
);

CREATE TABLE rejected (                    -- rows of a source that did not become a figure, counted by reason
    dataset_id VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,               -- outside_scope | not_a_territory | not_carried | superseded | not_placeable
    code VARCHAR NOT NULL,                 -- the provider's code
    "rows" BIGINT NOT NULL,
    detail VARCHAR NOT NULL                -- one sentence, English
);
