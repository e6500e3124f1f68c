// Stands in for the framework's header of this name. Counts how often it is asked for a proxy.
#ifndef QLS_STANDIN_PACKAGEMANAGERPROXYFACTORY_H
#define QLS_STANDIN_PACKAGEMANAGERPROXYFACTORY_H

#include <QtNetwork/QNetworkProxyFactory>

namespace QInstaller {

class PackageManagerProxyFactory : public QNetworkProxyFactory
{
public:
    PackageManagerProxyFactory(const QNetworkProxy &proxy, int *asked) : m_proxy(proxy), m_asked(asked) {}

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &) override
    {
        ++*m_asked;
        return {m_proxy};
    }

private:
    QNetworkProxy m_proxy;
    int *m_asked;
};

} // namespace QInstaller

#endif
