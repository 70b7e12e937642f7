"""What every page shares: language, territory, year, menu, footer; then the page itself."""

from __future__ import annotations

import time
from functools import partial
from html import escape
from pathlib import Path

import streamlit

from pages.components import place_results, territory_choice, theme, url
from pages.components.context import LATEST, Context, Screen
from pages.components.words import DEFAULT_LANGUAGE, Words, speak
from pages.menu import PAGES, Entry
from warehouse import store
from warehouse.queries import observations, places
from warehouse.queries.places import Territory
from warehouse.result import LANGUAGES

LOGO = Path(__file__).parent / "components" / "logo"
DEFAULT_TERRITORY = "INTERREG-FWV"
DEFAULT_SCREEN = (1366, 768)
WAIT_SECONDS = 1.0


def main() -> None:
    url.read()
    words = speak(url.chosen("lang", LANGUAGES, DEFAULT_LANGUAGE, speak(DEFAULT_LANGUAGE)))
    streamlit.set_page_config(layout="wide", page_icon=str(LOGO / "mark.svg"), page_title=words("app.name"))
    large_type = url.chosen("taille", ("normale", "grande"), "normale", words) == "grande"
    theme.apply(large_type)
    streamlit.logo(str(LOGO / f"logo-{theme.palette().name}.svg"), size="large")
    page = streamlit.navigation(
        [
            streamlit.Page(
                partial(_run, entry, words, large_type),
                title=words(f"menu.{entry.name}"),
                url_path=entry.path,
                default=entry.default,
            )
            for entry in PAGES
        ],
        position="top",
    )
    page.run()
    url.write()


def _run(entry: Entry, words: Words, large_type: bool) -> None:
    if not _has_build(words):
        return
    context = _context(words, large_type, entry.of_a_territory)
    entry.show(context)
    _footer(context)


def _has_build(words: Words) -> bool:
    """Say plainly that there is nothing to show yet; look again while the first build is being made."""
    state = store.state()
    if isinstance(state, store.Ready):
        return True
    if isinstance(state, store.Building):
        streamlit.info(words("build.running"), icon=":material/hourglass_top:")
        time.sleep(WAIT_SECONDS)
        streamlit.rerun()
    streamlit.error(words("build.missing"), icon=":material/error:")
    streamlit.code("python -m etl build", language=None)
    streamlit.caption(words("build.reason", reason=state.reason))
    return False


def _context(words: Words, large_type: bool, of_a_territory: bool) -> Context:
    """Draw the filters every page shares and gather what was chosen."""
    screen = _screen(large_type)
    _how(words, large_type)
    asked = url.wanted(territory_choice.PARAMETER)
    if asked is not None and not places.is_known(asked):
        place_results.redirected(words, asked)
    territories = territory_choice.offered()
    default = DEFAULT_TERRITORY if DEFAULT_TERRITORY in territories else next(iter(territories))
    with streamlit.container(horizontal=True, vertical_alignment="bottom", key="filters", gap="small"):
        if of_a_territory:
            territory_id, year = _where_and_when(words, territories, default, screen)
            own = streamlit.container(horizontal=True, width="content")
        else:
            own = streamlit.container(horizontal=True, width="content", vertical_alignment="bottom")
            territory_id = url.chosen("territoire", list(territories), default, words)
            year = url.chosen("annee", [LATEST, *observations.years()], LATEST, words)
    return Context(
        words=words,
        palette=theme.palette(),
        screen=screen,
        territory=territories[territory_id],
        sides=places.sides(territory_id),
        year=None if year == LATEST else year,
        large_type=large_type,
        build_id=store.build_stamp().build_id,
        filters=own,
    )


def _where_and_when(
    words: Words, territories: dict[str, Territory], default: str, screen: Screen
) -> tuple[str, str]:
    territory_id = url.widget(
        streamlit.selectbox,
        "territoire",
        words("filter.territory"),
        list(territories),
        default,
        words,
        format_func=lambda name: territory_choice.label(territories[name], words),
        width=screen.fit(390),
    )
    year = url.widget(
        streamlit.selectbox,
        "annee",
        words("filter.year"),
        [LATEST, *observations.years()],
        LATEST,
        words,
        format_func=lambda name: words("filter.latest") if name == LATEST else name,
        width=screen.fit(190),
    )
    return territory_id, year


def _how(words: Words, large_type: bool) -> None:
    """Language and size of type: beside the menu where it leaves room, else a row of their own."""
    key = "how" if large_type else "how-beside"
    with streamlit.container(horizontal=True, horizontal_alignment="right", key=key, gap="small"):
        url.widget(
            streamlit.segmented_control,
            "lang",
            words("filter.language"),
            LANGUAGES,
            words.language,
            words,
            format_func=lambda name: str(name).upper(),
            label_visibility="collapsed",
        )
        url.widget(
            streamlit.segmented_control,
            "taille",
            words("filter.type_size"),
            ("normale", "grande"),
            "normale",
            words,
            format_func=lambda name: words(f"filter.type_{name}"),
            label_visibility="collapsed",
        )


def _screen(large_type: bool) -> Screen:
    """The window's size, from the cookie that the page's own small script sets before the session opens."""
    try:
        width, height = (int(part) for part in streamlit.context.cookies["screen"].split("x"))
    except (KeyError, ValueError):
        width, height = DEFAULT_SCREEN
    return Screen(min(max(width, 320), 7680), min(max(height, 320), 4320), large_type)


def _footer(context: Context) -> None:
    words = context.words
    stamp = store.build_stamp()
    streamlit.html(
        f'<p class="note footer">{escape(words("app.footer", day=words.date(stamp.built_at)))}'
        f" · {escape(words('app.boundaries'))}</p>"
    )


main()
