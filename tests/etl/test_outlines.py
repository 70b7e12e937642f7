"""The outlines of GISCO: all or an error that names the address, and never half a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.outlines import FILES
from tests.replay.answers import cut, data
from tests.replay.server import Replay

ROOT = "/distribution/v2"


def outlines(key: str, *codes: str) -> bytes:
    """In the shape of GISCO's files, with squares for outlines."""
    square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    features = [{"type": "Feature", "properties": {key: code}, "geometry": square} for code in codes]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def gisco(replay: Replay, monkeypatch: pytest.MonkeyPatch) -> Replay:
    replay.forget()
    monkeypatch.setenv("OBSERVATORY_URL_GISCO", f"{replay.url}{ROOT}")
    monkeypatch.setattr("etl.client.time.sleep", lambda seconds: None)
    for path, key in FILES.items():
        replay.serve(f"{ROOT}/{path}", data(outlines(key, "FRE11", "BE328")))
    return replay


def test_every_outline_is_saved_under_the_name_of_its_provider(
    gisco: Replay, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["outlines", "--to", str(tmp_path)]) == 0

    names = {"LAU_RG_01M_2024_4326", *(f"NUTS_RG_20M_2024_4326_LEVL_{level}" for level in range(4))}
    assert {file.name for file in tmp_path.iterdir()} == {f"{name}.geojson" for name in names}
    assert [Path(line).parent for line in capsys.readouterr().out.splitlines()] == [tmp_path] * 5


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html>Please wait</html>", "the file is not GeoJSON"),
        (outlines("CODE", "FRE11"), "its 1 features are not told apart by NUTS_ID"),
        (outlines("NUTS_ID", "FRE11", "FRE11"), "its 2 features are not told apart by NUTS_ID"),
    ],
)
def test_what_is_no_outline_leaves_the_former_file(
    gisco: Replay, tmp_path: Path, capsys: pytest.CaptureFixture[str], body: bytes, said: str
) -> None:
    assert main(["outlines", "--to", str(tmp_path)]) == 0
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    path = "nuts/geojson/NUTS_RG_20M_2024_4326_LEVL_3.geojson"
    gisco.serve(f"{ROOT}/{path}", data(body))

    assert main(["outlines", "--to", str(tmp_path)]) == 1

    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{gisco.url}{ROOT}/{path}: {said}")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_cut_outline_is_an_error(gisco: Replay, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = outlines("NUTS_ID", "FRE11")
    gisco.serve(f"{ROOT}/{next(iter(FILES))}", cut(body, 40))
    assert main(["outlines", "--to", str(tmp_path)]) == 1
    assert "the body was cut" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.part"))


def test_the_territories_are_drawn_from_what_is_saved(gisco: Replay, tmp_path: Path) -> None:
    from warehouse.territories.preparation.official import OfficialFiles, nuts3_outlines

    assert main(["outlines", "--to", str(tmp_path)]) == 0

    drawn = nuts3_outlines(OfficialFiles(Path("no-folder"), outlines=tmp_path))
    assert {code: outline.bounds for code, outline in drawn.items()} == {
        "BE328": (0, 0, 1, 1),
        "FRE11": (0, 0, 1, 1),
    }


def test_a_folder_without_outlines_names_the_command_that_saves_them(tmp_path: Path) -> None:
    from warehouse.territories.preparation.official import OfficialFiles, nuts3_outlines

    with pytest.raises(FileNotFoundError, match="python -m etl outlines --to"):
        nuts3_outlines(OfficialFiles(Path("no-folder"), outlines=tmp_path))
