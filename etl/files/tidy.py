"""Raw frames → batches: stripped, blank as null, without rows that hold no data, checked against the limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from data.i18n import count
from etl.files.model import MAX_ROWS, Note, UnreadableFile, too_many_rows
from etl.files.no_data import NoDataFilter
from etl.files.scrub import REPLACEMENT
from etl.files.wrapping import unwrapped

BATCH_ROWS = 100_000
MAX_CELL_LENGTH = 32_767
DELIMITERS = (";", ",", "\t", "|")


@dataclass
class Tidier:
    """What is known of a table while it streams by: its header, and what was taken out so far."""

    header: Sequence[str]
    sheet: str = ""
    delimiter: str = ""
    rows: int = 0
    blank: int = 0
    wrapped: int = 0
    first_wrapped: int | None = None
    damaged_rows: int = 0
    first_damaged: int | None = None
    no_data: NoDataFilter = field(init=False)

    def __post_init__(self) -> None:
        self.no_data = NoDataFilter(self.header)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.header)

    @property
    def names(self) -> list[str]:
        """The frame's columns of text."""
        return [str(position) for position in range(self.width)]

    def tidy(self, raw: pl.DataFrame, *, damaged: bool) -> Iterator[pl.DataFrame]:
        """Batches of the raw frame. `damaged`: U+FFFD was seen in the file."""
        stripped = self._unwrapped(raw.with_columns(pl.col(self.names).str.strip_chars()))
        filled = stripped.with_columns(
            pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in self.names
        )
        frame = filled.filter(pl.any_horizontal(pl.col(self.names).is_not_null()))
        self.blank += len(raw) - len(frame)
        frame = self.no_data.apply(frame)
        self.rows += len(frame)
        self._check(frame)
        if damaged:
            self._count_damaged(frame)
        for batch in frame.iter_slices(BATCH_ROWS):
            if len(batch):
                yield batch

    def notes(self, *, forgiven: int) -> list[Note]:
        """What was taken out, once everything has been read. Raises UnreadableFile when too much text is lost.

        `forgiven`: stray NUL bytes, at most two; their rows are refused one by one, whatever the size of the file.
        """
        if (self.damaged_rows - forgiven) * 100 > self.rows:
            raise UnreadableFile(
                f"{self.damaged_rows} lignes sur {self.rows} contiennent des caractères perdus (�), plus de 1\u202f%. "
                "Redemandez le fichier en UTF-8.",
                line=self.first_damaged,
                sheet=self.sheet,
            )
        found = []
        if self.blank:
            found.append(Note("blank", f"{self.blank} ligne(s) vide(s) ignorée(s)."))
        found += self.no_data.notes()
        if self.wrapped:
            cells = count(self.wrapped, "cellule écrite", "cellules écrites")
            message = f'{cells} ="…" ou derrière une apostrophe, par un tableur\u202f: seul le contenu est lu.'
            found.append(Note("wrapped", message, self.first_wrapped))
        if self.damaged_rows:
            message = f"{self.damaged_rows} ligne(s) avec des caractères perdus (�)."
            found.append(Note("damaged", message, self.first_damaged))
        return found

    def _unwrapped(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame without what tools write around a value; counts the cells concerned."""
        changed = []
        for name in self.names:
            suspects = frame.select("line", name).filter(pl.col(name).str.contains("^(?:=.|')"))
            bare = {text: unwrapped(text) or None for text in suspects[name].unique(maintain_order=True)}
            bare = {text: value for text, value in bare.items() if value != text}
            if not bare:
                continue
            wrapped = suspects.filter(pl.col(name).is_in(list(bare)))
            self.wrapped += len(wrapped)
            line: int = wrapped["line"].item(0)
            self.first_wrapped = min(self.first_wrapped or line, line)
            changed.append(frame[name].replace(bare))
        return frame.with_columns(changed) if changed else frame

    def _check(self, frame: pl.DataFrame) -> None:
        if self.rows > MAX_ROWS:
            raise too_many_rows(self.sheet)
        # Bytes first: characters are never more numerous, and counting bytes costs nothing.
        longest = frame.select(pl.max_horizontal(pl.col(self.names).str.len_bytes().max())).item()
        if (longest or 0) > MAX_CELL_LENGTH:
            self._refuse(
                frame, pl.any_horizontal(pl.col(self.names).str.len_chars() > MAX_CELL_LENGTH),
                "une cellule dépasse 32\u202f767 caractères.",
            )  # fmt: skip
        others = [mark for mark in DELIMITERS if mark != self.delimiter]
        misshapen = frame.filter(pl.col("cells") != self.width) if self.delimiter and self.width > 2 else frame.clear()
        if len(misshapen):
            texts = pl.concat_str(self.names, separator=" ", ignore_nulls=True)
            # Decimal commas make more of them than columns.
            changed = pl.any_horizontal(texts.str.count_matches(one, literal=True) >= self.width - 1 for one in others)
            self._refuse(misshapen, changed, "le séparateur de colonnes change à partir d’ici.")

    def _refuse(self, frame: pl.DataFrame, wrong: pl.Expr, message: str) -> None:
        first = frame.filter(wrong).head(1)
        if len(first):
            raise UnreadableFile(message, line=first["line"].item(), sheet=self.sheet)

    def _count_damaged(self, frame: pl.DataFrame) -> None:
        lost = frame.filter(pl.any_horizontal(pl.col(self.names).str.contains(REPLACEMENT, literal=True)))
        self.damaged_rows += len(lost)
        if len(lost) and self.first_damaged is None:
            self.first_damaged = lost["line"].item(0)
