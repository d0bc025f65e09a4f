"""One input of the catalogue of bad inputs, how it is made, and the verdict that it must get."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine, select

from data.schema import is_live, metadata
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_files
from etl.loading.report import Report, Status
from tests.conftest import TODAY

Make = Callable[[Path], Path]
"""Writes an input into a folder."""


@dataclass(frozen=True)
class Verdict:
    """What loading the input must give.

    `problems`: line -> a part of the message that refuses this row (0: the file). `remarks`: parts of the warnings;
    `unsaid`: of none.
    `kept`: « table.column » -> its live values from the input, in the order of its lines; "*" for those of all loads.
    `confirmed`: with --confirm, it loads.
    """

    status: Status
    accepted: int = 0
    rejected: int = 0
    problems: Mapping[int, str] = field(default_factory=dict)
    remarks: Sequence[str] = ()
    unsaid: Sequence[str] = ()
    kept: Mapping[str, Sequence[object]] = field(default_factory=dict)
    confirmed: bool = False


@dataclass(frozen=True)
class Entry:
    """An input for one row of the catalogue. `before`: files loaded first. `run`: a real run in place of a load."""

    row: int
    name: str
    make: Make | None = None
    verdict: Verdict | None = None
    before: Sequence[Make] = ()
    beside: Sequence[Make] = ()
    run: Callable[[Engine, Path], None] | None = None

    @property
    def id(self) -> str:
        """« 57-wrong sub-total », the name of the case."""
        return f"{self.row}-{self.name}"


def loads(accepted: int = 1, *remarks: str, kept: Mapping[str, Sequence[object]] | None = None) -> Verdict:
    """A, N and S: every row loads, with these values and remarks."""
    return Verdict("loaded", accepted, remarks=remarks, kept=kept or {})


def refuses_rows(
    problems: Mapping[int, str], accepted: int = 1, *remarks: str, kept: Mapping[str, Sequence[object]] | None = None
) -> Verdict:
    """R: these lines are refused, and the others load."""
    status: Status = "loaded_with_rejects" if accepted else "refused"
    return Verdict(status, accepted, len(problems), problems, remarks, kept or {})


def refuses_file(message: str, line: int = 0) -> Verdict:
    """F: nothing is loaded."""
    return Verdict("refused", problems={line: message})


def holds(message: str, accepted: int = 1, rejected: int = 0, line: int = 0) -> Verdict:
    """H: nothing is loaded until the command is given again with --confirm, which works."""
    return Verdict("held", accepted, rejected, {line: message}, confirmed=True)


def load(engine: Engine, *paths: Path, confirm: bool = False) -> list[Report]:
    """The paths given in one command."""
    return load_files(engine, list(paths), LoadOptions(TODAY, confirm=confirm))


def plain(text: str) -> str:
    """With ordinary spaces, to write expectations with."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def check(entry: Entry, engine: Engine, folder: Path) -> None:
    """Makes the input, loads it, and compares what happened with the verdict."""
    if entry.run:
        entry.run(engine, folder)
        return
    assert entry.make
    assert entry.verdict
    for make in entry.before:
        assert load(engine, make(folder))[0].status == "loaded", "a file loaded before"
    path = entry.make(folder)
    reports = load(engine, path, *(make(folder) for make in entry.beside))
    report = next(one for one in reports if one.path == path)
    compare(report, entry.verdict, engine)
    if entry.verdict.confirmed:
        assert load(engine, path, confirm=True)[0].status.startswith("loaded")


def compare(report: Report, verdict: Verdict, engine: Engine) -> None:
    """The report and the database say what the verdict expects, and no more rows are refused."""
    shown = [(problem.line, problem.column, plain(problem.message)) for problem in (*report.problems, *report.remarks)]
    assert report.status == verdict.status, shown
    if verdict.status not in {"refused", "already_loaded"} or verdict.accepted:
        assert (report.accepted, report.rejected) == (verdict.accepted, verdict.rejected), shown
    for line, message in verdict.problems.items():
        assert any(
            problem.line == line and message.lower() in plain(problem.message).lower() for problem in report.problems
        ), shown
    if verdict.status != "held":
        assert {problem.line for problem in report.problems} == set(verdict.problems), shown
    for remark in verdict.remarks:
        assert any(remark.lower() in plain(problem.message).lower() for problem in report.remarks), shown
    for text in verdict.unsaid:
        assert not any(text.lower() in plain(problem.message).lower() for problem in report.remarks), shown
    for name, expected in verdict.kept.items():
        assert values(engine, name, report.load) == list(expected), shown


def values(engine: Engine, name: str, load_id: int | None) -> list[object]:
    """The live values of « table.column » that a load brought (« *table.column »: of all loads), by line."""
    table_name, column = name.lstrip("*").split(".")
    table = metadata.tables[table_name]
    query = select(table.c[column]).where(is_live(table)).order_by(table.c.line)
    if not name.startswith("*"):
        query = query.where(table.c.load_id == load_id)
    with engine.connect() as connection:
        return [float(value) if isinstance(value, Decimal) else value for value in connection.scalars(query)]
