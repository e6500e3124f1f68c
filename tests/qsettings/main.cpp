// Prints what QSettings reads from each file of a folder as the account's token: a line with the file's name and the
// text in hexadecimal digits.
#include <QDir>
#include <QSettings>

#include <cstdio>

int main(int count, char **arguments)
{
    if (count != 2)
        return 2;
    const QDir folder(QString::fromLocal8Bit(arguments[1]));
    const QStringList names = folder.entryList(QDir::Files);
    for (const QString &name : names) {
        const QSettings file(folder.filePath(name), QSettings::IniFormat);
        const QString token = file.value(QStringLiteral("QtAccount/jwt")).toString();
        std::printf("%s %s\n", qPrintable(name), token.toUtf8().toHex().constData());
    }
    return 0;
}
