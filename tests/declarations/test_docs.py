"""The documents tell the truth about this commit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from dashboard.pages import PAGES
from data.indicators.document import dictionary_markdown
from data.sources import SOURCES

ROOT = Path(__file__).resolve().parents[2]
DECISIONS, RULES = ROOT / "docs/decisions", ROOT / "docs/rules.md"
RECORDS = sorted(DECISIONS.glob("[0-9]*.md"))
DOCUMENTS = sorted(chain(ROOT.glob("*.md"), (ROOT / "docs").rglob("*.md"), (ROOT / "bench").glob("*.md")))
FOLDERS = ("data", "etl", "dashboard", "tests", "bench", "docs", ".ci")
CODE = (".py", ".js", ".css", ".lock", ".toml", ".md")
STATUS = re.compile(r"accepted|withdrawn|replaced by (\d+)")
MOST_LINES = 15
# What a reader of the repository does not have.
ELSEWHERE = re.compile(
    r"\.\./shared|/work/|\b(the|our) (designs?|design documents?|traps|catalogue|issue)\b", re.IGNORECASE
)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _plain(text: str) -> str:
    """A text without its links: `[45](0045-suppression.md)` is `45`."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)


def _field(record: Path, name: str) -> str:
    found = re.search(rf"^\* {name}: (.*)$", record.read_text(encoding="utf-8"), re.MULTILINE)
    return _plain(found[1]) if found else ""


def _number(record: Path) -> int:
    return int(record.name[:4])


def _others(record: Path, *fields: str) -> set[int]:
    return {int(number) for field in fields for number in re.findall(r"\d+", _field(record, field))}


def _rules_by_number() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for title, numbers in re.findall(r"^### (.*) \(records? (.*)\)$", RULES.read_text(encoding="utf-8"), re.MULTILINE):
        for number in re.findall(r"\d+", numbers):
            found.setdefault(int(number), []).append(title)
    return found


def test_the_dictionary_of_indicators_is_fresh() -> None:
    assert (ROOT / "docs/indicators.md").read_text(encoding="utf-8") == dictionary_markdown(), "run `make docs`"


def test_the_readme_names_every_page_and_every_source() -> None:
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    table = text.split("## Ce qu’on y trouve")[1].split("## Réglages")[0]
    addresses = set(re.findall(r"`(/[^`]*)`", table))
    assert {page.path for page in PAGES if "<" not in page.path} - addresses == set()
    loading = text.split("## Charger ses fichiers")[1].split("## ")[0]
    assert [source.label for source in SOURCES if source.label not in loading] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_a_record_is_one_short_dated_decision(record: Path) -> None:
    lines = [line for line in record.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert re.fullmatch(rf"# {_number(record)}\. .+", lines[0])
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", _field(record, "Date"))
    assert STATUS.fullmatch(_field(record, "Status"))
    assert [line.split(".**")[0] for line in lines if line.startswith("**")] == [
        "**Context",
        "**Decision",
        "**Consequences",
    ]
    assert len(lines) <= MOST_LINES


def test_the_index_and_the_records_are_the_same() -> None:
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    listed = [row.split(" | ") for row in re.findall(r"^\| (\d+ \| .*) \|$", index, re.MULTILINE)]
    rules = _rules_by_number()
    expected = {
        _number(record): [
            f"[{record.read_text(encoding='utf-8').splitlines()[0].split('. ', 1)[1]}]({record.name})",
            _field(record, "Date"),
            _field(record, "Status"),
        ]
        for record in RECORDS
    }
    assert [int(row[0]) for row in listed] == list(range(1, len(listed) + 1)), "each number once, in order"
    assert len(expected) == len(RECORDS), "two records have the same number"
    for number, title, date, status in listed:
        if int(number) in expected:
            assert expected.pop(int(number)) == [title, date, status]
        else:
            assert (_plain(title), status) == (" · ".join(rules[int(number)]), "product rule")
    assert not expected, "not in the index"


def test_records_that_replace_or_amend_others_are_named_by_them() -> None:
    records = {_number(record): record for record in RECORDS}
    for number, record in records.items():
        for other in _others(record, "Replaces"):
            assert _field(records[other], "Status") == f"replaced by {number}"
        for other in _others(record, "Amends"):
            assert number in _others(records[other], "Amended by"), (number, other)
        for other in _others(record, "Amended by"):
            assert number in _others(records[other], "Amends"), (number, other)
        if replaced := STATUS.fullmatch(_field(record, "Status")):
            assert not replaced[1] or number in _others(records[int(replaced[1])], "Replaces")


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_documents_cite_only_what_a_reader_has(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not ELSEWHERE.search(text)
    assert [one for one in _named_files(text) if not _exists(one, path)] == []
    assert [one for one in _named_modules(text) if not _is_module(one)] == []
    links = (link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link)
    assert [link for link in links if not _leads_somewhere(link, path)] == []


def _named_files(text: str) -> Iterator[str]:
    """The paths in backticks: those of a folder of ours, and names that end as code does."""
    for token in re.findall(r"`([^`\s]+)`", text):
        is_path = re.fullmatch(r"[\w.-]+(/[\w.-]+)*/?", token)
        if is_path and ((token.split("/")[0] in FOLDERS and "/" in token) or token.endswith(CODE)):
            yield token


def _exists(token: str, document: Path) -> bool:
    return any((folder / token).exists() for folder in (ROOT, document.parent))


def _named_modules(text: str) -> Iterator[str]:
    yield from re.findall(r"`((?:data|etl|dashboard|tests)(?:\.\w+)+)(?:\(\))?`", text)


def _is_module(name: str) -> bool:
    """Whether it is a module of ours, or something that one defines."""
    path = ROOT.joinpath(*name.split("."))
    if path.is_dir() or path.with_suffix(".py").exists():
        return True
    *_, last = name.split(".")
    files = (path.parent.with_suffix(".py"), path.parent / "__init__.py")
    return any(file.exists() and re.search(rf"\b{last}\b", file.read_text(encoding="utf-8")) for file in files)


def _words_of_code() -> set[str]:
    """Every word of the code, its comments and its texts; migrations are of their day, and do not count."""
    folders = (ROOT / folder for folder in FOLDERS if folder != "docs")
    files = [file for folder in folders for file in folder.rglob("*") if file.suffix in (".py", ".js", ".css")]
    files += [ROOT / "app.py", ROOT / "gunicorn.conf.py", ROOT / "pyproject.toml", ROOT / "Makefile"]
    current = (file for file in files if "migrations/versions" not in file.as_posix())
    return {word for file in current for word in re.findall(r"\w+", file.read_text(encoding="utf-8"))}


WORDS_OF_CODE = _words_of_code()
CURRENT_DOCUMENTS = [
    path for path in DOCUMENTS if path.name != "indicators.md" and not _field(path, "Status").startswith("replaced")
]


@pytest.mark.parametrize("path", CURRENT_DOCUMENTS, ids=_name)
def test_identifiers_in_documents_are_in_the_code(path: Path) -> None:
    """A name in backticks, `like_this`, `Like.this` or `like_this()`, unless its document was replaced."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    named = re.findall(r"`@?([A-Za-z_]\w*(?:\.\w+)*)(?:\(\))?`", text)
    missing = [name for name in named if not _exists(name, path) and set(name.split(".")) - WORDS_OF_CODE]
    assert missing == []


def _leads_somewhere(link: str, document: Path) -> bool:
    name, _, anchor = link.partition("#")
    target = document.parent / name if name else document
    if not target.exists() or not anchor:
        return target.exists()
    headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
    return anchor in {re.sub(r"[^\w\- ]", "", _plain(heading).lower()).replace(" ", "-") for heading in headings}


def test_code_names_documents_that_exist() -> None:
    files = chain(*((ROOT / folder).rglob("*.py") for folder in FOLDERS), ROOT.glob("*.py"), [ROOT / "pyproject.toml"])
    named = {
        (name, _name(file))
        for file in files
        for name in re.findall(r"\b(?:docs|bench)/[\w/-]+\.md", file.read_text(encoding="utf-8"))
    }
    assert [one for one in sorted(named) if not (ROOT / one[0]).exists()] == []
