"""Stop with a French sentence when the port `make site` wants is already taken."""

import socket
import sys

port = int(sys.argv[1])
with socket.socket() as probe:
    # As the server does: a port left a moment ago by a stopped server counts as free.
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", port))
    except OSError:
        sys.exit(
            f"Le port {port} est déjà pris, peut-être par un autre « make site ».\n"
            f"Arrêtez-le, ou choisissez un autre port : make site PORT={port + 1}"
        )
