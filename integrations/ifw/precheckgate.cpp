#include "precheckgate.h"

#include "qls_precheck.hpp"
#include "smallfile.h"
#ifdef QLS_LIBRARY_SHA256
#include "gatelibrary.h"
#endif

#include <QtCore/QDebug>
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

// A consumer as text: equal questions have equal texts, since QJsonObject keeps its members sorted.
QByteArray question(const ListedPackage &package)
{
    return QJsonDocument(consumer(package)).toJson(QJsonDocument::Compact);
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
    m_error = GateTexts::withoutSecrets(reason, m_settings.proxy);
}

void PrecheckGate::neverAsk(const LicenseClosure::Installed &installed)
{
    m_neverAsks = true;
    m_installed = installed;
}

void PrecheckGate::addScriptError(const QString &name, const QString &error)
{
    m_scriptErrors.insert(name, error);
    judge();
}

void PrecheckGate::addScriptNeeds(const QString &name, const QStringList &requirements)
{
    m_scriptNeeds[name] += requirements;
    judge();
}

void PrecheckGate::forgetScripts()
{
    m_scriptErrors.clear();
    m_scriptNeeds.clear();
    judge();
}

void PrecheckGate::readPackages(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return;
    const QString wrong = file.open(QIODevice::ReadOnly) ? PackageList::read(&file, &m_packages) : file.errorString();
    if (!wrong.isNull())
        refuse(GateTexts::unusableList(path, wrong));
    judge();
}

bool PrecheckGate::wouldAsk() const
{
    return !m_neverAsks && (m_state == NotAsked || m_state == NoVerdict) && !consumers().isEmpty();
}

PrecheckGate::State PrecheckGate::askAgain(const Runner &run)
{
    if (m_state == NoVerdict)
        m_state = NotAsked;
    return ask(run);
}

PrecheckGate::State PrecheckGate::ask(const Runner &run)
{
    if (m_state != NotAsked || m_neverAsks)
        return m_state;
    const QJsonArray asked = consumers();
    if (asked.isEmpty()) {
        m_state = NothingToAsk;
        return m_state;
    }
    m_error.clear();
    m_tokenUnusable = false;
    m_state = NoVerdict;
#ifdef QLS_LIBRARY_SHA256
    const QString missing = GateLibrary::load();
    if (!missing.isNull()) {
        fail(missing);
        return m_state;
    }
#endif
    QByteArray token;
    QByteArray authorities;
    if (!readToken(&token) || !readAuthorities(&authorities))
        return m_state;

    // The framework writes these to its log, and shows them with --verbose.
    const QString proxy = m_settings.proxy;
    const auto toLog = [proxy](qls::Log, const char *line) {
        qDebug().noquote() << "License check:" << GateTexts::withoutSecrets(QString::fromUtf8(line), proxy);
    };
    // A setter that refuses makes the operations say so.
    qls::Client client;
    client.set_log(toLog, qls::Log::debug);
    client.set_timeout(std::chrono::milliseconds(m_settings.timeoutMs));
    client.set_trust(m_settings.trustGivenOnly ? qls::Trust::given_only : qls::Trust::system);
    if (!m_settings.server.isNull())
        client.set_server(m_settings.server.toUtf8().constData());
    if (!m_settings.proxy.isNull())
        client.set_proxy(m_settings.proxy.toUtf8().constData());
    if (!authorities.isNull())
        client.set_ca_pem(authorities.constData());

    const QByteArray request = body(asked);
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
            check = client.check(orNull(token), request.constData());
            if (listToo && check.ok())
                list = client.list(orNull(token), orNull(extra));
        },
        [&] { client.cancel(); });
    token.fill('\0');

    const qls::Result &decisive = listToo && check.ok() ? list : check;
    m_server = QString::fromUtf8(check.get("/server"));
    m_tokenSource = GateTexts::tokenSource(QString::fromUtf8(check.get("/token_source")), m_settings.tokenFile);
    m_tokenSource = GateTexts::withoutSecrets(m_tokenSource, m_settings.proxy);
    if (decisive.ok()) {
        takeVerdicts(check);
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

// Where a name was asked about more than once, only a yes to all of it is one, and a single no is a no.
void PrecheckGate::takeVerdicts(const qls::Result &check)
{
    QHash<QString, Verdict> byName;
    for (std::size_t i = 0; i < check.component_count(); ++i) {
        const qls::Component component = check.component(i);
        Verdict verdict = Verdict::Unknown;
        if (component.verdict == qls::Verdict::denied)
            verdict = Verdict::Denied;
        else if (component.verdict == qls::Verdict::allowed)
            verdict = Verdict::Allowed;
        const QString name = QString::fromUtf8(component.component_id);
        const auto known = byName.constFind(name);
        if (known == byName.constEnd() || verdict == Verdict::Denied || *known == Verdict::Allowed)
            byName.insert(name, verdict);
    }
    m_verdicts.clear();
    for (const ListedPackage &package : m_packages) {
        if (package.isMarked())
            m_verdicts.insert(question(package), byName.value(package.name, Verdict::Unknown));
    }
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
    const QString wrong = SmallFile::readFilled(m_settings.tokenFile, largestTokenFile, token);
    if (wrong.isNull())
        return true;
    m_tokenUnusable = true;
    fail(GateTexts::unusableTokenFile(m_settings.tokenFile, wrong));
    return false;
}

bool PrecheckGate::readAuthorities(QByteArray *pem)
{
    if (m_settings.caFile.isNull())
        return true;
    const QString wrong = SmallFile::readFilled(m_settings.caFile, largestCaFile, pem);
    if (wrong.isNull())
        return true;
    fail(GateTexts::unusableCaFile(m_settings.caFile, wrong));
    return false;
}

void PrecheckGate::fail(const QString &reason)
{
    m_state = NoVerdict;
    m_error = GateTexts::withoutSecrets(reason, m_settings.proxy);
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

// Calculates anew what is left out.
void PrecheckGate::judge()
{
    QVector<Verdict> verdicts;
    verdicts.reserve(m_packages.size());
    m_judged = m_packages;
    for (ListedPackage &package : m_judged) {
        verdicts.append(package.isMarked() ? m_verdicts.value(question(package), Verdict::NotAsked) : Verdict::Allowed);
        package.dependencies += m_scriptNeeds.value(package.name);
        package.scriptError = m_scriptErrors.value(package.name);
    }
    m_closure = LicenseClosure(m_judged, verdicts, m_installed);
}

bool PrecheckGate::isAllowed(const QString &name) const
{
    return m_state != Refused && !m_closure.isLeftOut(name);
}

QString PrecheckGate::reasonFor(const QString &name) const
{
    if (m_state == Refused)
        return m_error;
    const LeftOut leftOut = m_closure.find(name);
    if (leftOut.cause == LeftOut::Nothing)
        return QString();
    GateTexts::Asked asked;
    asked.server = m_server;
    asked.tokenSource = m_tokenSource;
    if (m_neverAsks)
        asked.how = GateTexts::Asked::NeverAsks;
    else if (m_state == Answered)
        asked.how = GateTexts::Asked::Answered;
    return GateTexts::reason(leftOut, m_judged.at(leftOut.root), asked);
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

QStringList PrecheckGate::allowedNames() const
{
    return markedNames(true);
}

QStringList PrecheckGate::deniedNames() const
{
    return markedNames(false);
}

QStringList PrecheckGate::markedNames(bool allowed) const
{
    QStringList names;
    for (const ListedPackage &package : m_packages) {
        if (m_state == Answered && package.isMarked() && isAllowed(package.name) == allowed)
            names.append(package.name);
    }
    names.removeDuplicates();
    return names;
}
