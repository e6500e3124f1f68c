# For qmake: include(.../qls_precheck.pri) adds the headers and the shared library to a project. Set before it:
#   CONFIG += qls_precheck_static     links the static library
#   CONFIG += qls_precheck_load       compiles qls_precheck_load.c instead, which loads the shared one (docs/loading.md)
#   QLS_PRECHECK_LIBDIR = FOLDER      takes the library from there
# It works where it lies in the source tree, after `cargo build --release`, and in an installed or unpacked prefix.
# A program finds the shared library again by itself with QMAKE_RPATHDIR += $$QLS_PRECHECK_LIBDIR, or in a folder that
# its system knows. For Windows it was configured on Linux, and programs built with what the Makefiles would link.

exists($$PWD/Cargo.toml) {
    QLS_PRECHECK_INCLUDE = $$PWD/include
    QLS_PRECHECK_LISTS = $$PWD/cmake
    QLS_PRECHECK_FOLDERS = $$PWD/target/release
} else {
    QLS_PRECHECK_PREFIX = $$clean_path($$PWD/../..)
    QLS_PRECHECK_INCLUDE = $$QLS_PRECHECK_PREFIX/include
    QLS_PRECHECK_LISTS = $$QLS_PRECHECK_PREFIX/share/cmake/QlsPrecheck
    QLS_PRECHECK_FOLDERS = $$QLS_PRECHECK_PREFIX/lib $$QLS_PRECHECK_PREFIX/lib64
    # Debian's, by architecture.
    QLS_PRECHECK_FOLDERS += $$files($$QLS_PRECHECK_PREFIX/lib/*-linux-gnu*)
    # What is linked with a DLL lies in lib; the DLL itself is loaded.
    qls_precheck_load: QLS_PRECHECK_FOLDERS += $$QLS_PRECHECK_PREFIX/bin
}

qls_precheck_static {
    msvc: QLS_PRECHECK_NAMES = qls_precheck.lib
    else: QLS_PRECHECK_NAMES = libqls_precheck.a
} else {
    qls_precheck_load: win32: QLS_PRECHECK_NAMES = qls_precheck.dll
    else: msvc: QLS_PRECHECK_NAMES = qls_precheck.dll.lib
    # cargo-c leaves out the "lib" of MinGW's import libraries.
    else: win32: QLS_PRECHECK_NAMES = libqls_precheck.dll.a qls_precheck.dll.a
    else: macos: QLS_PRECHECK_NAMES = libqls_precheck.dylib
    else: QLS_PRECHECK_NAMES = libqls_precheck.so
}

!isEmpty(QLS_PRECHECK_LIBDIR): QLS_PRECHECK_FOLDERS = "$$QLS_PRECHECK_LIBDIR"
for(folder, QLS_PRECHECK_FOLDERS): for(name, QLS_PRECHECK_NAMES): isEmpty(QLS_PRECHECK_FILE): exists($$folder/$$name) {
    QLS_PRECHECK_LIBDIR = $$folder
    QLS_PRECHECK_FILE = $$folder/$$name
}
isEmpty(QLS_PRECHECK_FILE): !qls_precheck_load {
    error("There is no $$join(QLS_PRECHECK_NAMES, " or ") in $$join(QLS_PRECHECK_FOLDERS, " or "). In the source tree \
`cargo build --release` makes it; CONFIG += qls_precheck_static chooses between shared and static.")
}

INCLUDEPATH += $$QLS_PRECHECK_INCLUDE
qls_precheck_load {
    SOURCES += $$QLS_PRECHECK_INCLUDE/qls_precheck_load.c
    unix: LIBS += -ldl
} else: qls_precheck_static {
    LIBS += $$QLS_PRECHECK_FILE
    PRE_TARGETDEPS += $$QLS_PRECHECK_FILE
    # What `rustc --print native-static-libs` prints, less what every compiler adds by itself.
    # macOS' frameworks, for the system's certificates, have never been tried.
    win32: QLS_PRECHECK_NATIVE = $$cat($$QLS_PRECHECK_LISTS/libraries-windows.txt)
    else: !macos: QLS_PRECHECK_NATIVE = $$cat($$QLS_PRECHECK_LISTS/libraries-linux.txt)
    for(name, QLS_PRECHECK_NATIVE): LIBS += -l$$name
    macos: LIBS += -framework Security -framework CoreFoundation
} else: win32 {
    LIBS += $$QLS_PRECHECK_FILE
} else {
    LIBS += -L$$QLS_PRECHECK_LIBDIR -lqls_precheck
}
