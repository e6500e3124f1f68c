#include "forcedupdates.h"

#include <QtCore/QFile>
#include <QtCore/QSaveFile>
#include <QtXml/QDomDocument>

namespace {

bool write(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit();
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
        if (isAllowed(package.firstChildElement(QStringLiteral("Name")).text().trimmed()))
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
    if (changed && write(path, document.toByteArray(-1)))
        m_originals.insert(path, original);
}

void ForcedUpdates::restore()
{
    for (auto original = m_originals.constBegin(); original != m_originals.constEnd(); ++original)
        write(original.key(), original.value());
    m_originals.clear();
}
