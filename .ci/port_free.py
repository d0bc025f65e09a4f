"""Prints the port that `make run` may use; says in French, and fails, when a setting is wrong or the port is taken."""

import os
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dashboard.web.settings import read_settings
from data.settings import SettingsError

try:
    port = read_settings(os.environ).port
except SettingsError as error:
    sys.exit(str(error))
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", port))
    except PermissionError:
        sys.exit(f"Le port {port} est réservé au système. Choisissez-en un autre, comme PORT=8050.")
    except OSError:
        other = port + 10 if port < 65_000 else 8050
        sys.exit(f"Le port {port} est déjà pris. Choisissez-en un autre, comme PORT={other}.")
sys.stdout.write(f"{port}\n")
