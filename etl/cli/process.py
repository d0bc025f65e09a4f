"""A command from its arguments to its exit code: standard output, messages of failures, exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from typing import NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from typer.exceptions import TyperException

from data.i18n import NARROW
from etl.cli.streams import OutputBuffer, use_utf_8, write_out
from etl.failures import FORESEEN, describe, reason_of

NAME = "python -m etl"
INTERRUPTED = 130  # typer's code for Ctrl+C
_INTERRUPTION = f"Interrompu avant la fin. Pour savoir ce que contient la base{NARROW}: {NAME} status"
_OUTPUT_ONLY = frozenset({"status", "schema"})

console = Console(stderr=True, soft_wrap=True)  # progress and what went wrong


def run_command(app: typer.Typer, arguments: Sequence[str]) -> NoReturn:
    """Run a command, write what it printed, exit: what happened to the data decides the exit code.

    When standard output is broken, the text goes to standard error, unless printing was all that the command did.
    """
    stdout, code = sys.stdout, 1
    use_utf_8(stdout)
    buffer = OutputBuffer(stdout)
    try:
        with redirect_stdout(buffer):
            code = _run(app, arguments)
    finally:
        failure = write_out(buffer.getvalue(), stdout)
    if failure is not None:
        if arguments[0] in _OUTPUT_ONLY or "--help" in arguments:
            code = 1
        else:
            write_out(buffer.getvalue(), sys.stderr)
        print_sentence(f"La sortie standard ne peut pas être écrite{NARROW}: {reason_of(failure)}.")
    sys.exit(code)


def refuse(message: str) -> NoReturn:
    """End the command with one sentence on standard error."""
    print_sentence(message)
    raise typer.Exit(1)


def print_sentence(message: str) -> None:
    """Write one sentence on standard error. When it is closed, only the exit code remains."""
    use_utf_8(sys.stderr)
    with console.capture() as sentence:
        console.print(f"[red]{escape(message)}[/]")
    write_out(sentence.get(), sys.stderr)


def _run(app: typer.Typer, arguments: Sequence[str]) -> int:
    """The exit code of a command. What can be foreseen ends in a sentence and 1; 2 only ever means refused rows."""
    try:
        code = app(arguments, prog_name=NAME, standalone_mode=False)
    except TyperException as misuse:
        command = getattr(getattr(misuse, "ctx", None), "command_path", NAME)
        what = "Argument manquant, ou commande ou option inconnue"
        if type(misuse) is typer.BadParameter:
            what = "Valeur impossible pour un argument ou une option"
        print_sentence(f"{what}. Voyez{NARROW}: {command} --help")
        return 1
    except FORESEEN as failure:
        sentence = describe(failure)
        if sentence is None:
            raise
        print_sentence(sentence)
        return 1
    if code == INTERRUPTED:
        print_sentence(_INTERRUPTION)
        return 1
    return int(code or 0)
