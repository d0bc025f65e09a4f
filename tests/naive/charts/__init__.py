"""The frames of the charts again, row by row from the raw live facts: the columns that tables and files show.

A frame is a list of rows, in the order shown; a row gives each declared column by its name. Its third argument,
`words`, are the options of the filters: they give the French labels of codes and the order of choices, nothing else.
"""

from __future__ import annotations

from tests.naive.charts import (
    aid,
    attendance,
    compared,
    events,
    label,
    managers,
    partners,
    partnership,
    qvt_path,
    standard,
    territories,
)
from tests.naive.charts.model import Frame

FRAMES: dict[str, Frame] = {
    **label.FRAMES,
    **standard.FRAMES,
    **territories.FRAMES,
    **aid.FRAMES,
    **attendance.FRAMES,
    **partners.FRAMES,
    **managers.FRAMES,
    **partnership.FRAMES,
    **qvt_path.FRAMES,
    **events.FRAMES,
    **compared.FRAMES,
}
"""By slug of a chart."""
