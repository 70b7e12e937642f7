"""A page as a reader gets it, run by Streamlit's own AppTest."""

from __future__ import annotations

from functools import cache
from html import unescape
from pathlib import Path
from re import sub

import pandas
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

FRAME = Path(__file__).resolve().parents[2] / "pages" / "frame.py"
PATHS = {
    "home": "",
    "flows": "flux",
    "employment": "emploi",
    "mobility": "mobilite",
    "meetings": "rencontres",
    "strategy": "strategie",
    "method": "methode",
}


class Reading:
    """One page opened at an address; `text` is all it says, `says` looks in it whatever the spaces."""

    def __init__(self, page: str, **query: str) -> None:
        self.app = AppTest.from_file(FRAME, default_timeout=60)
        # Pages are callables, which AppTest.switch_page cannot name: it would set the hash of their path.
        self.app._page_hash = calc_hash(PATHS[page]) if PATHS[page] else ""
        for name, value in query.items():
            self.app.query_params[name] = value
        self.app.run()

    @property
    def query(self) -> dict[str, str]:
        return {
            name: value if isinstance(value, str) else value[-1]
            for name, value in self.app.query_params.items()
        }

    @property
    def title(self) -> str:
        return str(self.app.title[0].value)

    def unfold(self, name: str) -> pandas.DataFrame:
        """Open the table of a view, folded until then, and return what it shows."""
        self.app.session_state[f"table-{name}"] = True
        self.app.run()
        return self.app.dataframe[-1].value

    @property
    def warnings(self) -> list[str]:
        return [str(item.value) for item in self.app.warning]

    @property
    def blocks(self) -> list[str]:
        """The pieces of HTML, without the stylesheet."""
        bodies = [str(item.proto.body) for item in self.app.get("html")]
        return [body for body in bodies if "<style" not in body]

    def block(self, test_id: str) -> str:
        (found,) = [body for body in self.blocks if f'data-testid="{test_id}"' in body]
        return plain(found)

    @property
    def text(self) -> str:
        kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "code")
        said = [str(getattr(item, "value", "")) for kind in kinds for item in self.app.get(kind)]
        return plain("\n".join([*said, *self.blocks]))

    def says(self, expected: str) -> bool:
        return plain(expected) in self.text


@cache
def read(page: str, **query: str) -> Reading:
    """A page over the session's warehouse, opened once for all who only look at it."""
    return Reading(page, **query)


def plain(html: str) -> str:
    """Text without tags, with ordinary spaces and hyphens."""
    text = unescape(sub(r"<[^>]+>", " ", html))
    return sub(r"\s+", " ", text.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2011", "-"))
