// Updates.xml, as the framework embeds it into an installer: which packages there are, which of them are marked to need
// a licence, and what they depend on.
#ifndef QLS_PACKAGELIST_H
#define QLS_PACKAGELIST_H

#include <QtCore/QCoreApplication>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtCore/QVector>

class QIODevice;

struct ListedPackage
{
    QString name;
    QString displayName;
    QString version;
    QString releaseDate;
    QStringList dependencies; // names, without versions
    bool forced = false;

    // What the licence server is asked; null where the package does not say.
    QString consumerId;
    QString consumerVersion;
    QString installationSchema;
    QString supportedFeatures;
    QString buildTimestamp;

    bool isMarked() const { return !consumerId.isNull(); }

    // What the package says, or else its Version and its ReleaseDate.
    QString askedVersion() const { return consumerVersion.isNull() ? version : consumerVersion; }
    QString askedTimestamp() const { return buildTimestamp.isNull() ? releaseDate : buildTimestamp; }
};

class PackageList
{
    Q_DECLARE_TR_FUNCTIONS(PackageList)

public:
    // Appends the packages of an Updates.xml. Returns what is wrong with it, or a null string. A mark that cannot be
    // understood is an error: it must never make a package free.
    static QString read(QIODevice *device, QVector<ListedPackage> *packages);

    // The name in "name", "name-version" and "name:version", as dependencies and arguments have it.
    static QString withoutVersion(const QString &requirement);
};

#endif
