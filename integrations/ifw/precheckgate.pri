# The part of the licence check that needs Qt Core alone, and the library; qls_precheck_ifw.pri says which variables
# there are.

INCLUDEPATH += $$PWD
HEADERS += $$PWD/gatesettings.h $$PWD/packagelist.h $$PWD/precheckgate.h
SOURCES += $$PWD/gatesettings.cpp $$PWD/packagelist.cpp $$PWD/precheckgate.cpp

isEmpty(QLS_PREFIX) {
    INCLUDEPATH += $$PWD/../../include
    qls_library_dir = $$clean_path($$PWD/../../target/release)
} else {
    INCLUDEPATH += $$QLS_PREFIX/include
    qls_library_dir = $$QLS_PREFIX/lib
}
!isEmpty(QLS_LIBS) {
    LIBS += $$QLS_LIBS
} else:equals(QLS_LINK, shared) {
    LIBS += -L$$qls_library_dir -lqls_precheck
} else:win32 {
    msvc: LIBS += $$qls_library_dir/qls_precheck.lib
    else: LIBS += $$qls_library_dir/libqls_precheck.a
    LIBS += -lws2_32 -lcrypt32 -lbcrypt -lncrypt -lsecur32 -luserenv -lntdll -ladvapi32
} else {
    LIBS += $$qls_library_dir/libqls_precheck.a
    macos: LIBS += -framework Security -framework CoreFoundation
    else: LIBS += -lpthread -ldl -lm
}
