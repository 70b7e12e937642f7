"""The view in the URL: a link opens the view it was taken from, and a bad one says so."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pages.components.words import speak


def _script() -> None:
    """A page with one choice drawn as a list, one as a switch and one that is not drawn."""
    import streamlit

    from pages.components import url
    from pages.components.words import speak

    words = speak("fr")
    url.read()
    place = url.widget(streamlit.selectbox, "territoire", "Territoire", ["A", "B", "C"], "A", words)
    size = url.widget(
        streamlit.segmented_control, "taille", "Taille", ["normale", "grande"], "normale", words
    )
    year = url.chosen("annee", ["derniere", "2025"], "derniere", words)
    streamlit.text(f"{place} {size} {year}")
    if streamlit.button("carte"):
        url.choose("territoire", "C")
        streamlit.rerun()
    streamlit.code(url.link(annee="2025"))
    url.write()


def _opened(**query: str) -> AppTest:
    page = AppTest.from_function(_script, default_timeout=20)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def _shown(page: AppTest) -> str:
    return str(page.text[0].value)


def _query(page: AppTest) -> dict[str, str]:
    return {name: value if isinstance(value, str) else value[-1] for name, value in page.query_params.items()}


def test_without_a_query_the_defaults_are_shown_and_written_down() -> None:
    page = _opened()
    assert _shown(page) == "A normale derniere"
    assert _query(page) == {"territoire": "A", "taille": "normale", "annee": "derniere"}


def test_a_link_opens_the_view_it_was_taken_from() -> None:
    page = _opened(territoire="B", taille="grande", annee="2025")
    assert _shown(page) == "B grande 2025"
    assert _query(page) == {"territoire": "B", "taille": "grande", "annee": "2025"}


def test_a_value_that_does_not_exist_is_named_and_the_default_shown() -> None:
    page = _opened(territoire="Z", annee="1066")
    assert _shown(page) == "A normale derniere"
    words = speak("fr")
    assert [warning.value for warning in page.warning] == [
        words("url.invalid", name="territoire", value="Z"),
        words("url.invalid", name="annee", value="1066"),
    ]
    assert _query(page)["territoire"] == "A"


def test_the_message_goes_with_the_next_choice() -> None:
    page = _opened(territoire="Z")
    page.selectbox[0].select("B").run()
    assert not page.warning
    assert _shown(page).startswith("B")


def test_an_endless_value_is_not_repeated_in_full() -> None:
    page = _opened(territoire="Z" * 5000)
    assert len(page.warning[0].value) < 200


def test_a_choice_goes_into_the_url() -> None:
    page = _opened(territoire="B")
    page.selectbox[0].select("C").run()
    assert _query(page)["territoire"] == "C"
    assert _shown(page).startswith("C")


def test_a_choice_outlives_a_page_change_that_drops_the_query() -> None:
    page = _opened(territoire="B", taille="grande")
    page.query_params.clear()
    page.run()
    assert _shown(page) == "B grande derniere"
    assert _query(page)["territoire"] == "B"


def test_a_new_link_in_the_same_session_wins_over_the_choice() -> None:
    page = _opened(territoire="B")
    page.query_params["territoire"] = "C"
    page.run()
    assert _shown(page).startswith("C")


def test_a_click_on_the_map_chooses() -> None:
    page = _opened(territoire="B")
    page.button[0].click().run()
    assert _shown(page).startswith("C")
    assert _query(page)["territoire"] == "C"


def test_a_second_click_on_a_switch_leaves_the_choice() -> None:
    page = _opened(taille="grande")
    page.segmented_control[0].unselect("grande").run()
    assert _shown(page) == "A grande derniere"


def test_embedding_is_kept_and_what_nobody_asked_for_is_not() -> None:
    page = _opened(embed="true", utm_source="letter")
    assert _query(page)["embed"] == "true"
    assert "utm_source" not in _query(page)


def test_a_link_spells_out_every_choice_and_freezes_the_year() -> None:
    page = _opened(territoire="B")
    assert page.code[0].value.endswith("?territoire=B&taille=normale&annee=2025")
