# The license page without its wizard: Qt Widgets, and what precheckgate.pri has. And the texts in other languages, which
# are compiled in: QLS_LANGUAGES says which, such as "de fr", or "none"; without it all that there are.

HEADERS += $$PWD/failuretexts.h $$PWD/licenselist.h $$PWD/licensereport.h $$PWD/licensesigns.h $$PWD/licensetree.h \
    $$PWD/licenseview.h
SOURCES += $$PWD/failuretexts.cpp $$PWD/licenselist.cpp $$PWD/licensereport.cpp $$PWD/licensesigns.cpp \
    $$PWD/licensetree.cpp $$PWD/licenseview.cpp

isEmpty(QLS_LANGUAGES): qls_texts = $$files($$PWD/translations/qls_*.ts)
else: !equals(QLS_LANGUAGES, none): for(language, $$list($$QLS_LANGUAGES)): qls_texts += $$PWD/translations/qls_$${language}.ts
!isEmpty(qls_texts) {
    # Not embed_translations: its resource has the same name in every project, and the framework's programs may have one.
    CONFIG += lrelease
    isEmpty(LRELEASE_DIR): LRELEASE_DIR = .qm
    TRANSLATIONS += $$qls_texts
    qls_translations.base = $$OUT_PWD/$$LRELEASE_DIR
    for(text, qls_texts): qls_translations.files += $$qls_translations.base/$$replace($$list($$basename(text)), ts$, qm)
    qls_translations.prefix = /qls/translations
    RESOURCES += qls_translations
    DEFINES += QLS_IFW_TRANSLATIONS
}
