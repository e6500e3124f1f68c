"""The C interface as a language without a C compiler sees it: plain ctypes, standard library only.

SIGNATURES declares every export. A test compares it with the header in both directions, so that a function
added there and forgotten here fails. Needs in the environment:

QLS_PRECHECK_LIBRARY     the shared library
QLS_PRECHECK_HEADER      qls_precheck.h
QLS_TEST_SERVER          address of a stand-in server with standin/licenses/demo.json
QLS_TEST_TOKEN_FILE      a file with a token for it
"""

import ctypes
import json
import os
import pathlib
import re
import unittest
from ctypes import POINTER, c_char_p, c_int32, c_size_t, c_uint32, c_void_p

Client = Result = c_void_p
Status = Verdict = c_int32
LogFunction = ctypes.CFUNCTYPE(None, c_void_p, c_int32, c_char_p)

# name: (result type, parameter types)
SIGNATURES = {
    "qls_version": (c_char_p, []),
    "qls_abi_version": (c_uint32, []),
    "qls_status_name": (c_char_p, [c_int32]),
    "qls_status_text": (c_char_p, [c_int32]),
    "qls_client_new": (Client, []),
    "qls_client_free": (None, [Client]),
    "qls_client_set_server": (Status, [Client, c_char_p]),
    "qls_client_set_allow_plain_http": (Status, [Client, c_int32]),
    "qls_client_set_timeout_ms": (Status, [Client, c_uint32]),
    "qls_client_set_connect_timeout_ms": (Status, [Client, c_uint32]),
    "qls_client_set_user_agent": (Status, [Client, c_char_p]),
    "qls_client_set_retries": (Status, [Client, c_uint32]),
    "qls_client_set_proxy": (Status, [Client, c_char_p]),
    "qls_client_set_ca_file": (Status, [Client, c_char_p]),
    "qls_client_set_ca_pem": (Status, [Client, c_char_p]),
    "qls_client_set_trust": (Status, [Client, c_int32]),
    "qls_client_set_log": (Status, [Client, LogFunction, c_void_p, c_int32]),
    "qls_client_cancel": (None, [Client]),
    "qls_check": (Result, [Client, c_char_p, c_char_p]),
    "qls_list": (Result, [Client, c_char_p, c_char_p]),
    "qls_result_status": (Status, [Result]),
    "qls_result_http_status": (c_int32, [Result]),
    "qls_result_message": (c_char_p, [Result]),
    "qls_result_server_code": (c_char_p, [Result]),
    "qls_result_json": (c_char_p, [Result, POINTER(c_size_t)]),
    "qls_result_component_count": (c_size_t, [Result]),
    "qls_result_component": (Verdict, [Result, c_size_t, POINTER(c_char_p), POINTER(c_char_p)]),
    "qls_result_is_allowed": (c_int32, [Result, c_char_p]),
    "qls_result_count": (c_size_t, [Result, c_char_p]),
    "qls_result_get": (c_char_p, [Result, c_char_p]),
    "qls_result_free": (None, [Result]),
}

QLS_OK = 0
VERDICTS = ["unknown", "denied", "allowed"]  # by number

CONSUMERS = [
    {"component_id": "tools.creator", "consumer_id": "qtcreator", "consumer_version": "14.0.2"},
    {"component_id": "tools.squish", "consumer_id": "squish_tester", "consumer_version": "9.0.0"},
]


def load():
    library = ctypes.CDLL(os.environ["QLS_PRECHECK_LIBRARY"])
    for name, (result_type, parameter_types) in SIGNATURES.items():
        function = getattr(library, name)
        function.restype = result_type
        function.argtypes = parameter_types
    return library


def header_parameters():
    """The header's prototypes: each name with the number of its parameters."""
    text = pathlib.Path(os.environ["QLS_PRECHECK_HEADER"]).read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)
    text = re.sub(r"^\s*#.*(?:\\\n.*)*$", "", text, flags=re.MULTILINE)
    prototypes = re.findall(r"\b(qls_\w+)\s*\(([^()]*)\)\s*;", text)
    return {name: 0 if list_.strip() == "void" else list_.count(",") + 1 for name, list_ in prototypes}


class Table(unittest.TestCase):
    def test_has_every_function_of_the_header_and_no_other(self):
        self.assertEqual({name: len(types) for name, (_, types) in SIGNATURES.items()}, header_parameters())

    def test_has_only_exports(self):
        library = ctypes.CDLL(os.environ["QLS_PRECHECK_LIBRARY"])
        missing = [name for name in SIGNATURES if not hasattr(library, name)]
        self.assertEqual(missing, [])


class Operations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.library = load()
        cls.token = pathlib.Path(os.environ["QLS_TEST_TOKEN_FILE"]).read_bytes().strip()

    def setUp(self):
        self.client = self.library.qls_client_new()
        self.addCleanup(self.library.qls_client_free, self.client)
        server = os.environ["QLS_TEST_SERVER"].encode()
        self.assertEqual(self.library.qls_client_set_server(self.client, server), QLS_OK)

    def outcome_of(self, result):
        """The result's JSON, read by its length; the caller goes on using the result."""
        self.addCleanup(self.library.qls_result_free, result)
        length = c_size_t()
        text = self.library.qls_result_json(result, ctypes.byref(length))
        self.assertEqual(len(text), length.value)
        outcome = json.loads(text)
        self.assertEqual(outcome["status_code"], self.library.qls_result_status(result))
        self.assertEqual(self.library.qls_result_status(result), QLS_OK, outcome["message"])
        self.assertEqual(self.library.qls_result_http_status(result), 200)
        self.assertEqual(self.library.qls_result_message(result).decode(), outcome["message"])
        self.assertIsNone(self.library.qls_result_server_code(result))
        return outcome

    def test_check(self):
        result = self.library.qls_check(self.client, self.token, json.dumps(CONSUMERS).encode())
        outcome = self.outcome_of(result)
        self.assertEqual(outcome["operation"], "check")
        self.assertEqual([entry["verdict"] for entry in outcome["components"]], ["allowed", "denied"])
        self.assertEqual(self.library.qls_result_component_count(result), len(CONSUMERS))
        for index, entry in enumerate(outcome["components"]):
            component, consumer = c_char_p(), c_char_p()
            verdict = self.library.qls_result_component(
                result, index, ctypes.byref(component), ctypes.byref(consumer)
            )
            self.assertEqual(VERDICTS[verdict], entry["verdict"])
            self.assertEqual(component.value.decode(), entry["component_id"])
            self.assertEqual(consumer.value.decode(), entry["consumer_id"])
        self.assertTrue(self.library.qls_result_is_allowed(result, b"tools.creator"))
        self.assertFalse(self.library.qls_result_is_allowed(result, b"tools.squish"))

    def test_list(self):
        result = self.library.qls_list(self.client, self.token, None)
        outcome = self.outcome_of(result)
        self.assertEqual(outcome["operation"], "list")
        licences = outcome["licenses"]
        self.assertEqual(self.library.qls_result_count(result, b"/licenses"), len(licences))
        self.assertGreater(len(licences), 0)
        for index, licence in enumerate(licences):
            pointer = f"/licenses/{index}/license_info/license_id".encode()
            self.assertEqual(
                self.library.qls_result_get(result, pointer).decode(), licence["license_info"]["license_id"]
            )


class Library(unittest.TestCase):
    def test_names_itself_and_its_statuses(self):
        library = load()
        self.assertRegex(library.qls_version().decode(), r"^\d+\.\d+\.\d+")
        self.assertGreaterEqual(library.qls_abi_version(), 1)
        self.assertEqual(library.qls_status_name(QLS_OK), b"QLS_OK")
        self.assertTrue(library.qls_status_text(-1))


if __name__ == "__main__":
    unittest.main()
