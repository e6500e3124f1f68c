# The license check, for the build of Qt Installer Framework:
#
#     qmake "PRODUCTKEYCHECK_PRI_FILE=<this file>" <the framework's installerfw.pro>
#
# Variables, given to qmake in the same way:
#   QLS_PREFIX   where qls-precheck is installed or unpacked; default: where this file is, an unpacked archive or the source
#                tree after cargo build --release
#   QLS_LINK     static (default), load or shared
#   QLS_LIBRARY_SHA256
#                with load: the checksum of the library, where it is not to be that of the file found here
#   QLS_PRECHECK_LIBDIR
#                the library's folder, where it is not where the above have it: of a build for another target
# and defaults for what an installer's qls.ini leaves out:
#   QLS_SERVER QLS_CA QLS_TRUST QLS_TIMEOUT QLS_PROXY QLS_USER_ID QLS_LIST QLS_ON_NO_VERDICT QLS_ALLOW_RUNTIME_SETTINGS
#   QLS_CONSENT QLS_SKIP_COVERED
# and
#   QLS_LANGUAGES
#                the languages that are compiled in, such as "de fr", or none; default: all that there are

HEADERS += $$PWD/arguments.h $$PWD/automaticanswer.h $$PWD/componentwatch.h $$PWD/forcedupdates.h $$PWD/frameworkproxy.h \
    $$PWD/inquirythread.h $$PWD/installercheck.h $$PWD/licensepage.h $$PWD/translation.h
SOURCES += $$PWD/arguments.cpp $$PWD/automaticanswer.cpp $$PWD/commandlineparser_p.cpp $$PWD/componentwatch.cpp \
    $$PWD/forcedupdates.cpp $$PWD/frameworkproxy.cpp $$PWD/installercheck.cpp $$PWD/licensepage.cpp \
    $$PWD/productkeycheck.cpp $$PWD/translation.cpp
include($$PWD/precheckgate.pri)
include($$PWD/licenseview.pri)
equals(QLS_LINK, shared) {
    DEFINES += QLS_IFW_LINKED
    HEADERS += $$PWD/linkedlibrary.h
    SOURCES += $$PWD/linkedlibrary.cpp
    # The framework's programs need it beside them too, and authors find it there.
    qls_beside = $$QLS_PRECHECK_FILE
    unix: !macos: exists($${QLS_PRECHECK_FILE}.0): qls_beside = $${QLS_PRECHECK_FILE}.0
    win32: for(folder, $$list($$QLS_PRECHECK_LIBDIR $$clean_path($$QLS_PRECHECK_LIBDIR/../bin))) {
        exists($$folder/qls_precheck.dll): qls_beside = $$folder/qls_precheck.dll
    }
    QMAKE_POST_LINK += $$QMAKE_COPY $$shell_quote($$shell_path($$qls_beside)) $$shell_quote($$shell_path($$IFW_APP_PATH))
}

# What the framework's programs read beside its library, so that they link with what that one needs.
CONFIG += create_prl

qls_settings = \
    server:QLS_SERVER ca:QLS_CA trust:QLS_TRUST timeout:QLS_TIMEOUT proxy:QLS_PROXY userId:QLS_USER_ID list:QLS_LIST \
    onNoVerdict:QLS_ON_NO_VERDICT allowRuntimeSettings:QLS_ALLOW_RUNTIME_SETTINGS consent:QLS_CONSENT \
    skipCovered:QLS_SKIP_COVERED
qls_header = "static const char qlsDefaults[] = R\"qls("
for(setting, qls_settings) {
    variable = $$section(setting, :, 1, 1)
    value = $$eval($$variable)
    !isEmpty(value): qls_header += "$$section(setting, :, 0, 0) = $$value"
}
qls_header += ")qls\";"
!write_file($$OUT_PWD/qls_ifw_defaults.h, qls_header): error("Cannot write $$OUT_PWD/qls_ifw_defaults.h")
INCLUDEPATH += $$OUT_PWD
