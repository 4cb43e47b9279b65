"""What others say of a manifest: a signature made with an SSH key, a timestamp (RFC 3161). Programs of the system do it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros import messages
from macros.editions.manifeste import HORODATAGE, MANIFESTE, SIGNATURE
from macros.problems import DataError, Problem

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACE = "portail-edition"
_TIME = re.compile(r"^Time stamp: (.+)$", re.MULTILINE)
_KEY = re.compile(r"with (\S+) key (SHA256:\S+)")


@dataclass(frozen=True)
class Attestation:
    """What a file beside the manifest proves: whether it holds, in words."""

    tient: bool
    texte: str


def sign(folder: Path, key: Path) -> None:
    """Sign the manifest of `folder` with an SSH key. Raise `DataError` when it cannot be done."""
    path = folder / MANIFESTE
    done = _run("ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(path))
    if done.returncode or not (folder / SIGNATURE).is_file():
        raise DataError([Problem(str(key), 0, 0, "signature", messages.cannot_sign(str(key), _last(done)))])


def check_signature(folder: Path, signers: Path | None) -> Attestation | None:
    """Return what the signature of a manifest proves, None without one. `signers` lists the keys one trusts, as OpenSSH writes them."""
    path = folder / SIGNATURE
    if not path.is_file():
        return None
    body = (folder / MANIFESTE).read_bytes()
    if signers is None:
        done = _run("ssh-keygen", "-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(path), stdin=body)
        key = _KEY.search(_said(done))
        return Attestation(done.returncode == 0, messages.signed_by_unknown(key[2] if key else "")) if done.returncode == 0 else _broken()
    found = _run("ssh-keygen", "-Y", "find-principals", "-n", NAMESPACE, "-s", str(path), "-f", str(signers), stdin=body)
    who = _said(found).splitlines()[0].strip() if found.returncode == 0 and _said(found).strip() else ""
    if not who:
        return Attestation(tient=False, texte=messages.signer_unknown(str(signers)))
    done = _run("ssh-keygen", "-Y", "verify", "-n", NAMESPACE, "-I", who, "-s", str(path), "-f", str(signers), stdin=body)
    return Attestation(tient=True, texte=messages.signed_by(who)) if done.returncode == 0 else _broken()


def _broken() -> Attestation:
    return Attestation(tient=False, texte=messages.signature_broken())


def check_timestamp(folder: Path, authority: Path | None) -> Attestation | None:
    """Return what the timestamp of a manifest proves, None without one. `authority` holds the certificates of who gave it."""
    path = folder / HORODATAGE
    if not path.is_file():
        return None
    said = _run("openssl", "ts", "-reply", "-in", str(path), "-text")
    when = _TIME.search(said.stdout.decode("utf-8", "replace"))
    if authority is None:
        return Attestation(tient=False, texte=messages.timestamp_unchecked(when[1].strip() if when else ""))
    arguments = ("-data", str(folder / MANIFESTE), "-in", str(path), "-CAfile", str(authority))
    done = _run("openssl", "ts", "-verify", *arguments)
    if done.returncode or when is None:
        return Attestation(tient=False, texte=messages.timestamp_broken())
    return Attestation(tient=True, texte=messages.timestamped(when[1].strip()))


def _run(name: str, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    program = shutil.which(name)
    if program is None:
        raise DataError([Problem(name, 0, 0, "programme-absent", messages.missing_program(name))])
    return subprocess.run([program, *arguments], input=stdin, capture_output=True, check=False)  # noqa: S603 - no shell


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")


def _last(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = [line.strip() for line in _said(done).splitlines() if line.strip()]
    return lines[-1] if lines else ""
