#include "gatelibrary.h"

#include "qls_precheck.hpp"
#include "qls_precheck_load.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>

#ifdef Q_OS_WIN
#include <QtCore/QDateTime>
#include <QtCore/QDirIterator>
#include <QtCore/qt_windows.h>
#endif

namespace {

const qint64 largest = 64 * 1024 * 1024;

QString fileName()
{
#if defined(Q_OS_WIN)
    return QStringLiteral("qls_precheck.dll");
#elif defined(Q_OS_MACOS)
    return QStringLiteral("libqls_precheck.dylib");
#else
    return QStringLiteral("libqls_precheck.so");
#endif
}

// Whether these are the bytes of the library that this program was built for. The .pri file has compiled their hash in.
bool isGenuine(const QByteArray &content)
{
#define QLS_TEXT_OF(words) #words
#define QLS_TEXT(macro) QLS_TEXT_OF(macro)
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex() == QLS_TEXT(QLS_LIBRARY_SHA256);
}

#ifdef Q_OS_WIN
// Keeps a file as it is while an object of this class lives: nobody can write to it, rename it or delete it.
class Unchanged
{
public:
    explicit Unchanged(const QString &path)
        : m_file(CreateFileW(reinterpret_cast<const wchar_t *>(QDir::toNativeSeparators(path).utf16()), GENERIC_READ,
                             FILE_SHARE_READ, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr))
    {
    }
    ~Unchanged()
    {
        if (m_file != INVALID_HANDLE_VALUE)
            CloseHandle(m_file);
    }
    Unchanged(const Unchanged &) = delete;
    Unchanged &operator=(const Unchanged &) = delete;

private:
    const HANDLE m_file;
};

// Windows lets nobody delete a library that is loaded, so earlier runs have left theirs.
void removeFormer(const QString &place)
{
    QDirIterator former(place, {QStringLiteral("qls-precheck-*")}, QDir::Dirs | QDir::NoSymLinks);
    while (former.hasNext()) {
        const QString folder = former.next();
        if (former.fileInfo().lastModified().daysTo(QDateTime::currentDateTime()) > 0
            && QFile::remove(folder + QLatin1Char('/') + fileName()))
            QDir().rmdir(folder);
    }
}
#endif

// From the installer's resources, or else from the folder of the installer.
QString read(QByteArray *content)
{
    QFile file(QLatin1String(":/qls/") + fileName());
    if (!file.exists())
        file.setFileName(QDir(QCoreApplication::applicationDirPath()).filePath(fileName()));
    const QString path = QDir::toNativeSeparators(file.fileName());
    if (!file.exists())
        return QStringLiteral("A part of this installer is missing: there is no %1. Put it beside the installer, or get the "
                              "whole installer again.").arg(path);
    if (!file.open(QIODevice::ReadOnly))
        return QString::fromLatin1("A part of this installer cannot be read: %1: %2").arg(path, file.errorString());
    *content = file.read(largest);
    if (!isGenuine(*content))
        return QStringLiteral("A part of this installer is damaged or is not its own: %1 is another file than the one that "
                              "the installer was made with. Get the whole installer again.").arg(path);
    return QString();
}

// Writes the bytes that were judged into a folder of its own, and loads them from there: nobody can change them between.
QString loadFrom(const QString &place, const QByteArray &content)
{
#ifdef Q_OS_WIN
    removeFormer(place);
#endif
    QDir().mkpath(place);
    QTemporaryDir folder(QDir(place).filePath(QStringLiteral("qls-precheck-XXXXXX")));
    if (!folder.isValid())
        return QStringLiteral("There is no place for a temporary file: %1: %2")
            .arg(QDir::toNativeSeparators(place), folder.errorString());
    QFile file(folder.filePath(fileName()));
    const bool written = file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.flush();
    const QString error = file.errorString();
    file.close();
    if (!written)
        return QStringLiteral("A temporary file cannot be written: %1: %2")
            .arg(QDir::toNativeSeparators(file.fileName()), error);
#ifdef Q_OS_WIN
    const Unchanged unchanged(file.fileName());
    QByteArray now;
    if (!file.open(QIODevice::ReadOnly) || !isGenuine(now = file.read(largest)))
        return QStringLiteral("A temporary file was changed by another program: %1")
            .arg(QDir::toNativeSeparators(file.fileName()));
    file.close();
    const QByteArray path = file.fileName().toUtf8();
#else
    const QByteArray path = QFile::encodeName(file.fileName());
#endif
    const qls::Result loaded = qls::Result::adopt(qls_load(path.constData()));
    return loaded.ok() ? QString() : QString::fromUtf8(loaded.message());
}

} // namespace

QString loadGateLibrary()
{
    static bool isLoaded = false;
    if (isLoaded)
        return QString();
    QByteArray content;
    QString wrong = read(&content);
    if (!wrong.isNull())
        return wrong;
    // From many temporary folders nothing may be run; the user's cache is the other place that every system has.
    QString first;
    for (const QString &place :
         {QDir::tempPath(), QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)}) {
        // Where TMPDIR names no folder, Qt knows none.
        wrong = place.isEmpty() ? QString::fromLatin1("There is no folder for temporary files.") : loadFrom(place, content);
        isLoaded = wrong.isNull();
        if (isLoaded)
            return QString();
        if (first.isNull())
            first = wrong;
    }
    return first;
}
