"""How far a load has come, on a terminal, in French."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from data.i18n import count, number

OnProgress = Callable[[int, int | None], None]
"""Called with the rows read so far of a file, and those that it has in all (None: all are read)."""


def stage_of(read: int, total: int | None) -> str:
    """What is being done: « 1 200 lignes lues sur 5 000 », then « 5 000 lignes lues, enregistrement… »."""
    rows = count(read, "ligne lue", "lignes lues")
    return f"{rows}, enregistrement…" if total is None else f"{rows} sur {number(max(total, read))}"


@contextmanager
def progress_bar(console: Console, *, quiet: bool) -> Iterator[OnProgress | None]:
    """A bar that counts rows, removed at the end; None when the console is not a terminal."""
    if quiet or not console.is_terminal:
        yield None
        return
    with Progress(
        SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), console=console, transient=True
    ) as bar:
        task = bar.add_task("Ouverture du fichier…", total=None)

        def show(read: int, total: int | None) -> None:
            bar.update(task, completed=read, total=max(total or read, read), description=stage_of(read, total))

        yield show
