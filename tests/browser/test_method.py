"""Méthode: what every figure comes from, on the screen and as files."""

from __future__ import annotations

import csv
from io import StringIO

from tests.browser.conftest import OpenPage
from warehouse.queries import catalogue

SOURCES = 0  # the first table of the page: that of the coverage is folded


def test_every_source_is_listed_with_its_licence_and_can_be_taken_away(open_page: OpenPage) -> None:
    reader = open_page("/methode")
    headers, *rows = reader.table(SOURCES)
    licence = headers.index("Licence")
    assert {row[licence] for row in rows} <= {"CC BY 4.0", "Licence Ouverte 2.0", *_licences()}
    assert all(row[licence] not in {"", "–"} for row in rows)

    name, content = reader.download("CSV pour Excel", 1)
    assert name == "methode-sources-excel.csv"
    listed = list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert {row["dataset_id"] for row in listed} == {source.dataset_id for source in catalogue.sources()}
    assert {row["licence"] for row in listed} == _licences()

    rejected = reader.page.get_by_role("button", name="CSV standard").count() - 1
    name, content = reader.download("CSV standard", rejected)
    assert name == "methode-rejected.csv"
    assert sum(int(row["rows"]) for row in csv.DictReader(StringIO(content.decode()))) > 0


def test_a_theme_of_the_matrix_opens_on_its_indicators_and_comes_as_a_file(
    open_page: OpenPage,
) -> None:
    reader = open_page("/methode?voisin=BE")
    with reader.changing_the_address():
        reader.page.get_by_role("link", name="Emploi et chômage").click()
    assert reader.query.items() >= {("domaine", "employment"), ("voisin", "BE")}
    assert "non observé (Insee)" in reader.plain('[data-testid="matrix-coverage"]')
    name, content = reader.download("CSV standard")
    assert name == "methode-couverture.csv"
    rows = list(csv.DictReader(StringIO(content.decode())))
    assert {row["border"] for row in rows} == {"BE"}
    assert {row["theme"] for row in rows} == {"employment"}
    assert {row["state"] for row in rows} >= {"value", "not_observed"}


def _licences() -> set[str]:
    return {source.licence for source in catalogue.sources()}
