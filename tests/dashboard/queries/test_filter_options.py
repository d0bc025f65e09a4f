"""The options of the filters are read again when a load changed them, and only then."""

from sqlalchemy import Engine, event, update

from data.engine import reading, writing
from data.queries.options import LoadCache, read_options
from data.schema import load, scheme_version
from tests.conftest import NewEngine
from tests.dashboard.facts import LOAD, Facts, fill


def asked(engine: Engine, selected: LoadCache) -> int:
    """How many questions the options cost now; they must be those of the database."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    with reading(engine) as connection:
        event.listen(engine, "before_cursor_execute", note)
        found = selected("options", connection, read_options)
        event.remove(engine, "before_cursor_execute", note)
        assert found == read_options(connection)
    return len(statements)


def test_options_follow_the_loads(new_engine: NewEngine) -> None:
    with new_engine() as engine:
        selected = LoadCache()
        first = asked(engine, selected)
        assert asked(engine, selected) == 1 < first
        with writing(engine) as connection:
            fill(connection, Facts())
            connection.execute(update(scheme_version).values(label="Autre nom"))
        assert asked(engine, selected) == first
        with writing(engine) as connection:
            connection.execute(update(load).where(load.c.load_id == LOAD).values(status="rolled_back"))
            connection.execute(update(scheme_version).values(label="Encore un autre"))
        assert asked(engine, selected) == first
