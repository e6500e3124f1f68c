"""How many bytes have to be shipped: a library, and everything that it needs and a plain Debian does not have."""

import re
import subprocess
from functools import cache
from pathlib import Path


def of_library(*libraries):
    """Bytes of the libraries and of all libraries that they are linked with, except those of a plain Debian."""
    files = {Path(library).resolve() for library in libraries}
    for library in list(files):
        listing = _output("ldd", library)
        files |= {Path(path).resolve() for path in re.findall(r"(/\S+) \(0x", listing)}
    return sum(file.stat().st_size for file in files if not _is_plain(file))


def of_package(package):
    """Bytes of a Debian package and of all packages that it depends on, except those of a plain Debian."""
    return 1024 * sum(_packages()[name]["size"] for name in _closure([package]) - _plain())


def _is_plain(file):
    owners = _output("dpkg-query", "-S", f"*/{file.name}", check=False)
    return any(line.split(":")[0] in _plain() for line in owners.splitlines())


@cache
def _plain():
    """The packages that every Debian has: those that are essential or required, and what they depend on."""
    return _closure([name for name, about in _packages().items() if about["always"]])


@cache
def _packages():
    fields = ("Package", "Essential", "Priority", "Installed-Size", "Depends", "Pre-Depends", "Provides")
    listing = _output("dpkg-query", "-W", "-f", "\\t".join(f"${{{field}}}" for field in fields) + "\\n")
    packages = {}
    for line in listing.splitlines():
        name, essential, priority, size, depends, pre_depends, provides = line.split("\t")
        packages[name] = {
            "always": essential == "yes" or priority == "required",
            "size": int(size or 0),
            "needs": [_names(one, "|") for one in f"{depends}, {pre_depends}".split(",") if one.strip()],
            "provides": _names(provides, ","),
        }
    return packages


def _names(text, separator):
    return [part.split()[0].split(":")[0] for part in text.split(separator) if part.strip()]


def _closure(names):
    found, left = set(), list(names)
    while left:
        name = left.pop()
        if name in found:
            continue
        found.add(name)
        for alternatives in _packages()[name]["needs"]:
            left += [one for one in map(_installed, alternatives) if one][:1]
    return found


def _installed(name):
    if name in _packages():
        return name
    return next((other for other, about in _packages().items() if name in about["provides"]), None)


def _output(*command, check=True):
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    return subprocess.run(command, check=check, capture_output=True, text=True, env=environment).stdout
