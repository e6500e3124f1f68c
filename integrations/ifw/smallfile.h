// Reads the small text files that the check needs: settings, a token, CA certificates.
#ifndef QLS_SMALLFILE_H
#define QLS_SMALLFILE_H

#include <QtCore/QByteArray>
#include <QtCore/QString>

class SmallFile
{
public:
    // Reads UTF-8 text, and leaves a byte order mark out. limit is in bytes. Returns what is wrong with the file, or a
    // null string. Waits 5 seconds at most for who writes to a pipe, but on Windows.
    static QString read(const QString &path, int limit, QByteArray *content);

    // The same for a file that has to say something: blanks and line ends around its text are left out too.
    static QString readFilled(const QString &path, int limit, QByteArray *content);
};

#endif
