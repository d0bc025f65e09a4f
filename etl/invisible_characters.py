"""Characters nobody sees: what hides in a cell and breaks comparisons without showing.

Control characters (all but tab and line breaks), soft hyphens, zero-width characters and marks of writing direction.
"""

from __future__ import annotations

import re

INVISIBLE = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
