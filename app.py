"""The door: the only module that knows both the interface and the tools that feed the warehouse.

`streamlit run app.py` and any ASGI server (`uvicorn app:app`) serve the same: the pages, /healthz and /geo.
"""

import streamlit as st

from door.lifespan import lifespan
from door.routes import ROUTES
from door.stack import MIDDLEWARE
from pages.components import failure
from warehouse.store import PROJECT_ROOT

app = st.App(
    PROJECT_ROOT / "pages" / "frame.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=failure.say,
)
