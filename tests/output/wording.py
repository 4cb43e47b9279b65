"""How French says that something is an obligation, and how it says that it is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OBLIGATIONS = (
    r"doi[st]|doivent|dev(?:ons|ez|r(?:a|as|ez|ons|ont|ais|ait|aient|iez|ions))",
    r"devoirs?",
    r"(?:il|qu’il|s’il) (?:vous |nous |lui |leur |en |y )?fa(?:ut|udra|udrait|llait|llut)|faudra(?:it)?|faut",
    r"obligatoires?|obligatoirement|obligations?",
    r"oblig(?:er|eant|eait|eaient|ea|e|ent|era|eront|erait|é|ée|és|ées)",
    r"(?:est|sont|êtes|sommes|était|étaient|sera|seront|serait|seraient|soit|soient) (?:\w+ )?tenue?s?(?= (?:de |d’|à ce ))",
    r"impos(?:er|ant|ait|aient|a|e|ent|era|eront|erait|é|ée|és|ées)",
    r"exig(?:er|eant|eait|eaient|ea|e|ent|era|eront|erait|é|ée|és|ées|ible|ibles)",
    r"impérati(?:f|fs|ve|ves|vement)",
    r"interdi(?:re|t|te|ts|tes|sent|sait|ra|ction|ctions)",
    r"requi(?:s|se|ses|ert|èrent|érir)|requièrent|requérir|requérait",
    r"contrain(?:t|te|ts|tes|dre|gnent|gnant)|astrei(?:nt|nte|nts|ntes)",
    r"indispensables?",
    r"sous peine|à peine de",
)
"""Words of obligation, one idea a line."""
_ANY = re.compile(rf"(?<![\w’])(?:[ldnsmtcj]’|qu’|lorsqu’|puisqu’)?(?P<words>{'|'.join(OBLIGATIONS)})(?![\w’])", re.IGNORECASE)

NONE = (
    # The negation is of the verb of obligation itself: “ne doit pas” forbids, and is no allowance.
    r"n’(?:(?:y|en) )?(?:impos|oblig|exig)(?:e|ent|ait|eait|aient|eaient|era|eront)",
    r"ne (?:l’|les |le |la |lui |leur |vous |nous )(?:en |y )?(?:impos|oblig|exig)(?:e|ent|ait|eait|aient|eaient|era|eront)",
    r"ne (?:le |la |l’|les |vous |nous )?contrai(?:nt|gnent|gnait)",
    r"non contraignante?s?",
    r"(?:n’est|ne sont|n’était|n’étaient|n’en est|ne devient|ne deviennent|n’ont été|n’a été|ne font)(?: donc| alors| là)? (?:pas|jamais|ni|plus) (?:une |des |d’|un )?(?:obligations?|obligatoires?|exigée?s?|requise?s?|imposée?s?|interdite?s?|exigibles?)",
    r"(?:aucune?|rien)(?: d’entre eux| d’elles)? n’est (?:obligatoire|exigée?|requise?|imposée?|interdite?)",
    r"(?:n’a|n’ont) rien d’obligatoire",
    r"(?:aucune|sans|nulle|ni|pas d’|jamais d’|non) ?obligat(?:ions?|oires?)",
    r"sans (?:être |que rien soit )?(?:obligatoires?|exigée?s?|requise?s?|imposée?s?)",
    r"ne (?:le |la |les )?rend(?:ent)? (?:pas |jamais )?(?:[\w’ ]{1,40} )?obligatoires?",
    r"n’est (?:pas|jamais) (?:présentée?|écrite?) comme (?:une obligation|obligatoire)",
    r"aucun texte(?: \w+)? qui (?:le |la |l’|les |vous )?(?:impos|oblig|exig)(?:e|ent)",
    r"distinguer une obligation d’un usage|une obligation ou (?:un|à un) usage",
    # A question, such as the title of the report, asks whether; it does not say that.
    r"faut-il|demand(?:e|ait) s’il fallait",
    # If need be.
    r"s’il le faut",
)
"""What says that there is none, to the word."""
_NONE = re.compile(rf"(?<!\w)(?:{'|'.join(NONE)})(?!\w)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…]\*\*))\s+|\n\s*\n|\n\s*(?=[-*☐|])")
_MARK = re.compile(r"^(?:[-*☐]\s+|\|\s*)*")


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences and the items of a text, spaces folded."""
    for sentence in _SENTENCE.split(text):
        folded = " ".join(sentence.split())
        if bare := _MARK.sub("", folded, count=1):
            yield bare


def obligations(text: str) -> list[str]:
    """Return the words by which a text says that something is an obligation; what says that there is none is no such word."""
    plain = " ".join(text.replace("'", "’").split())
    return [found["words"] for found in _ANY.finditer(_NONE.sub("·", plain))]
