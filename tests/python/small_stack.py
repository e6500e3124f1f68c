"""Loads the library with RTLD_GLOBAL and asks on a thread with 256 KiB of stack: plain ctypes, standard library only.

usage: small_stack.py LIBRARY SERVER-URL TOKEN-FILE
"""

import ctypes
import json
import pathlib
import sys
import threading

STACK = 256 * 1024
CONSUMERS = [
    {"component_id": "tools.creator", "consumer_id": "qtcreator", "consumer_version": "14.0.2"},
    {"component_id": "tools.squish", "consumer_id": "squish_tester", "consumer_version": "9.0.0"},
]


def ask(path, server, token):
    """The verdicts on CONSUMERS, by the client's first and second request."""
    library = ctypes.CDLL(path, mode=ctypes.RTLD_GLOBAL)
    library.qls_client_new.restype = library.qls_check.restype = ctypes.c_void_p
    library.qls_check.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p]
    library.qls_result_json.restype = ctypes.c_char_p
    library.qls_result_json.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    library.qls_client_set_server.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    for free in (library.qls_client_free, library.qls_result_free):
        free.argtypes = [ctypes.c_void_p]
        free.restype = None
    client = library.qls_client_new()
    outcomes = []
    if library.qls_client_set_server(client, server.encode()) == 0:
        for _ in range(2):
            result = library.qls_check(client, token, json.dumps(CONSUMERS).encode())
            outcomes.append(json.loads(library.qls_result_json(result, None)))
            library.qls_result_free(result)
    library.qls_client_free(client)
    return outcomes


def main(path, server, token_file):
    token = pathlib.Path(token_file).read_bytes().strip()
    outcomes = []
    threading.stack_size(STACK)
    thread = threading.Thread(target=lambda: outcomes.extend(ask(path, server, token)))
    thread.start()
    thread.join()
    verdicts = [[entry["verdict"] for entry in outcome["components"]] for outcome in outcomes]
    if verdicts != [["allowed", "denied"]] * 2:
        sys.exit(f"unexpected: {outcomes}")


if __name__ == "__main__":
    main(*sys.argv[1:])
