"""A public macro: what a page author types, checked before anything is shown."""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING

from macros import messages
from macros.rendering import set_aside

if TYPE_CHECKING:
    from collections.abc import Callable


class MacroError(ValueError):
    """A macro called on a page with a value it cannot use; the message is for the author of the page."""


class Macro:
    """A public macro. Named without its parentheses in a page, it says so instead of showing an address in memory."""

    def __init__(self, name: str, function: Callable[..., str]) -> None:
        """Keep the name, for messages, and what makes the text."""
        self.name, self.function, self.__signature__ = name, function, signature(function)

    def __call__(self, *arguments: object, **named: object) -> str:
        """Return the text of the macro; raise `MacroError` for values it does not take."""
        try:
            self.__signature__.bind(*arguments, **named)
        except TypeError:
            raise MacroError(messages.wrong_macro_call(self.name)) from None
        return self.function(*arguments, **named)

    def __str__(self) -> str:
        """Refuse to be shown."""
        raise MacroError(messages.macro_without_parentheses(self.name))


def finished(macro: Callable[..., str]) -> Callable[..., str]:
    """Mark what a macro returns as finished HTML, which crosses Markdown untouched."""

    def made(*arguments: object, **named: object) -> str:
        return set_aside(macro(*arguments, **named))

    return made
