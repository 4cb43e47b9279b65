"""A real nginx for the tests, started on a free port in a folder of its own. Absent, its tests are skipped; in CI they fail."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MISSING = """\
Les essais du serveur ont besoin de nginx, qui est absent. Installez-le :
  Debian, Ubuntu : sudo apt-get install nginx-light
ou indiquez celui que vous avez : PORTAIL_NGINX=/chemin/vers/nginx make test"""

MAIN = """\
daemon off;
master_process on;
worker_processes 1;
{user}
pid "{folder}/nginx.pid";
error_log stderr warn;
events {{ worker_connections 128; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    client_body_temp_path "{folder}/body";
    proxy_temp_path "{folder}/proxy";
    fastcgi_temp_path "{folder}/fastcgi";
    scgi_temp_path "{folder}/scgi";
    uwsgi_temp_path "{folder}/uwsgi";
    include "{configuration}";
}}
"""


def program() -> str | None:
    """Return the path of nginx; Debian keeps it out of the path of ordinary users."""
    return shutil.which(os.environ.get("PORTAIL_NGINX", "nginx")) or shutil.which("nginx", path="/usr/sbin")


def require() -> str:
    """Return the path of nginx; skip the test that calls this when it is absent, fail it in CI."""
    found = program()
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    return found or ""


def free_port() -> int:
    """Return a port that nothing listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Nginx:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        """Return where it answers, without a final slash."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, cookie: str = "", method: str = "GET") -> Answer:
        """Ask for a path exactly as written: nothing is decoded, normalised or followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest(method, path, skip_accept_encoding=True)
        if cookie:
            connection.putheader("Cookie", cookie)
        connection.endheaders()
        answer = connection.getresponse()
        found = Answer(answer.status, answer.headers, answer.read())
        connection.close()
        return found

    def reload(self, until: Callable[[], bool]) -> None:
        """Have the configuration read again; wait until it holds."""
        self.process.send_signal(1)
        _wait(until)


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not until():
        assert time.monotonic() < end, "nginx does not follow"
        time.sleep(0.02)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(folder: Path, configuration: Path, port: int) -> Iterator[Nginx]:
    """Run nginx on a configuration made for a port, its own files in `folder`; stop it at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    main = folder / "nginx.conf"
    # As root, the temporary folders of the tests are closed to any other user.
    user = "user root;" if os.geteuid() == 0 else ""
    main.write_text(MAIN.format(folder=folder, configuration=configuration, user=user), "utf-8")
    command = [require(), "-p", str(folder), "-c", str(main), "-e", str(folder / "start.log")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False, timeout=30)
    assert tried.returncode == 0, tried.stderr
    # Warnings count: a name used twice, a type told twice.
    assert "[warn]" not in tried.stderr, tried.stderr
    with (folder / "stderr.log").open("wb") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told)
    try:
        _wait(lambda: _answers(port))
        yield Nginx(port, process)
    finally:
        process.terminate()
        process.wait(10)


def main() -> int:
    """Print what is missing and how to install it (exit 1), or nothing."""
    if program() is None:
        sys.stdout.write(MISSING + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
