"""Downloads the official outlines of GISCO, for whoever draws the territories again. No build needs them."""

from __future__ import annotations

import json
from pathlib import Path

from etl.client import Client
from etl.disk import writing
from etl.errors import SourceError, TryAgain, WrongRequest
from etl.request import Endpoint
from etl.trouble import REFRESH_LATER

EDITION = "2024"
# Countries, then the three levels of regions at 1:20 million, and municipalities at 1:1 million, in longitude
# and latitude; each with the property that identifies a feature.
FILES = {
    **{f"nuts/geojson/NUTS_RG_20M_{EDITION}_4326_LEVL_{level}.geojson": "NUTS_ID" for level in range(4)},
    f"lau/geojson/LAU_RG_01M_{EDITION}_4326.geojson": "GISCO_ID",
}


def download_outlines(endpoint: Endpoint, client: Client, folder: Path) -> list[Path]:
    """Every file below `folder`, replaced only by one that is whole. Raises SourceError with its address."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return [_download(endpoint, client, folder, path, key) for path, key in FILES.items()]


def _download(endpoint: Endpoint, client: Client, folder: Path, path: str, key: str) -> Path:
    address = f"{endpoint.base}/{path}"
    target = folder / path.rpartition("/")[2]
    draft = target.with_suffix(".part")
    try:
        client.download(endpoint, address, draft)
        _require_outlines(draft.read_bytes(), key)
    except SourceError as error:
        draft.unlink(missing_ok=True)
        raise error.at(file=address) from None
    return draft.replace(target)


def _require_outlines(content: bytes, key: str) -> None:
    """Raise TryAgain for what is no GeoJSON, WrongRequest where its features cannot be told apart."""
    try:
        features = json.loads(content)["features"]
    except (ValueError, KeyError, TypeError):
        raise TryAgain("the file is not GeoJSON", REFRESH_LATER) from None
    codes = [feature["properties"].get(key) for feature in features]
    if not codes or None in codes or len(set(codes)) != len(codes):
        raise WrongRequest(
            f"its {len(codes)} features are not told apart by {key}",
            "see what GISCO renamed, and correct FILES in etl/outlines.py",
        )
