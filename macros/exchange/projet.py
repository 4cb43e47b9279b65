"""An organisation's own project: every file of a portal that builds, with this very version of the tool."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlparse

from macros import messages
from macros.exchange.schema import schemas
from macros.models.organisme import Organisme
from macros.models.veille import Veille
from macros.problems import DataError, Problem
from macros.records.parsing import parse_record
from macros.records.writing import dump_record, replace_top_level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_PACKAGE = Path(__file__).resolve().parent.parent
_HOOK = '''"""Ajoute au site les pages faites à partir des fiches. Rien à modifier ici."""

from macros.hooks import on_config, on_files, on_post_build, on_startup

__all__ = ["on_config", "on_files", "on_post_build", "on_startup"]
'''
_PINNED = """

# Le portail lui-même, dans la version qui a créé ce projet.
./outil/{name} \\
    --hash=sha256:{digest}
"""


@dataclass(frozen=True)
class Identity:
    """What an organisation says of itself when it starts."""

    denomination: str
    siret: str = ""
    site: str = ""


def project_files(identity: Identity, today: date) -> dict[str, bytes]:
    """Return every file of a new project by its relative path: facts, pages, theme, configuration, pinned tool.

    `today` is the day on which the organisation takes the watch entries that
    come with the tool. Raises `DataError` when the tool cannot be packed.
    """
    root = _model_root()
    name, wheel = _wheel()
    files = {f"docs/{path}": content for path, content in _tree(root / "docs").items()}
    files |= {f"overrides/{path}": content for path, content in _tree(root / "overrides").items()}
    files |= {f"data/exigences/{path}": content for path, content in _tree(root / "data" / "exigences").items()}
    files |= {f"data/cep/{path}": content for path, content in _tree(root / "data" / "cep").items()}
    files |= {f"data/{name}": (root / "data" / name).read_bytes() for name in ("lexique.yml", "rapport_cep.yml")}
    files |= dict(shipped_watch(root / "data" / "veille", today))
    files[f"outil/{name}"] = wheel
    lock = (root / "requirements.txt").read_text("utf-8").rstrip()
    texts = {
        "data/organisme.yml": _organisme(identity),
        "mkdocs.yml": _configuration((root / "mkdocs.yml").read_text("utf-8"), identity),
        "outil/pages.py": _HOOK,
        "requirements.txt": lock + _PINNED.format(name=name, digest=hashlib.sha256(wheel).hexdigest()),
        **{path: (_PACKAGE / "templates" / "projet" / source).read_text("utf-8") for path, source in _PROJECT_TEXTS.items()},
    }
    texts |= {f".schemas/{name}": text for name, text in schemas().items()}
    return files | {path: text.encode() for path, text in texts.items()}


_EMPTY = (
    "certifications",
    "conseils",
    "actions",
    "preuves",
    "promotions",
    "partenaires",
    "reclamations",
    "audits",
    "evaluations",
    "positionnements",
    "derogations",
)
"""Collections that an organisation fills by itself."""
_PROJECT_TEXTS = {
    "README.md": "README.md",
    "Makefile": "Makefile",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    **{f"data/{collection}/.gitkeep": "vide" for collection in _EMPTY},
}


def _model_root() -> Path:
    """Return where the pages and the theme to copy are: the checkout, or what the installed package carries."""
    carried = _PACKAGE / "_projet"
    return carried if carried.is_dir() else _PACKAGE.parent


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def shipped_watch(folder: Path, today: date) -> Iterator[tuple[str, bytes]]:
    """Yield the watch entries that concern any certificateur, noticed today, without what the demonstration made of them."""
    own = dict.fromkeys(("analyse", "decision", "actions", "conseils", "flux", "notes"))
    for path in sorted(folder.glob("*.yml")):
        name, text = f"data/veille/{path.name}", path.read_text("utf-8")
        entry = parse_record(name, text.encode())
        if isinstance(entry, Veille) and not (entry.portee.certifications or entry.portee.domaines):
            yield name, replace_top_level(text, {**own, "relevee_le": today}, Veille).encode()


def _organisme(identity: Identity) -> str:
    facts = {"format": 1, "denomination": identity.denomination, "siret": identity.siret or None, "site": identity.site or None}
    return dump_record(Organisme, facts)


def _configuration(text: str, identity: Identity) -> str:
    """Return our `mkdocs.yml` for a project of its own: its name, its hook, only its own folders watched."""
    name = identity.denomination.replace("<", "&lt;").replace(">", "&gt;")  # the theme prints it as HTML
    title = json.dumps(f"Portail qualité · {name}", ensure_ascii=False)
    changes = {
        "site_name: Portail qualité": f"site_name: {title}",
        "  - macros/hooks.py": "  - outil/pages.py",
        "  - macros/templates\n": "",
    }
    for before, after in changes.items():
        if before not in text:
            message = f"mkdocs.yml no longer holds {before!r}"
            raise RuntimeError(message)
        text = text.replace(before, after, 1)
    return text


def _wheel() -> tuple[str, bytes]:
    """Return the name and the bytes of the tool as an installable file: built from the checkout, or the one it was installed from."""
    if (_PACKAGE.parent / "pyproject.toml").is_file():
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
            built = subprocess.run(command, cwd=_PACKAGE.parent, capture_output=True, check=False)  # noqa: S603 - our own interpreter
            wheels = list(Path(folder).glob("*.whl"))
            if built.returncode == 0 and wheels:
                return wheels[0].name, wheels[0].read_bytes()
    else:
        source = json.loads(distribution("portail-qualite").read_text("direct_url.json") or "{}").get("url", "")
        path = Path(unquote(urlparse(source).path))
        if path.suffix == ".whl" and path.is_file():
            return path.name, path.read_bytes()
    raise DataError([Problem("portail-qualite", 0, 0, "outil-introuvable", messages.no_wheel())])
