"""Every French sentence told to a person who writes records: what came, what is expected, how to mend it."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

from macros.french import count, format_number, join

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


def changed_meanwhile() -> str:
    """A document that was there when the records were read, and is no longer the same."""
    return "il a changé pendant la commande, relancez-la"


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


_AMONG = {
    "enregistrements": "parmi les fiches du projet",
    "decisions": "parmi les décisions des conseils",
    "veille": "dans la veille",
    "cep": "parmi les recommandations CEP",
}
"""Where a link that is not to a folder of records leads."""


def unknown_link(identifier: str, collection: str, known: Iterable[str]) -> str:
    """An id that no record of the collection has."""
    names, place = sorted(known), _AMONG.get(collection, f"dans {collection}")
    some = (
        f"Identifiants connus\u00a0: {join(names[:_LISTED])}{'…' if len(names) > _LISTED else '.'}"
        if names
        else f"Aucune fiche n’existe encore {place}."
    )
    return f"{quote(identifier)} n’existe pas {place}. {_suggestion(identifier, names, some)}"


def number_and_name(numero: str, stem: str) -> str:
    """A record whose `numero` differs from its file name."""
    return f"le numéro {quote(numero)} ne correspond pas au nom du fichier {quote(stem + '.yml')}. Corrigez l’un des deux."


def decided_by_check(recommandation: str, controle: str) -> str:
    """A reading written for a recommendation that a check decides."""
    return f"{quote(recommandation)} ne s’écrit pas\u00a0: le contrôle {quote(controle)} la décide. Retirez cette lecture."


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
    return f'Il manque l’option {option}. Ajoutez par exemple\u00a0: {option} "{example}".'


def next_steps(folder: str) -> str:
    """What to do after a project was made."""
    return (
        f"Ensuite\u00a0: «\u00a0cd {folder}\u00a0», puis «\u00a0make site\u00a0». Le README du dossier donne les commandes du quotidien.\n"
        "Une veille nationale est livrée avec le portail\u00a0: lisez-la à votre rythme, et dites pour chaque entrée ce qu’elle change chez vous."
    )


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


def wrong_time(value: object) -> str:
    """A time of day that is not `14:00`."""
    found = re.fullmatch(r"([01]?\d|2[0-3])\s*[hH:.]\s*([0-5]\d)?", str(value).strip(), re.ASCII)
    meant = f'"{int(found[1]):02}:{found[2] or "00"}"' if found else 'par exemple "14:00"'
    return f"{quote(value)} n’est pas une heure de la forme HH:MM. Écrivez {meant}."


def wrong_path(value: object) -> str:
    """A path that is not a file below `data/preuves/`."""
    return (
        f"{quote(value)} n’est pas le chemin d’un fichier de data/preuves/. Écrivez-le à partir de ce dossier, avec des barres «\u00a0/\u00a0» "
        "et sans «\u00a0..\u00a0», par exemple 2026/PR-2026-031-r1.pdf."
    )


def empty_list(key: str, example: str) -> str:
    """A list that needs one element."""
    return f"la liste {quote(key)} est vide\u00a0: il y faut un élément au moins. Passez à la ligne et écrivez par exemple «\u00a0- {example or '…'}\u00a0»."


def end_before_start(start: str) -> str:
    """A session that ends before it begins."""
    return f"l’heure de fin doit venir après l’heure de début ({start}). Corrigez l’une des deux."


def twice(value: str) -> str:
    """Two parts of a record with the same id."""
    return f"{quote(value)} est écrit deux fois dans cette liste. Gardez-en un seul, ou changez le numéro."


def not_in_this_conseil(numero: str) -> str:
    """A part of a session about a certification the session does not examine."""
    return f"{quote(numero)} n’est pas dans les certifications de ce conseil. Corrigez le numéro, ou ajoutez-le à la clé «\u00a0certifications\u00a0» du conseil."


def several_origins(names: str) -> str:
    """An action or a change with several origins."""
    return (
        f"une seule origine est attendue, et plusieurs sont écrites ({names}). Gardez la principale\u00a0; citez les autres dans le texte."
    )


def closed_and_open(statut: str) -> str:
    """A closure on an open action."""
    return f"cette action porte une clôture alors que son statut est {quote(statut)}. Écrivez «\u00a0statut: close\u00a0», ou retirez la clôture."


def last_postponement(day: str) -> str:
    """A due date that is not the one of the last postponement."""
    return f"l’échéance n’est pas celle du dernier report («\u00a0nouvelle: {day}\u00a0»). Écrivez «\u00a0echeance: {day}\u00a0», ou ajoutez le report manquant."


def two_places() -> str:
    """A version both in the repository and elsewhere."""
    return "cette version est à la fois dans le dépôt (fichier) et ailleurs (emplacement). Gardez une seule des deux clés."


def revisions_out_of_order(numbers: str) -> str:
    """Versions whose numbers do not grow."""
    return f"les numéros de révision ({numbers}) ne se suivent pas dans l’ordre. Numérotez 1, 2, 3… de la plus ancienne à la plus récente."


def changes_out_of_order() -> str:
    """Changes of an habilitation that do not follow one another."""
    return "les changements ne se suivent pas dans l’ordre des dates. Écrivez-les du plus ancien au plus récent."


def folder_holds_others(folder: str, name: str) -> str:
    """A folder that holds files which the export does not write."""
    return f"le dossier «\u00a0{folder}\u00a0» contient d’autres fichiers ({name}). Donnez un dossier neuf avec --vers."


def review_alone() -> str:
    """Options of a review together with a session, or without a review."""
    return "--renouvellement NUMÉRO s’emploie sans CONSEIL\u00a0; --depuis et --jusqu-au ne valent qu’avec --renouvellement."


def no_review(numero: str, audience: str) -> str:
    """A certification that has no renewal review for an audience."""
    return (
        f"{numero} n’a pas de revue de renouvellement pour le public «\u00a0{audience}\u00a0»\u00a0: "
        "elle existe pour les certifications sur demande que rien ne remplace, dans une édition interne ou auditeur."
    )


def ends_before_it_starts(start: str) -> str:
    """A last day before the first one."""
    return f"cette date de fin est antérieure au début ({start}). Corrigez l’une des deux."


def before_reception(day: str) -> str:
    """A step of a complaint before it was received."""
    return f"cette date est antérieure à la réception de la réclamation ({day}). Corrigez l’une des deux."


def erasure_reserved() -> str:
    """A day of erasure for a document without personal data."""
    return "un jour d’effacement est réservé aux documents qui nomment des personnes. Ajoutez «\u00a0donnees_personnelles: oui\u00a0», ou retirez la clé «\u00a0effacer_apres\u00a0»."


def erasure_too_early(day: str) -> str:
    """A day of erasure before the end of the keeping."""
    return f"l’effacement est demandé avant la fin de la conservation ({day}). Corrigez l’une des deux dates."


# portail nouveau, portail enregistrer


def missing_argument(metavar: str, example: str) -> str:
    """An argument that must be given when nobody can answer a question."""
    return f"Il manque {metavar}. Écrivez par exemple {example} après le nom de la commande."


def option_empty(option: str, metavar: str, need: str) -> str:
    """An option given without value, or an empty argument; `need` is its help."""
    if not option.startswith("--"):
        return f"{option} est vide. Donnez ce qu’il faut\u00a0: {need[:1].lower()}{need[1:]}"
    return f"L’option {option} n’a pas de valeur. Écrivez {option} {metavar}. {need}"


def answer_needed() -> str:
    """A question that cannot be passed."""
    return "Cette réponse est nécessaire."


def out_of_calendar(day: str, first: int, last: int) -> str:
    """A day that no record of this project can be about."""
    return f"{quote(day)} est hors du calendrier du portail. Écrivez une année de {first} à {last}, par exemple 2026-12-31."


def choices(values: list[str]) -> str:
    """The words a question accepts."""
    return f"  Réponses possibles\u00a0: {join(values, 'ou')}."


def one_of(first: str, second: str) -> str:
    """Two options that exclude each other."""
    return f"{first} et {second} ne vont pas ensemble. Gardez l’une des deux."


def together(first: str, second: str) -> str:
    """Two options that need each other."""
    return f"{first} et {second} vont ensemble. Ajoutez celle qui manque, ou retirez l’autre."


def not_with(option: str, others: list[str]) -> str:
    """Options that mean nothing beside another."""
    return f"Avec {option}, {join(others)} ne {'servent' if len(others) > 1 else 'sert'} à rien\u00a0: la fiche le dit déjà. Retirez-{'les' if len(others) > 1 else 'la'}."


def record_exists(identifier: str, fichier: str, option: str) -> str:
    """A new record that would replace another."""
    otherwise = f", ou changez la fin de l’identifiant avec {option}" if option else ""
    return f"{quote(identifier)} existe déjà ({fichier}). Ouvrez cette fiche pour la modifier{otherwise}\u00a0: rien n’a été écrit."


def nothing_written() -> str:
    """A person who preferred not to."""
    return "Rien n’a été écrit."


def after_new_record(fichier: str) -> str:
    """What to do once a record was written."""
    return f"Ensuite\u00a0: relisez {fichier}, puis «\u00a0portail verifier\u00a0» et «\u00a0portail enregistrer\u00a0»."


def to_complete(titles: list[str]) -> str:
    """Facts that practice expects and that are not there yet."""
    return f"à compléter dès que possible\u00a0: {join(titles)}."


def undeclared_function(fonction: str, known: Iterable[str]) -> str:
    """A responsible function that the organisation does not list."""
    names = list(known)
    advice = _suggestion(fonction, names, f"Fonctions connues\u00a0: {join(names[:_LISTED])}{'…' if len(names) > _LISTED else ''}.")
    return f"{quote(fonction)} n’est pas une fonction de data/organisme.yml. {advice} N’écrivez jamais le nom d’une personne."


def declared_functions(known: Iterable[str]) -> str:
    """The functions that may answer for an action."""
    return f"  Fonctions\u00a0: {', '.join(known)}."


def past_due_date() -> str:
    """A due date that is already past."""
    return "l’échéance est déjà passée\u00a0: l’action naît en retard."


def already_answered(decision: str, actions: list[str]) -> str:
    """A decision that already has an action."""
    return f"{join(actions)} {'viennent' if len(actions) > 1 else 'vient'} déjà de la décision {decision}."


def action_help() -> tuple[str, ...]:
    """The lines that end the file of a new action."""
    return (
        "",
        "Pour la suite, ajoutez au besoin\u00a0:",
        "avancement:   une note datée à chaque étape (date, texte, pourcentage)",
        "reports:      à chaque changement d’échéance (ancienne, nouvelle, motif), et corrigez echeance",
        "preuves:      les preuves de réalisation (- PR-2026-031)",
        "cloture:      à la fin (date, bilan), avec «\u00a0statut: close\u00a0»",
        "efficacite:   quelques mois après (date, avis, motif)",
    )


def complaint_help() -> tuple[str, ...]:
    """The lines that end the file of a new complaint."""
    return (
        "",
        "Pour la suite, ajoutez au besoin\u00a0:",
        "accusee_le:   le jour de l’accusé de réception",
        "traitement:   chaque étape (date, texte), sans nom de personne",
        "cloture:      à la réponse définitive (date, issue, texte)",
        "actions:      les actions ouvertes à la suite (- A-2026-031), avec leur origine",
        "preuves:      les échanges (- PR-2026-031)",
    )


def after_new_complaint(fichier: str, due: str) -> str:
    """What comes after a new complaint, and by when."""
    return (
        f"Réponse à donner au plus tard le {due}. Ensuite\u00a0: accusez réception, notez chaque étape dans {fichier} (traitement, cloture), "
        "puis «\u00a0portail verifier\u00a0» et «\u00a0portail enregistrer\u00a0»."
    )


def audit_help() -> tuple[str, ...]:
    """The lines that end the file of a new audit."""
    return (
        "",
        "Pour la suite, ajoutez au besoin\u00a0:",
        "exigences:    les exigences auditées (- EX-CP-TENUE)",
        "demandes:     une entrée par demande (id, texte, gravite, repondre_avant, reponse, actions, suites)",
        "conclusion:   à la fin (date, avis, texte)",
        "preuves:      le rapport et les pièces (- PR-2026-031)",
    )


def after_new_audit(fichier: str) -> str:
    """What comes after a new audit."""
    return (
        f"Ensuite\u00a0: notez dans {fichier} chaque demande, son dernier jour (repondre_avant) et sa réponse, "
        "puis «\u00a0portail verifier\u00a0» et «\u00a0portail enregistrer\u00a0»."
    )


def already_past(day: str) -> str:
    """An exception that would be over before it begins."""
    return f"{quote(day)} est déjà passé. Donnez un jour à venir, par exemple la date du prochain conseil."


def nothing_to_set_aside(code: str, enregistrement: str, codes: list[str], *, done: bool) -> str:
    """An exception on a constat that is not there, or already set aside."""
    if done:
        return f"Le constat {quote(code)} de {enregistrement} n’appelle déjà plus rien\u00a0: une dérogation ne servirait pas. Rien n’a été écrit."
    some = f"Constats de cette fiche\u00a0: {join(codes)}." if codes else "Cette fiche n’a aucun constat à traiter."
    return f"Aucun constat {quote(code)} ne porte sur {enregistrement}. {_suggestion(code, codes, some)} Rien n’a été écrit."


def set_aside_until(code: str, enregistrement: str, day: str) -> str:
    """An exception that was written."""
    return f"Le constat {quote(code)} de {enregistrement} est accepté jusqu’au {day}\u202f; le portail le rappellera ensuite."


def no_level_at_rs() -> str:
    """A level given to a certification of the RS."""
    return "une certification du RS n’a pas de niveau. Retirez cette option."


def after_new_certification(numero: str, fichier: str) -> str:
    """What to do once a certification was written by hand."""
    return (
        f"Ensuite\u00a0: complétez {fichier}. Si la fiche est publiée, mieux vaut l’importer\u00a0: "
        f"«\u00a0portail importer EXPORT.zip --fiche {numero}\u00a0» remplit ce qui manque et garde ce que vous avez écrit."
    )


def after_new_exigence(fichier: str) -> str:
    """What to do once a requirement was written."""
    return f"Ensuite\u00a0: ajoutez dans {fichier} les sources (titre, url), les dates (du, au) et verifiee_le, puis «\u00a0portail verifier\u00a0»."


def certification_or_domaine(domaines: list[str]) -> str:
    """A session without certifications."""
    some = f" ou --domaine {domaines[0]}" if domaines else ""
    return f"Dites quelles certifications le conseil examine\u00a0: --certification RNCP12345 (répétable){some}."


def empty_domaine(domaine: str) -> str:
    """A domaine without any certification left to follow."""
    return f"Le domaine {quote(domaine)} n’a aucune certification à suivre. Nommez-les avec --certification, ou corrigez leur clé «\u00a0domaine\u00a0»."


def conseil_title(name: str, year: str) -> str:
    """The name of a new session; without `name`, of certifications that share none."""
    return f"Conseil de perfectionnement {name or 'commun'} {year}"


def conseil_help(colleges: list[str]) -> tuple[str, ...]:
    """The lines that end the file of a new session; `colleges` are expected but not listed yet."""
    expected = (
        "Participants à inscrire, un par siège, par fonction et jamais par nom. Collèges attendus\u00a0:",
        *(f"  - {college}" for college in colleges),
        "Modèle\u00a0:",
        "participants:",
        "  - fonction: responsable des épreuves",
        "    college: certificateur",
        "",
    )
    return (
        "",
        *(expected if colleges else ()),
        "À l’envoi\u00a0: convocation et ordre_du_jour (date, moyen, preuve), puis «\u00a0statut: convoque\u00a0».",
        "Après la séance\u00a0: «\u00a0statut: tenu\u00a0», debut, fin, presence de chaque participant, quorum, emargement,",
        "approbations, suivi (une ligne par action examinée), echanges, decisions (D1, D2…),",
        "pv (un par certification), prochaine_date.",
    )


def already_planned(sessions: list[tuple[str, str]]) -> str:
    """Sessions already planned for these certifications."""
    named = join([f"{identifier}, le {day}" for identifier, day in sessions])
    return f"Un conseil est déjà prévu pour ces certifications\u00a0: {named}."


def another_one() -> str:
    """Whether to plan one more session."""
    return "En préparer un autre\u202f?"


def say_oui() -> str:
    """How to plan one more session all the same."""
    return "Modifiez la fiche existante, ou ajoutez --oui pour en préparer un autre. Rien n’a été écrit."


def planned_session(title: str, day: str) -> str:
    """A session that was written."""
    return f"{title}, le {day}."


def first_session(numeros: list[str], *, listed: bool) -> str:
    """A session without any before it; `numeros` when that is so of some of its certifications only, `listed` when it has members all the same."""
    which = join(numeros) if numeros else "ces certifications"
    told = f"Aucun conseil tenu avant celui-ci pour {which}."
    if listed:
        return f"{told} Vérifiez que chaque collège est représenté."
    return f"{told} Inscrivez les participants\u00a0: la fin de la fiche rappelle les collèges attendus."


def taken_from(identifier: str, day: str, copied: list[str], guests: int) -> str:
    """What was taken from a session before."""
    invited = f" {count(guests, 'invité')} de cette séance {'ne sont pas repris' if guests > 1 else 'n’est pas repris'}." if guests else ""
    return f"Repris de {identifier} ({day})\u00a0: {join(copied)}.{invited}"


def since_last(changes: str, identifier: str) -> str:
    """What happened since a session before; `identifier` names it when there are several."""
    return f"Depuis {identifier or 'cette séance'}\u00a0: {changes or 'rien de nouveau dans les fiches'}."


def to_approve(number: int) -> str:
    """The title of the list of minutes to approve."""
    return f"{count(number, 'procès-verbal', 'procès-verbaux')} à approuver en séance, à l’ordre du jour\u00a0:"


def minutes_line(numero: str, identifier: str, day: str) -> str:
    """Minutes to approve, in a list."""
    return f"PV de {numero}, séance du {day} ({identifier})"


def watch_to_tell(number: int) -> str:
    """The title of the list of watch entries new since the last session."""
    return f"{count(number, 'entrée de veille nouvelle', 'entrées de veille nouvelles')}, à l’ordre du jour\u00a0:"


def news_to_tell(title: str, point: str) -> str:
    """The title of a list of what is new since the last session, and the point of the agenda it belongs to."""
    return f"{title}, au point «\u00a0{point}\u00a0»\u00a0:"


def to_follow(number: int) -> str:
    """The title of the list of open actions."""
    if not number:
        return "Aucune action ouverte à suivre."
    return f"{count(number, 'action ouverte', 'actions ouvertes')} à suivre en séance, à l’ordre du jour\u00a0:"


def past_session() -> str:
    """A session planned on a day gone by."""
    return "cette date est passée. Si la séance a eu lieu, écrivez «\u00a0statut: tenu\u00a0» et complétez la fiche."


def send_before(day: str, *, late: bool) -> str:
    """By when the convocation is to be sent."""
    if late:
        return f"La convocation était à envoyer au plus tard le {day}\u00a0: envoyez-la aujourd’hui, ou choisissez une autre date."
    return f"Convocation et ordre du jour à envoyer au plus tard le {day}."


def after_new_conseil(fichier: str, identifier: str) -> str:
    """What to do once a session was prepared."""
    return (
        f"Ensuite\u00a0: relisez {fichier} (participants, ordre du jour), «\u00a0portail enregistrer\u00a0», puis "
        f"«\u00a0portail documents {identifier}\u00a0» pour la convocation, l’ordre du jour et l’émargement. Une fois la convocation envoyée\u00a0: "
        f"«\u00a0portail nouveau preuve convocation.pdf --conseil {identifier} --role convocation\u00a0»."
    )


def document_missing(name: str) -> str:
    """A document that is not there."""
    return f"{quote(name)} n’existe pas. Vérifiez le nom et le dossier\u202f; mettez entre guillemets un nom qui contient des espaces."


def document_is_a_folder(name: str) -> str:
    """A folder given as a document."""
    return f"{quote(name)} est un dossier. Donnez un fichier\u00a0; pour plusieurs documents, lancez la commande une fois par fichier."


def document_not_a_file(name: str) -> str:
    """Something that is neither a file nor a folder."""
    return f"{quote(name)} n’est pas un fichier ordinaire. Donnez un document enregistré sur ce poste."


def document_empty(name: str) -> str:
    """A document without content."""
    return f"{quote(name)} est vide\u00a0: il ne prouverait rien. Vérifiez que c’est le bon fichier."


def document_needed() -> str:
    """A copy asked for without a document."""
    return "Donnez le fichier à ranger, ou son --emplacement s’il n’existe qu’ailleurs."


def document_too_large(name: str, size: int, limit: int) -> str:
    """A document that would slow the project down for good."""
    return (
        f"{quote(name)} pèse {format_number(size // 1_000_000)} Mo, plus que les {format_number(limit // 1_000_000)} Mo qu’un portail garde sans peine. "
        'Gardez-le ailleurs et notez le lieu\u00a0: --emplacement "Serveur qualité, dossier CP 2026".'
    )


def document_exists(fichier: str) -> str:
    """A document that would replace another."""
    return f"{fichier} existe déjà sans fiche qui le cite. Déplacez ce fichier, puis relancez la commande\u00a0: rien n’a été écrit."


_PLACE = '--emplacement "Coffre qualité, dossier CP 2026"'


def place_needed(*, signed: bool, known: bool) -> str:
    """A document whose place nobody said."""
    if not known:
        return f"{document_needed()} Ajoutez par exemple {_PLACE}."
    return f"{why_outside() if signed else document_needed()} Ajoutez {_PLACE}, ou --dans-le-depot pour le copier quand même."


def why_outside() -> str:
    """Why signed documents are not copied."""
    return "Un document signé reste hors du portail, dont l’historique n’oublie rien\u00a0: seuls son lieu et son empreinte sont notés."


def place_unknown() -> str:
    """A proof without file."""
    return "Sans fichier, la fiche dit où trouver le document."


def whose_minutes(numeros: list[str]) -> str:
    """Minutes whose certification nobody said."""
    return f"Un procès-verbal concerne une certification et une seule. Ajoutez --certification avec l’un de\u00a0: {join(numeros, 'ou')}."


def already_cited(conseil: str, preuve: str) -> str:
    """A session that already cites a proof in this part."""
    return f"{conseil} cite déjà {preuve} à cet endroit. Pour une version plus récente, ajoutez --preuve {preuve} au lieu de --conseil\u00a0: rien n’a été écrit."


_SENT = {"convocation": "la convocation a été envoyée", "ordre_du_jour": "l’ordre du jour a été envoyé"}


def sending_day_needed(conseil: str, role: str) -> str:
    """A document sent before a past session, without its day: today would be made up."""
    return f"La séance {conseil} n’est plus à venir et sa fiche ne dit pas quel jour {_SENT[role]}. Ajoutez ce jour\u00a0: --date AAAA-MM-JJ. Rien n’a été écrit."


def day_of_today(day: str, *, sent: bool) -> str:
    """A day that nobody stated: today."""
    if sent:
        return f"jour d’envoi noté\u00a0: {day}, aujourd’hui. Si l’envoi a eu lieu un autre jour, corrigez les fiches de la preuve et du conseil."
    return f"date notée\u00a0: {day}, aujourd’hui. Si le document a une autre date, corrigez sa fiche."


def other_sending_day(conseil: str, day: str) -> str:
    """A document dated otherwise than the sending its session tells."""
    return f"la fiche {conseil} garde son jour d’envoi, le {day}. Corrigez-la si c’est elle qui se trompe."


_PIECES = {
    "convocation": "Convocation",
    "ordre_du_jour": "Ordre du jour",
    "emargement": "Feuille d’émargement",
}


def proof_title(role: str, conseil: str, numero: str) -> str:
    """The usual name of a document of a session."""
    return f"PV de {numero}, {conseil}" if role == "pv" else f"{_PIECES[role]}, {conseil}"


def same_document(proofs: list[str]) -> str:
    """A document that is already filed."""
    return f"ce document est déjà rangé sous {join(proofs)} (même empreinte)."


def same_version(preuve: str, numero: int) -> str:
    """A version identical to the one before."""
    return f"Ce document est déjà la version {numero} de {preuve} (même empreinte). Rien n’a été écrit."


def names_in_history() -> str:
    """A signed document copied all the same."""
    return "ce document signé nomme sans doute des personnes\u00a0: une fois enregistré, il ne pourra plus être effacé de l’historique."


def after_new_proof(identifier: str, conseil: str) -> str:
    """What to do once a proof was filed."""
    if conseil:
        return f"{conseil} cite maintenant {identifier}. Ensuite\u00a0: «\u00a0portail verifier\u00a0», puis «\u00a0portail enregistrer\u00a0»."
    return f"Ensuite\u00a0: citez {identifier} là où elle sert (preuve d’un conseil, preuves d’une action…), puis «\u00a0portail verifier\u00a0» et «\u00a0portail enregistrer\u00a0»."


def after_new_version(identifier: str, numero: int) -> str:
    """What to do once a version was added."""
    return f"Version {numero} de {identifier}. Ensuite\u00a0: relisez-la et notez relue_le, puis «\u00a0portail enregistrer\u00a0»."


_SAVED = {
    "conseils-planifie": ("conseil planifié", "conseils planifiés"),
    "conseils-convoque": ("conseil convoqué", "conseils convoqués"),
    "conseils-tenu": ("conseil tenu", "conseils tenus"),
    "conseils-annule": ("conseil annulé", "conseils annulés"),
    "conseils-modification": ("conseil modifié", "conseils modifiés"),
    "conseils-suppression": ("conseil supprimé", "conseils supprimés"),
    "pv-ajout": ("PV ajouté", "PV ajoutés"),
    "pv-projet": ("PV repris", "PV repris"),
    "pv-diffuse": ("PV diffusé", "PV diffusés"),
    "pv-approuve": ("PV approuvé", "PV approuvés"),
    "pv-signe": ("PV signé", "PV signés"),
    "decision-ajout": ("décision ajoutée", "décisions ajoutées"),
    "actions-close": ("action close", "actions closes"),
    "actions-ouverte": ("action ouverte", "actions ouvertes"),
    "actions-rouverte": ("action rouverte", "actions rouvertes"),
    "actions-reportee": ("action reportée", "actions reportées"),
    "actions-abandonnee": ("action abandonnée", "actions abandonnées"),
    "actions-ajout": ("action passée ajoutée", "actions passées ajoutées"),
    "actions-modification": ("action modifiée", "actions modifiées"),
    "actions-suppression": ("action supprimée", "actions supprimées"),
    "preuves-ajout": ("preuve ajoutée", "preuves ajoutées"),
    "preuves-version": ("nouvelle version de preuve", "nouvelles versions de preuves"),
    "preuves-modification": ("preuve modifiée", "preuves modifiées"),
    "preuves-suppression": ("preuve supprimée", "preuves supprimées"),
    "document-ajout": ("document ajouté sans fiche", "documents ajoutés sans fiche"),
    "document-modification": ("document remplacé", "documents remplacés"),
    "document-suppression": ("document retiré", "documents retirés"),
    "certifications-ajout": ("certification ajoutée", "certifications ajoutées"),
    "certifications-modification": ("certification modifiée", "certifications modifiées"),
    "certifications-suppression": ("certification supprimée", "certifications supprimées"),
    "extraits-ajout": ("extrait de France compétences ajouté", "extraits de France compétences ajoutés"),
    "extraits-modification": ("extrait de France compétences mis à jour", "extraits de France compétences mis à jour"),
    "extraits-suppression": ("extrait de France compétences supprimé", "extraits de France compétences supprimés"),
    "derogations-ajout": ("dérogation ajoutée", "dérogations ajoutées"),
    "derogations-modification": ("dérogation modifiée", "dérogations modifiées"),
    "derogations-suppression": ("dérogation supprimée", "dérogations supprimées"),
    "exigences-ajout": ("exigence ajoutée", "exigences ajoutées"),
    "exigences-modification": ("exigence modifiée", "exigences modifiées"),
    "exigences-suppression": ("exigence supprimée", "exigences supprimées"),
    "veille-ajout": ("entrée de veille ajoutée", "entrées de veille ajoutées"),
    "veille-analysee": ("entrée de veille analysée", "entrées de veille analysées"),
    "veille-modification": ("entrée de veille modifiée", "entrées de veille modifiées"),
    "veille-suppression": ("entrée de veille supprimée", "entrées de veille supprimées"),
    "cep-ajout": ("recommandation sur le CEP ajoutée", "recommandations sur le CEP ajoutées"),
    "cep-modification": ("recommandation sur le CEP modifiée", "recommandations sur le CEP modifiées"),
    "cep-suppression": ("recommandation sur le CEP supprimée", "recommandations sur le CEP supprimées"),
    "positionnements-ajout": ("positionnement ajouté", "positionnements ajoutés"),
    "positionnements-modification": ("positionnement modifié", "positionnements modifiés"),
    "positionnements-suppression": ("positionnement supprimé", "positionnements supprimés"),
    "promotions-ajout": ("promotion ajoutée", "promotions ajoutées"),
    "promotions-modification": ("promotion modifiée", "promotions modifiées"),
    "promotions-suppression": ("promotion supprimée", "promotions supprimées"),
    "partenaires-ajout": ("partenaire ajouté", "partenaires ajoutés"),
    "partenaires-modification": ("partenaire modifié", "partenaires modifiés"),
    "partenaires-suppression": ("partenaire supprimé", "partenaires supprimés"),
    "reclamations-ajout": ("réclamation ajoutée", "réclamations ajoutées"),
    "reclamations-modification": ("réclamation modifiée", "réclamations modifiées"),
    "reclamations-suppression": ("réclamation supprimée", "réclamations supprimées"),
    "audits-ajout": ("audit ajouté", "audits ajoutés"),
    "audits-modification": ("audit modifié", "audits modifiés"),
    "audits-suppression": ("audit supprimé", "audits supprimés"),
    "evaluations-ajout": ("évaluation ajoutée", "évaluations ajoutées"),
    "evaluations-modification": ("évaluation modifiée", "évaluations modifiées"),
    "evaluations-suppression": ("évaluation supprimée", "évaluations supprimées"),
    "ajout": ("autre fiche ajoutée", "autres fiches ajoutées"),
    "modification": ("autre fiche modifiée", "autres fiches modifiées"),
    "suppression": ("autre fiche supprimée", "autres fiches supprimées"),
    "organisme": ("fiche de l’organisme", ""),
    "lexique": ("lexique", ""),
    "rapport_cep": ("rapport sur le CEP", ""),
    "veille_ecartee": ("veille écartée", ""),
    "page-ajout": ("page ajoutée", "pages ajoutées"),
    "page-modification": ("page modifiée", "pages modifiées"),
    "page-suppression": ("page supprimée", "pages supprimées"),
    "fichier": ("autre fichier du portail", "autres fichiers du portail"),
}
"""What may have happened since the last save, in the order in which it is told."""


def saved(happened: Mapping[str, int]) -> str:
    """What was saved, in one phrase: “2 actions closes, 1 PV ajouté”."""
    counted: dict[str, int] = {}
    for key, number in happened.items():
        collection, _, verb = key.partition("-")
        known = next((name for name in (key, collection, verb) if name in _SAVED), "fichier")
        counted[known] = counted.get(known, 0) + number
    told = [(counted[key], words) for key, words in _SAVED.items() if key in counted]
    return ", ".join(count(number, *words) if words[1] else words[0] for number, words in told)


def saved_now(what: str) -> str:
    """A save that worked."""
    return f"Enregistré\u00a0: {what}."


def already_saved() -> str:
    """A save without anything new."""
    return "Rien à enregistrer\u00a0: tout l’est déjà."


def nothing_saved() -> str:
    """A save refused because of errors."""
    return "Rien n’a été enregistré\u00a0: corrigez d’abord ce qui précède, puis relancez la commande."


def saved_under(name: str) -> str:
    """A save on a machine where nobody gave a name."""
    return f"Aucun nom n’est réglé sur ce poste\u00a0: cette version est enregistrée au nom de {quote(name)}."


def neutral_name(denomination: str) -> str:
    """The name under which a machine without one saves."""
    name = " ".join(letters for letters in denomination.split() if letters.isprintable()).replace("<", "").replace(">", "")
    return name if any(map(str.isalnum, name)) else "Portail qualité"


def damaged_proof(identifier: str, message: str, remede: str) -> str:
    """A proof whose document is no longer what its record says, told after a save."""
    return f"À vérifier\u00a0: {identifier}. {message} {remede}"


def more_damaged(number: int) -> str:
    """How many more there are than a person would read."""
    return f"Et {count(number, 'autre constat', 'autres constats')} de ce genre\u00a0: «\u00a0portail verifier\u00a0» les donne tous."


def left_aside(names: list[str]) -> str:
    """Files that are no part of the portal."""
    shown = ", ".join(names[:_LISTED]) + ("…" if len(names) > _LISTED else "")
    what = "laissé de côté, car il est hors" if len(names) == 1 else "laissés de côté, car ils sont hors"
    return f"{count(len(names), 'fichier')} {what} de data/, docs/ et overrides/\u00a0: {shown}."


def names_exposed(names: list[str]) -> str:
    """A list of people that the history follows although it never should."""
    return (
        f"Attention\u00a0: {join(names)} contient des noms et se trouve dans l’historique, où cette commande ne le met jamais. "
        "Demandez à la personne qui a installé le portail de l’en retirer."
    )


def begin_history(*, ask: bool) -> str:
    """A project without history."""
    said = "Ce portail n’a pas encore d’historique."
    if ask:
        return f"{said} Le commencer, et y enregistrer cette première version\u202f?"
    return (
        f"{said} Pour le commencer avec cette première version, relancez «\u00a0portail enregistrer --oui\u00a0». Rien n’a été enregistré."
    )


def two_versions(names: list[str]) -> str:
    """Files that two people changed."""
    where = "".join(f"\n  {name}" for name in names)
    return (
        f"Deux personnes ont modifié en même temps {'ce fichier' if len(names) == 1 else 'ces fichiers'}\u00a0:{where}\n"
        "Les deux versions y sont l’une sous l’autre, entre des lignes qui commencent par <<<<<<<, ======= et >>>>>>>. "
        "Gardez ce qui convient, supprimez ces lignes, puis demandez à la personne qui a installé le portail de terminer la réunion. "
        "Si deux fiches différentes portent le même numéro, donnez à l’une le numéro suivant. Rien n’a été enregistré."
    )


def unfinished_join() -> str:
    """Two versions of the project that someone began to join."""
    return (
        "La réunion de deux versions du portail est commencée et n’est pas terminée. "
        "Demandez à la personne qui a installé le portail de la terminer ou de l’annuler. Rien n’a été enregistré."
    )


def old_version_shown() -> str:
    """A project that shows an earlier state of itself."""
    return (
        "Ce dossier montre une version passée du portail\u00a0: ce que vous y enregistreriez serait perdu. "
        "Demandez à la personne qui a installé le portail de revenir à la version courante. Rien n’a été enregistré."
    )


_OBSTACLES = {
    "missing": "Le portail garde son historique avec un programme, Git, qui n’est pas installé sur ce poste. Demandez à la personne qui a installé le portail de l’ajouter.",
    "foreign": "Ce dossier appartient à un autre utilisateur de ce poste. Demandez à la personne qui a installé le portail de vous en donner l’accès.",
    "busy": "Un autre programme enregistre en ce moment dans ce dossier. Attendez une minute et relancez la commande\u202f; si cela continue, demandez à la personne qui a installé le portail.",
    "hook": "Un contrôle installé dans ce dossier refuse cette version. Voici sa réponse, à montrer au besoin à la personne qui a installé le portail\u00a0:",
    "damaged": "L’historique de ce dossier (.git) est abîmé ou incomplet. Demandez à la personne qui a installé le portail de le réparer.",
    "other": "L’historique refuse cette version. Voici sa réponse, à montrer à la personne qui a installé le portail\u00a0:",
}


def not_saved(obstacle: str, detail: str) -> str:
    """A save that the history refused; `detail` is its raw answer."""
    answer = "".join(f"\n  {line}" for line in detail.splitlines()) if obstacle in {"hook", "other"} else ""
    return f"{_OBSTACLES[obstacle]}{answer}\nRien n’a été enregistré."


def failed_on_request(level: str, number: int) -> str:
    """A verification that fails because someone asked it to."""
    return f"Échec demandé par --constats {level}\u00a0: {count(number, 'constat')} de ce niveau ou plus grave."


# --- classeurs
def unknown_filter(key: str, known: Iterable[str]) -> str:
    """A condition on something the register has no filter for."""
    names = list(known)
    return (
        f"--filtre\u00a0: {quote(key)} n’est pas un filtre de ce registre. {_suggestion(key, names, '')}".rstrip()
        + f" Filtres possibles\u00a0: {join(names)}."
    )


def unknown_filter_value(key: str, value: str, known: Iterable[str]) -> str:
    """A condition with a value that nothing has."""
    names = list(known)
    some = f"Valeurs possibles\u00a0: {join(names, 'ou')}." if names else "Aucune fiche n’en porte."
    return f"--filtre {key}\u00a0: {quote(value)} n’est pas une valeur connue. {_suggestion(value, names, '')}".rstrip() + f" {some}"


def cell_title() -> str:
    """The title of what a spreadsheet says of a value it refuses."""
    return "Valeur inattendue"


def cell_words(words: list[str]) -> str:
    """A word that a cell does not take."""
    return f"Choisissez dans la liste\u00a0: {join(words, 'ou')}."


def template_title(collection: str) -> str:
    """The title of a workbook to fill."""
    return f"Modèle à remplir\u00a0: {collection}"


def template_id(example: str, *, counted: bool) -> str:
    """What to type as the id of a record."""
    if counted:
        return f"Laissez vide pour une nouvelle ligne\u00a0: le numéro suivant sera donné. Sinon, un numéro de la forme {example}."
    return f"Un identifiant de la forme {example}, qui ne changera plus."


def template_label(column: str) -> str:
    """What to type to name a new record before it has a number."""
    return f"Facultatif. Un mot de votre choix, à reprendre dans la colonne «\u00a0{column}\u00a0» des autres feuilles."


def template_part() -> str:
    """What to type beside a part of a record."""
    return "L’identifiant, ou le repère, de la ligne concernée dans la première feuille."


def template_several(*, lines: bool) -> str:
    """How several values stand in one cell."""
    return "Plusieurs valeurs\u00a0: une par ligne dans la cellule." if lines else "Plusieurs valeurs\u00a0: séparez-les par des virgules."


def template_help(collection: str, key: str, parts: str, *, counted: bool, filled: bool) -> tuple[tuple[str, str], ...]:
    """How to fill a template and to bring it in."""
    new = (
        f"Laissez «\u00a0{key}\u00a0» vide\u00a0: le numéro suivant de l’année sera donné."
        if counted
        else f"Remplissez aussi «\u00a0{key}\u00a0»."
    )
    known = f"Une fiche déjà au portail n’est jamais modifiée\u00a0: identique, elle est laissée\u00a0; différente, l’import s’arrête et le dit{' (changez-la dans data/)' if filled else ''}."
    return (
        ("Contenu", f"Un modèle pour apporter des fiches dans data/{collection}/."),
        ("Remplir", f"Une ligne par fiche dans la première feuille. Les colonnes marquées * sont obligatoires. {new}"),
        ("Autres feuilles", f"Une ligne par élément\u00a0; la colonne «\u00a0{parts}\u00a0» dit à quelle fiche il appartient."),
        (
            "Ne pas changer",
            "Gardez les noms des feuilles et les titres des colonnes. Leur ordre est libre, une colonne facultative peut être retirée.",
        ),
        ("Dates", "Écrivez 31/12/2026, ou une date du tableur."),
        (
            "Apporter",
            "«\u00a0portail importer-xlsx FICHIER.xlsx\u00a0» dit tout ce qui est à corriger, cellule par cellule\u00a0; rien n’est écrit tant qu’il en reste.",
        ),
        ("Fiches existantes", known),
    )


def workbook_too_large(limit: int) -> str:
    """A workbook that no plan needs to be as large as."""
    return f"ce classeur est trop gros pour être un plan (plus de {format_number(limit // 1_000_000)}\u00a0Mo, ou bien davantage une fois ouvert). Retirez les images et les feuilles inutiles, ou partagez-le en plusieurs fichiers."


def workbook_encrypted() -> str:
    """A workbook behind a password."""
    return "ce classeur est protégé par un mot de passe. Ouvrez-le dans votre tableur, retirez le mot de passe, enregistrez et relancez la commande."


def workbook_old() -> str:
    """A workbook of the format of before 2007."""
    return "ce classeur est dans un ancien format (.xls). Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx."


def workbook_unreadable() -> str:
    """A file that is no workbook, or a damaged one."""
    return (
        "ce fichier n’est pas un classeur .xlsx lisible. Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx (classeur Excel)."
    )


def workbook_with_macros() -> str:
    """A workbook that holds programs."""
    return "ce classeur contient des macros, qui ne seront jamais exécutées ici. Enregistrez-le au format .xlsx, sans macros."


def workbook_with_entities() -> str:
    """A workbook made to trap whoever opens it."""
    return "ce classeur contient des instructions qu’aucun tableur n’écrit (DTD ou entités)\u00a0: il n’a pas été ouvert. Recopiez vos lignes dans un nouveau modèle."


def sheet_too_long(sheet: str, limit: int) -> str:
    """A sheet with more rows than any plan has."""
    return f"la feuille {quote(sheet)} compte plus de {format_number(limit)} lignes remplies. Partagez-la en plusieurs classeurs."


def cut_mark() -> str:
    """What ends a text that a cell could not hold."""
    return "… (texte coupé)"


def cut_texts(cells: list[str]) -> str:
    """Texts that a spreadsheet could not hold whole."""
    shown = ", ".join(cells[:_LISTED]) + ("…" if len(cells) > _LISTED else "")
    return f"Un tableur garde {format_number(32_767)} caractères par cellule\u00a0: {count(len(cells), 'texte coupé', 'textes coupés')} ({shown}). La fiche, elle, reste entière."


def cut_cell() -> str:
    """A text that an export had to cut."""
    return "ce texte a été coupé à l’export, car un tableur ne garde pas de texte aussi long. Écrivez cette fiche à la main dans data/, ou raccourcissez le texte et retirez la mention finale."


def wrong_cell_day(value: str) -> str:
    """A cell that holds no day."""
    return f"{quote(value)} n’est pas une date. Écrivez par exemple 31/12/2026."


def counted_cell_day(value: str, day: str) -> str:
    """A number that a spreadsheet would show as a day."""
    return f"{quote(value)} n’est pas une date. C’est peut-être le {day}\u00a0: mettez la cellule au format date, puis vérifiez le jour."


def impossible_cell_day(value: str) -> str:
    """A day that does not exist."""
    return f"le jour {quote(value)} n’existe pas. Vérifiez le jour et le mois (forme JJ/MM/AAAA)."


def wrong_cell_time(value: str) -> str:
    """A cell that holds no time of day."""
    return f"{quote(value)} n’est pas une heure. Écrivez par exemple 14:00."


def text_cell(value: str) -> str:
    """A day or a truth value where a text is expected."""
    return f"un texte est attendu, et la cellule contient {quote(value)}. Mettez la cellule au format Texte, puis écrivez de nouveau."


def cell_without_value(kind: str) -> str:
    """A cell that shows something and holds no value: `erreur`, `formule` or `fusion`."""
    return {
        "erreur": "cette cellule affiche une erreur de calcul. Corrigez la formule, ou écrivez la valeur.",
        "formule": "cette cellule contient une formule qui n’a pas encore été calculée. Ouvrez le classeur dans votre tableur et enregistrez-le, ou écrivez la valeur.",
        "fusion": "cette cellule est fusionnée avec d’autres. Annulez la fusion et écrivez la valeur dans chaque ligne.",
    }[kind]


def missing_cell(title: str, example: str) -> str:
    """A required cell that is empty."""
    shown = f", par exemple {quote(example)}" if example else ""
    return f"cette cellule est vide. Écrivez ici {quote(title)}{shown}."


def one_line_cell() -> str:
    """A text on several lines where one line is expected."""
    return "ce texte tient sur une seule ligne. Retirez les passages à la ligne."


def closed_and_open_cells(status: str, closed: str) -> str:
    """A closure on a row whose status is open."""
    return f"cette ligne porte une clôture alors que son statut est {quote(status)}. Choisissez {quote(closed)}, ou videz les colonnes de la clôture."


def last_postponement_cells(day: str) -> str:
    """A due date that is not the one of the last postponement."""
    return f"l’échéance n’est pas celle du dernier report ({day}). Écrivez cette date, ou ajoutez le report manquant."


def missing_sheet(names: list[str]) -> str:
    """A workbook without the sheet that tells what it brings."""
    return f"il manque une feuille {join([quote(name) for name in names], 'ou')}. Partez du modèle\u00a0: «\u00a0portail exporter xlsx --modele actions\u00a0»."


def several_templates(names: list[str]) -> str:
    """A workbook that brings several collections."""
    return f"ce classeur contient les feuilles {join([quote(name) for name in names])}, qui sont de modèles différents. Gardez un modèle par classeur."


def unknown_sheet(name: str, meant: str) -> str:
    """A sheet that was renamed."""
    return f"feuille inconnue {quote(name)}. Renommez-la {quote(meant)}, ou supprimez-la si elle ne fait pas partie du plan."


def ignored_sheet(name: str) -> str:
    """A sheet of somebody's own."""
    return f"La feuille {quote(name)} n’est pas du modèle\u00a0: elle n’est pas lue."


def unknown_column(title: str, meant: str) -> str:
    """A column that the template does not have."""
    if meant:
        return f"colonne inconnue {quote(title)}. Vouliez-vous écrire {quote(meant)}\u202f? Sinon, supprimez-la."
    return f"colonne inconnue {quote(title)}. Supprimez-la, ou donnez-lui un titre du modèle (feuille Lisez-moi)."


def not_a_template(collection: str) -> str:
    """A register exported to be read, given as a template."""
    return f"ce classeur est une copie de registre, pas un modèle à remplir. Partez de «\u00a0portail exporter xlsx --modele {collection}\u00a0», avec --avec-donnees pour y retrouver vos fiches."


def repeated_column(title: str) -> str:
    """Two columns of one title."""
    return f"deux colonnes portent le titre {quote(title)}. Gardez-en une seule."


def missing_column(title: str) -> str:
    """A required column that is absent."""
    return f"il manque la colonne {quote(title)}, qui est obligatoire. Ajoutez-la, ou reprenez le modèle."


def untitled_column() -> str:
    """A value below no title."""
    return "cette colonne n’a pas de titre. Donnez-lui un titre du modèle dans la première ligne, ou videz-la."


def repeated_row_key(key: str, first: str) -> str:
    """Two rows of one id or one label."""
    return f"{quote(key)} désigne déjà la ligne de {first}. Gardez une seule des deux lignes, ou changez l’un des deux."


def repeated_row(first: str) -> str:
    """Two new rows that say the same."""
    return f"cette ligne dit la même chose que celle de {first}. Supprimez l’une des deux."


def label_like_id(label: str) -> str:
    """A label that looks like the id of a record."""
    return f"{quote(label)} a la forme d’un identifiant. Écrivez-le dans la colonne «\u00a0Identifiant\u00a0», ou choisissez un autre mot."


def unknown_row(key: str, sheet: str, keys: Iterable[str]) -> str:
    """A part of a row that does not exist."""
    return f"{quote(key)} ne désigne aucune ligne de la feuille {quote(sheet)}. {_suggestion(key, keys, 'Reprenez l’identifiant ou le repère de la ligne voulue.')}"


def row_of_known_record(key: str, sheet: str) -> str:
    """A part added to a record that is already there."""
    return f"{quote(key)} est déjà au portail et n’est pas dans la feuille {quote(sheet)}\u00a0: l’import ne modifie pas une fiche existante. Complétez-la dans data/, ou retirez cette ligne."


def record_differs(identifier: str, titles: list[str]) -> str:
    """A row that would change an existing record."""
    return f"{quote(identifier)} est déjà au portail, avec une autre valeur pour {join(titles)}. L’import ne modifie pas une fiche existante\u00a0: changez-la dans data/, ou videz l’identifiant pour en faire une nouvelle."


def origin_without_reference(title: str) -> str:
    """A kind of origin without what it names."""
    return f"le type d’origine est donné sans l’origine elle-même. Écrivez {quote(title)}, ou videz le type."


def nothing_in_workbook(sheet: str) -> str:
    """A template left empty."""
    return f"la feuille {quote(sheet)} ne contient aucune ligne à importer. Remplissez-la à partir de la deuxième ligne."


def out_of_cell_calendar(day: str, first: int, last: int) -> str:
    """A day that no record of this project can be about."""
    return f"{quote(day)} est hors du calendrier du portail. Écrivez une année de {first} à {last}."


def unknown_register(name: str, known: Iterable[str]) -> str:
    """A register that is not exported."""
    names = list(known)
    return (
        f"{quote(name)} n’est pas un registre qui s’exporte. {_suggestion(name, names, '')}".rstrip()
        + f" Registres possibles\u00a0: {join(names, 'ou')}."
    )


def template_is_whole(options: list[str]) -> str:
    """Options that would take something out of a template."""
    return f"Un modèle à remplir est toujours complet\u00a0: {join(options)} ne {'vont' if len(options) > 1 else 'va'} pas avec --modele. Retirez {'ces options' if len(options) > 1 else 'cette option'}."


def filter_form(text: str) -> str:
    """A condition without its value."""
    return (
        f"--filtre\u00a0: {quote(text)} n’a pas la forme attendue. Écrivez par exemple statut=en_retard, sans espace autour du signe égal."
    )


def workbook_name(name: str) -> str:
    """A file whose name is not that of a workbook."""
    return f"{quote(name)} n’est pas un nom de classeur. Écrivez un nom qui finit par .xlsx."


def workbook_is_a_folder(folder: str) -> str:
    """A folder where a file is expected."""
    return f"{quote(folder)} est un dossier. Donnez le nom du fichier à écrire, par exemple {folder}/actions.xlsx."


def workbook_same(name: str) -> str:
    """A file that already holds what would be written."""
    return f"{name} est déjà à jour."


def workbook_exists(name: str) -> str:
    """A file that somebody may have completed."""
    return f"{quote(name)} existe déjà, et quelqu’un l’a peut-être complété. Choisissez un autre nom avec --vers, ou ajoutez --oui pour le remplacer\u00a0: rien n’a été écrit."


def replace_workbook(name: str) -> str:
    """The question before a file is replaced."""
    return f"{name} existe déjà, et quelqu’un l’a peut-être complété. Le remplacer\u202f?"


def workbook_written(name: str, rows: str) -> str:
    """A workbook that was written."""
    return f"{rows} dans {name}."


def template_written(name: str, records: int | None) -> str:
    """A template that was written, empty or (a number) filled with records."""
    shown = f'"{name}"' if " " in name else name
    filled = "" if records is None else f", avec {count(records, 'fiche')}"
    return f"Modèle écrit dans {name}{filled}. {'Remplissez' if records is None else 'Complétez'}-le, puis «\u00a0portail importer-xlsx {shown}\u00a0»."


def searched_text(words: str) -> str:
    """The free search of a page, asked for as a condition."""
    return (
        f"--filtre\u00a0: la recherche de texte ({quote(words)}) ne vaut que pour la page affichée. "
        "Retirez texte=…, puis cherchez ces mots dans le tableur."
    )


def more_cells(number: int, *, at_least: bool) -> str:
    """Mistakes of a workbook that are not listed."""
    return f"et {'au moins ' if at_least else ''}{count(number, 'autre')}."


def cells_to_correct(problems: int, sheets: int, *, at_least: bool) -> str:
    """How many mistakes a workbook holds."""
    return f"{'Au moins ' if at_least else ''}{count(problems, 'erreur')} à corriger dans {count(sheets, 'feuille')}. Corrigez le classeur et relancez la commande\u00a0: rien n’a été écrit."


def import_summary(new: int, same: int) -> str:
    """What an import brings."""
    if not new:
        return (
            f"Rien à écrire\u00a0: {count(same, 'fiche est', 'fiches sont')} déjà au portail, {'identique' if same < 2 else 'identiques'}."  # noqa: PLR2004 - French plural
        )
    kept = f", {count(same, 'inchangée')}" if same else ""
    return f"{count(new, 'fiche nouvelle', 'fiches nouvelles')}{kept}."


def write_records(number: int) -> str:
    """The question before records are written."""
    return f"Écrire {count(number, 'fiche')}\u202f?"


def after_import() -> str:
    """What comes after an import."""
    return "Ensuite\u00a0: «\u00a0portail verifier\u00a0» dit ce qui manque, puis «\u00a0portail enregistrer\u00a0» garde cette version."


# --- documents


def which_session(known: Sequence[str]) -> str:
    """Say that a session must be named, and which there are."""
    if not known:
        return "Ce projet n’a pas encore de conseil. Préparez le premier avec «\u00a0portail nouveau conseil\u00a0»."
    return f"Dites pour quel conseil, par exemple\u00a0: portail documents {known[0]}"


def no_document(conseil: str) -> str:
    """Say that a cancelled session has no such document."""
    return (
        f"{conseil} est annulé\u00a0: il n’a ni convocation ni procès-verbal. Si son jour n’est pas passé, "
        f"«\u00a0portail documents {conseil}\u00a0» écrit le courriel qui l’annonce et le fichier à joindre pour les agendas."
    )


def unusable_logo() -> str:
    """Say that the logo cannot go into documents, which are made without it."""
    return (
        "Le logo nommé dans data/organisme.yml ne peut pas figurer dans les documents, faits sans lui\u00a0: "
        "donnez le chemin, dans docs/, d’une image SVG, PNG ou JPEG de moins de 1 Mo."
    )


def undrawn_characters(characters: Sequence[str]) -> str:
    """Say which characters the fonts of the documents cannot draw."""
    shown = " ".join(characters[:10]) + (" …" if len(characters) > 10 else "")  # noqa: PLR2004 - a line, not a list
    return f"Caractères sans dessin dans les polices des PDF, remplacés par □\u00a0: {shown}"


def unreadable_model(detail: str) -> str:
    """Say why a Word template of the organisation cannot be used."""
    return f"ce modèle ne peut pas être rempli\u00a0: {detail} Corrigez-le dans Word, ou supprimez-le pour reprendre celui de l’outil."


def changed_documents(names: Sequence[str], dossier: str) -> str:
    """Say which documents someone changed, and how to keep them."""
    listed = "".join(f"\n  {name}" for name in names)
    return f"Rien n’est écrit\u00a0: dans {dossier}/, ces fichiers ont été modifiés ou viennent d’ailleurs.{listed}\nDéplacez-les, ou choisissez un autre dossier avec --vers."


def documents_with_names(audience: str) -> str:
    """Warn that documents hold names."""
    return f"Ils portent les noms de data/personnes.local.yml (édition {audience})\u00a0: aux membres seulement. Sans noms\u00a0: --audience auditeur."


def fingerprint_of_minutes(empreinte: str) -> str:
    """Say what links minutes to the state of their record."""
    return (
        f"Les PV portent l’empreinte {empreinte} de la fiche. Rangez le PDF diffusé avec «\u00a0portail nouveau preuve\u00a0», "
        "ou notez cette empreinte dans la fiche (pv, clé empreinte)\u00a0: la page du conseil dira si la fiche change ensuite."
    )


def models_exist(dossier: str, names: Sequence[str]) -> str:
    """Say that Word templates are already there."""
    what, model = ("ce fichier", "le modèle") if len(names) == 1 else ("ces fichiers", "les modèles")
    return f"{dossier}/ a déjà {join(names)}\u00a0: rien n’est écrit. Déplacez {what} pour reprendre {model} de l’outil."


def models_copied(dossier: str, names: Sequence[str]) -> str:
    """Say what to do with the Word templates."""
    listed = ", ".join(names)
    return f"Modèles copiés dans {dossier}/\u00a0: {listed}. Changez-y styles, en-tête et pied de page dans Word\u00a0; gardez les mots entre accolades."


# --- calendriers et flux
def unknown_in_export(identifier: str, collection: str, known: Iterable[str], audience: str) -> str:
    """A certification or a session whose calendar or feed is asked for and that this edition has not."""
    names = sorted(known)
    if audience == "interne":
        return f"{unknown_link(identifier, collection, names)} Rien n’a été écrit."
    advice = "Vérifiez l’identifiant, ou demandez --audience interne."
    return f"{quote(identifier)} n’existe pas dans {collection}, ou n’est pas diffusé au public {quote(audience)}. {_suggestion(identifier, names, advice)} Rien n’a été écrit."


def export_name(name: str, kind: str, example: str) -> str:
    """A file asked for under a name that no program would open; `kind` is what it would be: calendrier, flux."""
    return f"{quote(name)} n’est pas un nom de {kind}. Donnez un nom qui finit par {example[example.rindex('.') :]}, par exemple {example}."


def export_is_a_folder(name: str) -> str:
    """A file asked for where a folder is."""
    return f"{quote(name)} est un dossier\u202f; un fichier est attendu. Choisissez un autre nom."


def not_our_export(name: str, kind: str) -> str:
    """A file that would be replaced and that the portal did not write."""
    return f"{quote(name)} existe déjà et n’est pas un {kind} écrit par le portail. Déplacez-le, ou choisissez un autre nom. Rien n’a été écrit."


# --- modèles Word


def word_not_a_document() -> str:
    """A template that Word would not open as a document."""
    return "ce fichier n’est pas un document Word .docx, non protégé par mot de passe et sans macro (ni .doc, ni .dotx, ni .docm)"


def word_too_heavy() -> str:
    """A template too big to be filled."""
    return "ce document est trop lourd pour un modèle\u00a0: réduisez ses images, retirez ce qui n’est pas à imprimer"


def word_tracked() -> str:
    """A template that still holds changes to be accepted."""
    return "il contient des modifications suivies\u00a0: acceptez-les ou refusez-les toutes"


def word_commented() -> str:
    """A template that holds comments of its authors."""
    return "il contient des commentaires, que chaque document montrerait\u00a0: supprimez-les"


def word_outside(address: str) -> str:
    """A template that would fetch something elsewhere when it is opened."""
    return f"il va chercher {quote(address)} hors du document\u00a0: placez-le dans le document même"


def word_tag_unclosed(tag: str, end: str) -> str:
    """A tag of a template that nothing closes."""
    return f"{quote(tag)} n’est fermé nulle part\u00a0: ajoutez {quote(end)} plus bas, dans la même partie du document"


def word_tag_closes_nothing(tag: str, word: str) -> str:
    """A tag of a template that closes or continues what is not open."""
    return f"{quote(tag)} n’a pas de {quote(word)} ouvert au-dessus"


def word_tag_unknown(tag: str) -> str:
    """A tag of a template with a word or a computation that templates do not have."""
    return f"{quote(tag)} n’est pas prévu dans un modèle\u00a0: for, if, elif, else, macro et leurs fins suffisent"


def word_tag_unreadable(tag: str) -> str:
    """A tag of a template that is not written as tags are."""
    return f"{quote(tag)} ne se lit pas\u00a0: vérifiez ses accolades, ses points et ses mots"


def word_name_unknown(name: str, known: Iterable[str]) -> str:
    """A name of a template that no document has."""
    names = sorted(known)
    close = nearest(name, names)
    advice = f"le plus proche est {quote(close)}" if close else f"les noms possibles sont {', '.join(names)}"
    return f"le nom {quote(name)} n’existe pas\u00a0: {advice}"


def word_name_misplaced(name: str) -> str:
    """A name that exists elsewhere in a document, not where a template uses it."""
    return f"le nom {quote(name)} n’a rien à donner là où il est écrit"


def word_crossed() -> str:
    """Tags of a template that cut across paragraphs, rows or cells."""
    return (
        "une balise s’ouvre dans un paragraphe, une ligne ou une cellule et se ferme dans une autre\u00a0: ouvrez et fermez au même niveau"
    )


def word_endless() -> str:
    """A template whose macro calls itself."""
    return "une macro s’appelle elle-même\u00a0: retirez cet appel"


def word_faults(faults: Sequence[str]) -> str:
    """All that is wrong in a template, in one sentence."""
    shown = list(dict.fromkeys(faults))
    more = f"\u202f; et {count(len(shown) - _LISTED, 'autre faute', 'autres fautes')}" if len(shown) > _LISTED else ""
    return "\u202f; ".join(shown[:_LISTED]) + more + "."


def models_without_session(conseil: str) -> str:
    """Say that copying the templates and making documents are two requests."""
    return f"Avec --modeles, ne donnez pas de conseil\u00a0: copiez d’abord les modèles, puis lancez «\u00a0portail documents {conseil}\u00a0»."


def cancelled_without_revision(conseil: str) -> str:
    """Say that calendars may not notice a cancellation."""
    return (
        f"La convocation était partie\u00a0: augmentez «\u00a0revision\u00a0» de un dans la fiche {conseil}, puis relancez cette commande, "
        "pour que les agendas tiennent compte de l’annulation."
    )


# --- flux lus


_FEED_AGAIN = "Enregistrez à nouveau le flux depuis votre navigateur."


def feed_is_an_address() -> str:
    """An address given where a file is expected."""
    return "c’est une adresse, et cette commande ne va rien chercher sur le réseau. Ouvrez-la dans votre navigateur, enregistrez la page telle quelle, puis donnez ce fichier."


def feed_is_a_folder() -> str:
    """A folder given as a feed."""
    return "c’est un dossier\u00a0; le fichier d’un flux est attendu. Donnez le chemin du fichier lui-même."


def feed_missing() -> str:
    """A file that is not there."""
    return "ce fichier n’existe pas. Vérifiez son nom et le dossier où vous êtes."


def feed_not_a_file() -> str:
    """Something that is neither a file nor a folder."""
    return "ce n’est pas un fichier ordinaire. Donnez un flux enregistré sur ce poste."


def feed_empty() -> str:
    """A file without content."""
    return f"ce fichier est vide. {_FEED_AGAIN}"


def feed_too_large(limit: int) -> str:
    """A file that no feed needs to be as large as."""
    return f"ce fichier pèse plus de {format_number(limit // 1_000_000)}\u00a0Mo, bien plus qu’un flux. Vérifiez que c’est le bon fichier."


def feed_encoding(name: str) -> str:
    """A byte that is no character in the encoding of the file."""
    return f"ce fichier est lu en {name}, mais ce caractère n’existe pas dans cet encodage. Ouvrez-le dans un éditeur de texte et enregistrez-le en UTF-8, sans changer autre chose."


def feed_encoding_unknown(name: str) -> str:
    """An encoding that is not read."""
    return f'l’encodage {quote(name)} n’est pas lu. Enregistrez ce fichier en UTF-8, et écrivez encoding="UTF-8" dans sa première ligne.'


def feed_is_a_page() -> str:
    """A web page saved instead of the feed."""
    return "c’est une page web, pas un flux. Cherchez sur ce site le lien «\u00a0RSS\u00a0», «\u00a0Atom\u00a0» ou «\u00a0flux\u00a0», et enregistrez ce qu’il ouvre."


def feed_of_another_kind() -> str:
    """A file that is neither XML nor JSON."""
    return "ce fichier n’est ni du XML ni du JSON. Un flux RSS, Atom ou JSON Feed est attendu."


def feed_root(root: str) -> str:
    """XML of something else."""
    return f"ce XML n’est pas un flux\u00a0: sa racine est {quote(root)}\u00a0; rss, RDF ou feed est attendu. Donnez un flux RSS ou Atom."


def feed_with_dtd() -> str:
    """A feed made to trap whoever opens it, or an old one that declares its type."""
    return "ce flux contient une DTD (<!DOCTYPE …>), qui peut déclarer des entités dangereuses\u00a0: il n’a pas été lu. S’il vient d’une source sûre, supprimez cette déclaration dans un éditeur de texte, puis relancez la commande."


_XML = {
    2: "une balise est mal écrite",
    4: "un caractère n’a pas sa place ici\u00a0; un «\u00a0&\u00a0» ou un «\u00a0<\u00a0» seul s’écrit &amp; ou &lt;",
    7: "cette balise ne ferme pas celle qui était ouverte",
    8: "un attribut est écrit deux fois",
    9: "le flux est fini, et quelque chose le suit",
    11: "cette entité n’existe pas en XML\u00a0; écrivez le caractère lui-même, par exemple «\u00a0é\u00a0» au lieu de &eacute;",
    14: "un numéro de caractère n’existe pas",
    27: "le préfixe de cette balise n’est déclaré nulle part (xmlns)",
    30: "la déclaration <?xml …?> n’est pas au début",
}


def feed_malformed(number: int) -> str:
    """XML that cannot be read, by the number of the error of its parser."""
    reason = _XML.get(number, "la syntaxe du XML n’est pas respectée")
    return f"ce flux n’est pas du XML bien formé à cet endroit\u00a0: {reason}. Corrigez-le, ou demandez un flux correct à qui le publie."


def feed_truncated() -> str:
    """A file that stops before its end."""
    return f"le flux s’arrête avant la fin. {_FEED_AGAIN}"


def feed_too_deep(limit: int) -> str:
    """A file nested without measure."""
    return f"ce flux emboîte plus de {limit}\u00a0niveaux, ce qu’aucun flux ne fait. Vérifiez que c’est le bon fichier."


def feed_too_long(limit: int) -> str:
    """A file of more elements than anybody reads."""
    return f"ce flux est démesuré\u00a0: plus de {format_number(limit)}\u00a0éléments, ou bien trop de balises. Partagez-le en plusieurs fichiers."


def feed_unreadable() -> str:
    """A feed on which the parser fails."""
    return "ce flux ne peut pas être lu. Ouvrez-le dans un éditeur de texte pour vérifier que c’est le bon fichier."


_JSON = {
    "Expecting value": "une valeur est attendue ici",
    "Expecting property name": "une clé entre guillemets doubles est attendue ici",
    "Expecting ':'": "il manque un deux-points après la clé",
    "Expecting ','": "il manque une virgule",
    "Illegal trailing comma": "une virgule est de trop",
    "Invalid control character": "un caractère invisible, ou un retour à la ligne, est dans un texte",
    "Invalid \\escape": "une barre oblique inversée est mal employée",
    "Extra data": "le flux est fini, et quelque chose le suit",
}


def json_malformed(problem: str) -> str:
    """JSON that cannot be read, by the English reason of its parser."""
    reason = next((french for english, french in _JSON.items() if problem.startswith(english)), "la syntaxe du JSON n’est pas respectée")
    return f"ce flux n’est pas du JSON bien formé à cet endroit\u00a0: {reason}. Corrigez-le, ou demandez un flux correct à qui le publie."


def json_twice(key: str) -> str:
    """A key written twice in one object."""
    return f"la clé {quote(key)} est écrite deux fois dans le même objet\u00a0: rien ne dit laquelle compte. Supprimez l’une des deux."


def json_of_another_kind() -> str:
    """JSON of something else."""
    return 'ce JSON n’est pas un flux\u00a0: la clé "version" avec https://jsonfeed.org/version/1 ou 1.1 est attendue. Donnez un flux JSON Feed, RSS ou Atom.'


def json_value(path: str, kind: str) -> str:
    """A value of a JSON Feed of another kind than its format says, by the English kind of the error."""
    expected = {"missing": "cette clé est attendue", "list_type": "une liste est attendue", "model_type": "un objet est attendu"}
    return (
        f"{path}\u00a0: {expected.get(kind, 'un texte est attendu')}. Corrigez cette valeur, ou demandez un flux correct à qui le publie."
    )


# --- veille


def feed_summary(title: str, number: int, made: Mapping[str, int]) -> str:
    """What a feed holds, and what was already made of it; `made` counts the elements that are not proposed, by the word that says why."""
    words = {"garde": "déjà gardé", "ecarte": "déjà écarté", "repete": "répété", "vide": "sans contenu"}
    told = [_with_adverb(made[key], word) for key, word in words.items() if made.get(key)]
    held = f"{quote(title)}\u00a0: {count(number, 'élément')}" if title else f"Flux sans titre\u00a0: {count(number, 'élément')}"
    return f"{held}{', dont ' + join(told) if told else ''}."


def _with_adverb(number: int, word: str) -> str:
    """A count whose adverb does not vary: “3 déjà gardés”, “2 sans contenu”."""
    return count(number, word, word if word.startswith("sans") else f"{word}s")


def to_sort(number: int) -> str:
    """What is left to sort in a feed."""
    return f"À trier\u00a0: {count(number, 'élément')}." if number else "Rien de nouveau à trier."


def undated() -> str:
    """An element of a feed without a day that can be read."""
    return "sans date"


def how_to_sort(fichier: str) -> str:
    """How to choose among the elements of a feed without answering questions."""
    shown = f'"{fichier}"' if " " in fichier else fichier
    return (
        f"Choisissez par leurs numéros, par exemple\u00a0: portail importer-veille {shown} --garder 1,3-5 --ecarter reste. "
        "Ceux que vous ne nommez pas seront proposés de nouveau. Rien n’a été écrit."
    )


def keep_or_drop() -> str:
    """The question asked about each element of a feed."""
    return "Garder, écarter, plus tard ou arrêter\u202f? (g/e/p/a)"


def keep_or_drop_answers() -> str:
    """An answer that is none of those expected."""
    return "Répondez g (garder), e (écarter), p (plus tard) ou a (arrêter)."


def wrong_ranks(option: str, text: str) -> str:
    """Numbers that cannot be read."""
    words = "tous ou reste" if option == "--ecarter" else "tous"
    return f"{option}\u00a0: {quote(text)} ne se lit pas. Écrivez des numéros de la liste, par exemple 1,3-5, ou {words}."


def unknown_rank(option: str, rank: int, last: int) -> str:
    """A number that no element of the list has."""
    if not last:
        return f"{option}\u00a0: ce flux ne contient aucun élément."
    return f"{option}\u00a0: aucun élément de la liste n’a le numéro {rank}. Les numéros vont de 1 à {last}\u00a0; relancez la commande sans option pour les voir."


def kept_and_dropped(rank: int) -> str:
    """A number given to both options."""
    return f"Le numéro {rank} est à la fois dans --garder et dans --ecarter. Retirez-le de l’une des deux."


def already_kept(rank: int, identifier: str) -> str:
    """An element that is a record already."""
    return f"Le numéro {rank} est déjà gardé\u00a0: {identifier}."


def already_dropped(rank: int, day: str) -> str:
    """An element that was set aside."""
    return f"Le numéro {rank} a été écarté le {day}. Pour le reprendre, effacez-le de data/veille_ecartee.yml."


def undated_kept(day: str) -> str:
    """A kept element whose day nobody knows."""
    return f"le flux ne donne pas sa date\u00a0; {day} a été écrit, le jour du relevé"


def unusable_element(rank: int, reason: str) -> str:
    """An element that cannot be a record."""
    return f"Le numéro {rank} ne peut pas être gardé\u00a0: {reason} Rien n’a été écrit."


def watch_sorted(kept: int, dropped: int) -> str:
    """What was made of the elements of a feed."""
    told = [count(kept, "élément gardé", "éléments gardés")] if kept else []
    if dropped:
        told.append(
            f"{count(dropped, 'élément écarté', 'éléments écartés')}, qui ne {'sera' if dropped == 1 else 'seront'} plus {'proposé' if dropped == 1 else 'proposés'}"
        )
    return f"{', '.join(told)}."


def after_import_watch() -> str:
    """What comes after elements of a feed were kept."""
    return (
        "Ensuite, dans chaque fiche\u00a0: relisez le résumé, dites qui est concerné (clé portee) et ce que cela change ici (clé analyse). "
        "Elle reste interne tant que la ligne «\u00a0visibilite: interne\u00a0» y est. "
        "Puis «\u00a0portail verifier\u00a0» et «\u00a0portail enregistrer\u00a0»."
    )


def after_new_watch(fichier: str) -> str:
    """What comes after a new watch entry."""
    return (
        f"Ensuite\u00a0: complétez {fichier} (portee, entrees_en_vigueur), dites ce que cela change ici (clé analyse), "
        "puis «\u00a0portail verifier\u00a0» et «\u00a0portail enregistrer\u00a0»."
    )


def does_not_bind(exigence: str, numero: str, raison: str, jour: str) -> str:
    """An assessment of a requirement that does not apply."""
    return f"{exigence} est sans objet pour {numero} au {jour} ({raison})\u00a0; cette évaluation ne comptera pas."


def conforme_without_proof() -> str:
    """A good status that nothing shows."""
    return "ce statut conforme ne cite aucune preuve\u00a0; ajoutez-en une (clé preuves)."


def no_template(collection: str, known: Iterable[str]) -> str:
    """A register that is computed, not filled in."""
    return f"Le registre {collection} se calcule, il ne se remplit pas\u00a0: il n’a pas de modèle. Modèles possibles\u00a0: {join(list(known), 'ou')}."


_NAMED_FILES = 3


def unread_records(fichiers: Sequence[str]) -> str:
    """Records of an old state that this version of the tool cannot read."""
    others = fichiers[_NAMED_FILES:]
    shown = join([*fichiers[:_NAMED_FILES], *([f"{len(others)} autres"] if others else [])])
    return f"{count(len(fichiers), 'fiche laissée', 'fiches laissées')} de côté, que cette version de l’outil ne lit pas\u00a0: {shown}. Lisez-les dans l’état d’origine."


def state_unreadable(nom: str) -> str:
    """A state without the record of its organisation."""
    return f"{quote(nom)} n’a pas de fiche data/organisme.yml lisible\u00a0: donnez un état qui en a une."


def unknown_state(asked: str) -> str:
    """A name that leads to no state of the records."""
    return (
        f"{quote(asked)} n’est ni un dossier, ni une édition, ni une version de l’historique. "
        "Donnez par exemple «\u00a0.\u00a0» (les fiches de maintenant), 2026.1 (une édition), publication/2026.1 (son dossier), HEAD~10 ou une date d’étiquette."
    )


def edition_unreadable(folder: str) -> str:
    """A folder that says it is an edition and is not whole."""
    return f"l’édition {folder} ne se lit pas\u00a0: edition.json ou api/v1/ manque ou est abîmé. Vérifiez-la avec «\u00a0portail verifier-edition {folder}\u00a0»."


def narrower_audience(nom: str, audience: str) -> str:
    """An edition that holds less than what is asked."""
    return f"{quote(nom)} est une édition «\u00a0{audience}\u00a0»\u00a0: la comparaison se fait pour ce public."


def edition_name(nom: str) -> str:
    """A name that no edition may have."""
    return (
        f"{quote(nom)} ne peut pas nommer une édition. Commencez par un chiffre, puis des chiffres, des minuscules sans accent, des points et des tirets, "
        "quarante caractères au plus, par exemple 2026.1 ou 2026.1-auditeur."
    )


def edition_exists(nom: str) -> str:
    """An edition is never published twice under a name."""
    return f"l’édition {nom} existe déjà, ou a existé\u00a0: une édition ne change jamais. Choisissez un autre nom."


def other_audience(root: str, held: str, asked: str) -> str:
    """A publication for one audience never holds another."""
    return f"{root} est la publication du public {quote(held)}. Publiez pour {quote(asked)} dans un autre dossier\u00a0: --vers publication-{asked}."


def no_history_to_publish() -> str:
    """A project whose records were never saved."""
    return "ce projet n’a pas encore de version enregistrée. Enregistrez-la (portail enregistrer), ou publiez avec --sans-historique."


def shallow_history() -> str:
    """A history without its beginning."""
    return (
        "l’historique d’ici est incomplet (copie sans les versions anciennes)\u00a0: l’édition dirait moins que ce qui a été fait. "
        "Publiez depuis une copie entière, ou avec --sans-historique."
    )


def unsaved_changes(shown: Sequence[str], number: int) -> str:
    """Work that no saved version holds."""
    others = f" et {number - len(shown)} autres" if number > len(shown) else ""
    return (
        f"des changements ne sont pas enregistrés\u00a0: {', '.join(shown)}{others}. Enregistrez-les (portail enregistrer), puis publiez."
    )


def disk_full() -> str:
    """No room left."""
    return "le disque est plein. Rien n’a été publié. Faites de la place, puis relancez la même commande."


def build_refused(lines: Sequence[str]) -> str:
    """What the site engine said when it stopped."""
    told = "\n".join(f"  {line}" for line in lines if line.strip())
    return f"le site ne se construit pas, rien n’a été publié.\n{told}" if told else "le site ne se construit pas, rien n’a été publié."


def publishing_elsewhere() -> str:
    """Somebody else publishes in the same folder."""
    return "Une autre publication est en cours dans ce dossier\u00a0; celle-ci attend qu’elle finisse."


def no_such_edition(nom: str, known: Sequence[str]) -> str:
    """An edition to withdraw that is not there."""
    told = f"Éditions présentes\u00a0: {join(list(known))}." if known else "Aucune édition n’est publiée ici."
    return f"il n’y a pas d’édition {quote(nom)} à retirer. {told}"


def withdrawal_needs_reason() -> str:
    """A withdrawal says why to its readers."""
    return 'Dites pourquoi\u00a0: --motif "…". Les lecteurs verront ce motif à la place de l’édition.'


def missing_title() -> str:
    """An edition without title."""
    return 'Donnez un titre à l’édition\u00a0: --titre "Revue de direction 2026".'


def confirm_withdrawal(nom: str) -> str:
    """What is asked before an edition is removed."""
    return f"Retirer l’édition {nom}\u202f? Ses fichiers seront effacés pour de bon\u00a0; son nom ne pourra plus servir."


def not_withdrawn() -> str:
    """A withdrawal that nobody confirmed."""
    return "Rien n’a été retiré. Confirmez au terminal, ou relancez avec --oui."


def withdrawn(nom: str) -> str:
    """An edition that gave way to its notice."""
    return f"Édition {nom} retirée\u00a0: un avis daté la remplace. Retirez-la aussi des sauvegardes et de l’hébergeur, par une nouvelle copie de la publication."


def edition_published(nom: str, folder: str, files: int, empreinte: str) -> str:
    """An edition in place."""
    return f"Édition {nom} publiée dans {folder}/\u00a0: {count(files, 'fichier')}.\nEmpreinte du manifeste (SHA-256)\u00a0: {empreinte}"


def edition_recorded(fichier: str) -> str:
    """The record of an edition, to be kept."""
    return f"Fiche écrite\u00a0: {fichier}. Gardez-la (portail enregistrer)\u00a0: les prochaines éditions citeront celle-ci."


def manifest_missing(folder: str) -> str:
    """A folder that has no manifest."""
    return f"{folder} n’a pas de manifeste (MANIFESTE.sha256)\u00a0: ce n’est pas une édition, ou le fichier a été effacé."


def manifest_broken(folder: str) -> str:
    """A manifest that is not one."""
    return f"le manifeste de {folder} est coupé ou abîmé\u00a0: rien ne peut être vérifié."


def edition_altered(kind: str, name: str) -> str:
    """One file that is not as the manifest says."""
    return {"altere": f"modifié\u00a0: {name}", "manquant": f"manquant\u00a0: {name}", "en_trop": f"en trop\u00a0: {name}"}[kind]


def edition_not_whole(number: int) -> str:
    """What a verification ends with when files differ."""
    return f"Cette édition n’est pas intacte\u00a0: {count(number, 'fichier')} en cause."


def edition_whole(files: int, nom: str, day: str) -> str:
    """What a verification ends with when nothing differs."""
    return f"Édition {nom}, situation au {day}\u00a0: {count(files, 'fichier')}, tous tels que le manifeste les décrit, aucun en trop."


def edition_withdrawn_on(nom: str, day: str) -> str:
    """A folder that holds a notice."""
    return f"L’édition {nom} a été retirée le {day}\u00a0; il reste son avis, intact."


def unsigned_edition() -> str:
    """What an unsigned manifest does not prove."""
    return "Ni signature ni horodatage\u00a0: l’intégrité est vérifiée, pas l’auteur ni la date de publication."


def cannot_sign(key: str, detail: str) -> str:
    """A signature that could not be made."""
    return f"la signature n’a pas pu être faite avec {key}\u00a0({detail}). Donnez une clé SSH privée que vous pouvez lire."


def signed_by(who: str) -> str:
    """A signature by a key one trusts."""
    return f"Signature valide, de {who}."


def signed_by_unknown(key: str) -> str:
    """A signature that holds, by a key nobody vouched for."""
    return f"Signature valide, de la clé {key}. Cette clé n’a pas été comparée à une liste\u00a0: donnez-la avec --signataires."


def signer_unknown(signers: str) -> str:
    """A signature by a key that is not in the list."""
    return f"Signature d’une clé absente de {signers}."


def signature_broken() -> str:
    """A signature of something else."""
    return "Signature fausse\u00a0: elle ne correspond pas à ce manifeste."


def timestamped(when: str) -> str:
    """A timestamp that holds."""
    return f"Horodatage valide\u00a0: {when}."


def timestamp_unchecked(when: str) -> str:
    """A timestamp whose authority nobody gave."""
    return f"Horodatage présent ({when or 'illisible'}), non vérifié\u00a0: donnez le certificat de l’autorité avec --autorite."


def timestamp_broken() -> str:
    """A timestamp of something else, or of an authority that is not the one given."""
    return "Horodatage faux\u00a0: il ne correspond pas à ce manifeste, ou pas à cette autorité."


def missing_program(name: str) -> str:
    """A program of the system that is not there."""
    return f"le programme {name} est introuvable. Installez-le (Debian\u00a0: {'openssh-client' if name.startswith('ssh') else name}), puis relancez."


def server_error(status: str) -> tuple[str, str]:
    """The title and the sentence of the page a web server shows instead of the one that was asked for."""
    known = {
        "403": (
            "Accès refusé",
            "Cette adresse s’ouvre avec le lien personnel qui vous a été envoyé. Reprenez ce lien en entier, ou demandez-le à l’organisme qui vous l’a adressé.",
        ),
        "404": ("Page introuvable", "Cette page n’existe pas ou n’existe plus. Revenez en arrière, ou repartez de l’accueil."),
        "410": (
            "Dossier fermé",
            "Ce dossier n’est plus consultable\u00a0: son lien a expiré ou a été révoqué. Demandez-en un nouveau à l’organisme qui vous l’a adressé.",
        ),
    }
    return known.get(status, ("Demande impossible", "Le serveur n’a pas pu répondre à cette demande. Revenez en arrière et réessayez."))


def unusable_in_server(quoi: str, valeur: str) -> str:
    """A value that a web server's configuration cannot hold."""
    return f"{quoi}\u00a0: {quote(valeur)} ne peut pas entrer dans la configuration du serveur\u00a0; choisissez un nom sans guillemet, dollar, accolade, point-virgule ni retour à la ligne."


def dossier_id(identifiant: str) -> str:
    """An identifier that makes no address of a dossier."""
    return f"{quote(identifiant)} n’est pas un identifiant de dossier\u00a0: utilisez au plus 40 lettres sans accent, chiffres et tirets, par exemple AUD-2026-01."


def dossiers_alike(identifiant: str) -> str:
    """Two dossiers that a web server takes for one."""
    return f"Deux dossiers ne diffèrent que par les majuscules de {quote(identifiant)}\u00a0; changez l’un des deux identifiants."


def kept_outside(fichier: str, dossier: str) -> str:
    """A signing key, a configuration or a log kept where readers could ask for it."""
    return f"{quote(fichier)} serait dans le dossier publié {quote(dossier)}, où chacun pourrait le demander\u00a0; gardez-le ailleurs."


def no_secret(fichier: str) -> str:
    """A file that should hold the signing key and does not."""
    return f"{quote(fichier)} ne contient pas le secret du serveur\u00a0; supprimez ce fichier pour en créer un autre (les liens déjà envoyés ne s’ouvriront plus)."


def no_edition(dossier: str) -> str:
    """A folder that holds no built site."""
    return f"{quote(dossier)} ne contient pas de site construit\u00a0: il y faut index.html. Construisez l’édition d’abord."


def link_in_edition(fichier: str) -> str:
    """A symbolic link among built pages: what it leads to may be anything."""
    return f"{quote(fichier)} est un lien symbolique\u00a0; remplacez-le par le fichier lui-même, ou retirez-le."


def which_certifications() -> str:
    """A dossier about nothing."""
    return "Dites sur quelles certifications\u00a0: portail dossier RNCP12345 --expire 2026-12-31."


def which_expiry() -> str:
    """A dossier without end."""
    return "Dites jusqu’à quand le dossier s’ouvre\u00a0: --expire 2026-12-31."


def expiry_past(day: str) -> str:
    """A dossier that would never open."""
    return f"Le {day} est déjà passé\u00a0: le dossier ne s’ouvrirait jamais."


def dossier_made(identifier: str, folder: str, fichier: str) -> str:
    """A dossier in place."""
    return f"Dossier {identifier} fait dans {folder}/.\nInscrit au registre\u00a0: {fichier}. Gardez cette fiche (portail enregistrer)."


def dossier_phrase(name: str, phrase: str) -> str:
    """The phrase of an encrypted ZIP, told once."""
    return f"{name} s’ouvre avec\u00a0: {phrase}\nDites cette phrase par un autre canal que le fichier. Elle n’est gardée nulle part."


def dossier_link(link: str) -> str:
    """The link of a dossier, told once."""
    return (
        f"Lien du dossier, une fois le contenu de lien/ en ligne\u00a0:\n{link}\n"
        "Qui a ce lien a tout. Il n’est gardé nulle part. Le retirer de l’hébergement est la seule protection après remise."
    )


def dossier_server(folder: str, link: str) -> str:
    """The configuration of a server, and the link it opens."""
    return f"Configuration nginx écrite dans {folder}/\u00a0: rechargez le serveur. Lien signé\u00a0: {link}"


def dossier_purged(identifier: str) -> str:
    """A dossier whose last day is past."""
    return f"Dossier {identifier} expiré\u00a0: ses fichiers sont effacés d’ici."


def already_revoked(identifier: str) -> str:
    """A revocation that was made before."""
    return f"Le dossier {identifier} est déjà révoqué."


def dossier_revoked(identifier: str, fichier: str, *, server: bool) -> str:
    """A dossier taken back."""
    end = "Rechargez le serveur." if server else "Effacez-le aussi de l’hébergement, et redonnez --nginx si un serveur l’ouvre."
    return f"Dossier {identifier} révoqué\u00a0: ses fichiers sont effacés d’ici, {fichier} le dit. {end} Ce qui a été copié reste chez qui l’a."
