"""Whatever stops a publication or a withdrawal, what was published stays whole and the next run succeeds."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from macros.editions.manifeste import verify
from macros.editions.racine import published
from tests.editions.projet import PORTAIL, projet, publish, surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.history.depot import Depot

KILLS, WHOLE = 46, 6
"""Kills of the phases that touch what is published, and of the whole command."""
DRIVER = """
import shutil, sys
from datetime import date
from pathlib import Path
from macros.editions.publier import put_in_place, withdraw
from macros.editions.racine import claim, locked, published, refresh, staging
from macros.models.base import Visibilite
root, site = Path(sys.argv[1]), Path(sys.argv[2])
number = int(sys.argv[3])
print("prêt", flush=True)
while True:
    number += 1
    nom = f"2026.{number}"
    with locked(root, lambda: None):
        refresh(root)
        claim(root, Visibilite.AUDITEUR)
        if (root / nom).exists():
            continue
        draft = staging(root, nom)
        shutil.copytree(site, draft / "site")
        put_in_place(root, draft / "site", nom)
        shutil.rmtree(draft)
    if number % 2:
        withdraw(root, nom, date(2026, 11, 20), "essai", lambda: None)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Depot:
    """A project with one edition."""
    found = projet(tmp_path_factory.mktemp("interruptions") / "projet")
    assert publish(found.folder, "2025.1").returncode == 0
    return found


def check(root: Path) -> None:
    """Every edition present is whole; what the selector reads, when it is there, can be read."""
    for edition in published(root):
        assert verify(root / edition.nom).est_entier, edition
    if (root / "versions.json").is_file():
        json.loads((root / "versions.json").read_text("utf-8"))


def test_killed_at_any_instant_of_putting_in_place(made: Depot, tmp_path: Path) -> None:
    """Killed at random while editions appear, are listed and are withdrawn: none is ever half there, and the next run goes on."""
    root, site = tmp_path / "publication", made.folder / "publication" / "2025.1"
    chance = random.Random(20261120)  # noqa: S311 - the same instants each time
    for kill in range(KILLS):
        command = [sys.executable, "-c", DRIVER, str(root), str(site), str(kill * 100)]
        with subprocess.Popen(command, env=surroundings(), stdout=subprocess.PIPE, start_new_session=True) as running:
            assert running.stdout is not None
            running.stdout.readline()
            time.sleep(chance.uniform(0, 0.12))
            os.killpg(running.pid, signal.SIGKILL)
        check(root)
        for old in [each.nom for each in published(root)][4:]:
            shutil.rmtree(root / old)
    done = publish(made.folder, "2026.9999", "--vers", str(root))
    assert done.returncode == 0, done.stderr
    check(root)
    assert [path.name for path in root.iterdir() if path.name.startswith(".") and path.name != ".verrou"] == []
    listed = {row["version"] for row in json.loads((root / "versions.json").read_text("utf-8"))}
    assert listed == {each.nom for each in published(root) if not each.retiree}


def test_the_whole_command_killed(made: Depot) -> None:
    """The command itself killed at random: the edition that was there stays whole, and the same command then succeeds."""
    chance = random.Random(7)  # noqa: S311 - the same instants each time
    root = made.folder / "publication"
    for _ in range(WHOLE):
        command = [*PORTAIL, "publier", "2026.1", "--titre", "Revue"]
        with subprocess.Popen(
            command, cwd=made.folder, env=surroundings(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as running:
            time.sleep(chance.uniform(0.5, 4))
            os.killpg(running.pid, signal.SIGKILL)
        check(root)
        shutil.rmtree(root / "2026.1", ignore_errors=True)
    done = publish(made.folder, "2026.1")
    assert done.returncode == 0, done.stderr
    check(root)


def test_two_publishers_at_once(made: Depot) -> None:
    """One waits for the other and says so; of two editions of one name, the second is refused; of two names, both are there."""
    root = made.folder / "publication"
    names = ["2026.20", "2026.20", "2026.21"]
    running = [
        subprocess.Popen(
            [*PORTAIL, "publier", nom, "--titre", "Revue"],
            cwd=made.folder,
            env=surroundings(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for nom in names
    ]
    said = [each.communicate(timeout=120) for each in running]
    assert sorted(each.returncode for each in running) == [0, 0, 1]
    assert sum("existe déjà" in error for _, error in said) == 1
    assert any("attend qu’elle finisse" in output for output, _ in said)
    assert {"2026.20", "2026.21"} <= {each.nom for each in published(root)}
    check(root)


def test_a_full_disk(made: Depot, tmp_path: Path) -> None:
    """No room for the site: a French sentence, nothing published, and the same command succeeds once there is room."""
    root = tmp_path / "petit"
    root.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    mounted = (
        os.geteuid() == 0
        and mount
        and subprocess.run([mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(root)], capture_output=True, check=False).returncode == 0
    )

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    command = [*PORTAIL, "publier", "2026.1", "--titre", "Revue", "--vers", str(root)]
    done = subprocess.run(
        command, cwd=made.folder, env=surroundings(), capture_output=True, text=True, check=False, preexec_fn=None if mounted else small
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert published(root) == []
    if mounted and umount:
        assert "disque est plein" in done.stderr.replace("\u00a0", " ")
        subprocess.run([umount, str(root)], check=True)
    assert publish(made.folder, "2026.1", "--vers", str(root)).returncode == 0
    check(root)
