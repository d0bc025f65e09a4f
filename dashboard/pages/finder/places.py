"""The places that answer, each with its services, its opening and how to get there; then their map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlencode

from dashboard.charts.phrases import capitalised, filters_text
from dashboard.components.page import filtered_href
from dashboard.components.source_line import source_texts
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.figures.finder_map import MAP_HEIGHT, MAP_WIDTH, MapPoint
from dashboard.pages.finder.view import FinderView
from dashboard.urls import FINDER_MAP_PATH, place_path
from data.facts.public_places import CENTRE_POSITION, LABELLED_PLACES
from data.i18n import NARROW, agree, count, day_long, exact_number, number, sentence_list, uncapitalised
from data.queries.places import TYPOLOGY_LABELS
from data.queries.public_places import NEAR_KM, SERVICES, PublicPlace
from data.reference import Commune

BROADBAND = LABELLED_PLACES.column("broadband")
MAX_UNGROUPED = 12  # places in one list without a commune
DIRECTIONS = "https://www.openstreetmap.org/directions"
MAP_SITE = "https://www.openstreetmap.org/"
REGISTER_NOTE = (
    "Les horaires, les tarifs et les coordonnées des lieux ne sont pas au registre de la Région\u202f: demandez-les au "
    "lieu avant de vous déplacer."
)
DISTANCE_NOTE = "Distances à vol d’oiseau, depuis le centre de la commune."


def finder_places(view: FinderView) -> list[Element]:
    """The list, complete by itself, then the map; nothing when no place is known."""
    if not view.found.places:
        return _unknown_note(view)
    return [tags.Div([_list_section(view), finder_map(view)], className="finder-columns")]


def _list_section(view: FinderView) -> Element:
    far = view.found.places[len(view.found.near) :]
    far_text = f"{count(len(far), 'lieu', 'lieux')} à plus de {number(NEAR_KM)}{NARROW}km"
    return tags.Section(
        [
            tags.H2(f"Les plus proches de {view.commune_text}" if view.commune else "Les lieux"),
            *_near_places(view),
            *([_group(view, far_text, far, is_open=not view.found.near)] if far else []),
            *_unknown_note(view),
            *([tags.P(DISTANCE_NOTE, className="muted")] if view.commune else []),
            tags.P(REGISTER_NOTE, className="muted"),
            tags.P(_source_text(view), className="finder-source"),
        ],
        className="panel finder-places",
    )


def _source_text(view: FinderView) -> str:
    """The sources with their last facts, and the filters; what is to correct in them is no matter of visitors."""
    page_request = view.page_request
    filters = filters_text(page_request.selection, page_request.options, LABELLED_PLACES.filters)
    sources = f"{NARROW}; ".join(source_texts(page_request.provenance, LABELLED_PLACES.sources))
    return f"Sources{NARROW}: {sources} · {filters}"


def _unknown_note(view: FinderView) -> list[Element]:
    unknown = view.found.unknown
    if not unknown:
        return []
    places = count(unknown, "autre lieu labellisé", "autres lieux labellisés")
    rest = agree(unknown, "ne dit pas s’il en dispose", "ne disent pas s’ils en disposent")
    absent = agree(unknown, "il n’est pas", "ils ne sont pas")
    return [tags.P(f"{places} {rest}{NARROW}: {absent} dans cette liste.", className="muted")]


def _near_places(view: FinderView) -> list[Element]:
    """The places within reach of the commune; without one all of them, by département when they are many."""
    near = view.found.near
    if view.commune or len(near) <= MAX_UNGROUPED:
        return [_list(view, near, is_ranked=bool(view.commune))] if near else []
    by_departement: dict[str, list[PublicPlace]] = {}
    for place in near:
        by_departement.setdefault(place.values["departement"], []).append(place)
    return [
        _group(view, f"{name}{NARROW}: {count(len(places), 'lieu', 'lieux')}", places, is_open=len(by_departement) == 1)
        for name, places in sorted(by_departement.items())
    ]


def _list(view: FinderView, places: Sequence[PublicPlace], *, is_ranked: bool = False) -> Element:
    items = [tags.Li(list(_place(view, place))) for place in places]
    return tags.Ol(items, className="finder-list finder-ranked" if is_ranked else "finder-list")


def _group(view: FinderView, title: str, places: Sequence[PublicPlace], *, is_open: bool) -> Element:
    """A part of the list, which a tap opens: a phone would otherwise scroll over all of it."""
    is_ranked = bool(view.numbered) and places[0] is view.numbered[0]
    return tags.Details(
        [tags.Summary(title), _list(view, places, is_ranked=is_ranked)], className="finder-group", open=is_open
    )


def _place(view: FinderView, place: PublicPlace) -> Iterator[Element]:
    row = place.values
    yield tags.H3(_place_name(view, place))
    distance = distance_text(place, view.commune)
    where = f"{row['commune']} ({row['departement']})"
    yield tags.P([tags.Strong(f"{capitalised(distance)} · ") if distance else "", where])
    kinds = [TYPOLOGY_LABELS.get(code, code) for code in row["typologies"].split("|") if code]
    if kinds:
        yield tags.P(", ".join(kinds), className="finder-kinds")
    yield tags.P(services_text(place))
    yield tags.P(opening_text(place, view.page_request.selection.until), className="finder-opening")
    yield tags.P(_way_link(view, place), className="finder-way")


def _place_name(view: FinderView, place: PublicPlace) -> Element | str:
    """The name, as a link to the sheet of the place where its reader may see it: other sites show the public part only,
    and the rest of this one may ask for a password.
    """
    if view.is_embedded:
        return str(place.values["name"])
    dates = view.page_request.selection.keeping_filters(()).to_query()
    href = filtered_href(place_path(place.values["code"]), dates)
    return tags.A(place.values["name"], href=href)


def _external_link(view: FinderView, text: str, name: str, href: str) -> Element:
    """A link to another site, which does not learn from where; inside another site, it opens a tab of its own."""
    content: list[Element | str] = [text, tags.Span(f"{NARROW}: {name}", className="visually-hidden")]
    if view.is_embedded:
        return tags.A(content, href=href, target="_blank", rel="noopener noreferrer")
    return tags.A(content, href=href, rel="noopener noreferrer")


def distance_text(place: PublicPlace, commune: Commune | None) -> str:
    """« à 12 km », « dans la commune »; empty when no commune is chosen."""
    if commune is None or place.kilometres is None:
        return ""
    if place.values["commune_code"] == commune.code:
        return "dans la commune"
    if place.kilometres < 1:
        return f"à moins de 1{NARROW}km"
    return f"à {number(place.kilometres)}{NARROW}km"


def services_text(place: PublicPlace) -> str:
    """What the place offers, and what is not known: « Salle de réunion · 12 postes. Non renseigné : débit. »"""
    row, speed = place.values, LABELLED_PLACES.column("speed_mbps")
    others = [column for column in SERVICES if column.name != BROADBAND.name]  # told with its speed
    offered = [column.title for column in others if row[column.name]]
    offered += [count(row["seats"], "poste", "postes")] if row["seats"] is not None else []
    if row[speed.name] is not None:
        measured = f"{exact_number(row[speed.name])}{NARROW}{speed.unit}"
        offered.append(
            f"{uncapitalised(BROADBAND.title)} ({measured})" if row[BROADBAND.name] else f"débit de {measured}"
        )
    unknown = [uncapitalised(column.title) for column in (*others, speed) if row[column.name] is None]
    sentences = [" · ".join(offered)] if offered else []
    sentences += [f"Non renseigné{NARROW}: {sentence_list(unknown)}"] if unknown else []
    return f"{'. '.join(sentences) or 'Aucun service déclaré'}."


def opening_text(place: PublicPlace, until: date) -> str:
    """Since when it is open, as far as is known, and labelled."""
    opened: date | None = place.values["opened"]
    labelled = f"labellisé depuis le {day_long(place.values['labelled_since'])}"
    if opened is None:
        return f"Date d’ouverture non renseignée, {labelled}."
    verb = "Ouvert depuis le" if opened <= until else "Ouverture prévue le"
    return f"{verb} {day_long(opened)}, {labelled}."


def _way_link(view: FinderView, place: PublicPlace) -> list[str | Element]:
    row = place.values
    is_centre = row["position"] == CENTRE_POSITION
    note = [" (au centre de la commune, l’adresse n’étant pas au registre)"] if is_centre else []
    point = f"{row['lat']:.5f},{row['lon']:.5f}"
    if view.commune is None or (is_centre and row["commune_code"] == view.commune.code):
        lat, lon = point.split(",")
        href = f"{MAP_SITE}?{urlencode({'mlat': lat, 'mlon': lon})}#map=16/{lat}/{lon}"
        return [_external_link(view, "Voir sur OpenStreetMap", row["name"], href), *note]
    start = f"{view.commune.lat:.5f},{view.commune.lon:.5f}"
    href = f"{DIRECTIONS}?{urlencode({'route': f'{start};{point}'})}"
    return [_external_link(view, "Itinéraire sur OpenStreetMap", row["name"], href), *note]


def finder_map(view: FinderView) -> Element:
    """The picture of the list's map, drawn by this server; its text says all that it shows."""
    places = count(len(view.found.places), "lieu", "lieux")
    around = f", autour de {view.commune_text}" if view.commune else ""
    numbers = "Les numéros sont ceux de la liste, le cercle entoure la commune choisie. " if view.commune else ""
    return tags.Figure(
        [
            tags.Img(
                src=view.href(path=FINDER_MAP_PATH),
                alt=f"Carte de {places} de la liste{around}.",
                width=str(MAP_WIDTH),
                height=str(MAP_HEIGHT),
                loading="lazy",
            ),
            tags.Figcaption(f"{numbers}La liste dit tout ce que montre la carte.", className="muted"),
        ],
        className="panel finder-map",
        aria_label="Carte",
    )


def map_points(view: FinderView) -> tuple[list[MapPoint], MapPoint | None]:
    """The points of the map, with the ranks of the nearest, and the chosen commune."""
    numbers = {place.values["code"]: str(rank) for rank, place in enumerate(view.numbered, 1)}
    points = [
        MapPoint(place.values["lon"], place.values["lat"], numbers.get(place.values["code"], ""))
        for place in view.found.places
    ]
    commune = view.commune
    return points, MapPoint(commune.lon, commune.lat, commune.name) if commune else None
