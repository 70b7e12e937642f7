"""Published cross-border flows → `flow` and `definition`: one figure a row, its value as printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from etl.declaration import Dataset, Definition
from etl.feeds.fed import Fed, LeftOut, rejected
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

SCHEMES = {"ZE": "INSEE_ZE2020"}  # prefix of a code → its scheme; a bare code is NUTS
AGGREGATE = "AGG"  # prefix of a group of places

# The press, and figures nobody answers for, are shown on demand only.
SOURCE_KINDS = {"producer page": "producer", "republication": "republication", "press": "press"}
UNSOURCED = "press"

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
    """Flows with both ends among our territories; the others are left out as not_placeable, by name.

    Raises WrongRequest with the row at fault.
    """
    require_columns(frame, COLUMNS)
    require_unique(frame, KEY)
    ends = frame.assign(
        origin_id=understand(frame, frame["origin_code"], lambda code: _territory(code, places)),
        destination_id=understand(frame, frame["destination_code"], lambda code: _territory(code, places)),
    )
    is_placed = ends["origin_id"].notna() & ends["destination_id"].notna()
    return Fed(
        {"definition": _definitions(dataset.definitions), "flow": _flows(dataset, ends[is_placed])},
        rejected(dataset.dataset_id, _left_out(ends[~is_placed])),
    )


def _territory(code: str, places: Places) -> str | None:
    """Our territory at one end of a flow; None for a group of places and for one without a code of today."""
    prefix, _, rest = code.partition(":")
    if prefix in ("", AGGREGATE):
        return None
    scheme = SCHEMES.get(prefix)
    return (places.resolve(scheme, rest) if scheme else places.resolve("NUTS", code)).territory_id


def _left_out(rows: pd.DataFrame) -> Iterator[LeftOut]:
    """Reason, code (the name where the source has no code) and a sentence, for `rejected`."""
    for row in rows.to_dict("records"):
        end = "origin" if pd.isna(row["origin_id"]) else "destination"
        detail = (
            f"{row['value']} workers from {row['origin_name']} to {row['destination_name']} "
            f"({row['reference_date']}): the {end} is not one of our territories"
        )
        yield LeftOut("not_placeable", row[f"{end}_code"] or row[f"{end}_name"], detail)


def _flows(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    (indicator,) = dataset.indicators
    wordings = [rows["comparable_group"], rows["definition"]]
    definitions = understand(
        rows, wordings, lambda group, words: _definition(group, words, dataset.definitions)
    )
    as_printed = rows[["comparable_group", "producer", "source_title", "source_url"]]
    return as_printed.assign(
        indicator_id=indicator.head.indicator_id,
        origin_id=rows["origin_id"],
        destination_id=rows["destination_id"],
        period=understand(rows, rows["year"], lambda text: read_period(text, "year").period),
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
        source_kind=understand(rows, [rows["source_kind"], rows["producer"]], _source_kind),
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


def _source_kind(kind: str, producer: str) -> str:
    known = _among(SOURCE_KINDS, kind, "source_kind")
    return known if producer else UNSOURCED


def _among(meanings: Mapping[str, str], text: str, column: str) -> str:
    if text not in meanings:
        raise ValueError(f"{column} {text!r} is unknown: it is none of {', '.join(meanings)}")
    return meanings[text]


def _definitions(definitions: tuple[Definition, ...]) -> pd.DataFrame:
    columns = ("definition_id", "label_fr", "label_nl", "label_en")
    labels = [(each.definition_id, each.label.fr, each.label.nl, each.label.en) for each in definitions]
    return pd.DataFrame(labels, columns=list(columns))
