#include "packagelist.h"

#include <QtCore/QHash>
#include <QtCore/QIODevice>
#include <QtCore/QLocale>
#include <QtCore/QSet>
#include <QtCore/QXmlStreamReader>

namespace {

// Where the text of an element is kept, or nullptr for an element that is not read.
QString *place(ListedPackage *package, const QString &element)
{
    static const QHash<QString, QString ListedPackage::*> places = {
        {QStringLiteral("Name"), &ListedPackage::name},
        {QStringLiteral("DisplayName"), &ListedPackage::displayName},
        {QStringLiteral("Version"), &ListedPackage::version},
        {QStringLiteral("ReleaseDate"), &ListedPackage::releaseDate},
        {QStringLiteral("QlsConsumerId"), &ListedPackage::consumerId},
        {QStringLiteral("QlsConsumerVersion"), &ListedPackage::consumerVersion},
        {QStringLiteral("QlsInstallationSchema"), &ListedPackage::installationSchema},
        {QStringLiteral("QlsSupportedFeatures"), &ListedPackage::supportedFeatures},
        {QStringLiteral("QlsBuildTimestamp"), &ListedPackage::buildTimestamp}};
    return places.contains(element) ? &(package->*places.value(element)) : nullptr;
}

QStringList requirements(const QString &list)
{
    QStringList requirements;
    for (const QString &requirement : list.split(QLatin1Char(','))) {
        if (!requirement.trimmed().isEmpty())
            requirements.append(requirement.trimmed());
    }
    return requirements;
}

bool isMark(const QString &element)
{
    return element.startsWith(QLatin1String("Qls"), Qt::CaseInsensitive);
}

// Reads the text of the current element and of those in it, up to its end. A mark among those is wrong: the framework
// hands on only what is directly below <Package>.
QString readText(QXmlStreamReader *xml)
{
    QString text;
    for (int depth = 1; depth > 0 && !xml->atEnd();) {
        switch (xml->readNext()) {
        case QXmlStreamReader::StartElement:
            ++depth;
            if (isMark(xml->name().toString()))
                xml->raiseError(QString::fromLatin1("<%1> has to be directly below <Package>").arg(xml->name().toString()));
            break;
        case QXmlStreamReader::EndElement:
            --depth;
            break;
        case QXmlStreamReader::Characters:
        case QXmlStreamReader::EntityReference:
            text += xml->text();
            break;
        default:
            break;
        }
    }
    return text;
}

// Follows inheritVersionFrom to the package that says the version. Returns what is wrong, or a null string.
QString resolveVersions(QVector<ListedPackage> *packages)
{
    QHash<QString, int> indexes;
    for (int i = 0; i < packages->size(); ++i)
        indexes.insert(packages->at(i).name, i);
    for (int i = 0; i < packages->size(); ++i) {
        if (!packages->at(i).isMarked() || !packages->at(i).consumerVersion.isNull())
            continue;
        QSet<int> visited;
        int source = i;
        while (!packages->at(source).inheritsVersionFrom.isEmpty()) {
            const int next = indexes.value(packages->at(source).inheritsVersionFrom, -1);
            if (next < 0 || visited.contains(next))
                return QString::fromLatin1("package %1: it inherits its version from %2, which does not say one; write "
                                       "<QlsConsumerVersion>")
                    .arg(packages->at(i).name, packages->at(source).inheritsVersionFrom);
            visited.insert(next);
            source = next;
        }
        (*packages)[i].version = packages->at(source).version;
    }
    return QString();
}

// As the framework does: the first one without a language, unless there is one in the language of the window.
void takeDisplayName(const QString &text, const QString &language, QString *value)
{
    if (language.isEmpty() ? value->isNull() : QLocale().name().startsWith(language, Qt::CaseInsensitive))
        *value = text;
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
        xml.raiseError(QString::fromLatin1("its root is no <Updates>"));
    while (xml.readNextStartElement()) {
        if (xml.name() != QLatin1String("PackageUpdate")) {
            if (isMark(xml.name().toString()))
                xml.raiseError(QString::fromLatin1("<%1> has to be directly below <Package>").arg(xml.name().toString()));
            readText(&xml);
            continue;
        }
        ListedPackage package;
        // What is wrong with a mark. It is told together with the package's name, which may come after the mark.
        QString wrong;
        bool marked = false;
        while (xml.readNextStartElement()) {
            const QString element = xml.name().toString();
            const QString language = xml.attributes().value(QLatin1String("xml:lang")).toString();
            const QString inherits = xml.attributes().value(QLatin1String("inheritVersionFrom")).toString();
            const bool mark = isMark(element);
            QString text = readText(&xml);
            // The framework keeps the blanks of a name, and asks for it with them.
            if (element != QLatin1String("Name"))
                text = text.trimmed();
            QString *const value = place(&package, element);
            if (mark && !value)
                wrong = QString::fromLatin1("there is no element <%1>").arg(element);
            else if (mark && text.isEmpty())
                wrong = QString::fromLatin1("<%1> is empty").arg(element);
            else if (mark && !value->isNull())
                wrong = QString::fromLatin1("<%1> stands there twice").arg(element);
            marked = marked || mark;
            if (element == QLatin1String("Version"))
                package.inheritsVersionFrom = inherits;
            if (element == QLatin1String("DisplayName"))
                takeDisplayName(text, language, value);
            else if (value)
                *value = text;
            else if (element == QLatin1String("Dependencies"))
                package.dependencies += requirements(text);
            else if (element == QLatin1String("ForcedInstallation"))
                package.forced = text.compare(QLatin1String("true"), Qt::CaseInsensitive) == 0;
        }
        if (wrong.isNull() && marked && !package.isMarked())
            wrong = QString::fromLatin1("<QlsConsumerId> is missing");
        if (xml.hasError())
            break;
        if (!wrong.isNull())
            return QString::fromLatin1("package %1: %2").arg(package.name, wrong);
        packages->append(package);
    }
    // Reading on to the end finds what is wrong after the last package.
    while (!xml.atEnd())
        xml.readNext();
    if (xml.hasError())
        return QString::fromLatin1("line %1: %2").arg(xml.lineNumber()).arg(xml.errorString());
    return resolveVersions(packages);
}
