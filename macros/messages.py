"""Every French sentence told to a person who writes records: what came, what is expected, how to mend it."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

from macros.french import count, format_number, join

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN = 60
_LISTED = 8


def quote(value: object) -> str:
    """Return « value », shortened when long, on one line."""
    text = " ".join(str(value).split())
    if len(text) > _SHOWN:
        text = text[: _SHOWN - 1] + "…"
    return f"«\u00a0{text}\u00a0»"


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate closest in spelling to `word`, or None when none is near."""
    known = {_plain(candidate): candidate for candidate in sorted(candidates)}
    meant = _SYNONYMS.get(_plain(word), "")
    if meant in known.values():
        return meant
    found = get_close_matches(_plain(word[:200]), known, n=1, cutoff=0.6)
    return known[found[0]] if found else None


_SYNONYMS = {
    "true": "oui",
    "yes": "oui",
    "vrai": "oui",
    "o": "oui",
    "false": "non",
    "no": "non",
    "faux": "non",
    "n": "non",
    "active": "actif",
    "titre": "intitule",
}
"""Words people type for others that do not look like them."""


def _plain(word: str) -> str:
    """Return a word without case, accents, spaces nor hyphens."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace(" ", "_").replace("-", "_")


def _suggestion(word: str, candidates: Iterable[str], otherwise: str) -> str:
    close = nearest(word, candidates)
    return f"Vouliez-vous écrire {quote(close)}\u202f?" if close else otherwise


def unreadable_encoding(offset: int) -> str:
    """A file that is not UTF-8."""
    return f"ce fichier n’est pas enregistré en UTF-8 (octet {format_number(offset)}). Réenregistrez-le avec l’encodage UTF-8 dans votre éditeur."


def unreadable_file(reason: str) -> str:
    """A file the system refuses to open."""
    return f"ce fichier ne peut pas être lu\u00a0: {reason}. Vérifiez qu’il existe et que vous avez le droit de l’ouvrir."


def empty_file() -> str:
    """A file without any key."""
    return "ce fichier est vide. Écrivez-y au moins une ligne de la forme «\u00a0cle: valeur\u00a0», ou supprimez-le."


def too_large(size: int, limit: int) -> str:
    """A file no record needs to be as large as."""
    return (
        f"ce fichier pèse {format_number(size // 1_000_000)} Mo\u00a0; une fiche n’en dépasse pas {format_number(limit // 1_000_000)}. "
        "Rangez les pièces jointes ailleurs et n’écrivez ici que la fiche."
    )


def too_deep(limit: int) -> str:
    """Nesting no record needs."""
    return f"plus de {limit} niveaux imbriqués. Une fiche en compte moins de dix\u00a0: vérifiez les crochets et le décalage des lignes."


def not_a_mapping() -> str:
    """A root which is a list or a text."""
    return "une fiche est une suite de lignes «\u00a0cle: valeur\u00a0». Commencez par une clé, par exemple «\u00a0intitule: …\u00a0», sans tiret devant."


def several_documents() -> str:
    """A second `---` in the file."""
    return "ce fichier contient plusieurs fiches séparées par «\u00a0---\u00a0». Gardez une fiche par fichier."


def alias_refused(name: str) -> str:
    """An anchor or an alias."""
    return f"les renvois YAML ({quote(name)}) ne sont pas admis. Recopiez la valeur, ou mettez-la entre guillemets si elle commence par & ou *."


def tag_refused(name: str) -> str:
    """An explicit YAML tag."""
    return f"l’étiquette YAML {quote(name)} n’est pas admise. Retirez-la, ou mettez la valeur entre guillemets si elle commence par «\u00a0!\u00a0»."


def duplicate_key(key: str, first_line: int) -> str:
    """The same key twice in one mapping."""
    return f"la clé {quote(key)} est écrite deux fois (déjà à la ligne {first_line}). Gardez une seule des deux."


def complex_key() -> str:
    """A key that is a list or a mapping."""
    return "une clé est un simple mot. Retirez les crochets, les accolades ou le point d’interrogation devant les deux-points."


def spaced_colon(key: str, value: str) -> str:
    """`titre: Qualiopi : audit`, the most frequent syntax error in French."""
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    return (
        f"la valeur de {quote(key)} contient un deux-points suivi d’une espace, que YAML prend pour une nouvelle clé. "
        f'Mettez la valeur entre guillemets\u00a0: {key}: "{quoted}"'
    )


def cut_by_hash(key: str, kept: str, lost: str) -> str:
    """`titre: Qualiopi # audit`, whose end YAML drops silently."""
    whole = f"{kept} {lost}".replace("\\", "\\\\").replace('"', '\\"')
    return (
        f"la fin de {quote(key)} serait perdue\u00a0: pour YAML, ce qui suit «\u00a0 #\u00a0» est un commentaire. "
        f'Mettez la valeur entre guillemets\u00a0: "{whole}". Pour un vrai commentaire, écrivez-le sur sa propre ligne.'
    )


def tab_indentation() -> str:
    """A tab where YAML wants spaces."""
    return "une tabulation sert de décalage. Remplacez-la par des espaces (deux par niveau)."


def control_character(code: int) -> str:
    """A character YAML forbids."""
    return f"un caractère invisible (U+{code:04X}) n’est pas admis. Supprimez-le, ou recopiez la ligne à la main."


_SYNTAX = {
    "could not find expected ':'": "il manque un deux-points après la clé. Écrivez «\u00a0cle: valeur\u00a0», ou décalez la ligne si elle continue la précédente.",
    "mapping values are not allowed": "un deux-points est mal placé. Mettez la valeur entre guillemets si elle en contient un.",
    "did not find expected key": "cette ligne n’est pas alignée avec les précédentes, ou il manque «\u00a0cle:\u00a0». Alignez-la sur les clés du même niveau.",
    "did not find expected '-' indicator": "cette ligne n’est pas alignée avec la liste. Commencez-la par «\u00a0- \u00a0» au même décalage.",
    "block sequence entries are not allowed": "un élément de liste commence là où une valeur est attendue. Passez à la ligne après la clé et décalez le tiret.",
    "found unexpected end of stream": "un guillemet ouvert n’est pas refermé. Ajoutez le guillemet manquant.",
    "did not find expected ',' or ']'": "une liste entre crochets n’est pas refermée. Ajoutez la virgule ou le crochet manquant.",
    "did not find expected ',' or '}'": "une accolade n’est pas refermée. Mettez la valeur entre guillemets si elle commence par une accolade.",
    "did not find expected node content": "une valeur est attendue ici. Mettez-la entre guillemets si elle commence par un signe ([ { , * & ! % @ `).",
    "found character that cannot start any token": "une valeur commence par un signe réservé (@, ` ou %) ou une tabulation. Mettez-la entre guillemets.",
    "found unknown escape character": "une barre oblique inversée n’est pas comprise entre guillemets doubles. Doublez-la, ou employez des guillemets simples.",
    "while scanning a quoted scalar": "un texte entre guillemets est mal fermé. Vérifiez le guillemet de fin.",
    "did not find expected alphabetic": "une valeur commence par & ou *. Mettez-la entre guillemets.",
    "did not find expected comment or line break": "après | ou >, passez à la ligne avant d’écrire le texte.",
    "found undefined tag handle": "une valeur commence par un point d’exclamation. Mettez-la entre guillemets.",
}


def syntax(problem: str) -> str:
    """A syntax error of the YAML parser, told from its English reason."""
    for english, french in _SYNTAX.items():
        if english in problem:
            return french
    return "cette ligne n’est pas lisible en YAML. Vérifiez les deux-points, les guillemets et le décalage\u00a0; une valeur qui contient un signe se met entre guillemets."


def unknown_key(key: str, allowed: Iterable[str]) -> str:
    """A key the model does not have."""
    known = sorted(allowed)
    otherwise = f"Clés possibles\u00a0: {join(known)}."
    return f"clé inconnue {quote(key)}. {_suggestion(key, known, otherwise)}"


def missing_key(key: str, title: str, example: str) -> str:
    """A required key that is absent."""
    shown = f" Ajoutez par exemple la ligne «\u00a0{key}: {example}\u00a0»." if example else f" Ajoutez une ligne «\u00a0{key}: …\u00a0»."
    return f"il manque la clé {quote(key)} ({title.lower()}).{shown}"


def wrong_choice(value: object, allowed: Iterable[str]) -> str:
    """A value outside an enumeration."""
    known = list(allowed)
    return f"valeur {quote(value)} inattendue. Valeurs possibles\u00a0: {join(known, 'ou')}. {_suggestion(str(value), known, '')}".rstrip()


def wrong_date(value: object, example: str) -> str:
    """A date that is not ISO."""
    return f"{quote(value)} n’est pas une date de la forme AAAA-MM-JJ. Écrivez par exemple {example}."


def impossible_date(value: object) -> str:
    """A well-formed date that does not exist."""
    return f"le jour {quote(value)} n’existe pas. Vérifiez le mois et le jour (forme AAAA-MM-JJ)."


def wrong_integer(value: object) -> str:
    """A text where a whole number is expected."""
    return f"{quote(value)} n’est pas un nombre entier. Écrivez des chiffres seuls, sans unité ni virgule, par exemple 12."


def out_of_bounds(value: object, bound: str) -> str:
    """A number outside its bounds."""
    return f"la valeur {quote(value)} n’est pas possible\u00a0: {bound} est attendu."


def wrong_pattern(value: object, example: str) -> str:
    """A text that does not have the expected form."""
    shown = f" Forme attendue\u00a0: {example}." if example else ""
    return f"{quote(value)} n’a pas la forme attendue.{shown}"


def expected_text() -> str:
    """A list or a mapping where a text is expected."""
    return "un texte simple est attendu ici, sur la même ligne que la clé. Retirez les tirets ou les clés décalées dessous."


def expected_list(example: str) -> str:
    """A text or a mapping where a list is expected."""
    return (
        f"une liste est attendue ici. Passez à la ligne et commencez chaque élément par un tiret\u00a0: «\u00a0- {example or '…'}\u00a0»."
    )


def expected_mapping(keys: Iterable[str]) -> str:
    """A text or a list where keys are expected."""
    known = sorted(keys)
    which = f"\u00a0: {join(known)}" if known else ""
    return f"des clés décalées sont attendues ici{which}. Passez à la ligne et écrivez «\u00a0cle: valeur\u00a0»."


def one_line() -> str:
    """A long text where one line is expected."""
    return "cette valeur tient sur une seule ligne. Retirez le «\u00a0|\u00a0» et les passages à la ligne."


def empty_value(key: str) -> str:
    """An empty text between quotes."""
    return f"la valeur de {quote(key)} est vide. Complétez-la, ou supprimez la ligne."


def too_long(limit: int) -> str:
    """A one-line text that is far too long."""
    return f"ce texte dépasse {format_number(limit)} caractères. Raccourcissez-le, ou placez le détail dans un champ de texte long."


def wrong_file_name(collection: str, stem: str, example: str) -> str:
    """A file name that is not an id of the collection."""
    return f"le nom de fichier {quote(stem)} n’est pas un identifiant de {collection}. Renommez le fichier, par exemple {example}.yml."


def wrong_extension(name: str) -> str:
    """A record with another extension than .yml."""
    return f"le fichier {quote(name)} ne sera pas lu\u00a0: une fiche porte l’extension .yml. Renommez-le, ou sortez-le de data/."


def unknown_collection(name: str, known: Iterable[str]) -> str:
    """A folder or a root file that is no collection."""
    names = sorted(known)
    otherwise = f"Collections\u00a0: {join(names)}."
    return f"{quote(name)} n’est pas une collection. {_suggestion(name, names, otherwise)} Renommez ou déplacez cet élément."


def duplicate_id(identifier: str, other: str) -> str:
    """Two files of the same id in two sub-folders."""
    return f"l’identifiant {quote(identifier)} existe déjà dans {other}. Renommez ou supprimez l’un des deux fichiers."


def missing_organisme() -> str:
    """No `data/organisme.yml`."""
    return "ce fichier manque\u00a0: il décrit votre organisme. Créez-le avec au moins «\u00a0format: 1\u00a0» et «\u00a0denomination: …\u00a0», ou lancez «\u00a0portail initialiser\u00a0»."


def unknown_link(identifier: str, collection: str, known: Iterable[str]) -> str:
    """An id that no record of the collection has."""
    names = sorted(known)
    some = (
        f"Identifiants connus\u00a0: {join(names[:_LISTED])}{'…' if len(names) > _LISTED else ''}."
        if names
        else f"Aucune fiche n’existe encore dans {collection}."
    )
    return f"{quote(identifier)} n’existe pas dans {collection}. {_suggestion(identifier, names, some)}"


def number_and_name(numero: str, stem: str) -> str:
    """A record whose `numero` differs from its file name."""
    return f"le numéro {quote(numero)} ne correspond pas au nom du fichier {quote(stem + '.yml')}. Corrigez l’un des deux."


def number_and_register(numero: str, repertoire: str) -> str:
    """A number that does not begin with its register."""
    return f"le répertoire {quote(repertoire)} ne correspond pas au numéro {quote(numero)}. Écrivez «\u00a0repertoire: {'RNCP' if numero.startswith('RNCP') else 'RS'}\u00a0»."


def not_at_rs(key: str) -> str:
    """A key the RS does not know."""
    return f"une certification du RS n’a pas de {quote(key)}. Supprimez cette clé."


def reference_date_reserved() -> str:
    """`date_reference` outside a demonstration."""
    return "«\u00a0date_reference\u00a0» fige la date du jour\u00a0: elle n’est permise qu’avec «\u00a0demonstration: oui\u00a0». Supprimez cette ligne."


def wrong_audience(value: str, allowed: Iterable[str]) -> str:
    """An unknown `PORTAIL_AUDIENCE`."""
    return f"la variable PORTAIL_AUDIENCE vaut {quote(value)}. Valeurs possibles\u00a0: {join(list(allowed), 'ou')}."


def wrong_reference_date(value: str) -> str:
    """An unreadable `PORTAIL_DATE`."""
    return f"la variable PORTAIL_DATE vaut {quote(value)}. Écrivez une date de la forme AAAA-MM-JJ, par exemple 2026-12-31."


def refused_value() -> str:
    """Any other refusal of a model."""
    return "cette valeur n’est pas acceptée. Comparez-la à l’exemple de l’aide de la collection."


def at_least(bound: object) -> str:
    """Name a lower bound."""
    return f"{bound} au moins"


def at_most(bound: object) -> str:
    """Name an upper bound."""
    return f"{bound} au plus"


def error_count(errors: int, files: int) -> str:
    """Count errors and files: the title of the error page and the last line of `verifier`."""
    return f"{count(errors, 'erreur')} à corriger dans {count(files, 'fichier')}"


def page_visibility(value: object) -> str:
    """An unknown `visibilite` in the front matter of a page."""
    return f"la page demande la visibilité {quote(value)}. Valeurs possibles\u00a0: public, auditeur ou interne."


def wrong_macro_call(name: str) -> str:
    """A macro called with too many or too few values."""
    return f"la macro {quote(name)} n’attend pas ces valeurs. Voyez la liste des macros dans l’aide."


def no_project(folder: str) -> str:
    """A command run outside a project."""
    return (
        f"{quote(folder)} n’est pas un portail\u00a0: il y faut un dossier data/ et un fichier mkdocs.yml. "
        "Placez-vous dans le dossier de votre portail, ou créez-en un avec «\u00a0portail initialiser DOSSIER\u00a0»."
    )


_SYSTEM = {
    2: "le fichier ou le dossier n’existe pas",
    13: "l’accès est refusé",
    17: "il existe déjà",
    20: "ce n’est pas un dossier",
    21: "c’est un dossier",
    28: "le disque est plein",
    30: "le disque est en lecture seule",
    98: "l’adresse est déjà utilisée par un autre programme",
    122: "le quota de disque est atteint",
}


def system_refusal(name: str, number: int) -> str:
    """A refusal of the operating system, by its error number."""
    reason = _SYSTEM.get(number, f"le système a refusé (code {number})")
    return f"{quote(name)}\u00a0: {reason}." if name else f"{reason[0].upper()}{reason[1:]}."


def no_engine() -> str:
    """The site engine is not installed."""
    return "le moteur de site (mkdocs) n’est pas installé dans cet environnement. Relancez l’installation du README."


def folder_not_ours(folder: str) -> str:
    """A target folder that holds something else."""
    return f"le dossier {quote(folder)} contient déjà autre chose. Choisissez un dossier vide ou nouveau\u00a0: rien n’a été modifié."


def no_wheel() -> str:
    """The tool cannot be packed for a new project."""
    return "l’outil ne peut pas être copié dans le nouveau projet. Relancez l’installation du README, puis cette commande."


def existing_files(folder: str, names: list[str]) -> str:
    """A new project would replace files."""
    shown = ", ".join(names[:5]) + ("…" if len(names) > 5 else "")  # noqa: PLR2004 - a short list
    return f"{quote(folder)} contient déjà {count(len(names), 'fichier')} du portail ({shown}). Choisissez un autre dossier\u00a0: rien n’a été modifié."


def option_needed(option: str, example: str) -> str:
    """A fact that must be given when nobody can answer a question."""
    return f'il manque l’option {option}. Ajoutez par exemple\u00a0: {option} "{example}".'


def next_steps(folder: str) -> str:
    """What to do after a project was made."""
    return f"Ensuite\u00a0: «\u00a0cd {folder}\u00a0», puis «\u00a0make site\u00a0». Le README du dossier donne les commandes du quotidien."


def interrupted() -> str:
    """A question left unanswered, or Ctrl+C."""
    return "Interrompu."


def see_help(command: str) -> str:
    """Where to read more."""
    return f"Voyez «\u00a0{command} --aide\u00a0»."


def unknown_option(name: str, known: Iterable[str]) -> str:
    """An option the command does not have."""
    return f"option inconnue {quote(name)}. {_suggestion(name, known, '')}".rstrip()


def unknown_command(name: str, known: Iterable[str]) -> str:
    """A verb the tool does not have."""
    names = list(known)
    otherwise = f"Commandes\u00a0: {join(names)}."
    return f"commande inconnue {quote(name)}. {_suggestion(name, names, otherwise)}"


def missing_parameter(label: str) -> str:
    """A required argument or option that is absent."""
    return f"il manque {label or 'une valeur'}."


def refused_option(label: str, choices: list[str]) -> str:
    """A value an option does not accept."""
    expected = f" Valeurs possibles\u00a0: {join(choices, 'ou')}." if choices else ""
    return f"la valeur donnée à {label or 'une option'} n’est pas acceptée.{expected}"


def extra_argument(text: str) -> str:
    """A word too many."""
    return f"mot en trop\u00a0: {quote(text)}. Mettez entre guillemets une valeur qui contient des espaces."


def wrong_command_line() -> str:
    """Any other usage error."""
    return "cette commande n’est pas complète ou contient une valeur inattendue."


def unknown_macro(name: str, known: Iterable[str]) -> str:
    """A name between braces that is no macro."""
    return f"la macro {quote(name)} n’existe pas. {_suggestion(name, known, 'Voyez la liste des macros dans l’aide.')}"


def unreadable_macro(detail: str) -> str:
    """Braces the template engine cannot read."""
    return f"un passage entre accolades n’est pas lisible ({detail}). Vérifiez les accolades et les guillemets, ou retirez-les."


def macro_without_parentheses(name: str) -> str:
    """A macro named without being called."""
    return f"la macro {quote(name)} n’est pas appelée. Ajoutez des parenthèses\u00a0: {name}()."


def not_in_this_edition(identifier: str, audience: str) -> str:
    """A page that names a record its audience may not see."""
    return (
        f"{quote(identifier)} n’existe pas, ou n’est pas diffusée au public {quote(audience)}. "
        "Retirez cet appel, ou réservez la page avec «\u00a0visibilite\u00a0» dans son en-tête."
    )


def stray_quote(key: str, value: str) -> str:
    """A value that opens a quote and does not close it where it ends: an apostrophe inside, or a forgotten mark."""
    if value.startswith("'") and value.count("'") > 1:
        inside = value.strip("'").replace('"', "”")
        return f'l’apostrophe de {quote(key)} ferme le texte trop tôt. Employez des guillemets doubles\u00a0: {key}: "{inside}"'
    return f"le guillemet ouvert dans {quote(key)} n’est pas refermé à la fin de la ligne. Ajoutez le guillemet manquant, ou retirez le premier."


def glued_colon(key: str) -> str:
    """`intitule:Texte`, without the space YAML wants."""
    return f"il manque une espace après le deux-points de {quote(key)}. Écrivez «\u00a0{key}: …\u00a0»."


def record_at_root(stem: str, collection: str) -> str:
    """A record left at the root of `data/`."""
    return f"cette fiche n’est pas à sa place. Déplacez-la dans data/{collection}/{stem}.yml."


def kept_folder(folder: str) -> str:
    """A target folder that would swallow the project or lies among its sources."""
    return f"le dossier {quote(folder)} fait partie du projet ou le contient\u00a0: y écrire effacerait des fiches ou des pages. Choisissez un autre dossier, par exemple «\u00a0sortie\u00a0»."


def folder_is_a_file(folder: str) -> str:
    """A target folder that is a file."""
    return f"{quote(folder)} est un fichier\u202f; un dossier est attendu. Choisissez un autre nom."


def folder_not_a_site(folder: str) -> str:
    """A target folder that holds something else than a site built before."""
    return f"le dossier {quote(folder)} contient autre chose qu’un site déjà construit, qui serait effacé. Choisissez un dossier vide ou nouveau."


def added_files(folder: str, names: list[str]) -> str:
    """A folder of pages where a person put files."""
    shown = ", ".join(names[:_LISTED]) + ("…" if len(names) > _LISTED else "")
    return f"le dossier {quote(folder)} contient des fichiers que cette commande n’a pas écrits ({shown}). Déplacez-les, ou choisissez un autre dossier."


def not_our_schema(name: str) -> str:
    """A file of a schema's name that is something else."""
    return f"{quote(name)} existe déjà et n’est pas un schéma du portail. Choisissez un autre dossier."


def broken_configuration(detail: str) -> str:
    """A `mkdocs.yml` that cannot be read."""
    where = f" ({detail})" if detail else ""
    return f"mkdocs.yml n’est pas lisible{where}. Comparez-le à sa dernière version enregistrée, puis corrigez-le."


def busy_port(port: int, other: int) -> str:
    """A port that another program holds, or that the system keeps."""
    return f"le port {port} n’est pas libre\u00a0: un autre programme l’occupe, ou le système le réserve. Choisissez-en un autre\u00a0: «\u00a0portail servir --port {other}\u00a0»."


def unexpected(kind: str) -> str:
    """A fault of the tool itself."""
    return f"Erreur inattendue de l’outil ({kind}). Signalez-la à la personne qui le tient à jour, avec la commande tapée\u202f; PORTAIL_DEBUG=1 devant la commande en donne le détail."


def between(lowest: int, highest: int) -> str:
    """The values a number may take."""
    return f"un nombre de {lowest} à {highest}"


def steps_out_of_order(value: str) -> str:
    """Steps of the renewal schedule that do not follow one another."""
    return (
        f"les étapes du rétroplanning ne se suivent pas ({value}). Écrivez des mois qui décroissent\u00a0: "
        "collecte_mois, dossier_pret_mois, depot_mois, alerte_mois, par exemple 12, 9, 7 et 6."
    )
