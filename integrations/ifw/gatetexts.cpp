#include "gatetexts.h"

#include <QtCore/QRegularExpression>

QString GateTexts::withoutSecrets(QString text, const QString &proxy)
{
    const int shortest = 8; // as in the library: a shorter one could be part of any word
    const QString credentials = proxy.section(QLatin1String("://"), -1).section(QLatin1Char('@'), 0, -2);
    const QString password = credentials.section(QLatin1Char(':'), 1);
    if (password.size() >= shortest)
        text.replace(password, QLatin1String("[password]"));
    const QRegularExpression token(QStringLiteral("(?<![A-Za-z0-9])eyJ[A-Za-z0-9_.-]{17,}"));
    return text.replace(token, QStringLiteral("[token]"));
}

QString GateTexts::unusableList(const QString &path, const QString &wrong)
{
    return tr("The list of packages %1 cannot be used: %2").arg(path, wrong);
}

QString GateTexts::unusableTokenFile(const QString &path, const QString &wrong)
{
    return tr("The token file %1 cannot be used: %2").arg(path, wrong);
}

QString GateTexts::unusableCaFile(const QString &path, const QString &wrong)
{
    return tr("The CA file %1 cannot be used: %2").arg(path, wrong);
}

QString GateTexts::tokenSource(const QString &source, const QString &tokenFile)
{
    if (source == QLatin1String("environment"))
        return tr("the token in QT_INSTALLER_JWT_TOKEN");
    if (source == QLatin1String("account-file"))
        return tr("the signed-in Qt account");
    return tr("the token in %1").arg(tokenFile);
}

QString GateTexts::scriptFails(const QStringList &mentioned, const QString &error)
{
    // The framework's hint to clear its cache comes on a line of its own, and does not help here.
    const QString what = error.section(QLatin1Char('\n'), 0, 0).trimmed();
    const QString names = mentioned.join(QLatin1String(", "));
    if (names.isEmpty())
        return tr("its script fails, probably since it expects a package that is left out: %1").arg(what);
    // What is left out is null to a script.
    return what.contains(QLatin1String("null"))
        ? tr("its script fails, since it expects %1, which is left out: %2").arg(names, what)
        : tr("its script fails, and mentions %1, which is left out: %2").arg(names, what);
}

QString GateTexts::reason(const LeftOut &leftOut, const ListedPackage &root, const Asked &asked)
{
    const bool denied = leftOut.verdict == Verdict::Denied;
    switch (leftOut.cause) {
    case LeftOut::Nothing:
        break;
    case LeftOut::NotCovered:
        return reasonForRoot(leftOut.verdict, root, asked);
    case LeftOut::ScriptFails:
        return root.scriptError;
    case LeftOut::Needs:
        if (!root.scriptError.isNull())
            return tr("needs %1, whose script fails").arg(root.name);
        if (asked.how == Asked::NeverAsks)
            return tr("needs %1, whose license an installer checks, and a maintenance tool does not").arg(root.name);
        return denied ? tr("needs %1, which your license does not cover").arg(root.name)
                      : tr("needs %1, whose license could not be checked").arg(root.name);
    case LeftOut::BelongsTo:
        if (!root.scriptError.isNull())
            return tr("belongs to %1, whose script fails").arg(root.name);
        if (asked.how == Asked::NeverAsks)
            return tr("belongs to %1, whose license an installer checks, and a maintenance tool does not").arg(root.name);
        return denied ? tr("belongs to %1, which your license does not cover").arg(root.name)
                      : tr("belongs to %1, whose license could not be checked").arg(root.name);
    }
    return QString();
}

QString GateTexts::reasonForRoot(Verdict verdict, const ListedPackage &package, const Asked &asked)
{
    QString what = package.consumerId;
    if (!package.askedVersion().isEmpty())
        what += QLatin1Char(' ') + package.askedVersion();
    if (!package.askedTimestamp().isEmpty())
        what = tr("%1 (built %2)").arg(what, package.askedTimestamp());
    switch (verdict) {
    case Verdict::Denied:
        return tr("your license does not cover %1, says %2 for %3").arg(what, asked.server, asked.tokenSource);
    case Verdict::Unknown:
        return tr("%2 said nothing about %1 when asked with %3").arg(what, asked.server, asked.tokenSource);
    case Verdict::NotAsked:
    case Verdict::Allowed:
        break;
    }
    switch (asked.how) {
    case Asked::Answered:
        return tr("the license for %1 was not checked, since the package came from elsewhere later").arg(what);
    case Asked::NeverAsks:
        return tr("it needs a license for %1, which an installer checks, and a maintenance tool does not").arg(what);
    case Asked::NoAnswer:
        break;
    }
    return tr("the license for %1 could not be checked").arg(what);
}
