"""The Dash app that everybody writes after the tutorial, on the same files and with the same charts as ours.

pandas in memory at start, plotly express, one callback per chart, `dcc.Dropdown` filters. It is written with care
(vectorised, loaded once, wrong rows dropped, no per-row Python): it stands for the usual design, not for bad code.
Nothing comes from a CDN, since no other host is reachable here; Bootstrap's theme is served by the app itself.

`BENCH_DATA` = the folder of one size; `BENCH_CATEGORIES=1` = the same with categorical columns, a known refinement.
Served by gunicorn: `gunicorn --chdir bench tutorial_app:server`.
"""

import os
from pathlib import Path

import dash_bootstrap_components as dbc
import flask_bootstrap
import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, dcc, html
from flask import Response, send_file
from plotly.graph_objects import Figure

DATA = Path(os.environ["BENCH_DATA"])
REFERENCE = Path(__file__).resolve().parents[1] / "data" / "reference"
ALL = "toutes"
LEVERS = ["emergence", "services-numeriques"]


def read(name: str, *dates: str) -> pd.DataFrame:
    """One file of the Région; dates that are not dates become NaT."""
    frame = pd.read_csv(DATA / f"{name}.csv", sep=";", decimal=",", dtype={"code_insee": str, "code_insee_projet": str})
    for column in dates:
        frame[column] = pd.to_datetime(frame[column], format="%d/%m/%Y", errors="coerce")
    return frame


communes = pd.read_csv(REFERENCE / "communes.csv", sep=";", dtype={"code": str, "dep": str, "epci": str})
departements = pd.read_csv(REFERENCE / "departements.csv", sep=";", dtype=str)
epci = pd.read_csv(REFERENCE / "epci.csv", sep=";", dtype=str)

places = read("places").merge(communes[["code", "dep", "epci"]], left_on="code_insee", right_on="code")
labels = read("labels", "date").merge(places[["id_lieu", "dep", "epci"]], on="id_lieu")
aids = read("aids", "date_vote").merge(communes[["code", "dep"]], left_on="code_insee_projet", right_on="code")
attendance = read("attendance", "debut", "fin").dropna(subset=["debut", "fin"])
attendance = attendance.merge(places[["id_lieu", "dep"]], on="id_lieu")  # unknown places fall out here
if os.environ.get("BENCH_CATEGORIES"):
    texts = ["id_lieu", "unite", "public", "dep"]
    attendance = attendance.astype(dict.fromkeys(texts, "category"))
# plotly prepares its template at the first figure, which two threads must not do at once.
for express in (px.line, px.bar, px.scatter):
    express(x=[0], y=[0], color=[0])
target = read("targets", "echeance", "date_reference").iloc[0]

app = Dash(__name__, external_stylesheets=["/bootstrap.min.css"], title="Tiers-Lieux (tutoriel)")
server = app.server


@server.route("/bootstrap.min.css")
def theme() -> Response:
    return send_file(Path(flask_bootstrap.__file__).parent / "static/bootstrap5/css/bootstrap.min.css")


def card(title: str, graph_id: str) -> dbc.Card:
    return dbc.Card([dbc.CardHeader(title), dbc.CardBody(dcc.Graph(id=graph_id))], className="mb-3")


def tile(title: str, value_id: str) -> dbc.Col:
    return dbc.Col(dbc.Card(dbc.CardBody([html.H6(title), html.H3(id=value_id)])), md=3)


dep_options = [{"label": "Tous les départements", "value": ALL}] + [
    {"label": name, "value": code} for code, name in zip(departements["code"], departements["name"], strict=True)
]
years = [int(year) for year in sorted(aids["date_vote"].dt.year.dropna().unique())]
period_options = [{"label": "Toute la période", "value": ALL}] + [{"label": str(y), "value": y} for y in years]
units = [str(unit) for unit in attendance["unite"].unique()]

app.layout = dbc.Container(
    [
        html.H1("Tiers-Lieux Normandie", className="my-3"),
        dbc.Row(
            [
                dbc.Col(dcc.Dropdown(dep_options, ALL, id="dep", clearable=False), md=4),
                dbc.Col(dcc.Dropdown(period_options, ALL, id="period", clearable=False), md=4),
                dbc.Col(dcc.Dropdown(units, "visites", id="unit", clearable=False), md=4),
            ],
            className="mb-3",
        ),
        dbc.Row(
            [
                tile("Lieux labellisés", "kpi-labels"),
                tile("Aides votées", "kpi-aids"),
                tile("Visites", "kpi-visits"),
                tile("Lieux ayant répondu", "kpi-answers"),
            ],
            className="mb-3",
        ),
        dbc.Row(
            [
                dbc.Col(card("Labellisations cumulées et objectif", "labels-chart"), md=6),
                dbc.Col(card("Lieux labellisés pour 100 000 habitants", "map-chart"), md=6),
                dbc.Col(card("Aides votées par dispositif et année", "aids-chart"), md=6),
                dbc.Col(card("Fréquentation mensuelle", "attendance-chart"), md=6),
            ]
        ),
    ],
    fluid=True,
)


def pick(frame: pd.DataFrame, dep: str, period: str | int, date: str) -> pd.DataFrame:
    """The rows of one département and one year."""
    if dep != ALL:
        frame = frame[frame["dep"] == dep]
    if period != ALL:
        frame = frame[(frame[date] >= f"{period}-01-01") & (frame[date] <= f"{period}-12-31")]
    return frame


def labelled(dep: str, period: str | int) -> pd.DataFrame:
    """First awards up to the end of the period, less the places that left."""
    frame = labels if dep == ALL else labels[labels["dep"] == dep]
    if period != ALL:
        frame = frame[frame["date"] <= f"{period}-12-31"]
    left = frame.loc[frame["etape"] == "retiré", "id_lieu"]
    return frame[(frame["etape"] == "labellisé") & ~frame["id_lieu"].isin(left)]


def number(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ")


@app.callback(
    Output("kpi-labels", "children"),
    Output("kpi-aids", "children"),
    Output("kpi-visits", "children"),
    Output("kpi-answers", "children"),
    Input("dep", "value"),
    Input("period", "value"),
)
def update_kpis(dep: str, period: str | int) -> tuple[str, str, str, str]:
    lever = pick(aids[aids["dispositif"].isin(LEVERS)], dep, period, "date_vote")
    rows = pick(attendance, dep, period, "debut")
    visits = rows[(rows["unite"] == "visites") & rows["public"].isna()]
    return (
        number(labelled(dep, period)["id_lieu"].nunique()),
        number(lever["montant_vote"].sum()) + " €",
        number(visits["valeur"].sum()),
        number(visits["id_lieu"].nunique()),
    )


@app.callback(Output("labels-chart", "figure"), Input("dep", "value"), Input("period", "value"))
def update_labels(dep: str, period: str | int) -> Figure:
    monthly = labelled(dep, period).groupby(pd.Grouper(key="date", freq="MS"))["id_lieu"].nunique().cumsum()
    figure = px.line(monthly.reset_index(name="lieux"), x="date", y="lieux", labels={"date": "", "lieux": "Lieux"})
    figure.add_scatter(
        x=[target["date_reference"], target["echeance"]],
        y=[target["valeur_reference"], target["valeur"]],
        mode="lines",
        line_dash="dash",
        name="Objectif",
    )
    return figure


@app.callback(Output("map-chart", "figure"), Input("dep", "value"), Input("period", "value"))
def update_map(dep: str, period: str | int) -> Figure:
    """One bubble per intercommunalité at its centre: lighter for this app than outlines would be."""
    inside = communes if dep == ALL else communes[communes["dep"] == dep]
    areas = inside.groupby("epci").agg({"population": "sum", "lon": "mean", "lat": "mean"}).reset_index()
    counts = labelled(dep, period).groupby("epci")["id_lieu"].nunique().rename("lieux")
    areas = areas.merge(counts, on="epci", how="left").fillna({"lieux": 0})
    areas = areas.merge(epci, left_on="epci", right_on="code")
    areas["taux"] = areas["lieux"] / areas["population"] * 100_000
    figure = px.scatter(areas, x="lon", y="lat", color="taux", size="population", hover_name="name")
    figure.update_yaxes(scaleanchor="x", scaleratio=1.5)
    return figure


@app.callback(Output("aids-chart", "figure"), Input("dep", "value"), Input("period", "value"))
def update_aids(dep: str, period: str | int) -> Figure:
    chosen = pick(aids, dep, period, "date_vote")
    by_year = chosen.groupby([chosen["date_vote"].dt.year, "dispositif"])["montant_vote"].sum().reset_index()
    return px.bar(by_year, x="date_vote", y="montant_vote", color="dispositif", barmode="stack")


@app.callback(
    Output("attendance-chart", "figure"),
    Input("dep", "value"),
    Input("period", "value"),
    Input("unit", "value"),
)
def update_attendance(dep: str, period: str | int, unit: str) -> Figure:
    chosen = pick(attendance, dep, period, "debut")
    chosen = chosen[(chosen["unite"] == unit) & chosen["public"].isna()]
    monthly = chosen.groupby([pd.Grouper(key="debut", freq="MS"), "dep"], observed=True)["valeur"].sum().reset_index()
    return px.line(monthly, x="debut", y="valeur", color="dep", labels={"debut": "", "valeur": unit})


if __name__ == "__main__":
    app.run(debug=False)
