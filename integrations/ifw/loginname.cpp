#include "loginname.h"

#ifdef Q_OS_WIN
#include <QtCore/qt_windows.h>

#include <lmcons.h>
#else
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
    const passwd *const entry = getpwuid(user);
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString();
}

// Both programs remove these variables from their caller's environment, and set them anew. In another process than
// root's they are somebody's leftovers.
QString processUser()
{
    for (const char *variable : {"SUDO_UID", "PKEXEC_UID"}) {
        bool number = false;
        const uint caller = qEnvironmentVariable(variable).toUInt(&number);
        if (geteuid() == 0 && number && !nameOf(caller).isEmpty())
            return nameOf(caller);
    }
    return nameOf(getuid());
}
#endif

} // namespace

QString LoginName::find()
{
    const QString given = qEnvironmentVariable("QTLICD_CLIENT_USERNAME");
    return given.isEmpty() ? processUser() : given;
}
