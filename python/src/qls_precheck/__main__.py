"""The command line: python -m qls_precheck check FILE, and python -m qls_precheck list.

It takes the token from a file and never as an argument, because every user of the machine can read arguments.
"""

from __future__ import annotations

import argparse
import codecs
import contextlib
import json
import re
import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

import qls_precheck
from qls_precheck import Client, QlsError, Status

ALL_ALLOWED, NOT_ALL_ALLOWED, COULD_NOT_ASK, REFUSED, USAGE, DEFECT, INTERRUPTED = 0, 1, 2, 3, 64, 70, 130

EXIT_CODES = """\
exit codes:
  0    check: all are allowed; list: there are licenses
  1    check: some are denied or unknown; list: there are no licenses
  2    could not ask: network, server or gateway failed, or the time was up; trying again may help
  3    refused: a file, the token, the consumers or the configuration is unusable, no consumers are asked for, the
       server's certificate cannot be trusted, or the server said no; trying again will not help. Also where the
       shared library cannot be loaded (with Python 3.9 that is 1: standard error says so)
  64   wrong arguments
  70   a defect of this program
  130  interrupted by Ctrl-C
"""

# What a JWT looks like. A token that was given by mistake as a path or an option must not be printed.
TOKEN = re.compile(r"(?<![A-Za-z0-9])eyJ[A-Za-z0-9_.-]{17,}")

# Nobody sees these, and str.isprintable() takes them for printable (Unicode: Default_Ignorable_Code_Point).
INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")

# In bytes: what the library takes at most, and 8 more. So it refuses a longer file, instead of taking the first part
# as the whole, also where the file began with a byte order mark (3 bytes), which is not passed on.
TOKEN_LIMIT = 32 * 1024 + 8
CONSUMERS_LIMIT = 64 * 1024 * 1024 + 8


class FileError(Exception):
    """A file cannot be used; the message says why."""

    def __init__(self, message: str, status: Status, cause: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.cause = cause


class OutputError(Exception):
    """Standard output cannot be written to."""


class Parser(argparse.ArgumentParser):
    """Ends the program with USAGE for wrong arguments, where argparse would end it with 2."""

    def error(self, message: str) -> NoReturn:
        # What argparse quotes may be a secret that was given as an argument.
        message = re.sub(r"""['"].*['"]""", "...", message, flags=re.DOTALL)
        complain(f"{self.format_usage()}{self.prog}: {printable(message)}")
        raise SystemExit(USAGE)


def seconds(text: str) -> float:
    """The argument of --timeout."""
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not value > 0:
        raise argparse.ArgumentTypeError("expected seconds above 0")
    return value


def parser() -> Parser:
    """The parser of all arguments."""
    options = Parser(add_help=False)
    options.add_argument("--server", metavar="URL", help="the license server (default: https://qls.qt.io)")
    options.add_argument(
        "--token-file", metavar="FILE", help="holds the token; - for standard input (default: the signed-in Qt account)"
    )
    options.add_argument("--ca-file", metavar="FILE", help="CA certificates to trust besides the system's, PEM")
    options.add_argument(
        "--proxy",
        metavar="URL",
        help="the proxy; '' for none (default: the environment's, such as HTTPS_PROXY; one with a password belongs"
        " there, because every user of the machine can read arguments)",
    )
    options.add_argument("--plain-http", action="store_true", help="let the token travel unencrypted")
    options.add_argument("--timeout", metavar="SECONDS", type=seconds, help="for the whole call (default: 30)")
    options.add_argument(
        "--json",
        action="store_true",
        help="print the outcome as JSON, not as a table; also when there is no answer: where nothing was even tried,"
        " of its members only status, status_code, cause and message",
    )
    top = Parser(
        prog="python -m qls_precheck",
        description="Asks a Qt License Server what a user may install.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    library = f"{qls_precheck.__version__} ({qls_precheck.library_path})"
    top.add_argument("--version", action="version", version=f"qls_precheck {library}")
    commands = top.add_subparsers(dest="command", required=True, metavar="check | list", parser_class=Parser)
    for name, what in (("check", "which consumers may be installed"), ("list", "which licenses the user has")):
        command = commands.add_parser(
            name,
            help=f"ask {what}",
            description=f"Asks {what}.",
            parents=[options],
            epilog=EXIT_CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        if name == "check":
            command.add_argument("consumers", metavar="FILE", help="the list of consumers, JSON; - for standard input")
    return top


def shown(path: str) -> str:
    """A file's name for messages."""
    return "standard input" if path == "-" else path


def read(path: str, limit: int, status: Status) -> str:
    """A text file in UTF-8, with or without a byte order mark; at most `limit` bytes of it.

    status   the status of the FileError, if the file cannot be used
    """
    try:
        with open(0 if path == "-" else path, "rb", closefd=path != "-") as stream:
            content = stream.read(limit)
    except (OSError, ValueError) as error:
        raise FileError(f"{shown(path)}: {getattr(error, 'strerror', None) or error}", status) from None
    cause = "token-invalid-character" if status == Status.INVALID_TOKEN else "not-json"
    # UTF-16 without a byte order mark is recognized by the zero byte in the first character, which is ASCII here.
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content[:2]:
        raise FileError(f"{shown(path)}: is UTF-16: save it as UTF-8", status, cause)
    if b"\0" in content:
        raise FileError(f"{shown(path)}: has a NUL at byte {content.index(0)}: it is no text", status, cause)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = error.start
    raise FileError(f"{shown(path)}: is not UTF-8 at byte {place}", status, cause)


def printable(value: Any) -> str:
    """A value as one line of printable characters, whatever the server put into it."""
    if value is None or value == "":
        return "-"
    visible = INVISIBLE.sub(lambda found: escaped(found.group()), str(value))
    return "".join(c if c.isprintable() else escaped(c) for c in visible)


def escaped(character: str) -> str:
    """A character as Python writes it in ASCII."""
    return character.encode("unicode_escape").decode()


def table(rows: Sequence[Sequence[Any]]) -> str:
    """Rows as text, each column as wide as its widest cell."""
    cells = [[printable(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in cells]
    return "\n".join(lines)


def license_row(license: Any) -> list[str]:
    """The cells for one license. Every member may be missing or have another type than the server documents."""

    def member(value: Any, *names: str) -> Any:
        for name in names:
            value = value.get(name) if isinstance(value, dict) else None
        return value

    consumers = member(license, "consumers")
    names = [
        " ".join(str(member(entry, name)) for name in ("consumer_id", "consumer_version") if member(entry, name))
        for entry in (consumers if isinstance(consumers, list) else [])
    ]
    info = [
        member(license, "license_info", name) for name in ("license_id", "type", "schema", "valid_from", "valid_to")
    ]
    return [*info, ", ".join(names)]


def ask(arguments: argparse.Namespace) -> tuple[int, str]:
    """Asks the server; returns the exit code and the text to print."""
    consumers = ""
    if arguments.command == "check":
        consumers = read(arguments.consumers, CONSUMERS_LIMIT, Status.INVALID_CONSUMERS)
    token = None
    if arguments.token_file is not None:
        token = read(arguments.token_file, TOKEN_LIMIT, Status.INVALID_TOKEN).rstrip("\r\n")
        if not token:
            message = f"{shown(arguments.token_file)}: is empty: it is to hold the token"
            raise FileError(message, Status.INVALID_TOKEN, "token-empty")
    with Client(
        arguments.server,
        timeout=arguments.timeout,
        proxy=arguments.proxy,
        ca_file=arguments.ca_file,
        allow_plain_http=arguments.plain_http,
        user_agent=f"qls_precheck/{qls_precheck.__version__}",
    ) as client:
        answer = client.check(consumers, token) if arguments.command == "check" else client.list(token)
    if isinstance(answer, qls_precheck.CheckResult) and not answer.components:
        message = f"{shown(arguments.consumers)}: asks for nothing: the list of consumers is empty"
        raise FileError(message, Status.INVALID_CONSUMERS)
    code = ALL_ALLOWED if answer else NOT_ALL_ALLOWED
    if arguments.json:
        return code, answer.json
    if isinstance(answer, qls_precheck.CheckResult):
        rows = [(entry.component_id, entry.consumer_id, entry.verdict.value) for entry in answer.components]
        return code, table([("COMPONENT", "CONSUMER", "VERDICT"), *rows])
    head = ("LICENSE", "TYPE", "SCHEMA", "FROM", "TO", "CONSUMERS")
    return code, table([head, *map(license_row, answer)])


def exit_code(error: QlsError) -> int:
    """The exit code for a failure, which says whether trying again may help."""
    if error.status == Status.INVALID_ARGUMENT:
        return USAGE
    return COULD_NOT_ASK if error.may_pass else REFUSED


def refusal(status: Status, cause: str | None, message: str) -> str:
    """The outcome as JSON if the library was not even called; docs/result-json.md describes its members."""
    return json.dumps(
        {
            "status": f"QLS_{status.name}",
            "status_code": int(status),
            "cause": cause,
            "message": TOKEN.sub("[token]", message),
        }
    )


def write(descriptor: int, text: str, encoding: str) -> None:
    """Writes a text and a line break, with escapes for characters that the encoding does not have."""
    # Unbuffered, so that a failure shows here and not when the interpreter flushes at exit.
    with open(descriptor, "wb", buffering=0, closefd=False) as output:
        rest = memoryview(text.encode(encoding, "backslashreplace") + b"\n")
        while rest:
            rest = rest[output.write(rest) :]


def show(text: str, encoding: str) -> None:
    """Prints the result."""
    try:
        write(1, text, encoding)
    except BrokenPipeError:
        pass  # The reader, such as head, has closed the pipe: it has all that it wants.
    except OSError as error:
        raise OutputError(f"standard output: {error.strerror}") from None


def complain(text: str) -> None:
    """Prints an error. If that fails, the exit code and the result stay the same."""
    # If the program was started without a standard error, descriptor 2 may belong to another file.
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            write(2, TOKEN.sub("[token]", text), sys.stderr.encoding)


def main(argv: Sequence[str] | None = None) -> int:
    """The whole program; returns the exit code."""
    top = parser()
    arguments, unknown = top.parse_known_args(argv)
    if unknown:
        # Their values are not printed: one may be a token.
        names = [name.partition("=")[0] for name in unknown if name.startswith("-")]
        top.error(f"unknown arguments: {' '.join(names) or 'more than one FILE'}")
    if arguments.command == "check" and arguments.consumers == arguments.token_file == "-":
        top.error("standard input can be the consumers or the token, not both")
    try:
        try:
            code, text = ask(arguments)
        except FileError as error:
            complain(f"qls_precheck: {printable(error)}")
            code, text = REFUSED, refusal(error.status, error.cause, str(error)) if arguments.json else ""
        except QlsError as error:
            complain(f"qls_precheck: {printable(error)}")
            outcome = error.json or refusal(error.status, error.cause, error.message)
            code, text = exit_code(error), outcome if arguments.json else ""
        if text:
            show(text, sys.stdout.encoding if sys.stdout and not arguments.json else "utf-8")
        return code
    except OutputError as error:
        complain(f"qls_precheck: {printable(error)}")
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:
        # Python would end with 1, which means "denied".
        complain(traceback.format_exc())
        return DEFECT


if __name__ == "__main__":
    sys.exit(main())
