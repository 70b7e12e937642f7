from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.declaration import Dataset
from etl.errors import DoesNotExist, WrongRequest
from etl.world import declarations
from tests.etl.small_world import POPULATION_TOML, RATE_TOML, SmallWorld


def dataset(small: SmallWorld, name: str) -> Dataset:
    return next(each for each in declarations(small.world).datasets if each.dataset_id == name)


def test_a_declaration_is_read_whole(small: SmallWorld) -> None:
    small.declare("population", "published = 2026-04-09\n" + POPULATION_TOML)

    population = dataset(small, "population")

    assert population.provider.name == "Eurostat"
    assert population.licence == "CC BY 4.0", "the provider's, where the dataset states none"
    assert population.published == date(2026, 4, 9)
    assert population.archive == ("population.tsv",)
    assert population.keep == {"unit": ("NR",)}
    assert population.feeds == "observation"
    (indicator,) = population.indicators
    assert (indicator.head.minimum, indicator.head.maximum, indicator.head.headline) == (0.0, None, 1)
    assert indicator.facets == {"sex": "sex"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('vintage = "2026-04"', "", "key `vintage` is missing"),
        ('vintage = "2026-04"', "vintage = 2026", "key `vintage` is 2026. Write a text"),
        ('frequency = "annual"', 'frequency = "anual"', "did you mean 'annual'?"),
        ('frequency = "annual"', 'frequency = "annual"\nlicense = "x"', "unknown (did you mean 'licence'?)"),
        ('provider = "eurostat"', 'provider = "eurostats"', "key `provider` is 'eurostats', which is"),
        ('format = "tsv"', 'format = "tvs"', "key `format` is 'tvs', which is unknown (did you mean 'tsv'?)"),
        ('format = "tsv"', 'format = "tsv"\nfeeds = "flows"', "key `feeds` is 'flows', which is unknown"),
        ('unit = "PC"', 'unit = "PERCENT"', "key `indicator[0].unit` is 'PERCENT', which is unknown"),
        ('unit = "PC"', 'unit = "PC"\ncaveats = ["beware"]', "key `indicator[0].caveats` names 'beware'"),
        ("decimals = 1", "decimals = true", "key `indicator[0].decimals` is True"),
        ("minimum = 0", 'minimum = "0"', "key `indicator[0].minimum` is '0', not a number"),
        ('good = "down"', 'good = "down"\nnumerator = "x"', "'rate' is made of 'x', which is not declared"),
        ('good = "down"', 'good = "down"\nstands_in_for = "x"', "stands in for 'x', which is no rate in PC"),
        ('good = "down"', 'good = "down"\nstands_in_for = "population"', "which is no rate in PC"),
        ('id = "rate"', 'id = "population"', "indicator 'population' is declared in"),
        ('column = "geo"', 'column = "geo"\nlevels = "nuts2"', "key `places.levels` is unknown"),
        ('[period]\nform = "year"', "", "key `period` is missing"),
        ('form = "year"', 'form = "yearly"', "key `period.form` is 'yearly'"),
        ('fr = "f"\n', "", "key `title.fr` is missing"),
        ("[title]", "[title", "this is not TOML"),
    ],
)  # fmt: skip
def test_a_faulty_key_is_named_with_its_file(small: SmallWorld, old: str, new: str, said: str) -> None:
    assert old in RATE_TOML
    file = small.declare("rate", RATE_TOML.replace(old, new, 1))

    with pytest.raises(WrongRequest) as refused:
        declarations(small.world)

    assert refused.value.file == str(file)
    assert said in str(refused.value)


def test_two_files_of_one_name_are_refused(small: SmallWorld) -> None:
    file = small.declare("rate", RATE_TOML, provider="insee")

    with pytest.raises(WrongRequest, match="has the same name") as refused:
        declarations(small.world)

    assert refused.value.file == str(file)


def test_a_missing_list_is_named(small: SmallWorld, tmp_path: Path) -> None:
    world = small.world
    broken = type(world)(layers=world.layers, datasets=world.datasets, lists=tmp_path)

    with pytest.raises(DoesNotExist, match="it is not there") as missing:
        declarations(broken)

    assert missing.value.file == str(tmp_path / "providers.toml")


REQUEST = """
[request]
endpoint = "eurostat"
path = "sdmx/2.1/data/rate/A..FRE1+BE32"
parameters = { format = "TSV", geo = ["FRE1", "BE32"] }
"""


def test_a_request_gives_the_address_with_each_value_of_a_parameter(small: SmallWorld) -> None:
    own_address = 'url = "https://example.org/rate.tsv"\n'
    small.declare("rate", RATE_TOML.replace(own_address, "") + REQUEST)

    assert dataset(small, "rate").url == (
        "https://ec.europa.eu/eurostat/api/dissemination/sdmx/2.1/data/rate/A..FRE1+BE32"
        "?format=TSV&geo=FRE1&geo=BE32"
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('endpoint = "eurostat"', 'endpoint = "eurostats"', "did you mean 'eurostat'?"),
        ('endpoint = "eurostat"', 'endpoint = "insee_bdm"', "is of insee, the dataset of eurostat"),
        ("path = ", "paths = ", "key `request.path` is missing"),
        ("path = ", 'paging = "following"\npath = ', "key `request.paging` is 'following'"),
        ("path = ", 'fixed = "yes"\npath = ', "key `request.fixed` is 'yes'"),
        ("path = ", 'format = "tvs"\npath = ', "key `request.format` is 'tvs'"),
    ],
)  # fmt: skip
def test_a_faulty_request_is_named_with_its_key(small: SmallWorld, old: str, new: str, said: str) -> None:
    small.declare("rate", RATE_TOML + REQUEST.replace(old, new))

    with pytest.raises(WrongRequest) as refused:
        declarations(small.world)

    assert said in str(refused.value)


def test_an_endpoint_can_be_elsewhere(small: SmallWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    small.declare("rate", RATE_TOML + REQUEST)
    monkeypatch.setenv("OBSERVATORY_URL_EUROSTAT", "https://mirror.example.org/eurostat/")
    request = dataset(small, "rate").request

    assert request is not None
    assert request.endpoint.base == "https://mirror.example.org/eurostat"


def test_an_endpoint_without_tls_is_refused_but_on_this_machine(
    small: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.declare("rate", RATE_TOML + REQUEST)
    request = dataset(small, "rate").request
    assert request is not None

    monkeypatch.setenv("OBSERVATORY_URL_EUROSTAT", "http://127.0.0.1:8000/eurostat")
    assert request.endpoint.base == "http://127.0.0.1:8000/eurostat"
    monkeypatch.setenv("OBSERVATORY_URL_EUROSTAT", "http://mirror.example.org")
    with pytest.raises(WrongRequest, match="which is not https"):
        request.endpoint.base  # noqa: B018
