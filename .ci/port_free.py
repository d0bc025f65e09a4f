"""Says in French, and fails, when the port that `make run` wants is taken."""

import socket
import sys

port = int(sys.argv[1])
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", port))
    except OSError:
        sys.exit(f"Le port {port} est déjà pris. Choisissez-en un autre : PORT={port + 10} make run")
