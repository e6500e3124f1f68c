# The part of the license check that needs Qt Core alone, and the library; qls_precheck_ifw.pri says which variables
# there are.

INCLUDEPATH += $$PWD
HEADERS += $$PWD/gatesettings.h $$PWD/gatetexts.h $$PWD/licenseclosure.h $$PWD/packagelist.h $$PWD/precheckgate.h \
    $$PWD/smallfile.h
SOURCES += $$PWD/gatesettings.cpp $$PWD/gatetexts.cpp $$PWD/licenseclosure.cpp $$PWD/packagelist.cpp \
    $$PWD/precheckgate.cpp $$PWD/smallfile.cpp

!equals(QLS_LINK, shared): CONFIG += qls_precheck_static
# In an unpacked archive the library is beside this folder.
isEmpty(QLS_PREFIX): exists($$PWD/../../share/qls_precheck): QLS_PREFIX = $$clean_path($$PWD/../..)
isEmpty(QLS_PREFIX): include($$PWD/../../qls_precheck.pri)
else: include($$QLS_PREFIX/share/qls_precheck/qls_precheck.pri)
