#include "loginname.h"

#ifdef Q_OS_WIN
#include <QtCore/qt_windows.h>

#include <lmcons.h>
#else
#include <cerrno>
#include <pwd.h>
#include <unistd.h>
#endif

namespace {

#ifdef Q_OS_WIN
QString processUser()
{
    wchar_t name[UNLEN + 1];
    DWORD size = UNLEN + 1;
    return GetUserNameW(name, &size) ? QString::fromWCharArray(name) : QString();
}
#else
QString nameOf(uid_t user)
{
    // How long such an entry can be nobody says: what a system proposes may be too short.
    QByteArray space(1024, Qt::Uninitialized);
    passwd entry;
    passwd *found = nullptr;
    while (getpwuid_r(user, &entry, space.data(), size_t(space.size()), &found) == ERANGE)
        space.resize(2 * space.size());
    return found ? QString::fromLocal8Bit(found->pw_name) : QString();
}

// Both programs remove these variables from their caller's environment, and set them anew. In another process than
// root's they are somebody's leftovers.
QString processUser()
{
    for (const char *variable : {"SUDO_UID", "PKEXEC_UID"}) {
        bool number = false;
        const uint caller = qEnvironmentVariable(variable).toUInt(&number);
        const QString name = geteuid() == 0 && number ? nameOf(caller) : QString();
        if (!name.isEmpty())
            return name;
    }
    return nameOf(getuid());
}
#endif

} // namespace

QString loginName()
{
    const QString given = qEnvironmentVariable("QTLICD_CLIENT_USERNAME");
    return given.isEmpty() ? processUser() : given;
}
