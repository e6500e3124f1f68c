# The part of the license check that needs Qt Core alone, and the library; qls_precheck_ifw.pri says which variables
# there are.

INCLUDEPATH += $$PWD
HEADERS += $$PWD/gatesettings.h $$PWD/gatetexts.h $$PWD/inquiry.h $$PWD/licenseclosure.h $$PWD/loginname.h \
    $$PWD/packagelist.h $$PWD/precheckgate.h $$PWD/scriptnames.h $$PWD/smallfile.h
SOURCES += $$PWD/gatesettings.cpp $$PWD/gatetexts.cpp $$PWD/inquiry.cpp $$PWD/licenseclosure.cpp $$PWD/loginname.cpp \
    $$PWD/packagelist.cpp $$PWD/precheckgate.cpp $$PWD/scriptnames.cpp $$PWD/smallfile.cpp
win32: LIBS += -ladvapi32 # the login name

isEmpty(QLS_LINK): QLS_LINK = static
equals(QLS_LINK, static): CONFIG += qls_precheck_static
else: equals(QLS_LINK, load): CONFIG += qls_precheck_load
else: !equals(QLS_LINK, shared): error("QLS_LINK is $$QLS_LINK, and has to be static, shared or load")
# In an unpacked archive the library is beside this folder.
isEmpty(QLS_PREFIX): exists($$PWD/../../share/qls_precheck): QLS_PREFIX = $$clean_path($$PWD/../..)
isEmpty(QLS_PREFIX): include($$PWD/../../qls_precheck.pri)
else: include($$QLS_PREFIX/share/qls_precheck/qls_precheck.pri)

# Beside the program is where the shared library is looked for.
equals(QLS_LINK, shared) {
    macos: LIBS += -Wl,-rpath,@executable_path
    else: unix: LIBS += "-Wl,-rpath,\'\$$ORIGIN\'"
}

# Only the very file that is here now will be loaded.
equals(QLS_LINK, load) {
    HEADERS += $$PWD/gatelibrary.h
    SOURCES += $$PWD/gatelibrary.cpp
    isEmpty(QLS_PRECHECK_FILE): error("There is no shared library in $$QLS_PRECHECK_FOLDERS: its checksum is compiled in")
    qls_checked = $$shell_quote($$shell_path($$QLS_PRECHECK_FILE))
    contains(QMAKE_HOST.os, Windows): qls_sums = $$system(certutil -hashfile $$qls_checked SHA256, lines)
    else: qls_sums = $$system(sha256sum < $$qls_checked || shasum -a 256 < $$qls_checked, lines)
    # The line with the sum, which old versions of certutil print with blanks between the bytes.
    for(line, qls_sums) {
        line = $$replace(line, "[ -]", "")
        !isEmpty(line): isEmpty(QLS_LIBRARY_SHA256): contains(line, "[0-9a-f]{64}"): QLS_LIBRARY_SHA256 = $$line
    }
    isEmpty(QLS_LIBRARY_SHA256): error("The SHA-256 of $$QLS_PRECHECK_FILE cannot be found out; give QLS_LIBRARY_SHA256")
    DEFINES += QLS_LIBRARY_SHA256=$$QLS_LIBRARY_SHA256
}
