"""The generated server, run by a real nginx: who enters, who does not, what each answer carries and what is written down."""

from __future__ import annotations

import json
import re
import socket
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from macros.editions.liens import Etat, ServerError, ensure_secret, sign_link
from macros.editions.serveur import Serveur, write_server, write_states
from tests.editions.nginx import Nginx, free_port, require, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.editions.nginx import Answer

FUTURE, PAST = 4_000_000_000, 1_000_000_000
STATES = {"AUD-1": Etat.OUVERT, "AUD-2": Etat.OUVERT, "AUD-3": Etat.REVOQUE}
PDF = b"%PDF-1.7 minuscule"


@dataclass(frozen=True)
class World:
    """A small publication with three dossiers, served."""

    nginx: Nginx
    serveur: Serveur
    target: Path
    secret: str

    def link(self, dossier: str, expires: int = FUTURE) -> str:
        """Return a signed link."""
        return sign_link(self.secret, dossier, expires)

    def cookie(self, dossier: str, expires: int = FUTURE) -> str:
        """Return the cookie that a link leaves, as a browser would send it, made without asking the server."""
        found = re.search(r"s=(.*)&e=(.*)", self.link(dossier, expires))
        assert found
        return f"portail_dossier={found[1]}.{found[2]}"

    def lines(self, name: str = "portail-consultations.log") -> list[dict[str, object]]:
        """Return the entries of a log."""
        return [json.loads(line) for line in (self.serveur.journaux / name).read_text("utf-8").splitlines()]


def make(folder: Path) -> Serveur:
    """Write a publication and its dossiers."""
    dossiers, publication = folder / "site" / "dossiers", folder / "site"
    for name in ("AUD-1", "AUD-2", "AUD-3", "AUD-9"):
        (dossiers / name / "pieces").mkdir(parents=True)
        (dossiers / name / "index.html").write_text(f"<!doctype html><title>{name}</title><script>var a = 1;</script>", "utf-8")
        (dossiers / name / "pieces" / "index.html").write_text(f"<!doctype html><title>Pièces {name}</title>", "utf-8")
        (dossiers / name / "pieces" / "pv.pdf").write_bytes(PDF)
        (dossiers / name / "MANIFESTE.sha256").write_text("0  index.html\n", "utf-8")
        (dossiers / name / ".cache").write_text("caché", "utf-8")
    (publication / "index.html").write_text("<!doctype html><title>Portail</title>", "utf-8")
    (publication / ".git").mkdir()
    (publication / ".git" / "config").write_text("caché", "utf-8")
    (folder / "hors.txt").write_text("hors du site", "utf-8")
    (dossiers / "AUD-1" / "ailleurs.txt").symlink_to(folder / "hors.txt")
    (folder / "journaux").mkdir()
    return Serveur("_", dossiers, folder / "cle" / "secret.conf", folder / "journaux", publication, ecoute=f"127.0.0.1:{free_port()}")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """That publication, served by nginx."""
    require()
    folder = tmp_path_factory.mktemp("serveur")
    serveur, target = make(folder), folder / "serveur"
    configuration = write_server(serveur, target, STATES)
    port = int(serveur.ecoute.split(":")[1])
    with running(folder / "nginx", configuration, port) as nginx:
        yield World(nginx, serveur, target, ensure_secret(serveur.secret))


def test_a_link_opens_its_dossier(world: World) -> None:
    """The link answers with a cookie closed to scripts, to other sites and to other dossiers; that cookie opens pages and PDF."""
    entered = world.nginx.get(world.link("AUD-1"))
    assert (entered.status, entered.headers["Location"]) == (303, "/dossiers/AUD-1/")
    assert entered.headers["Set-Cookie"] == f"{world.cookie('AUD-1')}; Path=/dossiers/AUD-1/; HttpOnly; SameSite=Lax"
    cookie = entered.headers["Set-Cookie"].split(";")[0]
    home = world.nginx.get("/dossiers/AUD-1/", cookie)
    assert (home.status, home.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"<title>AUD-1" in home.body
    assert "Pièces AUD-1" in world.nginx.get("/dossiers/AUD-1/pieces/", cookie).body.decode()
    moved = world.nginx.get("/dossiers/AUD-1/pieces", cookie)
    assert (moved.status, moved.headers["Location"]) == (301, "/dossiers/AUD-1/pieces/")
    pdf = world.nginx.get("/dossiers/AUD-1/pieces/pv.pdf", cookie)
    assert (pdf.status, pdf.headers["Content-Type"], pdf.body) == (200, "application/pdf", PDF)
    assert world.nginx.get("/dossiers/AUD-1/MANIFESTE.sha256", cookie).status == 200


@pytest.mark.parametrize("path", ["", "pieces/", "pieces/pv.pdf", "MANIFESTE.sha256", "nulle-part/", "entrer"])
def test_without_the_link_nothing_opens(world: World, path: str) -> None:
    """Without cookie, with that of another dossier, or one that is made up: refused alike, whether the page exists or not."""
    for dossier in ("AUD-1", "AUD-9", "INCONNU"):
        for cookie in ("", world.cookie("AUD-2"), "portail_dossier=" + "A" * 22 + ".4000000000", "portail_dossier=;", "portail_dossier=1"):
            assert world.nginx.get(f"/dossiers/{dossier}/{path}", cookie).status == 403, (dossier, cookie)


def test_a_dossier_that_no_list_names_is_closed(world: World) -> None:
    """A good signature is not enough: the server must know the dossier."""
    assert world.nginx.get(world.link("AUD-9")).status == 403
    assert world.nginx.get("/dossiers/AUD-9/", world.cookie("AUD-9")).status == 403


def test_an_expired_link_says_so(world: World) -> None:
    """410 for the link and for the cookie it once left; a signature that is wrong besides is only refused."""
    for answer in (world.nginx.get(world.link("AUD-1", PAST)), world.nginx.get("/dossiers/AUD-1/pieces/", world.cookie("AUD-1", PAST))):
        assert answer.status == 410
        assert "a expiré" in answer.body.decode()
        assert "Set-Cookie" not in answer.headers
    assert world.nginx.get(world.link("AUD-1", PAST).replace("s=", "s=x")).status == 403


def test_a_tampered_link_is_refused(world: World) -> None:
    """Each character of a link counts, and so do those added to it."""
    link = world.link("AUD-1")
    assert world.nginx.get(link.replace("AUD-1", "AUD-2")).status == 403
    for index in range(link.index("?") + 1, len(link)):
        # The last of 22 characters holds two bits: any other spelling of the same signature is refused too.
        for other in {*"ABQg0"} - {link[index]}:
            answer = world.nginx.get(link[:index] + other + link[index + 1 :])
            assert answer.status == 403, (link, index, other)
    for added in ("0", "%20", "%0d%0aX-Injecte:%201", ";", ",1"):
        answer = world.nginx.get(link + added)
        assert (answer.status, answer.headers["X-Injecte"]) == (403, None), added


def test_a_dossier_is_revoked_by_a_line_and_a_reload(world: World) -> None:
    """Links and cookies of a revoked dossier end at once, others go on; without a good link nothing says that it existed."""
    assert world.nginx.get(world.link("AUD-3")).status == 410
    assert world.nginx.get("/dossiers/AUD-3/pieces/pv.pdf", world.cookie("AUD-3")).status == 410
    assert world.nginx.get("/dossiers/AUD-3/").status == 403
    cookie = world.cookie("AUD-2")
    assert world.nginx.get("/dossiers/AUD-2/", cookie).status == 200
    write_states(world.target, {**STATES, "AUD-2": Etat.REVOQUE})
    # Workers of before may answer for a moment: the new ones have taken over once all answers agree.
    world.nginx.reload(
        lambda: all(world.nginx.get(where, cookie).status == 410 for where in ("/dossiers/AUD-2/", world.link("AUD-2")) * 10)
    )
    assert world.nginx.get(world.link("AUD-2")).status == 410
    assert world.nginx.get("/dossiers/AUD-1/", world.cookie("AUD-1")).status == 200
    write_states(world.target, STATES)
    world.nginx.reload(lambda: all(world.nginx.get("/dossiers/AUD-2/", cookie).status == 200 for _ in range(10)))


@pytest.mark.parametrize(
    "path",
    [
        "/dossiers/AUD-1/../AUD-2/",
        "/dossiers/AUD-1/%2e%2e/AUD-2/",
        "/dossiers/AUD-1/..%2fAUD-2/pieces/pv.pdf",
        "/dossiers/AUD-1//../AUD-2/",
        "/x/../dossiers/AUD-2/",
        "//dossiers//AUD-2//",
        "/dossiers/./AUD-2/",
        "/%64ossiers/AUD-2/",
        "/dossiers/AUD%2D2/",
        "/dossiers/AUD-2/%0a",
        "/dossiers/AUD-1/../../../hors.txt",
        "/dossiers/AUD-1/..%2f..%2f..%2fhors.txt",
        "/dossiers/AUD-1/ailleurs.txt",
        "/dossiers/",
        "/dossiers",
        "/dossiers/AUD-1/.cache",
        "/dossiers/AUD-1/%2ecache",
        "/.git/config",
        "/_erreurs/403.html",
        "/dossiers/AUD-1/%00",
        "/dossiers/AUD-1/pieces/pv.pdf%00.html",
        "/dossiers/%41UD-2/pieces%2fpv.pdf",
    ],
)
def test_no_path_leads_around(world: World, path: str) -> None:
    """However a path is written, the cookie of one dossier opens neither another, nor a hidden file, nor one outside."""
    answer = world.nginx.get(path, world.cookie("AUD-1"))
    assert answer.status in {400, 403, 404}, path
    assert "hors du site" not in answer.body.decode()
    assert "caché" not in answer.body.decode()


@pytest.fixture
def every_answer(world: World) -> dict[str, Answer]:
    """One answer of each kind."""
    cookie, get = world.cookie("AUD-1"), world.nginx.get
    return {
        "portal": get("/"),
        "absent": get("/nulle-part/"),
        "link": get(world.link("AUD-1")),
        "page": get("/dossiers/AUD-1/", cookie),
        "pdf": get("/dossiers/AUD-1/pieces/pv.pdf", cookie),
        "slash": get("/dossiers/AUD-1"),
        "directory": get("/dossiers/AUD-1/pieces", cookie),
        "refused": get("/dossiers/AUD-1/"),
        "expired": get(world.link("AUD-1", PAST)),
        "absent from a dossier": get("/dossiers/AUD-1/nulle-part/", cookie),
        "hidden": get("/.git/config"),
        "posted": get("/", method="POST"),
        "malformed": get("/%00"),
        "too long": get("/" + "a" * 9000),
        "range": get("/"),
    }


def test_every_answer_carries_its_protections(every_answer: dict[str, Answer]) -> None:
    """Errors and redirections too: policy, no guessing of types, no referrer, no frame, no version of the server, each once."""
    for name, answer in every_answer.items():
        found = answer.headers
        assert found["X-Content-Type-Options"] == "nosniff", name
        assert found["Referrer-Policy"] == "no-referrer", name
        assert found["X-Frame-Options"] == "DENY", name
        assert "camera=()" in found["Permissions-Policy"], name
        assert found["Server"] == "nginx", name
        (policy,) = found.get_all("Content-Security-Policy") or [""]
        assert "frame-ancestors 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert "Strict-Transport-Security" not in found, name
        if name not in {"portal", "posted", "range"} or answer.status != 200:
            continue
        assert "script-src 'self' 'sha256-" in policy, name
    assert {"object-src 'none'", "base-uri 'none'", "form-action 'self'", "default-src 'self'"} <= set(
        every_answer["portal"].headers["Content-Security-Policy"].split("; ")
    )


def test_dossiers_are_kept_out_of_engines_and_caches(every_answer: dict[str, Answer]) -> None:
    """No dossier is indexed, and no copy of one is used without asking again."""
    for name in ("page", "pdf", "link", "refused", "expired", "absent from a dossier", "directory"):
        found = every_answer[name].headers
        assert "noindex" in found["X-Robots-Tag"], name
        assert found["Cache-Control"] in {"private, no-cache", "no-store"}, name
    assert "X-Robots-Tag" not in every_answer["portal"].headers


def test_errors_speak_french(every_answer: dict[str, Answer]) -> None:
    """Each error has its page, which asks for nothing else."""
    for name, status, title in (
        ("refused", 403, "Accès refusé"),
        ("absent", 404, "Page introuvable"),
        ("absent from a dossier", 404, "Page introuvable"),
        ("expired", 410, "Dossier fermé"),
        ("posted", 405, "Demande impossible"),
        ("malformed", 400, "Demande impossible"),
    ):
        answer = every_answer[name]
        assert answer.status == status, name
        assert f"<h1>{title}</h1>" in answer.body.decode(), name
        assert 'lang="fr"' in answer.body.decode()
        assert not re.search(r"(src|href)=|[^  ] [:;!?]", answer.body.decode().split("</style>")[1])


def test_consultations_are_written_down(world: World) -> None:
    """Day, dossier, path and status of each request; never a signature, a cookie, an argument nor the secret."""
    before = len(world.lines())
    cookie = world.cookie("AUD-1")
    world.nginx.get(world.link("AUD-1") + "&u=vu")
    world.nginx.get("/dossiers/AUD-1/pieces/pv.pdf?jeton=" + cookie, cookie)
    world.nginx.get("/dossiers/AUD-2/", cookie)
    world.nginx.get("/dossiers/AUD-1/nulle-part/?x=" + cookie, cookie)
    world.nginx.get("/?x=" + cookie, cookie)
    seen = [(line["dossier"], line["chemin"], line["statut"]) for line in world.lines()[before:]]
    assert seen[0] == ("AUD-1", "/dossiers/AUD-1/entrer", 303)
    assert ("AUD-1", "/dossiers/AUD-1/pieces/pv.pdf", 200) in seen
    assert ("AUD-2", "/dossiers/AUD-2/", 403) in seen
    assert ("AUD-1", "/dossiers/AUD-1/nulle-part/", 404) in seen
    assert all(
        re.match(r"\d{4}-\d\d-\d\dT", str(line["date"])) and set(line) == {"date", "dossier", "chemin", "statut"} for line in world.lines()
    )
    kept = "".join(file.read_text("utf-8") for file in world.serveur.journaux.iterdir())
    for hidden in (cookie.split("=")[1][:22], world.secret, "127.0.0.1", "?", "jeton"):
        assert hidden not in kept, hidden


def test_a_request_may_not_forge_a_line(world: World) -> None:
    """A path with quotes and line ends stays inside its field."""
    before = len(world.lines())
    with socket.create_connection(("127.0.0.1", world.nginx.port)) as raw:
        raw.sendall(b'GET /dossiers/AUD-1/","statut":200}\x01\x7f\xff HTTP/1.0\r\n\r\n')
        while raw.recv(4096):
            pass
    lines = world.lines()[before:]
    assert [line["statut"] for line in lines] in ([403], [400], [])


def test_the_secret_is_a_closed_file_outside_of_the_site(tmp_path: Path) -> None:
    """It is made once, readable by its owner only, absent from the configuration, and refused inside what is served."""
    serveur = make(tmp_path)
    configuration = write_server(serveur, tmp_path / "serveur", {})
    secret = ensure_secret(serveur.secret)
    assert re.fullmatch(r"[0-9a-f]{64}", secret)
    assert ensure_secret(serveur.secret) == secret
    assert serveur.secret.stat().st_mode & 0o777 == 0o600
    assert all(secret not in file.read_text("utf-8") for file in (tmp_path / "serveur").rglob("*") if file.is_file())
    assert configuration.is_file()
    for wrong in (replace(serveur, secret=serveur.dossiers / "cle"), replace(serveur, journaux=tmp_path / "site" / "journaux")):
        with pytest.raises(ServerError, match="gardez-le ailleurs"):
            write_server(wrong, tmp_path / "serveur", {})
    with pytest.raises(ServerError):
        write_server(serveur, tmp_path / "site" / "conf", {})
    serveur.secret.write_text("autre chose", "utf-8")
    with pytest.raises(ServerError, match="ne contient pas le secret"):
        ensure_secret(serveur.secret)


def test_what_would_change_the_configuration_is_refused(tmp_path: Path) -> None:
    """Quotes, dollars and line ends of a path or a name never reach nginx; identifiers are letters, figures and hyphens."""
    serveur = make(tmp_path)
    for wrong in (
        replace(serveur, nom='x"; return 200'),
        replace(serveur, ecoute="80; }"),
        replace(serveur, dossiers=tmp_path / "$dossiers"),
        replace(serveur, publication=tmp_path / 'a"b'),
        replace(serveur, journaux=tmp_path / "a\nb"),
    ):
        with pytest.raises(ServerError, match="ne peut pas entrer"):
            write_server(wrong, tmp_path / "serveur", {})
    for name in ("", "-a", "a/b", "a b", "..", "é", "a" * 41, "a\n", "a;b"):
        with pytest.raises(ServerError, match="identifiant de dossier"):
            sign_link("s", name, FUTURE)
        with pytest.raises(ServerError, match="identifiant de dossier"):
            write_states(tmp_path, {name: Etat.OUVERT})
    with pytest.raises(ServerError, match="majuscules"):
        write_states(tmp_path, {"AUD-1": Etat.OUVERT, "aud-1": Etat.OUVERT})


def test_same_pages_same_configuration(tmp_path: Path) -> None:
    """Written twice, it has the same bytes."""
    serveur = make(tmp_path)
    first = write_server(serveur, tmp_path / "serveur", STATES).read_bytes()
    assert write_server(serveur, tmp_path / "serveur", dict(reversed(STATES.items()))).read_bytes() == first
