// Stands in for the framework's header of this name: its settings, and the proxy that it would take.
#ifndef QLS_STANDIN_PACKAGEMANAGERCORE_H
#define QLS_STANDIN_PACKAGEMANAGERCORE_H

#include "packagemanagerproxyfactory.h"
#include "settings.h"

namespace QInstaller {

class PackageManagerCore
{
public:
    Settings &settings() const { return theSettings; }
    PackageManagerProxyFactory *proxyFactory() const { return new PackageManagerProxyFactory(proxy, &asked); }

    mutable Settings theSettings;
    mutable int asked = 0;
    QNetworkProxy proxy;
};

} // namespace QInstaller

#endif
