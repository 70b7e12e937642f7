"""A disk that is full or may not be written, said in a sentence."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.errors import TryAgain

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Raise TryAgain where a file below `folder` cannot be written; any other error passes."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            free = shutil.disk_usage(folder).free / 1e6
            raise TryAgain(
                f"there is no room left to write below {folder} ({free:,.0f} MB free)",
                "make room, then run it again; what was there is untouched",
            ) from None
        if error.errno in FORBIDDEN:
            raise TryAgain(
                f"{error.filename or folder} may not be written ({error.strerror})",
                "run it as the owner of the folder, or set OBSERVATORY_DATA to another",
            ) from None
        raise
