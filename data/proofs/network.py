"""The rows behind the figures of the network of EPN."""

from __future__ import annotations

from data.facts.network import EPN_COUNT
from data.proofs.builders import count_proof, measure_proof
from data.proofs.label import per_inhabitants_arithmetic

EPN_PROOF = count_proof(EPN_COUNT)
EPN_PER_INHABITANT_PROOF = measure_proof(EPN_COUNT, per_inhabitants_arithmetic(EPN_COUNT, "EPN", "EPN"))
