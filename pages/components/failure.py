"""What a reader sees when a page fails: a sentence in their language, never a trace."""

from __future__ import annotations

import logging

import streamlit

from pages.components.words import DEFAULT_LANGUAGE, speak

_LOGGER = logging.getLogger(__name__)


def say(error: Exception) -> bool:
    """Log the whole error, tell the reader in one sentence; True: Streamlit adds nothing of its own."""
    _LOGGER.error("a page failed", exc_info=error)
    words = speak(streamlit.query_params.get("lang", DEFAULT_LANGUAGE))
    streamlit.error(words("app.failed"), icon=":material/error:")
    return True
