"""A TLS server on OpenSSL that allows everything: python3 server.py CHAIN KEY [name=value ...]; prints its port."""
import os
import socket
import ssl
import sys
import threading

VERSIONS = {"1.0": ssl.TLSVersion.TLSv1, "1.1": ssl.TLSVersion.TLSv1_1, "1.2": ssl.TLSVersion.TLSv1_2,
            "1.3": ssl.TLSVersion.TLSv1_3}
BODY = (b'{"status": true, "message": "Checked", "data":'
        b' [{"component_id": "9876", "consumer_id": "qtcreator", "installtion_allowed": true}]}')

chain, key = sys.argv[1:3]
settings = dict(argument.split("=", 1) for argument in sys.argv[3:])
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
# Level 0 is where OpenSSL still has weak keys and old versions.
context.set_ciphers(settings.get("ciphers", "ALL") + ":@SECLEVEL=0")
context.load_cert_chain(chain, key)
context.minimum_version = VERSIONS[settings.get("least", "1.0")]
context.maximum_version = VERSIONS[settings.get("most", "1.3")]
if settings.get("demand"):
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(chain)


def serve(plain):
    plain.settimeout(20)
    try:
        stream = context.wrap_socket(plain, server_side=True)
        head = b""
        while b"\r\n\r\n" not in head:
            piece = stream.recv(65536)
            if not piece:
                return
            head += piece
        stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(BODY), BODY))
        stream.unwrap()
    except (OSError, ValueError):
        pass
    finally:
        plain.close()


listener = socket.create_server(("127.0.0.1", 0))
# Whoever started it holds the other end, and is gone when it closes.
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print(listener.getsockname()[1], flush=True)
while True:
    connection, _ = listener.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
