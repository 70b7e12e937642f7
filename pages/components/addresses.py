"""Where each thing stands: the address of the view that shows it, with the filters set."""

from __future__ import annotations

from collections.abc import Callable

from pages.components import url
from pages.components.mobility_figures import QUESTIONS
from warehouse.queries import catalogue
from warehouse.result import Indicator

# The page that draws the rates of a theme of indicators; anything else is defined in the method.
PAGE_OF_RATES = {"employment": "emploi", "economy": "emploi", "income": "emploi"}

# The question of Mobilité under which an indicator is read.
QUESTION_OF = {name: question for question, names in QUESTIONS.items() for name in names}


def theme(theme_id: str) -> str:
    return url.to("rencontres", vue="theme", theme=theme_id)


def idea(idea_id: str) -> str:
    return url.to("rencontres", vue="idees", idee=idea_id)


def objective(objective_id: str) -> str:
    return url.to("strategie", partie="interreg", objectif=objective_id)


def action(action_id: str) -> str:
    return url.to("strategie", partie="mot", action=action_id)


def item(item_id: str) -> str:
    return url.to("strategie", partie="territoires", element=item_id)


def indicator(of: Indicator) -> str:
    """Where a page shows its figures, else the page that defines it."""
    if of.indicator_id in QUESTION_OF:
        return url.to("mobilite", vue=QUESTION_OF[of.indicator_id])
    if of.theme == "flows":
        return url.to("flux")
    page = PAGE_OF_RATES.get(of.theme) if of.kind == "rate" else None
    return url.to(page, indicateur=of.indicator_id) if page else url.to("methode")


def _indicator_named(indicator_id: str) -> str:
    return indicator(catalogue.indicator(indicator_id))


_BY_KIND: dict[str, Callable[[str], str]] = {
    "theme": theme,
    "idea": idea,
    "suggestion": idea,  # stands under its idea
    "statement": theme,  # stands under its theme
    "objective": objective,
    "action": action,
    "item": item,
    "indicator": _indicator_named,
}


def of(kind: str, name: str) -> str:
    """The address of a thing known by its kind and its identifier, as the links and the search name them."""
    return _BY_KIND[kind](name)
