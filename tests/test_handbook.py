"""The handbook stays readable: short chapters, which say for whom they are, and show the organisation itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.output.prose import count_words, macros_called, prose

HANDBOOK = Path(__file__).parents[1] / "docs" / "manuel"
PAGES = sorted(HANDBOOK.glob("*.md"))
CHAPTERS = [page for page in PAGES if page.name != "index.md"]
LONGEST = 900
WITHOUT_MACRO = {
    "statuts.md": "it gives the meaning of words",
}
"""Chapters that show nothing of the organisation, each with its reason."""
_MODEL = r'(?:!!! note "Modèle à compléter"\n(?: {4}[^\n]+\n)+\n)?'
"""What a template for the organisation says of itself first."""
OPENING = re.compile(rf"\A# [^\n]+\n+{_MODEL}\*\*Pour qui\*\*\s?: [^\n]+? \*\*Vous saurez\*\* [^\n]+\.\n\n")
_FRONT = re.compile(r"\A---\n.*?\n---\n\s*", re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_not_long(page: Path) -> None:
    """No page of the handbook is over 900 words: a longer one is two pages."""
    assert count_words(page.read_text("utf-8")) <= LONGEST


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_a_chapter_says_for_whom_it_is(page: Path) -> None:
    """It opens with whom it is for, and what one can do after reading it."""
    assert OPENING.match(_FRONT.sub("", page.read_text("utf-8")))


def test_a_chapter_shows_the_organisation_itself() -> None:
    """Each calls a macro, exceptions named with their reason and dropped when no longer needed."""
    silent = {page.name for page in CHAPTERS if not macros_called(page.read_text("utf-8"))}
    assert silent == set(WITHOUT_MACRO)


PAGE = """---
title: Un titre
---

# Deux mots

**Pour qui** : moi. **Vous saurez** tout.

Voir [le texte](https://exemple.fr/a/b) et l’« été » : oui.

{{ tableau_actions(certification="RNCP99001", statut="en_retard") }}

```yaml
cle: {{ non() }}
```

<!-- rien -->
Tapez `portail nouveau` ici.
{: .classe }

| A | B |
| --- | --- |
| c | d_e |

<svg role="img"><title>Une image</title><path d="M 0 0"/><text x="1">dessin</text></svg>
"""


def test_only_prose_is_counted() -> None:
    """Front matter, code, comments, calls of macros, targets of links and markup are no words; the texts of a drawing are."""
    read = "Deux mots Pour qui : moi. Vous saurez tout. Voir le texte et l’« été » : oui. Tapez ici. | A | B | | c | d_e | Une image dessin"
    assert " ".join(prose(PAGE).split()) == read
    assert count_words(PAGE) == 24
    assert macros_called(PAGE) == ["tableau_actions"]
    assert count_words("# Un\n\n" + "mot " * LONGEST) == LONGEST + 1


@pytest.mark.parametrize(
    "text", ["# T\n\nTexte.\n\n", "# T\n\n**Pour qui** : moi.\n\n", "# T\n\nAvant.\n\n**Pour qui** : moi. **Vous saurez** tout.\n\n"]
)
def test_an_opening_that_lacks_something_is_seen(text: str) -> None:
    """Both parts, in the first paragraph."""
    assert OPENING.match("# T\n\n**Pour qui** : moi. **Vous saurez** tout.\n\n")
    assert not OPENING.match(text)
