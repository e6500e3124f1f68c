#include "forcedupdates.h"

#include <globals.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QLoggingCategory>
#include <QtCore/QSaveFile>
#include <QtXml/QDomDocument>

namespace {

// What went wrong, or a null string.
QString write(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    const bool done = file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit();
    return done ? QString() : file.errorString();
}

void warn(const QString &text)
{
    qCWarning(QInstaller::lcInstallerInstallLog).noquote() << text;
}

} // namespace

void ForcedUpdates::hide(const QString &path, const std::function<bool(const QString &)> &isAllowed)
{
    QFile file(path);
    QDomDocument document;
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QByteArray original = file.readAll();
    file.close();
    if (!document.setContent(original))
        return;
    bool changed = false;
    const QString packageTag = QStringLiteral("PackageUpdate");
    QDomElement package = document.documentElement().firstChildElement(packageTag);
    for (; !package.isNull(); package = package.nextSiblingElement(packageTag)) {
        // With its blanks, as the framework takes it.
        if (isAllowed(package.firstChildElement(QStringLiteral("Name")).text()))
            continue;
        for (const char *forced : {"ForcedUpdate", "Essential"}) {
            const QDomElement element = package.firstChildElement(QLatin1String(forced));
            if (!element.isNull()) {
                package.removeChild(element);
                changed = true;
            }
        }
    }
    // The list may be read more than once before it is put back: then it has been changed already.
    if (!changed)
        return;
    const QString wrong = write(path, document.toByteArray(-1));
    if (wrong.isNull())
        m_originals.insert(path, original);
    else
        warn(QStringLiteral("An update that is left out is forced by %1, which cannot be changed, so that nothing can be "
                            "added: %2")
                 .arg(QDir::toNativeSeparators(path), wrong));
}

void ForcedUpdates::restore()
{
    for (auto original = m_originals.begin(); original != m_originals.end();) {
        const QString wrong = write(original.key(), original.value());
        if (wrong.isNull()) {
            original = m_originals.erase(original);
            continue;
        }
        warn(QString::fromLatin1("%1 was changed while it was read, and cannot be put back as it was: %2")
                 .arg(QDir::toNativeSeparators(original.key()), wrong));
        ++original;
    }
}
