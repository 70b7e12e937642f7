"""The middleware in its order, outermost first."""

from __future__ import annotations

from typing import Final

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from door.bundles import KeepCompressed
from door.document import OurDocument
from door.headers import SecurityHeaders

# Level 6: what the network gains beyond it is less than what the processor loses.
GZIP_LEVEL: Final = 6

MIDDLEWARE: Final[tuple[Middleware, ...]] = (
    Middleware(SecurityHeaders),
    Middleware(KeepCompressed),
    Middleware(GZipMiddleware, minimum_size=500, compresslevel=GZIP_LEVEL),
    Middleware(OurDocument),
)
