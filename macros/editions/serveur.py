"""An nginx configuration for a publication and its dossiers: one signed link opens one dossier until a day, all else is refused.

The link is `/dossiers/ID/entrer?s=SIGNATURE&e=EXPIRES`. It leaves a cookie that holds the same signature and is sent for that
dossier only; nginx checks it at each request (module secure_link). Revoking is a line in the file of states and a reload.
Residual risk: whoever has the link has the dossier until it expires or is revoked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from macros import messages
from macros.editions.csp import PDF, error_policy, page_policy
from macros.editions.liens import ServerError, ensure_secret, states_text
from macros.records.atomic import write_all, write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from macros.editions.liens import Etat

TEMPLATES = Path(__file__).parents[1] / "templates" / "serveur"
ERRORS = ("403", "404", "410", "erreur")
CONFIGURATION, STATES = "portail-nginx.conf", "portail-dossiers.map"


@dataclass(frozen=True)
class Serveur:
    """Where a server finds what it serves. Every path is absolute; `publication` may be absent: dossiers only."""

    nom: str
    """Name of the host, or `_` for any."""
    dossiers: Path
    """One folder per dossier, named by its identifier."""
    secret: Path
    """File of the signing key, outside of everything served."""
    journaux: Path
    publication: Path | None = None
    """Served at the root, to anyone: protect what is not for everyone by other means."""
    ecoute: str = "80"
    https: bool = False
    """Whether readers come through https: here with `certificat`, or by a proxy in front without it."""
    certificat: Path | None = None
    cle: Path | None = None

    @property
    def served(self) -> tuple[Path, ...]:
        """Return the folders a reader can ask for."""
        return (self.dossiers, self.publication) if self.publication else (self.dossiers,)


class _Text(Template):
    """A template of a server file: `$` belongs to nginx."""

    delimiter = "@"


def write_states(target: Path, states: Mapping[str, Etat]) -> Path:
    """Write the file that says which dossiers are open and which are revoked; nginx follows it after a reload."""
    write_atomic(target / STATES, states_text(states))
    return target / STATES


def write_server(serveur: Serveur, target: Path, states: Mapping[str, Etat]) -> Path:
    """Write a configuration into `target`, outside of what is served, with its pages of errors and states; return its path.

    The policy names the inline scripts of the pages that exist now: write again after each publication, then reload.
    Raises `ServerError` for a value that a configuration cannot hold.
    """
    for kept in (serveur.secret, target / CONFIGURATION, serveur.journaux / "x"):
        for folder in serveur.served:
            if kept.resolve().is_relative_to(folder.resolve()):
                raise ServerError(messages.kept_outside(str(kept), str(folder)))
    ensure_secret(serveur.secret)
    style = (TEMPLATES / "erreur.css").read_text("utf-8").strip()
    page = _Text((TEMPLATES / "erreur.html").read_text("utf-8"))
    files: dict[Path, str | bytes] = {target / STATES: states_text(states), target / CONFIGURATION: _configuration(serveur, target, style)}
    for name in ERRORS:
        titre, texte = messages.server_error(name)
        files[target / "erreurs" / f"{name}.html"] = page.substitute(titre=titre, texte=texte, style=style)
    write_all(files)
    return target / CONFIGURATION


def _configuration(serveur: Serveur, target: Path, style: str) -> str:
    entetes = _headers(https=serveur.https)
    return _Text((TEMPLATES / "nginx.conf").read_text("utf-8")).substitute(
        nom=_held("nom", serveur.nom, re.compile(r"[A-Za-z0-9_.-]+", re.ASCII)),
        ecoute=_listening(serveur),
        redirection=_redirection(serveur),
        secret=_path(serveur.secret),
        etats=_path(target / STATES),
        erreurs=_path(target / "erreurs"),
        dossiers=_path(serveur.dossiers),
        journal=_path(serveur.journaux / "portail-consultations.log"),
        journal_pages=_path(serveur.journaux / "portail-pages.log"),
        journal_erreurs=_path(serveur.journaux / "portail-erreurs.log"),
        politique=page_policy(serveur.served),
        politique_pdf=PDF,
        politique_erreurs=error_policy(style),
        cookie_sur="; Secure" if serveur.https else "",
        entetes="\n".join(f"    {line}" for line in entetes),
        # nginx inherits no header where a place adds one of its own.
        entetes_internes="\n".join(f"        {line}" for line in entetes),
        portail=_portal(serveur.publication),
    )


def _headers(*, https: bool) -> list[str]:
    values = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if https:
        values["Strict-Transport-Security"] = "max-age=31536000"
    return [f'add_header {name} "{value}" always;' for name, value in values.items()]


def _listening(serveur: Serveur) -> str:
    port = _held("ecoute", serveur.ecoute, re.compile(r"[0-9a-z.:\[\]]+", re.ASCII))
    if not serveur.certificat:
        return f"    listen {port};"
    cle = serveur.cle or serveur.certificat
    return f'    listen {port} ssl;\n    ssl_certificate "{_path(serveur.certificat)}";\n    ssl_certificate_key "{_path(cle)}";'


def _redirection(serveur: Serveur) -> str:
    """Return the server that sends plain requests to https, where this one holds the certificate."""
    if not serveur.certificat or serveur.ecoute != "443":
        return ""
    return f"\nserver {{\n    listen 80;\n    server_name {serveur.nom};\n    server_tokens off;\n    return 301 https://$host$request_uri;\n}}\n"


def _portal(publication: Path | None) -> str:
    inside = f'        root "{_path(publication)}";\n        index index.html;' if publication else "        return 404;"
    return f"    location / {{\n{inside}\n    }}"


def _path(path: Path) -> str:
    return _held("chemin", str(path.absolute()), re.compile(r"[^\"'$;{}\\\x00-\x1f]+"))


def _held(quoi: str, valeur: str, shape: re.Pattern[str]) -> str:
    if not shape.fullmatch(valeur):
        raise ServerError(messages.unusable_in_server(quoi, valeur))
    return valeur
