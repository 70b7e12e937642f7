"""Codes of municipalities that merged: what each edition of a register held, seen from today."""

from collections.abc import Iterable, Mapping

from warehouse.territories.preparation.codes import CURRENT, Row


def edition_rows(
    scheme: str,
    prefix: str,
    today: Iterable[str],
    editions: Mapping[str, Iterable[str]],
    now: Mapping[str, str],
) -> list[Row]:
    """The codes of today, and of each older edition the ones that made up a municipality changed since.

    `now` gives today's code of a code that has gone; every other code stands for itself. Of a municipality
    that has changed an edition lists every code, its own of today included, so that they can be added up.
    """
    held = set(today)
    rows: list[Row] = [(scheme, code, CURRENT, prefix + code, 1.0) for code in sorted(held)]
    for edition, codes in editions.items():
        parts: dict[str, set[str]] = {}
        for code in codes:
            successor = now.get(code, code)
            if successor in held:
                parts.setdefault(successor, set()).add(code)
        rows += [
            (scheme, code, edition, prefix + successor, 1.0)
            for successor, made_of in sorted(parts.items())
            if made_of != {successor}
            for code in sorted(made_of)
        ]
    return rows
