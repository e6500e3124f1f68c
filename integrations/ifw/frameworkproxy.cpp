#include "frameworkproxy.h"

#include "arguments.h"

#include <packagemanagercore.h>
#include <packagemanagerproxyfactory.h>
#include <settings.h>

#include <QtCore/QUrl>
#include <QtNetwork/QNetworkProxy>

#include <memory>

using namespace QInstaller;

QString frameworkProxy(const PackageManagerCore *core, const QString &server)
{
#if !defined(Q_OS_WIN) && !defined(Q_OS_MACOS)
    // On these systems the system's proxy is the one of the environment. Qt misreads that where it begins with https://,
    // so it is left to the library.
    if (Arguments::ofThisProgram().noProxy)
        return QString::fromLatin1("");
    if (core->settings().proxyType() != Settings::UserDefinedProxy)
        return QString();
#endif
    const QUrl url(server.isNull() ? QStringLiteral("https://qls.qt.io") : server);
    const std::unique_ptr<PackageManagerProxyFactory> factory(core->proxyFactory());
    const QNetworkProxy proxy = factory->queryProxy(QNetworkProxyQuery(url)).value(0);
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
