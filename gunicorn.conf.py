"""How gunicorn serves `app:server`; it reads this file by itself. The command line says where and with how many."""

import socket
import struct

SECONDS = 5  # that a socket is waited for: a request sent by halves is closed. A proxy that buffers stands in front

forwarder_headers = ""  # no header sets the path of the application
header_map = "refuse"  # `SCRIPT_NAME: /x` and the like are 400


def when_ready(server):  # gunicorn calls it
    """Limit the waiting of the sockets that will be accepted: they take it from those that listen."""
    for listener in server.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", SECONDS, 0))
