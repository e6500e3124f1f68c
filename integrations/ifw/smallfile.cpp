#include "smallfile.h"

#include <QtCore/QFile>
#include <QtCore/QThread>

#include <memory>

namespace {

const unsigned long patience = 5000; // milliseconds

struct Reading
{
    QByteArray content;
    QString wrong = QStringLiteral("there is no thread to read it");
};

void readAll(const QString &path, int limit, Reading *reading)
{
    QFile file(path);
    bool more = file.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    // The path may name a device, which has no size and may have no end.
    while (more && reading->content.size() <= limit) {
        const QByteArray part = file.read(limit + 1 - reading->content.size());
        reading->content.append(part);
        more = !part.isEmpty();
    }
    reading->wrong = file.error() == QFileDevice::NoError ? QString() : file.errorString();
}

} // namespace

QString SmallFile::read(const QString &path, int limit, QByteArray *content)
{
    // Where the path names a pipe, nobody may ever write to it, and a disk in the network may be away: nothing ends such a
    // wait. So another thread waits, and is left to itself when it takes too long.
    const std::shared_ptr<Reading> reading = std::make_shared<Reading>();
    std::unique_ptr<QThread> reader(QThread::create([=] { readAll(path, limit, reading.get()); }));
    reader->start();
    if (!reader->wait(patience)) {
        reader.release();
        return QString::fromLatin1("it was not complete within 5 seconds; is it a pipe that nobody writes to?");
    }
    if (!reading->wrong.isNull())
        return reading->wrong;
    *content = reading->content;
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
