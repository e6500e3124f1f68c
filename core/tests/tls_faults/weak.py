"""RSA certificates too weak for any library to make them: python3 weak.py FOLDER CA_BITS SERVER_BITS.

Writes ca.pem, key.pem (the server's) and the server's certificate for localhost signed in two ways: sha1.pem and
sha256.pem, which differ in nothing else.
"""
import base64
import datetime
import hashlib
import math
import pathlib
import random
import sys

E = 65537
HASHES = {"sha1": ("1.2.840.113549.1.1.5", "3021300906052b0e03021a05000414"),
          "sha256": ("1.2.840.113549.1.1.11", "3031300d060960864801650304020105000420")}
SMALL = [n for n in range(3, 2000, 2) if all(n % d for d in range(3, int(n ** 0.5) + 1, 2))]


def prime(bits):
    while True:
        n = random.getrandbits(bits) | 3 << bits - 2 | 1
        if all(n % small for small in SMALL) and math.gcd(n - 1, E) == 1 and \
                all(pow(base, n - 1, n) == 1 for base in (2, 3, 5, 7)):
            return n


def tlv(tag, *parts):
    content = b"".join(parts)
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 128 + len(length)]) + length + content


def sequence(*parts):
    return tlv(0x30, *parts)


def integer(n):
    return tlv(2, n.to_bytes(n.bit_length() // 8 + 1, "big"))


def oid(text):
    first, second, *others = map(int, text.split("."))
    content = bytes([40 * first + second])
    for arc in others:
        septets = [arc & 127]
        while arc := arc >> 7:
            septets.append(arc & 127 | 128)
        content += bytes(reversed(septets))
    return tlv(6, content)


def algorithm(name):
    return sequence(oid(name), tlv(5))


def extension(name, critical, content):
    return sequence(oid(name), tlv(1, b"\xff") if critical else b"", tlv(4, content))


class Key:
    def __init__(self, bits):
        self.p, self.q = prime(bits // 2), prime(bits // 2)
        self.n, self.d = self.p * self.q, pow(E, -1, (self.p - 1) * (self.q - 1))
        self.bytes = bits // 8

    def public(self):
        bits = tlv(3, b"\0", sequence(integer(self.n), integer(E)))
        return sequence(algorithm("1.2.840.113549.1.1.1"), bits)

    def private(self):
        p, q, d = self.p, self.q, self.d
        return sequence(*map(integer, (0, self.n, E, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))))

    def sign(self, message, how):
        digest = bytes.fromhex(HASHES[how][1]) + hashlib.new(how, message).digest()
        padded = b"\0\1" + b"\xff" * (self.bytes - len(digest) - 3) + b"\0" + digest
        return pow(int.from_bytes(padded, "big"), self.d, self.n).to_bytes(self.bytes, "big")


def name(common_name):
    return sequence(tlv(0x31, sequence(oid("2.5.4.3"), tlv(0x0C, common_name.encode()))))


def certificate(subject, public, issuer, key, how, extensions):
    now = datetime.datetime.now(datetime.timezone.utc)
    times = [tlv(0x18, (now + datetime.timedelta(days=days)).strftime("%Y%m%d%H%M%SZ").encode()) for days in (-1, 30)]
    body = sequence(tlv(0xA0, integer(2)), integer(random.getrandbits(64)), algorithm(HASHES[how][0]), name(issuer),
                    sequence(*times), name(subject), public, tlv(0xA3, sequence(*extensions)))
    return sequence(body, algorithm(HASHES[how][0]), tlv(3, b"\0", key.sign(body, how)))


def write(file, label, der):
    text = base64.encodebytes(der).decode()
    (folder / file).write_text(f"-----BEGIN {label}-----\n{text}-----END {label}-----\n")


folder = pathlib.Path(sys.argv[1])
ca, server = Key(int(sys.argv[2])), Key(int(sys.argv[3]))
CA = "A weak CA"
write("key.pem", "RSA PRIVATE KEY", server.private())
is_ca = extension("2.5.29.19", True, sequence(tlv(1, b"\xff")))
write("ca.pem", "CERTIFICATE", certificate(CA, ca.public(), CA, ca, "sha256", [is_ca]))
for_servers = [extension("2.5.29.17", False, sequence(tlv(0x82, b"localhost"))),
               extension("2.5.29.37", False, sequence(oid("1.3.6.1.5.5.7.3.1")))]
for how in HASHES:
    write(f"{how}.pem", "CERTIFICATE", certificate("localhost", server.public(), CA, ca, how, for_servers))
