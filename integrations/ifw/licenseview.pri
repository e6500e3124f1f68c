# The license page without its wizard: Qt Widgets, and what precheckgate.pri has. And the texts in other languages, which
# are compiled in: QLS_LANGUAGES says which, such as "de fr", or "none"; without it all that there are.

HEADERS += $$PWD/failuretexts.h $$PWD/licenselist.h $$PWD/licensereport.h $$PWD/licensesigns.h $$PWD/licensetree.h \
    $$PWD/licenseview.h
SOURCES += $$PWD/failuretexts.cpp $$PWD/licenselist.cpp $$PWD/licensereport.cpp $$PWD/licensesigns.cpp \
    $$PWD/licensetree.cpp $$PWD/licenseview.cpp
