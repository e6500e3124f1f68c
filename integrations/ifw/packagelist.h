// Updates.xml, as the framework embeds it into an installer: which packages there are, which of them are marked to need
// a license, and what they depend on.
#ifndef QLS_PACKAGELIST_H
#define QLS_PACKAGELIST_H

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
    QString inheritsVersionFrom; // the package whose version this one has; empty: its own
    QStringList dependencies;    // as they are written: "name", "name-version" or "name:version"
    bool forced = false;

    // Why its script fails when other packages are left out; null unless that happened in this run.
    QString scriptError;

    // What the license server is asked; null where the package does not say.
    QString consumerId;
    QString consumerVersion;
    QString installationSchema;
    QString supportedFeatures;
    QString buildTimestamp;

    bool isMarked() const { return !consumerId.isNull(); }

    // The server is asked about what the mark says, or else about the package's Version and ReleaseDate.
    QString askedVersion() const { return consumerVersion.isNull() ? version : consumerVersion; }
    QString askedTimestamp() const { return buildTimestamp.isNull() ? releaseDate : buildTimestamp; }
};

class PackageList
{
public:
    // Appends the packages of an Updates.xml. Returns what is wrong with it, or a null string. A mark that cannot be
    // understood is an error, since ignoring it would make the package free.
    static QString read(QIODevice *device, QVector<ListedPackage> *packages);

    // Dependencies and arguments are written "name", "name-version" or "name:version". Returns the name.
    static QString withoutVersion(const QString &requirement);
};

#endif
