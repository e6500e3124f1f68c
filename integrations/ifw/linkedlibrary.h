// The maintenance tool is the installer's program once more. In a framework that was built with QLS_LINK=shared it does
// not start without the library beside it, so an installer takes the library along into the installation's folder, and
// the maintenance tool takes it away when everything is removed.
#ifndef QLS_LINKEDLIBRARY_H
#define QLS_LINKEDLIBRARY_H

#include <QtCore/QCoreApplication>
#include <QtCore/QString>

namespace QInstaller {
class PackageManagerCore;
}

class LinkedLibrary
{
    Q_DECLARE_TR_FUNCTIONS(LinkedLibrary)

public:
    // To be called once in an installer and in a maintenance tool.
    static void accompany(QInstaller::PackageManagerCore *core);

private:
    static void copy(QInstaller::PackageManagerCore *core);
    static void remove(QInstaller::PackageManagerCore *core);
};

#endif
