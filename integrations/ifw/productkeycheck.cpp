// Qt Installer Framework's hook for license checks, in place of the empty one in its sources: 4.1 to 4.9.
#include <productkeycheck.h>

#include "installercheck.h"

#include <QtUiTools/QUiLoader>

using namespace QInstaller;

class ProductKeyCheckPrivate : public InstallerCheck
{
};

ProductKeyCheck::ProductKeyCheck()
    : d(new ProductKeyCheckPrivate)
{
}

ProductKeyCheck::~ProductKeyCheck()
{
    delete d;
}

ProductKeyCheck *ProductKeyCheck::instance()
{
    static ProductKeyCheck check;
    return &check;
}

void ProductKeyCheck::init(PackageManagerCore *core)
{
    d->init(core);
}

// Of an installer the framework asks this at the command line alone, before it does anything.
bool ProductKeyCheck::hasValidLicense() const
{
    return d->isAllowedAtCommandLine();
}

bool ProductKeyCheck::hasValidKey()
{
    return d->isAllowedInWindow();
}

QString ProductKeyCheck::lastErrorString()
{
    return d->errorText();
}

void ProductKeyCheck::addPackagesFromXml(const QString &xmlPath)
{
    d->readPackages(xmlPath);
}

// Asked of every collection in the installer before init(), and of every component later.
bool ProductKeyCheck::isValidPackage(const QString &packageName) const
{
    return d->isAllowed(packageName);
}

bool ProductKeyCheck::isValidLicenseTextFile(const QString &)
{
    return true;
}

bool ProductKeyCheck::isValidRepository(const Repository &) const
{
    return true;
}

// Asked when a window is made, after init() and addPackagesFromXml().
QList<int> ProductKeyCheck::registeredPages() const
{
    return d->pages();
}

// The framework has no caller for these two.
QString ProductKeyCheck::maintainanceToolDetailErrorNotice()
{
    return QString();
}

bool ProductKeyCheck::applyKey(const QStringList &)
{
    return true;
}

#if IFW_VERSION >= 0x040700
QUiLoader *ProductKeyCheck::uiLoader()
{
    static QUiLoader loader;
    return &loader;
}
#endif

#if IFW_VERSION >= 0x040800
bool ProductKeyCheck::hasAcceptedAllLicenses() const
{
    return true;
}

QString ProductKeyCheck::licenseAcceptanceText() const
{
    return QString();
}

QString ProductKeyCheck::securityWarning() const
{
    return QString();
}

QString ProductKeyCheck::additionalMetaDownloadWarning() const
{
    return QString();
}
#endif

#if IFW_VERSION >= 0x040900
QString ProductKeyCheck::additionalAcceptanceForCategory(const QStandardItem *) const
{
    return QString();
}
#endif
