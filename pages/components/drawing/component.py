"""The scripts of this folder as components of Streamlit, served as files of ours.

Our policy runs no script handed over as text, and Streamlit serves the files of installed packages only: this
registers the folder as if it were one.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit
from streamlit.components.v2 import component
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

if TYPE_CHECKING:
    from streamlit.components.v2.component_manager import BidiComponentManager
    from streamlit.components.v2.types import ComponentRenderer

FOLDER = Path(__file__).resolve().parent
_PACKAGE = "observatoire"
_NAMES = ("drawing", "deck")


def drawn_by(name: str) -> ComponentRenderer:
    """What draws with `name`.js of this folder."""
    return _components(get_bidi_component_manager())[name]


@lru_cache(maxsize=1)
def _components(manager: BidiComponentManager) -> dict[str, ComponentRenderer]:
    parts = [ComponentConfig(name, asset_dir=".") for name in _NAMES]
    manager.register_from_manifest(ComponentManifest(_PACKAGE, streamlit.__version__, parts), FOLDER)
    return {name: component(f"{_PACKAGE}.{name}", js=f"{name}.js", isolate_styles=False) for name in _NAMES}
