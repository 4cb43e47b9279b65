"""Find a real Chromium on this machine, and start it alike everywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error, sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

COMMANDS = ("chromium", "chromium-browser", "google-chrome")

QUIET = (
    # The tests look at pages of this machine only: the browser opens no connection of its own.
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

MISSING = """\
Les essais de pages ont besoin de Chromium, qui est absent. Installez-le :
  Debian :                  sudo apt-get install chromium libatomic1
  Ubuntu, autres systèmes : .venv/bin/python -m playwright install --with-deps chromium
ou indiquez celui que vous avez : PORTAIL_CHROMIUM=/chemin/vers/chromium make test"""


DRIVER = """\
Playwright, qui pilote Chromium pour les essais, ne démarre pas : il manque une bibliothèque du système. Installez-la :
  Debian, Ubuntu :          sudo apt-get install libatomic1
Pour voir l’erreur : .venv/bin/python -m playwright --version"""


class ChromiumMissingError(Exception):
    """No Chromium was found, or nothing can drive it; the message says what to install."""


def _answers(path: str) -> bool:
    """Tell a browser from a stub that only says how to install one, and from a snap, which cannot read our temporary folders."""
    if Path(path).resolve().name == "snap":
        return False
    try:
        return subprocess.run([path, "--version"], capture_output=True, check=False, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def require_driver() -> None:
    """Refuse to go on when Playwright's own program cannot run: a minimal system lacks a library it is linked to."""
    if subprocess.run([sys.executable, "-m", "playwright", "--version"], capture_output=True, check=False).returncode:
        raise ChromiumMissingError(DRIVER)


def find(playwright: Playwright) -> str:
    """Return the path of the browser to drive: the one asked for, else the system's, else Playwright's own."""
    asked = os.environ.get("PORTAIL_CHROMIUM")
    if asked:
        if shutil.which(asked):
            return asked
        message = f"PORTAIL_CHROMIUM désigne « {asked} », qui n’est pas un programme."
        raise ChromiumMissingError(message)
    for command in COMMANDS:
        path = shutil.which(command)
        if path and _answers(path):
            return path
    own = playwright.chromium.executable_path
    if Path(own).is_file():
        return own
    raise ChromiumMissingError(MISSING)


def launch(playwright: Playwright) -> Browser:
    """Start headless Chromium, in its sandbox wherever the system allows one."""
    path = find(playwright)
    flags = list(QUIET)
    # Chromium refuses its sandbox to root.
    if os.name == "posix" and os.geteuid() == 0:
        return playwright.chromium.launch(executable_path=path, args=flags, chromium_sandbox=False)
    try:
        return playwright.chromium.launch(executable_path=path, args=flags, chromium_sandbox=True)
    except Error as error:
        # Some systems forbid it to ordinary users too (Ubuntu 24.04, containers). The pages are ours.
        if "sandbox" not in error.message.lower():
            raise
        return playwright.chromium.launch(executable_path=path, args=flags, chromium_sandbox=False)


def main() -> int:
    """Print the path of the browser, or what to install (exit 1)."""
    try:
        require_driver()
        with sync_playwright() as playwright:
            answer, code = find(playwright), 0
    except ChromiumMissingError as error:
        answer, code = str(error), 1
    sys.stdout.write(f"{answer}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
