#include "smallfile.h"

#include <QtCore/QFile>

QString SmallFile::read(const QString &path, int limit, QByteArray *content)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return file.errorString();
    // The path may name a device, which has no size and may have no end.
    while (content->size() <= limit) {
        const QByteArray more = file.read(limit + 1 - content->size());
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
