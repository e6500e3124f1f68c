"""Makes a package for conan 2 of an unpacked archive: conan export-pkg --no-remote FOLDER [-o "&:shared=False"]."""

import json
import os
import re

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.files import copy, load


class QlsPrecheck(ConanFile):
    name = "qls-precheck"
    description = "Asks a Qt License Server what an offline installer's user may install"
    license = "MIT OR Apache-2.0"
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False]}
    default_options = {"shared": True}

    def set_version(self):
        file = os.path.join(self.recipe_folder, "share/cmake/QlsPrecheck/QlsPrecheckConfigVersion.cmake")
        self.version = re.search(r'set\(PACKAGE_VERSION "(.*)"\)', load(self, file)).group(1)

    def package_id(self):
        # The library is in C, and there is one build of it for all compilers.
        del self.info.settings.compiler
        del self.info.settings.build_type

    def package(self):
        asked, held = f"{self.settings.os} {self.settings.arch}", self._holds()
        if held != asked:
            raise ConanInvalidConfiguration(f"This archive is for {held}, not for {asked}.")
        linked = {
            True: ["libqls_precheck.so*", "libqls_precheck.dll.a", "qls_precheck.dll.lib"],
            False: ["libqls_precheck.a", "qls_precheck.lib"],
        }[bool(self.options.shared)]
        if self.options.shared:
            copy(self, "*.dll", self._in("bin"), os.path.join(self.package_folder, "bin"))
        for name in linked:
            copy(self, name, self._in("lib"), os.path.join(self.package_folder, "lib"))
        copy(self, "*", self._in("include"), os.path.join(self.package_folder, "include"))
        copy(self, "*", self._in("share"), os.path.join(self.package_folder, "share"))
        for name in ["LICENSE-*", "THIRD-PARTY-NOTICES"]:
            copy(self, name, self.build_folder, os.path.join(self.package_folder, "licenses"))

    def package_info(self):
        # CMake reads the package's own files: their targets are the same everywhere.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = ["share/cmake/QlsPrecheck"]
        self.cpp_info.set_property("pkg_config_name", "qls_precheck")
        msvc = self.settings.compiler == "msvc" or self.settings.get_safe("compiler.runtime")
        self.cpp_info.libs = ["qls_precheck.dll" if msvc and self.options.shared else "qls_precheck"]
        if not self.options.shared:
            system = "windows" if self.settings.os == "Windows" else "linux"
            file = os.path.join(self.package_folder, f"share/cmake/QlsPrecheck/libraries-{system}.txt")
            self.cpp_info.system_libs = load(self, file).split()

    def _in(self, folder):
        return os.path.join(self.build_folder, folder)

    def _holds(self):
        """The system that the archive was built for, in conan's words."""
        if os.path.exists(self._in("bin/qls_precheck.dll")):
            return "Windows x86_64"
        platform = json.loads(load(self, self._in("lib/cps/qls_precheck.cps")))["platform"]
        return "Linux " + {"aarch64": "armv8"}.get(platform["isa"], platform["isa"])
