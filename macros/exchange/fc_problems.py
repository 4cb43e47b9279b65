"""What can go wrong with an extract, told in French to the person who imports: what came, what was expected, how to mend it."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from macros.french import count, format_number, join
from macros.messages import quote
from macros.problems import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SOURCE = "Téléchargez l’export V4.1 (XML ou ZIP) du Répertoire national des certifications professionnelles sur data.gouv.fr."
AGAIN = "Le téléchargement s’est sans doute interrompu\u00a0: téléchargez à nouveau ce fichier."


def refusal(fichier: str, code: str, message: str, ligne: int = 0, colonne: int = 0) -> DataError:
    """Return the exception that carries one problem of one extract."""
    return DataError([Problem(fichier, ligne, colonne, code, message)])


def system_refusal(error: OSError, path: Path, *, writing: bool = False) -> DataError:
    """Tell an error of the file system: absent, folder, forbidden, disk full, anything else."""
    action = "écrit" if writing else "lu"
    reasons = {
        errno.ENOENT: ("fichier-absent", "ce fichier n’existe pas. Vérifiez son nom et le dossier où vous êtes."),
        errno.EISDIR: (
            "fichier-dossier",
            "c’est un dossier\u00a0; un fichier XML ou ZIP est attendu. Donnez le chemin du fichier lui-même.",
        ),
        errno.EACCES: (
            "fichier-interdit",
            f"ce fichier ne peut pas être {action}\u00a0: l’accès est refusé. Vérifiez vos droits sur ce fichier et son dossier.",
        ),
        errno.ENOSPC: ("disque-plein", "le disque est plein. Libérez de la place, puis relancez l’import."),
    }
    reasons |= {
        errno.EPERM: reasons[errno.EACCES],
        errno.EROFS: reasons[errno.EACCES],
        errno.EDQUOT: reasons[errno.ENOSPC],
        errno.EFBIG: reasons[errno.ENOSPC],
    }
    other = (
        "fichier-systeme",
        f"ce fichier ne peut pas être {action} ({error.strerror or type(error).__name__}). Vérifiez le disque et le chemin.",
    )
    code, message = reasons.get(error.errno or 0, other)
    return refusal(path.as_posix(), code, message)


def empty(fichier: str) -> DataError:
    """Refuse an empty file."""
    return refusal(fichier, "extrait-vide", f"ce fichier est vide. {AGAIN}")


def html_page(fichier: str) -> DataError:
    """Refuse a web page saved instead of the file behind it."""
    return refusal(fichier, "extrait-html", f"c’est une page web, enregistrée à la place de l’export XML. {SOURCE}")


def dtd(fichier: str) -> DataError:
    """Refuse a DTD or entities, which the published format never has."""
    return refusal(
        fichier,
        "extrait-dtd",
        f"ce fichier XML contient une DTD ou des entités (<!DOCTYPE …>), que l’export n’a jamais et qui peuvent être dangereuses. {SOURCE}",
    )


def malformed(fichier: str, ligne: int, colonne: int, reason: str, *, truncated: bool) -> DataError:
    """Refuse XML that the parser cannot read."""
    if truncated:
        return refusal(fichier, "extrait-tronque", f"le fichier XML s’arrête avant la fin. {AGAIN}", ligne, colonne)
    message = f"ce fichier n’est pas du XML bien formé à cet endroit (le lecteur dit\u00a0: {reason}). {AGAIN}"
    return refusal(fichier, "extrait-mal-forme", message, ligne, colonne)


def not_the_format(fichier: str, root: str) -> DataError:
    """Refuse XML of something else."""
    message = (
        f"ce XML n’est pas un export de France compétences\u00a0: sa racine est {quote(root)}, «\u00a0FICHES\u00a0» est attendue. {SOURCE}"
    )
    return refusal(fichier, "extrait-inconnu", message)


def not_xml(fichier: str) -> DataError:
    """Refuse what is neither XML nor zip."""
    return refusal(fichier, "extrait-inconnu", f"ce fichier n’est ni du XML ni une archive ZIP. {SOURCE}")


def wrong_version(fichier: str, version: str | None) -> DataError:
    """Refuse another major version of the published format, or none stated."""
    came = f"la version {quote(version)} du format" if version else "aucune version de format (balise VERSION_FLUX)"
    return refusal(fichier, "extrait-version", f"ce fichier annonce {came}\u00a0; une version 4 est attendue, par exemple 4.1. {SOURCE}")


def oversized(fichier: str, limit: int) -> DataError:
    """Refuse a fiche that never ends: not the published format, or an attack."""
    message = f"plus de {limit // 1_000_000}\u00a0Mo sans aucune fin de fiche\u00a0; une fiche en pèse moins d’un. {SOURCE}"
    return refusal(fichier, "extrait-demesure", message)


def incomplete(fichier: str, numero: str, ligne: int, detail: str) -> DataError:
    """Refuse a wanted fiche without what makes it a fiche."""
    message = (
        f"la fiche {quote(numero)} ne peut pas être reprise\u00a0: {detail}. Comparez-la au site officiel et prenez un export plus récent."
    )
    return refusal(fichier, "fiche-incomplete", message, ligne)


def zip_without_xml(fichier: str, names: Sequence[str]) -> DataError:
    """Refuse an archive of something else."""
    held = f"elle contient {join([quote(name) for name in names[:5]])}" if names else "elle est vide"
    return refusal(fichier, "zip-sans-xml", f"cette archive ZIP ne contient aucun fichier XML\u00a0: {held}. {SOURCE}")


def zip_encrypted(fichier: str, member: str) -> DataError:
    """Refuse a password on the archive."""
    return refusal(
        fichier, "zip-chiffre", f"{quote(member)} est protégé par un mot de passe. Extrayez le fichier XML de l’archive, puis importez-le."
    )


def zip_corrupt(fichier: str) -> DataError:
    """Refuse an archive that cannot be read to its end."""
    return refusal(fichier, "zip-abime", f"cette archive ZIP est abîmée ou incomplète. {AGAIN}")


def zip_bomb(fichier: str, limit: str) -> DataError:
    """Refuse an archive that expands without measure."""
    message = f"cette archive se décompresse sans mesure ({limit})\u00a0: la lecture est arrêtée. {SOURCE}"
    return refusal(fichier, "zip-demesure", message)


def not_found(fichiers: Sequence[str], wanted: str, nearest: Sequence[str], seen: int) -> Problem:
    """Tell a fiche that no extract holds, with the nearest numbers there are."""
    near = (
        f"Numéros les plus proches\u00a0: {join(list(nearest))}."
        if nearest
        else "Aucune fiche de ce répertoire n’y figure\u00a0: prenez l’autre export (RNCP ou RS)."
    )
    message = f"la fiche {quote(wanted)} n’est pas dans cet extrait ({count(seen, 'fiche lue', 'fiches lues')}). {near}"
    return Problem(", ".join(fichiers), 0, 0, "fiche-introuvable", message, wanted)


def nobody_found(fichiers: Sequence[str], wanted: str, nearest: Sequence[str], seen: int) -> Problem:
    """Tell a certificateur or a SIRET that no fiche names."""
    near = f" Noms proches\u00a0: {join([quote(name) for name in nearest])}." if nearest else ""
    advice = (
        "Le SIRET manque sur bien des fiches\u00a0: essayez --certificateur NOM."
        if wanted.isdigit()
        else "Essayez une partie du nom, ou --fiche NUMÉRO."
    )
    message = f"aucune des {format_number(seen)} fiches lues n’a {quote(wanted)} pour certificateur.{near} {advice}"
    return Problem(", ".join(fichiers), 0, 0, "certificateur-introuvable", message)
