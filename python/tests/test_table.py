"""The module's table of functions and its numbers are the header's, and the functions work with those types.

Python finds out about a wrong type when it is too late: by a crash, or by half a pointer.
"""

from __future__ import annotations

import ctypes
import json
import re
import unittest
from ctypes import POINTER, c_char_p, c_int32, c_size_t, c_uint32, c_void_p
from typing import Any

import qls_precheck
from qls_precheck import Status, Trust, Verdict
from support import CREATOR, ROOT, SQUISH, Standin

HEADER = (ROOT / "include/qls_precheck.h").read_text(encoding="utf-8")

# C's types, without const, as ctypes has them.
TYPES: dict[str, Any] = {
    "void": None,
    "int32_t": c_int32,
    "uint32_t": c_uint32,
    "size_t": c_size_t,
    "size_t*": POINTER(c_size_t),
    "char*": c_char_p,
    "char**": POINTER(c_char_p),
    "void*": c_void_p,
    "qls_status": c_int32,
    "qls_verdict": c_int32,
    "qls_client*": qls_precheck._ClientPointer,
    "qls_result*": qls_precheck._ResultPointer,
    "qls_log_fn": qls_precheck._LogFunction,
}


def code(header: str) -> str:
    """The header without comments and preprocessor."""
    header = re.sub(r"/\*.*?\*/|//[^\n]*", "", header, flags=re.DOTALL)
    return re.sub(r"^\s*#.*$", "", header, flags=re.MULTILINE)


def ctype(declaration: str) -> Any:
    """The type of a result or a parameter, whose name may follow."""
    words = re.findall(r"\w+|\*", declaration.replace("const", ""))
    stars = "*" * words.count("*")
    return TYPES[words[0] + stars]


def types(parameters: str) -> tuple[Any, ...]:
    return () if parameters.strip() == "void" else tuple(map(ctype, parameters.split(",")))


def prototypes(header: str) -> dict[str, tuple[Any, tuple[Any, ...]]]:
    """The functions that a header declares, as the module's table would have them."""
    found = re.findall(r"([\w\s*]+?)\b(qls_\w+)\s*\(([^()]*)\)\s*;", code(header))
    return {name: (ctype(result), types(parameters)) for result, name, parameters in found}


class Table(unittest.TestCase):
    def test_it_has_every_prototype_of_the_header_and_no_other(self) -> None:
        declared = prototypes(HEADER)
        self.assertGreater(len(declared), 30)
        self.assertEqual(qls_precheck._FUNCTIONS, declared)

    def test_a_changed_header_would_be_noticed(self) -> None:
        changes = {
            "taken away": ("void qls_result_free(qls_result *result);", ""),
            "added": ("uint32_t qls_abi_version(void);", "uint32_t qls_abi_version(void);\nvoid qls_new(void);"),
            "renamed": ("qls_version(void)", "qls_library_version(void)"),
            "result": ("uint32_t qls_abi_version(void);", "int32_t qls_abi_version(void);"),
            "result is a pointer": ("size_t qls_result_count(", "size_t *qls_result_count("),
            "parameter": ("uint32_t timeout_ms", "int32_t timeout_ms"),
            "parameter is a pointer": ("size_t i,", "size_t *i,"),
            "pointer to what": ("qls_client_cancel(const qls_client *", "qls_client_cancel(const qls_result *"),
            "one parameter more": ("const char *pem);", "const char *pem, size_t len);"),
            "one parameter less": ("size_t i,", ""),
        }
        for what, (old, new) in changes.items():
            with self.subTest(what):
                self.assertIn(old, HEADER)
                self.assertNotEqual(qls_precheck._FUNCTIONS, prototypes(HEADER.replace(old, new)))

    def test_the_log_function_is_the_headers(self) -> None:
        found = re.search(r"typedef (\w+) \(\*qls_log_fn\)\(([^()]*)\);", code(HEADER))
        assert found is not None
        function = qls_precheck._LogFunction
        self.assertEqual((ctype(found[1]), types(found[2])), (function._restype_, function._argtypes_))

    def test_the_numbers_are_the_headers(self) -> None:
        def numbers(pattern: str) -> dict[str, int]:
            return {name: int(number) for name, number in re.findall(pattern, HEADER)}

        statuses = numbers(r"\bQLS_(?!VERDICT_)(\w+) = (\d+),")
        self.assertEqual({status.name: status.value for status in Status}, statuses)
        self.assertEqual({trust.name: trust.value for trust in Trust}, numbers(r"#define QLS_TRUST_(\w+) (\d+)"))
        self.assertEqual(set(qls_precheck._LOG_LEVELS), set(numbers(r"#define QLS_LOG_(\w+) (\d+)").values()))
        self.assertEqual(numbers(r"#define QLS_LOG_(TRACE) (\d+)"), {"TRACE": qls_precheck._LOG_TRACE})
        self.assertEqual(numbers(r"#define QLS_(ABI_VERSION) (\d+)"), {"ABI_VERSION": qls_precheck._ABI_VERSION})
        self.assertEqual({verdict.name for verdict in Verdict}, set(numbers(r"QLS_VERDICT_(\w+) = (\d+)")))


class Functions(unittest.TestCase):
    """Every accessor of a result, called through the table: they agree with the JSON that the module reads."""

    def test_they_agree_with_the_json(self) -> None:
        library = qls_precheck._library
        client = library.qls_client_new()
        self.addCleanup(library.qls_client_free, client)
        with Standin() as standin:
            self.assertEqual(library.qls_client_set_server(client, standin.address.encode()), Status.OK)
            token = standin.token.encode()
            check = library.qls_check(client, token, json.dumps([CREATOR, SQUISH]).encode())
            self.addCleanup(library.qls_result_free, check)
            licenses = library.qls_list(client, token, None)
            self.addCleanup(library.qls_result_free, licenses)

        length = c_size_t()
        text = library.qls_result_json(check, ctypes.byref(length))
        self.assertEqual(len(text), length.value)
        outcome = json.loads(text)
        self.assertEqual(library.qls_result_status(check), outcome["status_code"])
        self.assertEqual(library.qls_result_http_status(check), outcome["http_status"])
        self.assertEqual(library.qls_result_message(check).decode(), outcome["message"])
        self.assertIsNone(library.qls_result_server_code(check))
        self.assertEqual([entry["verdict"] for entry in outcome["components"]], ["allowed", "denied"])
        self.assertEqual(library.qls_result_component_count(check), 2)
        numbers = {"unknown": 0, "denied": 1, "allowed": 2}
        for index, entry in enumerate(outcome["components"]):
            component, consumer = c_char_p(), c_char_p()
            verdict = library.qls_result_component(check, index, ctypes.byref(component), ctypes.byref(consumer))
            self.assertEqual(verdict, numbers[entry["verdict"]])
            self.assertEqual((component.value or b"").decode(), entry["component_id"])
            self.assertEqual((consumer.value or b"").decode(), entry["consumer_id"])
        self.assertEqual(library.qls_result_is_allowed(check, b"tools.creator"), 1)
        self.assertEqual(library.qls_result_is_allowed(check, b"tools.squish"), 0)

        listed = json.loads(library.qls_result_json(licenses, None))["licenses"]
        self.assertEqual(library.qls_result_count(licenses, b"/licenses"), len(listed))
        for index, license in enumerate(listed):
            pointer = f"/licenses/{index}/license_info/license_id".encode()
            self.assertEqual(library.qls_result_get(licenses, pointer).decode(), license["license_info"]["license_id"])

    def test_pointers_are_told_apart(self) -> None:
        client = qls_precheck._library.qls_client_new()
        self.addCleanup(qls_precheck._library.qls_client_free, client)
        with self.assertRaises(ctypes.ArgumentError):
            qls_precheck._library.qls_result_status(client)


if __name__ == "__main__":
    unittest.main()
