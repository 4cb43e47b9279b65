"""The command line in French: its help and its refusals, which the library words in English."""

from __future__ import annotations

import os
import re
import traceback
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from macros import messages
from macros.cli.console import errors

if TYPE_CHECKING:
    from collections.abc import Callable

_INTERRUPTED = 130
"""What shells expect after Ctrl+C."""
_HELP = {
    "Usage: ": "Utilisation\u00a0: ",
    "[OPTIONS]": "[OPTIONS]",
    "COMMAND [ARGS]...": "COMMANDE [ARGUMENTS]…",
    "Show this message and exit.": "Afficher cette aide.",
    "\nOptions:": "\nOptions\u00a0:",
    "\nCommands:": "\nCommandes\u00a0:",
    "\nArguments:": "\nArguments\u00a0:",
    "[required]": "(obligatoire)",
    "  [default: ": "  (par défaut\u00a0: ",
}


def french_help(text: str) -> str:
    """Return a help text whose fixed words are French."""
    for english, french in _HELP.items():
        text = text.replace(english, french)
    text = re.sub(r"\{(\w+)\}(?:(\.\.\.)|)", lambda found: f"{found[1]}{'…' if found[2] else ''}", text)
    text = re.sub(r" <(?:list\[\w+\]|\w+)>", lambda found: " " * len(found[0]), text)  # types of the code; columns stay
    text = re.sub(r"; (\d+)<=x<=(\d+)", r", de \1 à \2", text)
    return re.sub(r"(\(par défaut\u00a0: [^\]\n]*)\]", r"\1)", text)


class FrenchCommand(TyperCommand):
    """A command whose help is French."""

    def get_help_option_names(self, ctx: Any) -> list[str]:
        """Return the names of the help option in one order: the library keeps them in a set."""
        return sorted(super().get_help_option_names(ctx))

    def get_help(self, ctx: Any) -> str:
        """Return the help of the command."""
        return french_help(super().get_help(ctx))


class FrenchGroup(TyperGroup):
    """The command of commands, with French help."""

    def get_help_option_names(self, ctx: Any) -> list[str]:
        """Return the names of the help option in one order: the library keeps them in a set."""
        return sorted(super().get_help_option_names(ctx))

    def get_help(self, ctx: Any) -> str:
        """Return the help of all commands."""
        return french_help(super().get_help(ctx))


def run(app: Callable[..., Any]) -> int:
    """Run the application; tell every refusal in French and return the exit code.

    A fault of the tool is one sentence too; its traceback is for `PORTAIL_DEBUG`.
    """
    try:
        code = app(standalone_mode=False)
    except (typer.Abort, KeyboardInterrupt):
        code = _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - nothing reaches a person as a traceback
        said = _refusal(error)
        if said is None:
            said = messages.unexpected(type(error).__name__)
            if os.environ.get("PORTAIL_DEBUG"):
                errors.print(traceback.format_exc())
        errors.print(said)
        return 1 if said else 0
    if code == _INTERRUPTED:
        errors.print(messages.interrupted())
    return code if isinstance(code, int) else 0


def _refusal(error: Exception) -> str | None:
    """Return the French sentence of a usage error, by the name of its class; None for anything else."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "portail"
    advice = messages.see_help(command)
    match type(error).__name__:
        case "NoSuchOption":
            return f"{messages.unknown_option(error.option_name, _options(context))} {advice}"  # type: ignore[attr-defined]
        case "MissingParameter":
            return f"{messages.missing_parameter(_label(error))} {advice}"
        case "BadParameter":
            return f"{messages.refused_option(_label(error), _choices(error))} {advice}"
        case "NoArgsIsHelpError":
            return str(error)
        case "UsageError" | "BadArgumentUsage" | "BadOptionUsage" | "NoSuchCommand":
            return _usage(str(error), context, advice)
    return None


def _usage(detail: str, context: Any, advice: str) -> str:
    command = re.search(r"No such command '(.*?)'", detail)
    if command:
        known = list(context.command.commands) if context else []
        return f"{messages.unknown_command(command[1], known)} {advice}"
    extra = re.search(r"unexpected extra argument\(s\) \((.*)\)", detail)
    if extra:
        return f"{messages.extra_argument(extra[1])} {advice}"
    return f"{messages.wrong_command_line()} {advice}"


def _options(context: Any) -> list[str]:
    return [name for parameter in context.command.params for name in parameter.opts if name.startswith("--")] if context else []


def _label(error: Exception) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    return str(parameter.metavar or parameter.opts[0]) if parameter.param_type_name == "argument" else str(parameter.opts[0])


def _choices(error: Exception) -> list[str]:
    """Return the values the refused parameter takes: a list of words, or the two ends of a range."""
    parameter = getattr(error, "param", None)
    choices = getattr(getattr(parameter, "type_descriptor", None), "choices", None)
    lowest, highest = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if not choices and lowest is not None and highest is not None:
        return [messages.between(lowest, highest)]
    return [str(getattr(choice, "value", choice)) for choice in choices or ()]
