"""The options of `load` and `check`, from the texts of the command line."""

from __future__ import annotations

from pathlib import Path

from etl.cli.process import refuse
from etl.failures import describe_file_failure
from etl.files.mapping import HeaderMapping, MappingError, read_mapping
from etl.loading.apply import LoadOptions
from etl.reference_data import today


def load_options(source: str | None, mapping: Path | None, *, confirm: bool, keep: bool) -> LoadOptions:
    """How files are to be loaded. Ends the command with a sentence when the mapping cannot be used."""
    return LoadOptions(today(), source, confirm=confirm, keep=keep, mapping=_read(mapping) if mapping else None)


def _read(path: Path) -> HeaderMapping:
    try:
        return read_mapping(path)
    except MappingError as error:
        refuse(str(error))
    except OSError as error:
        refuse(describe_file_failure(error))
