#include "gatesettings.h"

#include "loginname.h"
#include "smallfile.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QSet>
#include <QtCore/QStringList>

#include <algorithm>

namespace {

const int longestTimeout = 3600; // seconds
const int largestFile = 64 * 1024;

bool readChoice(const QString &value, const char *no, const char *yes, bool *chosen)
{
    *chosen = value == QLatin1String(yes);
    return *chosen || value == QLatin1String(no);
}

// Every key is a word. What else stands in front of an equals sign may be an address with a password.
bool isKey(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c.isLetter(); });
}

} // namespace

QString GateSettings::tokenSource() const
{
    const char *const own = qEnvironmentVariableIsEmpty("QT_INSTALLER_JWT_TOKEN") ? "account-file" : "environment";
    return QLatin1String(tokenFile.isNull() ? own : "argument");
}

QString GateSettings::read(const QString &text)
{
    QSet<QString> seen;
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (int i = 0; i < lines.size(); ++i) {
        const QString line = lines.at(i).trimmed();
        if (line.isEmpty() || line.startsWith(QLatin1Char('#')) || line.startsWith(QLatin1Char(';')))
            continue;
        const int equals = int(line.indexOf(QLatin1Char('=')));
        const QString key = line.left(equals).trimmed();
        if (equals < 1 || !isKey(key))
            return QString::fromLatin1("line %1 is no \"key = value\"").arg(i + 1);
        if (seen.contains(key))
            return QString::fromLatin1("line %1: %2 was set before").arg(i + 1).arg(key);
        seen.insert(key);
        const QString wrong = set(key, line.mid(equals + 1).trimmed());
        if (!wrong.isNull())
            return QString::fromLatin1("line %1: %2").arg(i + 1).arg(wrong);
    }
    return QString();
}

QString GateSettings::set(const QString &key, const QString &value)
{
    const QHash<QString, bool *> choices = {{QStringLiteral("list"), &list},
                                            {QStringLiteral("allowRuntimeSettings"), &allowRuntimeSettings},
                                            {QStringLiteral("consent"), &consent},
                                            {QStringLiteral("skipCovered"), &skipCovered}};
    // The value may be a secret that stands behind the wrong key.
    const auto expected = [&](const QString &what) { return QString::fromLatin1("%1 has to be %2").arg(key, what); };
    if (value.isEmpty())
        return QString::fromLatin1("%1 is empty; leave it out for the default").arg(key);
    if (key == QLatin1String("server")) {
        server = value;
    } else if (key == QLatin1String("ca")) {
        caFile = value;
    } else if (key == QLatin1String("userId")) {
        // Found out here, once: it may take a look into the network's directory of users.
        userId = value == QLatin1String("login") ? loginName() : value;
    } else if (key == QLatin1String("proxy")) {
        // An empty text means no proxy at all. A null text means the proxy of the system.
        proxy = value == QLatin1String("none") ? QString::fromLatin1("") : value;
    } else if (key == QLatin1String("timeout")) {
        bool number = false;
        const int seconds = value.toInt(&number);
        if (!number || seconds < 1 || seconds > longestTimeout)
            return expected(QString::fromLatin1("a number of seconds from 1 to %1").arg(longestTimeout));
        timeoutMs = seconds * 1000;
    } else if (key == QLatin1String("trust")) {
        if (!readChoice(value, "system", "given-only", &trustGivenOnly))
            return expected(QString::fromLatin1("system or given-only"));
    } else if (bool *const chosen = choices.value(key)) {
        if (!readChoice(value, "false", "true", chosen))
            return expected(QString::fromLatin1("true or false"));
    } else if (key == QLatin1String("onNoVerdict")) {
        bool hide = false;
        if (!readChoice(value, "block", "hide", &hide))
            return expected(QString::fromLatin1("block or hide"));
        onNoVerdict = hide ? Hide : Block;
    } else {
        return QString::fromLatin1("there is no setting \"%1\"").arg(key);
    }
    return QString();
}

QString GateSettings::readFile(const QString &path)
{
    if (!QFile::exists(path))
        return QString();
    QByteArray content;
    QString wrong = SmallFile::read(path, largestFile, &content);
    if (!wrong.isNull())
        return QString::fromLatin1("%1 cannot be read: %2").arg(path, wrong);
    wrong = read(QString::fromUtf8(content));
    return wrong.isNull() ? wrong : QString::fromLatin1("%1: %2").arg(path, wrong);
}

QStringList GateSettings::argumentKeys()
{
    return {QStringLiteral("QlsTokenFile"), QStringLiteral("QlsServer"), QStringLiteral("QlsCaFile")};
}

QString GateSettings::readArguments(const QHash<QString, QString> &arguments)
{
    QStringList keys = arguments.keys();
    keys.sort();
    for (const QString &key : keys) {
        if (!key.startsWith(QLatin1String("Qls"), Qt::CaseInsensitive))
            continue;
        // The value must not get into any message: it may be a secret that was given by mistake.
        if (!argumentKeys().contains(key))
            return QString::fromLatin1("There is no argument \"%1\"; a token is given as QlsTokenFile=FILE.").arg(key);
        if (arguments.value(key).isEmpty())
            return QString::fromLatin1("The argument %1 is empty.").arg(key);
    }
    const QString token = arguments.value(QStringLiteral("QlsTokenFile"));
    if (token.startsWith(QLatin1String("eyJ")))
        return QStringLiteral("QlsTokenFile is the name of a file that holds the token, not the token itself. Other users "
                              "of this machine may have seen the token now: sign in anew.");
    const bool elsewhere = arguments.contains(QStringLiteral("QlsServer")) || arguments.contains(QStringLiteral("QlsCaFile"));
    if (elsewhere && !allowRuntimeSettings)
        return QString::fromLatin1("This installer does not accept the arguments QlsServer and QlsCaFile.");
    // The account's token is meant for the server that the installer's author chose.
    if (elsewhere && token.isEmpty())
        return QString::fromLatin1("The arguments QlsServer and QlsCaFile need QlsTokenFile beside them.");
    if (!token.isEmpty())
        tokenFile = QDir::current().absoluteFilePath(token);
    isServerOfUser = arguments.contains(QStringLiteral("QlsServer"));
    if (isServerOfUser)
        server = arguments.value(QStringLiteral("QlsServer"));
    isCaOfUser = arguments.contains(QStringLiteral("QlsCaFile"));
    if (isCaOfUser)
        caFile = QDir::current().absoluteFilePath(arguments.value(QStringLiteral("QlsCaFile")));
    return QString();
}
