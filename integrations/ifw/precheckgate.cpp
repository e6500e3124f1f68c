#include "precheckgate.h"

#include "qls_precheck.hpp"

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSet>

#include <chrono>

namespace {

const int largestTokenFile = 64 * 1024;
const int largestCaFile = 4 * 1024 * 1024;

const char *orNull(const QByteArray &text)
{
    return text.isNull() ? nullptr : text.constData();
}

void insert(QJsonObject *object, const char *key, const QString &value)
{
    if (!value.isEmpty())
        object->insert(QLatin1String(key), value);
}

// What the server is asked about a package.
QJsonObject consumer(const ListedPackage &package)
{
    QJsonObject consumer;
    insert(&consumer, "consumer_id", package.consumerId);
    insert(&consumer, "consumer_version", package.askedVersion());
    insert(&consumer, "consumer_installation_schema", package.installationSchema);
    insert(&consumer, "consumer_supported_features", package.supportedFeatures);
    insert(&consumer, "consumer_build_timestamp", package.askedTimestamp());
    insert(&consumer, "component_id", package.name);
    return consumer;
}

// Reads a small file. Returns what is wrong with it, or a null string. A device has no size, and perhaps no end.
QString readSmall(const QString &path, int limit, QByteArray *content)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return file.errorString();
    while (content->size() <= limit) {
        const QByteArray more = file.read(limit + 1 - content->size());
        if (more.isEmpty())
            break;
        content->append(more);
    }
    if (content->size() > limit)
        return PrecheckGate::tr("it is too large");
    if (content->startsWith("\xff\xfe") || content->startsWith("\xfe\xff"))
        return PrecheckGate::tr("it is UTF-16; save it as UTF-8");
    if (content->startsWith("\xef\xbb\xbf"))
        content->remove(0, 3);
    *content = content->trimmed();
    return content->isEmpty() ? PrecheckGate::tr("it is empty") : QString();
}

} // namespace

void PrecheckGate::callNow(const Step &call, const Step &)
{
    call();
}

void PrecheckGate::refuse(const QString &reason)
{
    if (m_state == Refused)
        return;
    m_state = Refused;
    m_error = reason;
}

void PrecheckGate::readPackages(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return;
    const QString wrong = file.open(QIODevice::ReadOnly) ? PackageList::read(&file, &m_packages) : file.errorString();
    if (!wrong.isNull())
        refuse(tr("The list of packages %1 cannot be used: %2").arg(path, wrong));
    judge();
}

bool PrecheckGate::wouldAsk() const
{
    return (m_state == NotAsked || m_state == NoVerdict) && !consumers().isEmpty();
}

PrecheckGate::State PrecheckGate::askAgain(const Runner &run)
{
    if (m_state == NoVerdict)
        m_state = NotAsked;
    return ask(run);
}

PrecheckGate::State PrecheckGate::ask(const Runner &run)
{
    if (m_state != NotAsked)
        return m_state;
    const QJsonArray asked = consumers();
    if (asked.isEmpty()) {
        m_state = NothingToAsk;
        return m_state;
    }
    m_error.clear();
    m_tokenUnusable = false;
    m_state = NoVerdict;
    QByteArray token;
    QByteArray authorities;
    if (!readToken(&token) || !readAuthorities(&authorities))
        return m_state;

    // A setter that refuses makes the operations say so.
    qls::Client client;
    client.set_timeout(std::chrono::milliseconds(m_settings.timeoutMs));
    client.set_trust(m_settings.trustGivenOnly ? qls::Trust::given_only : qls::Trust::system);
    if (!m_settings.server.isNull())
        client.set_server(m_settings.server.toUtf8().constData());
    if (!m_settings.proxy.isNull())
        client.set_proxy(m_settings.proxy.toUtf8().constData());
    if (!authorities.isNull())
        client.set_ca_pem(authorities.constData());

    const QByteArray question = body(asked);
    QByteArray extra;
    if (!m_settings.userId.isNull()) {
        QJsonObject members;
        insert(&members, "user_id", m_settings.userId);
        extra = QJsonDocument(members).toJson(QJsonDocument::Compact);
    }
    qls::Result check;
    qls::Result list;
    const bool listToo = m_settings.list;
    run(
        [&] {
            check = client.check(orNull(token), question.constData());
            if (listToo && check.ok())
                list = client.list(orNull(token), orNull(extra));
        },
        [&] { client.cancel(); });
    token.fill('\0');

    const qls::Result &decisive = listToo && check.ok() ? list : check;
    const QString source = QString::fromUtf8(check.get("/token_source"));
    m_server = QString::fromUtf8(check.get("/server"));
    if (source == QLatin1String("environment"))
        m_tokenSource = tr("the token in QT_INSTALLER_JWT_TOKEN");
    else if (source == QLatin1String("account-file"))
        m_tokenSource = tr("the signed-in Qt account");
    else
        m_tokenSource = tr("the token in %1").arg(m_settings.tokenFile);
    if (decisive.ok()) {
        m_askedFor = asked;
        for (const ListedPackage &package : m_packages) {
            if (package.isMarked())
                m_verdicts.insert(package.name, check.is_allowed(package.name.toUtf8().constData()) ? Allowed : Unknown);
        }
        for (std::size_t i = 0; i < check.component_count(); ++i) {
            const qls::Component component = check.component(i);
            if (component.verdict == qls::Verdict::denied)
                m_verdicts.insert(QString::fromUtf8(component.component_id), Denied);
        }
        if (listToo)
            m_licenses = QString::fromUtf8(list.get("/licenses"));
        m_state = Answered;
    } else {
        m_tokenUnusable = decisive.status() == qls::Status::token_not_found
            || decisive.status() == qls::Status::invalid_token || decisive.status() == qls::Status::unauthorized;
        fail(QString::fromUtf8(decisive.message()));
    }
    judge();
    return m_state;
}

QJsonArray PrecheckGate::consumers() const
{
    QJsonArray consumers;
    for (const ListedPackage &package : m_packages) {
        if (package.isMarked())
            consumers.append(consumer(package));
    }
    return consumers;
}

QByteArray PrecheckGate::body(const QJsonArray &consumers) const
{
    QJsonObject body;
    body.insert(QLatin1String("consumers"), consumers);
    insert(&body, "user_id", m_settings.userId);
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

// Leaves the token null where the account's is to be used.
bool PrecheckGate::readToken(QByteArray *token)
{
    if (m_settings.tokenFile.isNull())
        return true;
    const QString wrong = readSmall(m_settings.tokenFile, largestTokenFile, token);
    if (wrong.isNull())
        return true;
    m_tokenUnusable = true;
    fail(tr("The token file %1 cannot be used: %2").arg(m_settings.tokenFile, wrong));
    return false;
}

bool PrecheckGate::readAuthorities(QByteArray *pem)
{
    if (m_settings.caFile.isNull())
        return true;
    const QString wrong = readSmall(m_settings.caFile, largestCaFile, pem);
    if (wrong.isNull())
        return true;
    fail(tr("The CA file %1 cannot be used: %2").arg(m_settings.caFile, wrong));
    return false;
}

void PrecheckGate::fail(const QString &reason)
{
    m_state = NoVerdict;
    m_error = reason;
}

bool PrecheckGate::isOpen() const
{
    switch (m_state) {
    case NothingToAsk:
    case Answered:
        return true;
    case NoVerdict:
        return m_settings.onNoVerdict == GateSettings::Hide;
    case NotAsked:
    case Refused:
        break;
    }
    return false;
}

// Whether a package belongs to one that is not allowed: "a.b.c" belongs to "a.b" and to "a".
bool PrecheckGate::becauseOfParent(const QString &name, Because *because) const
{
    for (int dot = int(name.lastIndexOf(QLatin1Char('.'))); dot > 0; dot = int(name.lastIndexOf(QLatin1Char('.'), dot - 1))) {
        const auto parent = m_notAllowed.constFind(name.left(dot));
        if (parent != m_notAllowed.constEnd()) {
            *because = {parent->root, false};
            return true;
        }
    }
    return false;
}

// An answer counts for what was asked, and not for another version or consumer under the same name.
PrecheckGate::Verdict PrecheckGate::verdict(const ListedPackage &package) const
{
    return m_askedFor.contains(consumer(package)) ? verdict(package.name) : NoneYet;
}

// Finds all packages that are not allowed: the marked ones without a yes, and what needs or belongs to one of those.
void PrecheckGate::judge()
{
    m_notAllowed.clear();
    for (const ListedPackage &package : m_packages) {
        if (package.isMarked() && verdict(package) != Allowed)
            m_notAllowed.insert(package.name, {package.name, false});
    }
    bool changed = !m_notAllowed.isEmpty();
    while (changed) {
        changed = false;
        for (const ListedPackage &package : m_packages) {
            if (m_notAllowed.contains(package.name))
                continue;
            Because because;
            bool found = becauseOfParent(package.name, &because);
            for (int i = 0; i < package.dependencies.size() && !found; ++i) {
                const QString &needed = package.dependencies.at(i);
                const auto missing = m_notAllowed.constFind(needed);
                if (missing != m_notAllowed.constEnd()) {
                    because = {missing->root, true};
                    found = true;
                } else if (becauseOfParent(needed, &because)) {
                    because.needs = true;
                    found = true;
                }
            }
            if (found) {
                m_notAllowed.insert(package.name, because);
                changed = true;
            }
        }
    }
}

bool PrecheckGate::isAllowed(const QString &name) const
{
    Because because;
    return m_state != Refused && !m_notAllowed.contains(name) && !becauseOfParent(name, &because);
}

QVector<ListedPackage> PrecheckGate::notAllowed() const
{
    QVector<ListedPackage> packages;
    QSet<QString> seen; // repositories are read anew whenever the framework fetches them
    for (const ListedPackage &package : m_packages) {
        if (seen.contains(package.name) || isAllowed(package.name))
            continue;
        seen.insert(package.name);
        packages.append(package);
    }
    return packages;
}

QString PrecheckGate::reasonFor(const QString &name) const
{
    if (m_state == Refused)
        return m_error;
    Because because;
    const auto known = m_notAllowed.constFind(name);
    if (known != m_notAllowed.constEnd())
        because = *known;
    else if (!becauseOfParent(name, &because))
        return QString();
    if (because.root == name) {
        for (const ListedPackage &package : m_packages) {
            if (package.name == name && package.isMarked() && verdict(package) != Allowed)
                return rootReason(package);
        }
    }
    const bool denied = verdict(because.root) == Denied;
    if (because.needs)
        return denied ? tr("needs %1, which your licence does not cover").arg(because.root)
                      : tr("needs %1, for which no licence could be found out").arg(because.root);
    return denied ? tr("belongs to %1, which your licence does not cover").arg(because.root)
                  : tr("belongs to %1, for which no licence could be found out").arg(because.root);
}

QString PrecheckGate::rootReason(const ListedPackage &package) const
{
    QString what = package.consumerId;
    if (!package.askedVersion().isEmpty())
        what += QLatin1Char(' ') + package.askedVersion();
    if (!package.askedTimestamp().isEmpty())
        what = tr("%1 (built %2)").arg(what, package.askedTimestamp());
    if (verdict(package) == Denied)
        return tr("your licence does not cover %1, says %2 for %3").arg(what, m_server, m_tokenSource);
    if (verdict(package) == Unknown)
        return tr("%2 said nothing about %1 for %3").arg(what, m_server, m_tokenSource);
    if (m_state == Answered)
        return tr("the licence for %1 was not checked, since the package came from elsewhere later").arg(what);
    return tr("the licence for %1 could not be checked").arg(what);
}

QStringList PrecheckGate::allowedNames() const
{
    QStringList names;
    for (const ListedPackage &package : m_packages) {
        if (m_state == Answered && package.isMarked() && isAllowed(package.name))
            names.append(package.name);
    }
    names.removeDuplicates();
    return names;
}

QStringList PrecheckGate::deniedNames() const
{
    QStringList names;
    for (const ListedPackage &package : m_packages) {
        if (m_state == Answered && package.isMarked() && !isAllowed(package.name))
            names.append(package.name);
    }
    names.removeDuplicates();
    return names;
}
