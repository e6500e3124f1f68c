"""Takes the shared library into a frozen program: PyInstaller does not see which library ctypes loads."""

from PyInstaller.utils.hooks import collect_dynamic_libs

binaries = collect_dynamic_libs("qls_precheck", search_patterns=["*qls_precheck.so", "*qls_precheck.dylib", "*.dll"])
