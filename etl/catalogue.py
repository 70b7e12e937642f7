"""What a provider's catalogue says of its datasets: the day each was last updated."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from etl.client import Client
from etl.errors import SourceError
from etl.lock import Lock
from etl.request import Endpoint, Request

DAY = re.compile(r"(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d{4})|(?P<iso>\d{4}-\d\d-\d\d)")


class Catalogues:
    """The catalogue of each endpoint that has one, asked for once. One that fails only saves no request."""

    def __init__(self, client: Client, scratch: Path) -> None:
        self._client = client
        self._scratch = scratch
        self._read: dict[str, Mapping[str, date]] = {}

    def updated(self, request: Request) -> date | None:
        """When the dataset behind a request was last updated; None where its endpoint does not say."""
        endpoint = request.endpoint
        if endpoint.catalogue is None:
            return None
        if endpoint.endpoint_id not in self._read:
            self._read[endpoint.endpoint_id] = self._ask(endpoint, endpoint.catalogue)
        days = self._read[endpoint.endpoint_id]
        segments = (segment for path in request.paths for segment in path.split("/"))
        return next((days[segment.lower()] for segment in segments if segment.lower() in days), None)

    def _ask(self, endpoint: Endpoint, path: str) -> Mapping[str, date]:
        file = self._scratch / f"{endpoint.endpoint_id}.catalogue"
        try:
            self._client.download(endpoint, f"{endpoint.base}/{path}", file)
            return read_catalogue(file.read_text(encoding="utf-8-sig", errors="replace"))
        except SourceError:
            return {}


def read_catalogue(text: str) -> dict[str, date]:
    """Last update by code in lower case, out of Eurostat's table of contents or Melodi's list in JSON."""
    if text.lstrip().startswith("["):
        return _melodi(text)
    days = {}
    for row in csv.DictReader(text.splitlines(), delimiter="\t"):
        cells = {str(name).strip().lower(): str(value).strip() for name, value in row.items()}
        if day := _day(cells.get("last update of data", "")):
            days[cells.get("code", "").lower()] = day
    return days


def _melodi(text: str) -> dict[str, date]:
    try:
        listed = json.loads(text)
    except ValueError:
        return {}
    days = {str(each.get("identifier", "")).lower(): _day(str(each.get("modified", ""))) for each in listed}
    return {code: day for code, day in days.items() if day}


def _day(text: str) -> date | None:
    found = DAY.match(text)
    if found is None:
        return None
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def is_up_to_date(lock: Lock, updated: date | None, today: date) -> bool:
    """Whether the catalogue says that what was fetched under `lock` is the last edition.

    An update of the very day of the fetch may have come after it, and a fetch in the future was dated by a
    clock that was wrong: both are asked about again.
    """
    if updated is None or lock.fetched_at is None or lock.published_at != updated:
        return False
    return updated < lock.fetched_at <= today
