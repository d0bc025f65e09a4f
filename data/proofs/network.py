"""The rows behind the figures of the network of EPN."""

from __future__ import annotations

from data.facts.network import LISTED
from data.proofs.builders import count_of, proof_of
from data.proofs.label import for_inhabitants

LISTED_ROWS = count_of(LISTED)
PER_INHABITANT_ROWS = proof_of(LISTED, for_inhabitants(LISTED, "EPN", "EPN"))
