"""Every chart and every rule has an oracle: a naive recomputation of its frame, or of what breaks it (tests/naive)."""

from __future__ import annotations

from dashboard.charts import CHARTS
from data.rules.aid import RULES
from tests.naive.aid import BREAKS
from tests.naive.charts import FRAMES


def test_every_chart_has_a_naive_frame() -> None:
    without = [chart.slug for chart in CHARTS if chart.slug not in FRAMES]
    assert not without, (
        f"charts without an oracle: {', '.join(without)}. Write the frame of each from the raw facts in "
        "tests/naive/charts, and name it in the FRAMES of its file."
    )


def test_every_naive_frame_is_that_of_a_chart() -> None:
    unknown = set(FRAMES) - {chart.slug for chart in CHARTS}
    assert not unknown, f"naive frames of no chart: {', '.join(sorted(unknown))}"


def test_every_rule_of_the_aid_policy_has_a_naive_judgement() -> None:
    without = [rule.slug for rule in RULES if rule.slug not in BREAKS]
    assert not without, (
        f"rules without an oracle: {', '.join(without)}. Judge a file by each in BREAKS of tests/naive/aid.py"
    )
    assert set(BREAKS) == {rule.slug for rule in RULES}
