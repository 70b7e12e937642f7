"""The view in the URL: every choice a reader makes is a query parameter, and a link opens the same view.

State lives in `st.session_state` under the parameter's own name and outlives a change of page (Streamlit
drops the query string then). A URL that differs from the one we wrote comes from the reader and wins.
A value that is not among the options is answered with a message and the default.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit

from pages.components.words import Words

_WRITTEN = "url:written"
_ASKED = "url:asked"
_SHOWN = "url:shown"
_NOTICES = "url:notices"
# What a reader keeps on the way from one page to another.
SHARED = ("territoire", "annee", "lang", "taille")


def read() -> None:
    """Take what the reader put in the URL. Call first: what is refused is said at the top of the page."""
    streamlit.session_state[_NOTICES] = streamlit.container()
    current = streamlit.query_params.to_dict()
    if current != streamlit.session_state.get(_WRITTEN):
        streamlit.session_state[_ASKED] = current
    else:
        streamlit.session_state[_ASKED] = {}
    streamlit.session_state[_SHOWN] = {}


def chosen(name: str, options: Sequence[str], default: str, words: Words) -> str:
    """The value of a parameter: asked in the URL, else chosen before, else the default."""
    asked = streamlit.session_state[_ASKED].get(name)
    if asked is not None and asked not in options:
        notice = words("url.invalid", name=name, value=asked[:40])
        streamlit.session_state[_NOTICES].warning(notice, icon=":material/info:")
        asked = None
    value = asked if asked is not None else streamlit.session_state.get(_key(name))
    value = value if value in options else default
    remember(name, value)
    return str(value)


def wanted(name: str) -> str | None:
    """What the URL asks for, else what was chosen before, whether or not it is among the options."""
    asked = streamlit.session_state[_ASKED].get(name)
    return asked if asked is not None else streamlit.session_state.get(_key(name))


def remember(name: str, value: str) -> None:
    """Make a value the current one, in the state and in the URL of this run."""
    streamlit.session_state[_key(name)] = value
    streamlit.session_state[_SHOWN][name] = value
    streamlit.session_state[_ASKED].pop(name, None)


def choose(name: str, value: str) -> None:
    """Choose from a callback (a click on a map): takes effect in the run that follows."""
    streamlit.session_state[_key(name)] = value


def widget(
    draw: Callable[..., Any],
    name: str,
    label: str,
    options: Sequence[str],
    default: str,
    words: Words,
    empties: str = "",
    **settings: Any,
) -> str:
    """Draw a selection widget bound to a parameter and return what is chosen.

    `empties` is the field of text that a choice here puts an end to.
    """
    value = chosen(name, options, default, words)
    key = f"widget:{name}"
    streamlit.session_state[key] = value

    def take() -> None:
        # A second click on a segmented control empties it: the choice then stays as it was.
        picked = streamlit.session_state[key]
        choose(name, picked if picked is not None else value)
        if empties:
            choose(empties, "")

    draw(label, options, key=key, on_change=take, **settings)
    return value


def redirect(name: str, value: str, notice: str = "") -> None:
    """Read what the URL asks for as another value, and say why at the top of the page if there is a why."""
    streamlit.session_state[_ASKED][name] = value
    if notice:
        streamlit.session_state[_NOTICES].info(notice, icon=":material/history:")


def withdraw(name: str, notice: str) -> None:
    """Leave what the URL asks for aside, and say why at the top of the page."""
    streamlit.session_state[_ASKED].pop(name)
    streamlit.session_state[_NOTICES].warning(notice, icon=":material/info:")


def text(
    name: str, label: str, longest: int, settle: Callable[[str], str] | None = None, **settings: Any
) -> str:
    """Draw a field bound to a parameter and return what is written in it, at most `longest` characters.

    `settle` receives what a reader has just written and returns what stays there.
    """
    value = (wanted(name) or "")[:longest]
    remember(name, value)
    key = f"widget:{name}"
    streamlit.session_state[key] = value

    def take() -> None:
        written = streamlit.session_state[key] or ""
        choose(name, settle(written) if settle is not None else written)

    streamlit.text_input(label, key=key, max_chars=longest, on_change=take, **settings)
    return value


def write() -> None:
    """Put every choice of this run into the URL. Call once, after everything is drawn."""
    shown: dict[str, str] = streamlit.session_state[_SHOWN]
    wanted = dict(shown)  # `embed` is Streamlit's own: hidden from us, and kept by it
    if streamlit.query_params.to_dict() != wanted:
        streamlit.query_params.from_dict(wanted)
    streamlit.session_state[_WRITTEN] = wanted


def link(**frozen: str) -> str:
    """The address of this view, all choices spelled out, plus what the caller freezes (a year, a build)."""
    base = str(streamlit.context.url).split("?")[0]
    return f"{base}?{urlencode(streamlit.session_state[_SHOWN] | frozen)}"


def to(page: str, **choices: str) -> str:
    """The address of another view: what every page shares as it stands, and the choices to make there."""
    shown: dict[str, str] = streamlit.session_state[_SHOWN]
    shared = {name: shown[name] for name in SHARED if name in shown}
    return f"{page}?{urlencode(shared | choices)}"


def _key(name: str) -> str:
    return f"choice:{name}"
