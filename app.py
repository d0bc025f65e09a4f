"""WSGI entry: `gunicorn app:server`."""

import gc
import os

from dashboard.web.factory import create_app
from dashboard.web.settings import STATEMENT_SECONDS, read_settings_or_exit
from data.engine import open_engine
from etl.past.process import write_past_apart

settings = read_settings_or_exit(os.environ)
engine = open_engine(settings.database_url, create=False, statement_seconds=STATEMENT_SECONDS)
server = create_app(engine, installation=settings.installation, write_past=write_past_apart, draws_charts=True).server
gc.freeze()  # what is loaded stays: an answer waited 0.1 s each time that the collector looked through all of it

if __name__ == "__main__":
    server.run(host="127.0.0.1", port=settings.port)
