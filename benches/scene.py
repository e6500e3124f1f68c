"""What the peers work with: lists of consumers, fixed replies, a trust bundle with our own CA in it, and nginx."""

import json
import os
import random
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SYSTEM_BUNDLE = Path("/etc/ssl/certs/ca-certificates.crt")
LICENSES_REPLY = "licenses"
PRODUCTS = ("qtcreator", "qtframework", "squish_tester")


def consumers(count):
    """A list as an installer has it: like the example in the server's documentation, with ids of realistic length."""
    return [
        {
            "consumer_id": PRODUCTS[number % len(PRODUCTS)],
            "consumer_version": "6.8.1",
            "consumer_installation_schema": "commercial",
            "consumer_supported_features": "linux, linux_arm64, android, windows",
            "consumer_build_timestamp": "2024-12-12",
            "component_id": f"qt.qt6.681.addons.component{number:06}",
        }
        for number in range(count)
    ]


def reply(asked):
    """The reply to a check. It denies one component of eight."""
    data = [
        {
            "component_id": consumer["component_id"],
            "consumer_id": consumer["consumer_id"],
            "installtion_allowed": number % 8 != 0,
        }
        for number, consumer in enumerate(asked)
    ]
    return {"status": True, "message": "Checked consumers available for installation", "data": data}


def allowed(count):
    """How many components of so many consumers reply() allows."""
    return count - (count + 7) // 8


def licenses(count):
    """The reply to a list: one license with so many consumers."""
    license = {
        "license_info": {"license_id": "10612076", "type": "subscription", "schema": "commercial"},
        "consumers": [
            {
                "consumer_id": f"{PRODUCTS[number % len(PRODUCTS)]}_{number:06}",
                "consumer_version": "6.8.1",
                "consumer_features": {"feature_key": "linux, linux_arm64, android, windows"},
            }
            for number in range(count)
        ],
    }
    return {"status": True, "message": "Fetched available licenses for user.", "licenses": [license]}


def compact(value):
    return json.dumps(value, separators=(",", ":"))


class Scene:
    """A temporary folder with all of this, and a running nginx. Both are gone in the end."""

    def __init__(self, sizes, license_size, addresses=("127.0.0.1",)):
        self.folder = Path(tempfile.mkdtemp(prefix="qls-bench-"))
        self.nginx, self.addresses = None, addresses
        try:
            self._write(sizes, license_size)
            self._certify()
            self._start()
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.nginx is not None:
            self.nginx.terminate()
            self.nginx.wait()
        shutil.rmtree(self.folder)

    def asked(self, size):
        return self.folder / f"{size}.json"

    def url(self, scheme, reply_name):
        return f"{scheme}://127.0.0.1:{self.ports[scheme]}/{reply_name}"

    def environment(self):
        """The whole environment of every peer."""
        return {"BENCH_TOKEN": self.token, "SSL_CERT_FILE": str(self.bundle), "PATH": "/usr/bin:/bin", "LC_ALL": "C"}

    def _write(self, sizes, license_size):
        # It has the length of a real token; nginx does not look at it.
        self.token = "eyJhbGciOiJSUzI1NiJ9." + "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=800))
        replies = self.folder / "replies"
        replies.mkdir()
        for size in sizes:
            asked = consumers(size)
            self.asked(size).write_text(compact(asked))
            answer = reply(asked)
            (replies / f"{size}.json").write_text(compact(answer))
            random.Random(1).shuffle(answer["data"])
            (replies / f"{size}_shuffled.json").write_text(compact(answer))
        (replies / f"{LICENSES_REPLY}.json").write_text(compact(licenses(license_size)))

    def _certify(self):
        def openssl(*arguments):
            subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=qls bench CA", "-days", "2")
        openssl("req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=qls bench")
        (self.folder / "san").write_text("subjectAltName=IP:127.0.0.1,DNS:*.example.com\nbasicConstraints=CA:FALSE\n")
        openssl(
            *("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"),
            *("-extfile", "san", "-out", "server.pem", "-days", "2"),
        )
        self.bundle = self.folder / "bundle.pem"
        self.bundle.write_text(SYSTEM_BUNDLE.read_text() + (self.folder / "ca.pem").read_text())
        self.certificates = self.bundle.read_text().count("-----BEGIN CERTIFICATE-----")

    def _start(self):
        self.ports = dict(zip(("http", "https"), free_ports(2), strict=True))
        tails = (f"{self.ports['http']};", f"{self.ports['https']} ssl;")
        listen = " ".join(f"listen {address}:{tail}" for address in self.addresses for tail in tails)
        values = {"listen": listen, "folder": self.folder, "user": "user root;" if os.geteuid() == 0 else ""}
        template = (HERE / "nginx.conf").read_text()
        configuration = self.folder / "nginx.conf"
        configuration.write_text(re.sub(r"@(\w+)@", lambda name: str(values[name[1]]), template))
        program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")
        self.nginx = subprocess.Popen([program, "-p", self.folder, "-c", configuration], stdin=subprocess.DEVNULL)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.ports["https"])).close()
                return
            except OSError:
                time.sleep(0.02)
        raise SystemExit("nginx does not start")


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
