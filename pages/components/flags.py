"""The provider's letters beside a figure, and what they mean in words."""

from __future__ import annotations

from pages.components.words import Words

_RAISED = str.maketrans("abcdefgilmnprstuz", "ᵃᵇᶜᵈᵉᶠᵍⁱˡᵐⁿᵖʳˢᵗᵘᶻ")


def superscript(letters: str | None) -> str:
    """`bdu` raised, with a thin space before; empty for no flag."""
    cleaned = "".join(letter for letter in (letters or "") if letter.isalpha())
    return f"\u202f{cleaned.lower().translate(_RAISED)}" if cleaned else ""


def meaning(status: str, words: Words) -> str:
    """The SDMX observation status in the reader's language; empty for a normal figure."""
    return "" if status in ("A", None) else words(f"status.{status}")


def legend(letters: str, words: Words) -> list[str]:
    """`d définition différente` for every distinct letter among flags shown together."""
    known = {"b": "B", "d": "D", "e": "E", "p": "P", "u": "U", "i": "I", "f": "F"}
    found = sorted({letter for letter in letters.lower() if letter in known})
    return [f"{superscript(letter).strip()} {words('status.' + known[letter])}" for letter in found]
