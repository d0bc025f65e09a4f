"""The archive of a workbook, its parts found as Excel finds them: whatever their case, and `\\` as `/`."""

from __future__ import annotations

import zipfile
from typing import IO


def part_name(name: str) -> str:
    """« XL\\SharedStrings.xml » -> xl/sharedstrings.xml: part names are compared without regard to case."""
    return name.replace("\\", "/").lower()


class Package:
    """The parts of an open archive, by their names in any case."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.members = archive.infolist()
        self._by_name = {part_name(member.filename): member for member in self.members}
        self.names = frozenset(self._by_name)

    def __contains__(self, name: str) -> bool:
        return part_name(name) in self._by_name

    def open(self, name: str) -> IO[bytes]:
        """The part as a stream. Raises KeyError when there is none."""
        return self._archive.open(self._by_name[part_name(name)])

    def read(self, name: str) -> bytes:
        """The whole part. Raises KeyError when there is none."""
        return self._archive.read(self._by_name[part_name(name)])
