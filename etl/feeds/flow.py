"""Published cross-border flows → `flow` and `definition`: one figure a row, its value as printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from etl.declaration import Dataset, Definition
from etl.feeds.fed import Fed, LeftOut, rejected
from etl.feeds.place_group import group_of
from etl.feeds.rows import require_columns, require_unique, understand
from etl.harmonise import Places, read_period

COLUMNS = (
    "origin_name",
    "origin_code",
    "destination_name",
    "destination_code",
    "year",
    "reference_date",
    "value",
    "definition",
    "producer",
    "source_title",
    "source_url",
    "source_kind",
    "precision",
    "comparable_group",
    "note",
)
KEY = ("origin_name", "destination_name", "year", "reference_date", "definition", "comparable_group")

# Prefix of a code → its scheme; a bare code is NUTS.
SCHEMES = {"ZE": "INSEE_ZE2020", "NIS": "REFNIS", "COM": "COG"}

# The press, and figures nobody answers for, are shown on demand only.
SOURCE_KINDS = {"producer page": "producer", "republication": "republication", "press": "press"}
UNSOURCED = "unsourced"

# How the transcription says that the source states no year: in the date, or in the note.
ASSUMED_DATE = r"published |about "
ASSUMED_NOTE = r"assumed|reference year"

RELIABILITIES = {
    "exact": "exact",
    "rounded to 5": "rounded",
    "rounded to 10": "rounded",
    "rounded to 100": "rounded",
    "rounded to 1000": "rounded",
    "environ": "about",
    "plus de": "about",
    "moins de": "about",
}


def feed(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    """Flows whose ends are territories or groups of places; others are left out as not_placeable, by name.

    Raises WrongRequest with the row at fault.
    """
    require_columns(frame, COLUMNS)
    require_unique(frame, KEY)
    ends = frame.assign(
        origin_id=_ends(frame, "origin", places), destination_id=_ends(frame, "destination", places)
    )
    is_placed = ends["origin_id"].notna() & ends["destination_id"].notna()
    return Fed(
        {"definition": _definitions(dataset.definitions), "flow": _flows(dataset, ends[is_placed])},
        rejected(dataset.dataset_id, _left_out(ends[~is_placed])),
    )


def _ends(frame: pd.DataFrame, side: str, places: Places) -> list[str | None]:
    named = [frame[f"{side}_code"], frame[f"{side}_name"]]
    return understand(frame, named, lambda code, name: place_of(code, name, places))


def place_of(code: str, name: str, places: Places) -> str | None:
    """A group of places or a territory of ours; None for a place that we hold no code of today for."""
    if group_id := group_of(code, name):
        return group_id
    prefix, separator, rest = code.rpartition(":")
    if (separator and prefix not in SCHEMES) or not code:
        return None
    return places.resolve(SCHEMES.get(prefix, "NUTS"), rest).territory_id


def _left_out(rows: pd.DataFrame) -> Iterator[LeftOut]:
    """Reason, code (the name where the source has no code) and a sentence, for `rejected`."""
    for row in rows.to_dict("records"):
        end = "origin" if pd.isna(row["origin_id"]) else "destination"
        detail = (
            f"{row['value']} workers from {row['origin_name']} to {row['destination_name']} "
            f"({row['reference_date']}): the {end} is neither a territory nor a group of places"
        )
        yield LeftOut("not_placeable", row[f"{end}_code"] or row[f"{end}_name"], detail)


def _flows(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    (indicator,) = dataset.indicators
    wordings = [rows["comparable_group"], rows["definition"]]
    definitions = understand(
        rows, wordings, lambda group, words: _definition(group, words, dataset.definitions)
    )
    is_unsourced = (rows["producer"] == "") | pd.Series(
        [definition.unsourced for definition in definitions], index=rows.index
    )
    kinds = pd.Series(understand(rows, rows["source_kind"], _source_kind), index=rows.index)
    as_printed = rows[["comparable_group", "producer", "source_title", "source_url"]]
    return as_printed.assign(
        indicator_id=indicator.head.indicator_id,
        origin_id=rows["origin_id"],
        destination_id=rows["destination_id"],
        period=understand(rows, rows["year"], lambda text: read_period(text, "year").period),
        period_assumed=rows["reference_date"].str.match(ASSUMED_DATE)
        | rows["note"].str.contains(ASSUMED_NOTE),
        reference_date=rows["reference_date"].replace("", None),
        sex="_T",
        mode="_T",
        value=understand(rows, rows["value"], _workers),
        status=[definition.status for definition in definitions],
        reliability=understand(
            rows, rows["precision"], lambda words: _among(RELIABILITIES, words, "precision")
        ),
        flag_raw=rows["precision"],
        definition_id=[definition.definition_id for definition in definitions],
        source_kind=kinds.mask(is_unsourced, UNSOURCED),
        superseded=_is_superseded(rows, definitions),
        note=rows["note"].replace("", None),
        dataset_id=dataset.dataset_id,
    ).reset_index(drop=True)


def _workers(text: str) -> float:
    """A number of people: digits only, so that a decimal or a thousands separator never slips through."""
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"value {text!r} is not a number of workers")
    return float(text)


def _definition(group: str, wording: str, definitions: tuple[Definition, ...]) -> Definition:
    """The definition declared for the group, else for the wording.

    A group is named where the same words were counted within another perimeter.
    """
    for definition in definitions:
        if group in definition.groups:
            return definition
    for definition in definitions:
        if wording in definition.wordings:
            return definition
    raise ValueError(f"definition {wording!r} is not declared as a [[definition]]")


def _is_superseded(rows: pd.DataFrame, definitions: list[Definition]) -> pd.Series[bool]:
    """Whether a newer edition of the same statistic has a figure for the same ends and date."""
    groups = zip(definitions, rows["comparable_group"], strict=True)
    edition = pd.Series([_edition(definition, group) for definition, group in groups], index=rows.index)
    figure = [rows["origin_id"], rows["destination_id"], rows["reference_date"]]
    return edition.notna() & (edition < edition.groupby(figure).transform("max"))


def _edition(definition: Definition, group: str) -> int | None:
    return definition.editions.index(group) if group in definition.editions else None


def _source_kind(kind: str) -> str:
    return _among(SOURCE_KINDS, kind, "source_kind")


def _among(meanings: Mapping[str, str], text: str, column: str) -> str:
    if text not in meanings:
        raise ValueError(f"{column} {text!r} is unknown: it is none of {', '.join(meanings)}")
    return meanings[text]


def _definitions(definitions: tuple[Definition, ...]) -> pd.DataFrame:
    columns = ("definition_id", "label_fr", "label_nl", "label_en", "caveats")
    rows = [
        (each.definition_id, each.label.fr, each.label.nl, each.label.en, each.caveats)
        for each in definitions
    ]
    return pd.DataFrame(rows, columns=list(columns))
