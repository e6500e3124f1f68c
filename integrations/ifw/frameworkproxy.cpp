#include "frameworkproxy.h"

#include "arguments.h"

#include <packagemanagercore.h>
#include <packagemanagerproxyfactory.h>
#include <settings.h>

#include <QtCore/QUrl>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QNetworkProxyFactory>

#include <memory>

using namespace QInstaller;

QString frameworkProxy(const PackageManagerCore *core, const QString &server)
{
#ifndef Q_OS_MACOS
    // The system's proxy is left to the library, which finds it while it asks, so that no window stands still for it. Qt
    // also misreads the environment's where it begins with https://.
    switch (core->settings().proxyType()) {
    case Settings::SystemProxy:
        return QString();
    case Settings::NoProxy:
        // By an argument or in the Settings dialog; but where Qt was built without the system's proxies, nobody chose it.
        if (Arguments::ofThisProgram().noProxy || QNetworkProxyFactory::usesSystemConfiguration())
            return QString::fromLatin1("");
        return QString();
    case Settings::UserDefinedProxy:
        break;
    }
#endif
    const std::unique_ptr<PackageManagerProxyFactory> factory(core->proxyFactory());
    const QNetworkProxy proxy = factory->queryProxy(QNetworkProxyQuery(QUrl(server))).value(0);
    QUrl address;
    switch (proxy.type()) {
    case QNetworkProxy::NoProxy:
        return QString::fromLatin1("");
    case QNetworkProxy::HttpProxy:
    case QNetworkProxy::HttpCachingProxy:
        address.setScheme(QStringLiteral("http"));
        break;
    case QNetworkProxy::Socks5Proxy:
        address.setScheme(QStringLiteral("socks5h"));
        break;
    default:
        return QString();
    }
    address.setHost(proxy.hostName());
    address.setPort(proxy.port());
    if (!proxy.user().isEmpty())
        address.setUserName(proxy.user(), QUrl::DecodedMode);
    if (!proxy.password().isEmpty())
        address.setPassword(proxy.password(), QUrl::DecodedMode);
    return address.toString(QUrl::FullyEncoded);
}
