"""`portail exporter`: the records in the formats other tools own."""

from __future__ import annotations

import typer

from macros.cli.exporter_atom import atom
from macros.cli.exporter_ics import ics
from macros.cli.exporter_json import json
from macros.cli.exporter_xlsx import xlsx
from macros.cli.french import FrenchCommand, FrenchGroup

exporter = typer.Typer(cls=FrenchGroup, no_args_is_help=True, rich_markup_mode=None)
exporter.command("xlsx", cls=FrenchCommand, short_help="Un tableur : actions, preuves, partenaires, écarts…")(xlsx)
exporter.command("ics", cls=FrenchCommand, short_help="Un calendrier : séances, échéances, alarmes.")(ics)
exporter.command("atom", cls=FrenchCommand, short_help="Un flux de la veille : tout, ou une certification.")(atom)
exporter.command("json", cls=FrenchCommand, short_help="Chaque fiche en JSON, avec ses liens et son schéma.")(json)
