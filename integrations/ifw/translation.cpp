#include "translation.h"

#include <packagemanagercore.h>
#include <settings.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QTranslator>

#include <memory>

using namespace QInstaller;

// Of a static library nobody else refers to the resource. It has to be called outside of a namespace.
static void initResource()
{
#ifdef QLS_IFW_TRANSLATIONS
    Q_INIT_RESOURCE(qmake_qls_translations);
#endif
}

namespace {

const char ours[] = ":/qls/translations";

bool load(QTranslator *translator, const QLocale &locale, const char *name, const char *folder)
{
    return translator->load(locale, QLatin1String(name), QLatin1String("_"), QLatin1String(folder));
}

// The framework takes the first language that it has Qt's own texts for, or English, and tells nobody which.
QLocale frameworkLanguage(const PackageManagerCore *core)
{
    const QStringList named = core->settings().translations();
    if (!named.isEmpty())
        return QLocale(named.first().section(QLatin1Char('_'), 1));
    for (const QString &language : QLocale().uiLanguages()) {
        const QLocale locale(language);
        QTranslator qt;
        if (locale.language() == QLocale::English || load(&qt, locale, "qt", ":/translations_new")
            || load(&qt, locale, "qt", ":/translations"))
            return locale;
    }
    return QLocale(QLocale::English);
}

} // namespace

void Translation::install(const PackageManagerCore *core)
{
    if (core->isCommandLineInstance())
        return;
    initResource();
    const QLocale language = frameworkLanguage(core);
    std::unique_ptr<QTranslator> translator(new QTranslator(QCoreApplication::instance()));
    // An author may have embedded better texts.
    if (load(translator.get(), language, "qls", ":/translations_new") || load(translator.get(), language, "qls", ours))
        QCoreApplication::installTranslator(translator.release());
}
