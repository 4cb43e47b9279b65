"""What deserves a look in an extract that was read, told in French to the person who imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import count, format_date
from macros.messages import quote

if TYPE_CHECKING:
    from collections import Counter

    from macros.exchange.fc_fiche import Fiche
    from macros.exchange.fc_source import Source
    from macros.exchange.import_plan import FichePlan


def day_note(source: Source) -> str:
    """Tell the day of an extract, and that it is a guess when nobody stated it."""
    day = format_date(source.date)
    if source.devinee:
        return (
            f"{source.fichier}\u00a0: le nom du fichier ne donne pas la date de l’extrait\u202f; date devinée\u00a0: {day} "
            f"({source.date_lue}). Donnez la vraie date avec --date AAAA-MM-JJ si elle est différente."
        )
    return f"{source.fichier}\u00a0: extrait du {day} ({source.date_lue})."


def refused_notes(numero: str, fiche: Fiche) -> list[str]:
    """Tell each value that does not fit its field."""
    return [
        f"{numero}\u00a0: valeur inattendue {quote(text)} dans {place}, gardée dans «\u00a0autres\u00a0»."
        for place, text in fiche.refused.items()
    ]


def unknown_notes(unknown: Counter[str]) -> list[str]:
    """Tell each tag that the portal does not know, and in how many fiches."""
    return [f"Balise inconnue {tag} ({count(n, 'fiche')})\u00a0: gardée dans «\u00a0autres\u00a0»." for tag, n in sorted(unknown.items())]


def plan_notes(plan: FichePlan) -> list[str]:
    """Tell what a person must check after an import."""
    if not plan.type_suppose:
        return []
    return ["type d’enregistrement non publié, «\u00a0sur_demande\u00a0» est supposé. Corrigez-le au besoin d’après le site officiel."]
