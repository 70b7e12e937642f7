"""One search over themes, objectives, actions, ideas and indicators; accents, case and plurals forgiven."""

from __future__ import annotations

from warehouse.result import Result


def search(text: str) -> Result:
    """What is called like every word of `text`, the best first; empty for a text without a word.

    Columns: kind (theme | objective | action | idea | indicator), id, code, label_fr, label_nl, label_en, and
    where it stands: /{page}?{parameter}={id}.
    """
    raise NotImplementedError
