"""Sentences on a number of the labelled places: « 21 lieux labellisés sur 34 ont accueilli un évènement »."""

from __future__ import annotations

from typing import NamedTuple

from data.i18n import agree, count, number


class PlaceVerb(NamedTuple):
    """What places do, as it follows « un lieu », « deux lieux », « les cinq lieux », « aucun des cinq lieux » and, of
    a place that does not do it, « le seul lieu ».
    """

    one: str
    some: str
    all: str
    none: str
    only_one_not: str


def past_verb(done: str, not_done: str = "") -> PlaceVerb:
    """« a accueilli un évènement », « n’a pas accueilli d’évènement » of « accueilli un évènement » and « accueilli
    d’évènement » (empty: the same words).
    """
    not_done = not_done or done
    return PlaceVerb(f"a {done}", f"ont {done}", f"ont tous {done}", f"n’a {not_done}", f"n’a pas {not_done}")


def labelled_places_text(met: int, total: int, verb: PlaceVerb, which: str = "") -> str:
    """« aucun des 34 lieux labellisés n’a accueilli d’évènement », « 21 lieux labellisés sur 34 ont accueilli un
    évènement »; `which` follows the places counted in `total`, one at least.
    """
    if not met:
        return f"{no_labelled_place(total, which)} {verb.only_one_not if total == 1 else verb.none}"
    counted = f" {which}" if which else ""
    if met == total:
        return (
            f"le seul lieu labellisé{counted} {verb.one}"
            if total == 1
            else (f"les {number(total)} lieux labellisés{counted} {verb.all}")
        )
    whole = f"les {number(total)}{counted}" if which else number(total)
    return f"{count(met, 'lieu labellisé', 'lieux labellisés')} sur {whole} {agree(met, verb.one, verb.some)}"


def no_labelled_place(total: int, which: str = "") -> str:
    """The subject of « n’a … »: « aucun des 34 lieux labellisés », « le seul lieu labellisé »."""
    counted = f" {which}" if which else ""
    return f"le seul lieu labellisé{counted}" if total == 1 else f"aucun des {number(total)} lieux labellisés{counted}"
