// The name by which a license server on premises knows the user: the setting "userId = login".
#ifndef QLS_LOGINNAME_H
#define QLS_LOGINNAME_H

#include <QtCore/QString>

// QTLICD_CLIENT_USERNAME where it is set, as for the license daemon. Otherwise the login name of the user of this process,
// and of the one who called sudo or pkexec where they made it a process of root. On Windows it is the account of the
// process, which is an administrator's where somebody gave another account to elevate it.
QString loginName();

#endif
