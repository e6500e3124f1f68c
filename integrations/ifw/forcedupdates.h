// Lets a maintenance tool go on where an update is forced that it may not install.
//
// The framework looks for forced updates in a repository's list itself, after it has asked which packages are valid. With
// one that is not it would offer nothing but updates, and then find none. So <ForcedUpdate> and <Essential> of such
// packages are taken out of the file while the framework reads it. The file may be in the user's cache, which has a
// checksum of it: it has to be put back.
#ifndef QLS_FORCEDUPDATES_H
#define QLS_FORCEDUPDATES_H

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QString>

#include <functional>

class ForcedUpdates
{
public:
    // Changes an Updates.xml. Does nothing where no update of a package that is not allowed is forced. What goes wrong with
    // the file is written to the framework's log, here and below.
    void hide(const QString &path, const std::function<bool(const QString &package)> &isAllowed);

    // Puts all files back as they were. One that cannot be written is tried again the next time.
    void restore();

private:
    QHash<QString, QByteArray> m_originals; // by path
};

#endif
