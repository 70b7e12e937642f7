"""Stratégies: the chain from a vote to a figure, and the documents it leads through; one search over all."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from pages.components import (
    search_results,
    strategy_chain,
    strategy_interreg,
    strategy_programme,
    strategy_territories,
    url,
)
from pages.components.context import Context

LONGEST_SEARCH = 80

PARTS: MappingProxyType[str, Callable[[Context], None]] = MappingProxyType(
    {
        "chaine": strategy_chain.show,
        "interreg": strategy_interreg.show,
        "mot": strategy_programme.show,
        "territoires": strategy_territories.show,
    }
)


def show(context: Context) -> None:
    words = context.words
    part = url.widget(
        context.filters.segmented_control,
        "partie",
        words("strategy.part"),
        list(PARTS),
        "chaine",
        words,
        empties="recherche",
        format_func=lambda name: words(f"strategy.part_{name}"),
        wrap=True,
    )
    with context.filters:
        sought = url.text(
            "recherche",
            words("search.label"),
            LONGEST_SEARCH,
            placeholder=words("search.placeholder"),
            icon=":material/search:",
            width=context.screen.fit(280),
        )
    if sought.strip():
        search_results.show(context, sought)
    else:
        PARTS[part](context)
