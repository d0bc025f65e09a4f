"""The network of EPN: an open format, full of contacts."""

from __future__ import annotations

from data.sources import network as columns
from etl.checks import network
from etl.sources.model import LoadSource
from etl.territory.locator import locate

MEDIATION_PLACES = LoadSource(columns.MEDIATION_PLACES, context=locate, checks=network.checks, mend=network.mend)
