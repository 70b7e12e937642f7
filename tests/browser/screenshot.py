"""The picture of the README: Accueil as a newcomer sees it. Run by `make screenshot`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, NoChromium, find_or_install
from tests.browser.reader import new_context, new_reader
from tests.server import ROOT, serving

PICTURE = ROOT / "docs" / "accueil.png"
WIDTH, HEIGHT = 1366, 768


def take(target: Path) -> Path:
    """Serve a warehouse built for the occasion and photograph its first page, light and in French.

    Raises NoChromium.
    """
    executable = find_or_install()
    with TemporaryDirectory() as folder, serving(Path(folder)) as server, sync_playwright() as playwright:
        server.wait_until_ready()
        chromium = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        reader = new_reader(new_context(chromium), server.url, width=WIDTH, height=HEIGHT)
        reader.open("/")
        picture = reader.screenshot(target)
        chromium.close()
    return picture


def main() -> int:
    try:
        print(take(PICTURE).relative_to(ROOT))
    except NoChromium as absence:
        print(f"no picture was taken: {absence}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
