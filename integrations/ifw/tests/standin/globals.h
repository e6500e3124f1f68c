// Stands in for the framework's header of this name: the log, for sources that need nothing else of it.
#ifndef QLS_STANDIN_GLOBALS_H
#define QLS_STANDIN_GLOBALS_H

#include <QtCore/QLoggingCategory>

namespace QInstaller {

inline const QLoggingCategory &lcInstallerInstallLog()
{
    static const QLoggingCategory category("ifw.installer.installlog");
    return category;
}

} // namespace QInstaller

#endif
