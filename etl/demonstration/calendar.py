"""When the fictitious sessions met. All are invented; the weekdays and the rhythm are plausible."""

from __future__ import annotations

from datetime import date

# The last day of the story: nothing is dated after it.
END = date(2020, 12, 31)

# « Comité de labellisation ». Seventeen places are in force after that of July 2018, and still on 10 September.
PROTOTYPES = date(2016, 11, 14)
COMMITTEES = (
    PROTOTYPES,
    date(2017, 5, 29),
    date(2017, 12, 11),
    date(2018, 3, 5),
    date(2018, 7, 2),
    date(2019, 1, 21),
    date(2019, 7, 1),
    date(2019, 12, 9),
    date(2020, 7, 6),
    date(2020, 12, 7),
)

# « Commission permanente », by year: eight (month, day); that of March 2020 did not meet.
_COMMISSION_DAYS = {
    2017: ((2, 20), (4, 24), (5, 29), (7, 3), (9, 18), (10, 16), (11, 20), (12, 18)),
    2018: ((2, 19), (3, 26), (5, 28), (7, 6), (9, 17), (10, 15), (11, 19), (12, 14)),
    2019: ((1, 28), (3, 11), (5, 13), (7, 5), (9, 16), (10, 14), (11, 18), (12, 16)),
    2020: ((1, 27), (2, 24), (5, 18), (7, 3), (9, 21), (10, 12), (11, 16), (12, 14)),
}
COMMISSIONS = tuple(date(year, month, day) for year, days in _COMMISSION_DAYS.items() for month, day in days)

# The sessions already called when the story ends.
NEXT_COMMISSIONS = (date(2021, 1, 25), date(2021, 3, 8), date(2021, 5, 17))
NEXT_COMMITTEES = (date(2021, 2, 15),)
