# For qmake: include(.../qls_precheck.pri) adds the headers and the shared library to a project. Set before it:
#   CONFIG += qls_precheck_static     links the static library
#   QLS_PRECHECK_LIBDIR = FOLDER      takes the library from there
# It works where it lies in the source tree, after `cargo build --release`, and in an installed or unpacked prefix.
# A program finds the shared library again by itself with QMAKE_RPATHDIR += $$QLS_PRECHECK_LIBDIR, or in a folder that
# its system knows. The part for Windows has not been tried.

exists($$PWD/Cargo.toml) {
    QLS_PRECHECK_INCLUDE = $$PWD/include
    QLS_PRECHECK_FOLDERS = $$PWD/target/release
} else {
    QLS_PRECHECK_PREFIX = $$clean_path($$PWD/../..)
    QLS_PRECHECK_INCLUDE = $$QLS_PRECHECK_PREFIX/include
    QLS_PRECHECK_FOLDERS = $$QLS_PRECHECK_PREFIX/lib $$QLS_PRECHECK_PREFIX/lib64
    # Debian's, by architecture.
    QLS_PRECHECK_FOLDERS += $$files($$QLS_PRECHECK_PREFIX/lib/*-linux-gnu*)
}

qls_precheck_static {
    win32-msvc*: QLS_PRECHECK_NAME = qls_precheck.lib
    else: QLS_PRECHECK_NAME = libqls_precheck.a
} else {
    win32-msvc*: QLS_PRECHECK_NAME = qls_precheck.dll.lib
    else: win32: QLS_PRECHECK_NAME = libqls_precheck.dll.a
    else: macos: QLS_PRECHECK_NAME = libqls_precheck.dylib
    else: QLS_PRECHECK_NAME = libqls_precheck.so
}

isEmpty(QLS_PRECHECK_LIBDIR) {
    for(folder, QLS_PRECHECK_FOLDERS): isEmpty(QLS_PRECHECK_LIBDIR): exists($$folder/$$QLS_PRECHECK_NAME) {
        QLS_PRECHECK_LIBDIR = $$folder
    }
}
isEmpty(QLS_PRECHECK_LIBDIR)|!exists($$QLS_PRECHECK_LIBDIR/$$QLS_PRECHECK_NAME) {
    error("$$QLS_PRECHECK_NAME is not in $$QLS_PRECHECK_LIBDIR $$QLS_PRECHECK_FOLDERS. In the source tree \
`cargo build --release` makes it; CONFIG += qls_precheck_static chooses between shared and static.")
}

INCLUDEPATH += $$QLS_PRECHECK_INCLUDE
qls_precheck_static {
    LIBS += $$QLS_PRECHECK_LIBDIR/$$QLS_PRECHECK_NAME
    PRE_TARGETDEPS += $$QLS_PRECHECK_LIBDIR/$$QLS_PRECHECK_NAME
    # What `rustc --print native-static-libs` prints, less what every compiler adds by itself.
    # macOS' frameworks, for the system's certificates, have never been tried.
    win32: LIBS += -lbcrypt -ladvapi32 -lntdll -luserenv -lws2_32 -ldbghelp -lkernel32
    else: macos: LIBS += -framework Security -framework CoreFoundation
    else: LIBS += -lutil -lrt -lpthread -lm -ldl
} else: win32 {
    LIBS += $$QLS_PRECHECK_LIBDIR/$$QLS_PRECHECK_NAME
} else {
    LIBS += -L$$QLS_PRECHECK_LIBDIR -lqls_precheck
}
