#include "packagelist.h"

#include <QtCore/QIODevice>
#include <QtCore/QXmlStreamReader>

namespace {

// Where an element's text goes, or nullptr for what does not concern us.
QString *place(ListedPackage *package, const QString &element)
{
    if (element == QLatin1String("Name"))
        return &package->name;
    if (element == QLatin1String("DisplayName"))
        return &package->displayName;
    if (element == QLatin1String("Version"))
        return &package->version;
    if (element == QLatin1String("ReleaseDate"))
        return &package->releaseDate;
    if (element == QLatin1String("QlsConsumerId"))
        return &package->consumerId;
    if (element == QLatin1String("QlsConsumerVersion"))
        return &package->consumerVersion;
    if (element == QLatin1String("QlsInstallationSchema"))
        return &package->installationSchema;
    if (element == QLatin1String("QlsSupportedFeatures"))
        return &package->supportedFeatures;
    if (element == QLatin1String("QlsBuildTimestamp"))
        return &package->buildTimestamp;
    return nullptr;
}

QStringList names(const QString &list)
{
    QStringList names;
    for (const QString &requirement : list.split(QLatin1Char(','))) {
        const QString name = PackageList::withoutVersion(requirement.trimmed());
        if (!name.isEmpty())
            names.append(name);
    }
    return names;
}

} // namespace

QString PackageList::withoutVersion(const QString &requirement)
{
    int end = int(requirement.indexOf(QLatin1Char(':')));
    if (end < 0)
        end = int(requirement.indexOf(QLatin1Char('-')));
    return end < 0 ? requirement : requirement.left(end);
}

QString PackageList::read(QIODevice *device, QVector<ListedPackage> *packages)
{
    QXmlStreamReader xml(device);
    if (xml.readNextStartElement() && xml.name() != QLatin1String("Updates"))
        xml.raiseError(tr("its root is no <Updates>"));
    while (xml.readNextStartElement()) {
        if (xml.name() != QLatin1String("PackageUpdate")) {
            xml.skipCurrentElement();
            continue;
        }
        ListedPackage package;
        QString wrong; // about a mark; told together with the package's name, which may come later
        bool marked = false;
        while (xml.readNextStartElement()) {
            const QString element = xml.name().toString();
            const bool translated = !xml.attributes().isEmpty() && element == QLatin1String("DisplayName");
            const bool mark = element.startsWith(QLatin1String("Qls"), Qt::CaseInsensitive);
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
            QString *const value = place(&package, element);
            if (mark && !value)
                wrong = tr("there is no element <%1>").arg(element);
            else if (mark && text.isEmpty())
                wrong = tr("<%1> is empty").arg(element);
            else if (mark && !value->isNull())
                wrong = tr("<%1> stands there twice").arg(element);
            marked = marked || mark;
            if (value && !translated)
                *value = text;
            else if (element == QLatin1String("Dependencies"))
                package.dependencies += names(text);
            else if (element == QLatin1String("ForcedInstallation"))
                package.forced = text.compare(QLatin1String("true"), Qt::CaseInsensitive) == 0;
        }
        if (wrong.isNull() && marked && !package.isMarked())
            wrong = tr("<QlsConsumerId> is missing");
        if (xml.hasError())
            break;
        if (!wrong.isNull())
            return tr("package %1: %2").arg(package.name, wrong);
        packages->append(package);
    }
    // Reading on to the end finds what is wrong after the last package.
    while (!xml.atEnd())
        xml.readNext();
    if (xml.hasError())
        return tr("line %1: %2").arg(xml.lineNumber()).arg(xml.errorString());
    return QString();
}
