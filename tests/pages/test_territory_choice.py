"""Choosing a territory: the nine of the Rencontres in plain sight, any known place by its address."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pages.components.context import Context
from tests.pages.reading import Reading, read
from warehouse.queries import meetings

pytestmark = pytest.mark.usefixtures("warehouse")

NINE = {
    "RT-HAUTS-DE-FRANCE": "côté belge",
    "RT-ARDENNES": "côté belge",
    "RT-GRANDE-REGION": "côtés belge, luxembourgeois et allemand",
    "RT-RHIN-SUPERIEUR": "côtés allemand et suisse",
    "RT-ARC-JURASSIEN": "côté suisse",
    "RT-GENEVOIS-ALPES-DU-NORD": "côtés suisse et italien",
    "RT-SUD-FR-IT-MONACO": "côtés italien et monégasque",
    "RT-PYRENEES-EST-CENTRE": "côtés andorran et espagnol",
    "RT-PYRENEES-OUEST": "côté espagnol",
}


def test_the_nine_territories_stand_along_the_border() -> None:
    assert [area.territory_id for area in meetings.areas()] == list(NINE)
    (pills,) = [group for group in read("home").app.get("button_group") if len(group.options) == len(NINE)]
    assert pills.options[0] == "Hauts-de-France"
    assert pills.options[-1] == "Pyrénées Ouest"


def test_pressing_one_of_the_nine_chooses_it_and_pressing_it_again_changes_nothing() -> None:
    reading = Reading("home")
    for _ in range(2):
        (pills,) = [g for g in reading.app.get("button_group") if len(g.options) == len(NINE)]
        pills.set_value("RT-ARC-JURASSIEN").run()
        assert reading.query["territoire"] == "RT-ARC-JURASSIEN"


@pytest.mark.parametrize("area_id", NINE)
def test_each_of_the_nine_opens_with_figures_and_names_its_other_side(area_id: str) -> None:
    reading = read("home", territoire=area_id)
    assert not reading.app.exception
    assert reading.warnings == []
    assert reading.query["territoire"] == area_id
    card = reading.block("key-figures")
    assert "hab. côté français" in card
    assert NINE[area_id] in card


def test_the_other_side_is_named_in_every_language(context: Callable[..., Context]) -> None:
    said = {
        language: context("RT-RHIN-SUPERIEUR", language=language).side_name("other")
        for language in ("nl", "en")
    }
    assert said == {"nl": "Duitse en Zwitserse kanten", "en": "German and Swiss sides"}


def test_a_municipality_opens_by_its_address_with_its_province_named() -> None:
    """Mouscron lies in Hainaut: tgs00010 2025, BE32, 9.0."""
    reading = read("home", territoire="NIS57096")
    assert not reading.app.exception
    assert reading.warnings == []
    assert "9,0 % côté belge · 2025 · Hainaut" in reading.block("key-figures")
