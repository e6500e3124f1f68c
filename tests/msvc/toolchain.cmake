# For CMake: programs for MSVC by clang-cl and lld, with what tests/msvc/prepare made. INCLUDE and LIB have to be set.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR AMD64)
set(CMAKE_C_COMPILER "${CMAKE_CURRENT_LIST_DIR}/../../target/platforms/msvc/bin/clang-cl")
set(CMAKE_C_COMPILER_TARGET x86_64-pc-windows-msvc)
set(CMAKE_LINKER lld-link)
# Debian's llvm-mt was built without what it needs to read manifests.
set(CMAKE_EXE_LINKER_FLAGS_INIT /manifest:no)
