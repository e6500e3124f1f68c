// Which proxy the framework would take to reach a server.
#ifndef QLS_FRAMEWORKPROXY_H
#define QLS_FRAMEWORKPROXY_H

#include <QtCore/QString>

namespace QInstaller {
class PackageManagerCore;
}

// Returns the proxy's address as the library wants it: an empty text for no proxy, a null one for the system's. On macOS
// it blocks while the system looks for its proxy, which may take long.
QString frameworkProxy(const QInstaller::PackageManagerCore *core, const QString &server);

#endif
