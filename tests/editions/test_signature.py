"""What others say of a manifest: a signature by an SSH key, a timestamp of a small authority made for the test."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from macros.editions.manifeste import HORODATAGE, MANIFESTE, SIGNATURE, manifest_of
from macros.editions.signature import NAMESPACE, check_signature, check_timestamp, sign
from macros.problems import DataError

if TYPE_CHECKING:
    from pathlib import Path

KEYGEN, OPENSSL = shutil.which("ssh-keygen") or "ssh-keygen", shutil.which("openssl") or "openssl"


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A folder with a manifest."""
    folder = tmp_path / "edition"
    folder.mkdir()
    (folder / "a").write_text("a", "utf-8")
    (folder / MANIFESTE).write_bytes(manifest_of(folder))
    return folder


def key(folder: Path, name: str) -> tuple[Path, str]:
    """Make an SSH key; return its path and its public half."""
    subprocess.run([KEYGEN, "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)], check=True)
    return folder / name, " ".join((folder / f"{name}.pub").read_text("utf-8").split()[:2])


def test_a_signature_is_verified_with_the_same_command(edition: Path, tmp_path: Path) -> None:
    """By a key one trusts, by another, on another manifest: each is said."""
    private, public = key(tmp_path, "qualite")
    _, other = key(tmp_path, "autre")
    signers = tmp_path / "signataires"
    assert check_signature(edition, None) is None
    sign(edition, private)
    signers.write_text(f'qualite@exemple.fr namespaces="{NAMESPACE}" {public}\n', "utf-8")
    trusted, unknown = check_signature(edition, signers), check_signature(edition, None)
    assert trusted
    assert unknown
    assert (trusted.tient, unknown.tient) == (True, True)
    assert "qualite@exemple.fr" in trusted.texte
    assert "pas été comparée" in unknown.texte
    signers.write_text(f'autre@exemple.fr namespaces="{NAMESPACE}" {other}\n', "utf-8")
    stranger = check_signature(edition, signers)
    assert stranger
    assert not stranger.tient
    (edition / MANIFESTE).write_bytes((edition / MANIFESTE).read_bytes() + b"x")
    signers.write_text(f'qualite@exemple.fr namespaces="{NAMESPACE}" {public}\n', "utf-8")
    for signed in (check_signature(edition, signers), check_signature(edition, None)):
        assert signed
        assert not signed.tient
    assert (edition / SIGNATURE).is_file()


def test_a_key_that_cannot_sign(edition: Path, tmp_path: Path) -> None:
    """A key that is not there is said in French, and no signature is left."""
    with pytest.raises(DataError, match="clé SSH"):
        sign(edition, tmp_path / "absente")
    assert not (edition / SIGNATURE).exists()


def test_a_missing_program_is_said(edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ssh-keygen, the sentence says which package brings it."""
    private, _ = key(tmp_path, "qualite")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DataError, match="openssh-client"):
        sign(edition, private)


def authority(folder: Path) -> Path:
    """Make a small timestamping authority; return its certificate, beside its key and its settings."""
    folder.mkdir()
    settings = f"""[req]
distinguished_name=dn
x509_extensions=ext
prompt=no
[dn]
CN=Autorite {folder.name}
[ext]
extendedKeyUsage=critical,timeStamping
keyUsage=critical,digitalSignature
[tsa]
default_tsa=une
[une]
serial={folder}/serial
crypto_device=builtin
signer_cert={folder}/tsa.pem
signer_key={folder}/tsa.key
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256
ess_cert_id_alg=sha256
"""
    (folder / "tsa.cnf").write_text(settings, "utf-8")
    (folder / "serial").write_text("01\n", "utf-8")
    made = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "30",
        "-keyout",
        str(folder / "tsa.key"),
        "-out",
        str(folder / "tsa.pem"),
        "-config",
        str(folder / "tsa.cnf"),
    ]
    subprocess.run([OPENSSL, *made], check=True, capture_output=True)
    return folder / "tsa.pem"


def test_a_timestamp_is_verified_with_the_same_command(edition: Path, tmp_path: Path) -> None:
    """By the authority given, by another one, on another manifest, without authority: each is said."""
    known, other = authority(tmp_path / "tsa"), authority(tmp_path / "autre")
    query = tmp_path / "demande.tsq"
    subprocess.run(
        [OPENSSL, "ts", "-query", "-data", str(edition / MANIFESTE), "-sha256", "-cert", "-out", str(query)],
        check=True,
        capture_output=True,
    )
    reply = [
        "ts",
        "-reply",
        "-queryfile",
        str(query),
        "-config",
        str(tmp_path / "tsa" / "tsa.cnf"),
        "-section",
        "une",
        "-out",
        str(edition / HORODATAGE),
    ]
    subprocess.run([OPENSSL, *reply], check=True, capture_output=True)
    held, stranger, unchecked = check_timestamp(edition, known), check_timestamp(edition, other), check_timestamp(edition, None)
    assert held
    assert stranger
    assert unchecked
    assert (held.tient, stranger.tient, unchecked.tient) == (True, False, False)
    assert "GMT" in held.texte
    assert "non vérifié" in unchecked.texte
    (edition / MANIFESTE).write_bytes(b"autre\n")
    changed = check_timestamp(edition, known)
    assert changed
    assert not changed.tient
