"""TLS with a private CA. Needs openssl."""

from __future__ import annotations

import subprocess
import tempfile
import unittest
from pathlib import Path

from qls_precheck import Client, NetworkError, Status, Trust
from support import CREATOR, Standin


class Tls(unittest.TestCase):
    folder: Path
    standin: Standin

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-sha256"]
        cls.openssl(*request, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=a CA for tests")
        cls.openssl(
            *request[:1],
            "req",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            "server.key",
            "-out",
            "server.csr",
            "-subj",
            "/CN=a server for tests",
        )
        (cls.folder / "names").write_text("subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n")
        cls.openssl(
            "openssl",
            "x509",
            "-req",
            "-in",
            "server.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "2",
            "-sha256",
            "-extfile",
            "names",
            "-out",
            "server.pem",
        )
        paths = {name: str(cls.folder / name) for name in ("server.pem", "server.key")}
        cls.standin = Standin("--tls-cert", paths["server.pem"], "--tls-key", paths["server.key"])
        cls.addClassCleanup(cls.standin.__exit__)

    @classmethod
    def openssl(cls, *command: str) -> None:
        subprocess.run(command, cwd=cls.folder, check=True, capture_output=True)

    def assert_allowed(self, client: Client) -> None:
        with client:
            self.assertTrue(client.check([CREATOR], self.standin.token))

    def test_a_given_ca_is_trusted(self) -> None:
        path = self.folder / "ca.pem"
        self.assertTrue(self.standin.address.startswith("https://"))
        self.assert_allowed(self.standin.client(ca_file=path))
        self.assert_allowed(self.standin.client(ca_file=str(path), trust=Trust.GIVEN_ONLY))
        self.assert_allowed(self.standin.client(ca_pem=path.read_text(encoding="utf-8")))

    def test_an_unknown_one_is_not(self) -> None:
        with self.standin.client() as client, self.assertRaises(NetworkError) as caught:
            client.list(self.standin.token)
        self.assertEqual(caught.exception.status, Status.TLS_UNTRUSTED)
        self.assertEqual(caught.exception.cause, "certificate-unknown-issuer")


if __name__ == "__main__":
    unittest.main()
