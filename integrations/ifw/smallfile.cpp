#include "smallfile.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#ifdef Q_OS_UNIX
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#endif

namespace {

const int patience = 5000; // milliseconds, for the whole file

// Where the path names a pipe, nobody may ever write to it: neither opening nor reading waits for that.
QString openAtOnce(QFile *file)
{
#ifdef Q_OS_UNIX
    if (QFileInfo(*file).isNativePath()) { // and no resource
        const int descriptor = ::open(QFile::encodeName(file->fileName()).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        const QIODevice::OpenMode mode = QIODevice::ReadOnly | QIODevice::Unbuffered;
        const bool opened = descriptor >= 0 && file->open(descriptor, mode, QFileDevice::AutoCloseHandle);
        return opened ? QString() : qt_error_string(errno);
    }
#endif
    return file->open(QIODevice::ReadOnly) ? QString() : file->errorString();
}

// Whether there is something to read, or the end, before the time is over. A resource has no handle, and is there.
bool comesBefore(const QDeadlineTimer &deadline, const QFile &file)
{
#ifdef Q_OS_UNIX
    pollfd awaited = {file.handle(), POLLIN, 0};
    if (awaited.fd < 0)
        return true;
    int ready;
    do {
        ready = ::poll(&awaited, 1, int(deadline.remainingTime()));
    } while (ready < 0 && errno == EINTR);
    return ready != 0;
#else
    Q_UNUSED(deadline)
    Q_UNUSED(file)
    return true;
#endif
}

} // namespace

QString SmallFile::read(const QString &path, int limit, QByteArray *content)
{
    QFile file(path);
    const QString wrong = openAtOnce(&file);
    if (!wrong.isNull())
        return wrong;
    const QDeadlineTimer deadline(patience);
    // The path may name a device, which has no size and may have no end.
    while (content->size() <= limit) {
        if (!comesBefore(deadline, file))
            return QString::fromLatin1("it was not complete within 5 seconds; is it a pipe that nobody writes to?");
        const QByteArray more = file.read(limit + 1 - content->size());
        if (file.error() != QFileDevice::NoError)
            return file.errorString();
        if (more.isEmpty())
            break;
        content->append(more);
    }
    if (content->size() > limit)
        return QString::fromLatin1("it is too large");
    // Some programs write UTF-16 without a byte order mark. Then every other byte of ASCII text is zero.
    if (content->startsWith("\xff\xfe") || content->startsWith("\xfe\xff") || content->left(2).contains('\0'))
        return QString::fromLatin1("it is UTF-16; save it as UTF-8");
    if (content->contains('\0'))
        return QString::fromLatin1("it has a NUL byte, so it is no text");
    if (content->startsWith("\xef\xbb\xbf"))
        content->remove(0, 3);
    return QString();
}

QString SmallFile::readFilled(const QString &path, int limit, QByteArray *content)
{
    const QString wrong = read(path, limit, content);
    *content = content->trimmed();
    return wrong.isNull() && content->isEmpty() ? QString::fromLatin1("it is empty") : wrong;
}
