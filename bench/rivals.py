"""One rival loads one attendance file, in this process: `python rivals.py NAME URL FOLDER [ROWS]` (see etl_rivals.py).

Each does the same work: types (dates, decimal commas), rules (known place, allowed unit, value not negative,
start before end), good rows into `attendance`, bad rows set aside in `reject` with their line and reason.
Tables carry no key and no history: less work than ours, in the rivals' favour.
Prints one JSON line: {"accepted": n, "rejected": n}.
"""

import csv
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

UNITS = ("visites", "personnes", "journées", "demi-journées", "heures")
BATCH = 20_000
Counts = tuple[int, int]

metadata = sa.MetaData()
attendance = sa.Table(
    "attendance",
    metadata,
    sa.Column("id_lieu", sa.Text),
    sa.Column("debut", sa.Date),
    sa.Column("fin", sa.Date),
    sa.Column("unite", sa.Text),
    sa.Column("public", sa.Text),
    sa.Column("valeur", sa.Float),
    sa.Column("line", sa.Integer),
)
reject = sa.Table("reject", metadata, sa.Column("line", sa.Integer), sa.Column("reason", sa.Text))


def known_places(folder: Path) -> set[str]:
    with (folder / "places.csv").open(encoding="utf-8", newline="") as file:
        return {row["id_lieu"] for row in csv.DictReader(file, delimiter=";")}


def check_frame(frame: pd.DataFrame, places: set[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Good rows (typed) and bad rows (line, reason) of a frame of text."""
    frame["line"] = frame.index + 2
    for column in ("debut", "fin"):
        frame[column] = pd.to_datetime(frame[column], format="%d/%m/%Y", errors="coerce")
    frame["valeur"] = pd.to_numeric(frame["valeur"].str.replace(",", "."), errors="coerce")
    checks = {
        "date illisible": frame["debut"].isna() | frame["fin"].isna(),
        "fin avant début": frame["fin"] < frame["debut"],
        "valeur illisible ou négative": ~(frame["valeur"] >= 0),
        "unité inconnue": ~frame["unite"].isin(UNITS),
        "lieu inconnu": ~frame["id_lieu"].isin(places),
    }
    reason = pd.Series(None, index=frame.index, dtype=object)
    for message, bad in checks.items():
        reason[bad & reason.isna()] = message
    refused = pd.DataFrame({"line": frame["line"], "reason": reason})[reason.notna()]
    return frame[reason.isna()], refused


def load_pandas(engine: sa.Engine, folder: Path, rows: int | None) -> Counts:
    """read_csv, checks by column, `to_sql` in batches."""
    frame = pd.read_csv(folder / "attendance.csv", sep=";", dtype=str, nrows=rows)
    good, bad = check_frame(frame, known_places(folder))
    good.to_sql("attendance", engine, if_exists="append", index=False, chunksize=BATCH)
    bad.to_sql("reject", engine, if_exists="append", index=False)
    return len(good), len(bad)


def french_date(text: str) -> date:
    return date(int(text[6:]), int(text[3:5]), int(text[:2]))


def checked_rows(folder: Path, rows: int | None) -> Iterator[tuple[dict[str, object] | None, int, str]]:
    """(row or None, line, reason) of each row of the file."""
    places = known_places(folder)
    with (folder / "attendance.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter=";")
        next(reader)
        for line, (place, first, last, unit, public, value) in enumerate(islice(reader, rows), start=2):
            try:
                start, end, number = french_date(first), french_date(last), float(value.replace(",", "."))
            except ValueError as error:
                yield None, line, str(error)
                continue
            if start > end or number < 0 or unit not in UNITS or place not in places:
                yield None, line, "lieu ou unité inconnus, valeur négative ou fin avant début"
                continue
            yield (
                {
                    "id_lieu": place,
                    "debut": start,
                    "fin": end,
                    "unite": unit,
                    "public": public,
                    "valeur": number,
                    "line": line,
                },
                line,
                "",
            )


def load_executemany(engine: sa.Engine, folder: Path, rows: int | None) -> Counts:
    """The csv module and SQLAlchemy core's executemany, in one transaction."""
    accepted, refused = 0, []
    checked = checked_rows(folder, rows)
    with engine.begin() as connection:
        while batch := list(islice(checked, BATCH)):
            good = [row for row, _, _ in batch if row is not None]
            connection.execute(attendance.insert(), good)
            accepted += len(good)
            refused += [{"line": line, "reason": reason} for row, line, reason in batch if row is None]
        if refused:
            connection.execute(reject.insert(), refused)
    return accepted, len(refused)


def load_frictionless(engine: sa.Engine, folder: Path, rows: int | None) -> Counts:
    """A Table Schema validated by frictionless, then the rows it accepts by `to_sql`."""
    # In a virtual environment of its own (bench/requirements.txt), so not at the top.
    from frictionless import Dialect, Resource, Schema, formats  # noqa: PLC0415

    french = "%d/%m/%Y"
    schema = Schema.from_descriptor(
        {
            "fields": [
                {"name": "id_lieu", "type": "string", "constraints": {"required": True}},
                {"name": "debut", "type": "date", "format": french, "constraints": {"required": True}},
                {"name": "fin", "type": "date", "format": french, "constraints": {"required": True}},
                {"name": "unite", "type": "string", "constraints": {"required": True, "enum": list(UNITS)}},
                {"name": "public", "type": "string"},
                {
                    "name": "valeur",
                    "type": "number",
                    "decimalChar": ",",
                    "constraints": {"required": True, "minimum": 0},
                },
            ]
        }
    )
    source = folder / "attendance.csv"
    if rows is not None:
        source = folder / f"attendance-{rows}.csv"
        with (folder / "attendance.csv").open(encoding="utf-8") as file:
            source.write_text("".join(islice(file, rows + 1)), encoding="utf-8")
    dialect = Dialect(controls=[formats.CsvControl(delimiter=";")])
    resource = Resource(path=source.name, basepath=str(folder), schema=schema, dialect=dialect)
    report = resource.validate(limit_errors=rows or 10**9)
    bad = {error.row_number: error.message for error in report.tasks[0].errors}
    places = known_places(folder)  # a set: an `enum` of thousands would be searched one by one
    with resource.open() as opened:
        valid = [row.to_dict() | {"line": row.row_number} for row in opened.row_stream if row.row_number not in bad]
    bad |= {row["line"]: "lieu inconnu" for row in valid if row["id_lieu"] not in places}
    good = pd.DataFrame([row for row in valid if row["line"] not in bad])
    good["valeur"] = good["valeur"].astype(float)
    good.to_sql("attendance", engine, if_exists="append", index=False, chunksize=BATCH)
    refused = pd.DataFrame({"line": list(bad), "reason": list(bad.values())})
    refused.to_sql("reject", engine, if_exists="append", index=False)
    return len(good), len(refused)


def load_dlt(engine: sa.Engine, folder: Path, rows: int | None) -> Counts:
    """The frames checked by column, as Arrow tables, through a dlt pipeline."""
    import dlt  # noqa: PLC0415 - as above
    import pyarrow as pa  # noqa: PLC0415

    places, refused = known_places(folder), 0

    def good() -> Iterator[pa.Table]:
        nonlocal refused
        for frame in pd.read_csv(folder / "attendance.csv", sep=";", dtype=str, nrows=rows, chunksize=5 * BATCH):
            accepted, bad = check_frame(frame, places)
            refused += len(bad)
            yield pa.Table.from_pandas(accepted, preserve_index=False)

    if engine.dialect.name == "postgresql":
        # dlt insists on a host; libpq then lets the socket of the query win.
        url = engine.url.set(drivername="postgresql", host="localhost", password="none")
        target = dlt.destinations.postgres(url.render_as_string(hide_password=False))
    else:
        target = dlt.destinations.sqlalchemy(engine.url.render_as_string(hide_password=False))
    home = str(folder / "dlt")
    pipeline = dlt.pipeline("bench", destination=target, dataset_name="dlt_bench", pipelines_dir=home, dev_mode=True)
    pipeline.run(good(), table_name="attendance")
    accepted = pipeline.last_trace.last_normalize_info.row_counts["attendance"]
    return accepted, refused


LOADERS: dict[str, Callable[[sa.Engine, Path, int | None], Counts]] = {
    "pandas": load_pandas,
    "executemany": load_executemany,
    "frictionless": load_frictionless,
    "dlt": load_dlt,
}


def main() -> None:
    name, url, folder = sys.argv[1:4]
    rows = int(sys.argv[4]) if len(sys.argv) > 4 else None
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    engine = sa.create_engine(url)
    metadata.create_all(engine)
    accepted, rejected = LOADERS[name](engine, Path(folder), rows)
    print(json.dumps({"accepted": accepted, "rejected": rejected}))


if __name__ == "__main__":
    main()
