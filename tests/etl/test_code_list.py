from __future__ import annotations

import duckdb
import pytest

from etl.build import BuildFailed
from tests.etl.small_world import WORDS, SmallWorld

REFNIS_TOML = f"""\
provider = "statbel"
format = "delimited"
feeds = "code_list"
homepage = "https://statbel.fgov.be"
url = "https://statbel.fgov.be/TU_COM_REFNIS.zip"
vintage = "2019"
frequency = "once"
[title]
{WORDS}
[reader]
separator = "|"
[places]
column = "code"
scheme = "REFNIS"
"""

# TU_COM_REFNIS.txt: Mouscron changed its code on 1 January 2019.
REFNIS = """\
code|name_fr|valid_from|valid_to
54007|Mouscron|01/01/1977|31/12/2018
57096|Mouscron|01/01/2019|31/12/9999
"""


def test_a_register_keeps_its_validity_and_an_open_end_is_none(small: SmallWorld) -> None:
    small.declare("refnis", REFNIS_TOML, provider="statbel")
    small.refresh("refnis", REFNIS.encode(), provider="statbel")

    with duckdb.connect(small.build(), read_only=True) as connection:
        codes = connection.execute(
            "SELECT scheme, code, name_fr, name_nl, valid_from::VARCHAR, valid_to::VARCHAR FROM code_list"
        ).fetchall()
    assert codes == [
        ("REFNIS", "54007", "Mouscron", None, "1977-01-01", "2018-12-31"),
        ("REFNIS", "57096", "Mouscron", None, "2019-01-01", None),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("01/01/2019", "2019", "row 3: date '2019' is neither"),
        ("57096|Mouscron|01/01/2019", "54007|Mouscron|01/01/1977", "row 3: the key .* occurs twice"),
        ("valid_to", "end", "column 'valid_to' is not in the source"),
    ],
)
def test_a_faulty_register_is_named(small: SmallWorld, old: str, new: str, said: str) -> None:
    small.declare("refnis", REFNIS_TOML, provider="statbel")
    small.refresh("refnis", REFNIS.replace(old, new).encode(), provider="statbel")

    with pytest.raises(BuildFailed, match=f"^refnis, .*{said}"):
        small.build()
