#include "precheckgate.h"

#include "smallfile.h"
#ifdef QLS_LIBRARY_SHA256
#include "gatelibrary.h"
#endif

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSet>

namespace {

const int largestTokenFile = 64 * 1024;
const int largestCaFile = 4 * 1024 * 1024;

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

void PrecheckGate::refuse(const QString &reason)
{
    if (m_state == Refused)
        return;
    m_state = Refused;
    m_failure = Failure(qls::Status::ok, QString(), GateTexts::withoutSecrets(reason, m_settings.proxy));
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
    return !m_neverAsks && (m_state == NotAsked || m_state == NoVerdict) && hasMarked();
}

PrecheckGate::State PrecheckGate::ask()
{
    if (m_state == NotAsked || m_state == NoVerdict) {
        if (const std::shared_ptr<Inquiry> inquiry = begin()) {
            inquiry->run();
            finish(*inquiry);
        }
    }
    return m_state;
}

std::shared_ptr<Inquiry> PrecheckGate::begin()
{
    if (m_state == Refused || m_neverAsks)
        return nullptr;
    const QJsonArray asked = consumers();
    if (asked.isEmpty()) {
        m_state = NothingToAsk;
        return nullptr;
    }
    QJsonObject body;
    body.insert(QLatin1String("consumers"), asked);
    insert(&body, "user_id", m_settings.userId);
    Failure failure;
    const std::shared_ptr<Inquiry> inquiry =
        prepare(Inquiry::Packages, QJsonDocument(body).toJson(QJsonDocument::Compact), &failure);
    if (!inquiry)
        fail(failure);
    return inquiry;
}

std::shared_ptr<Inquiry> PrecheckGate::beginDiagnosis() const
{
    Failure failure;
    return m_state == Refused ? nullptr : prepare(Inquiry::Diagnosis, QByteArray(), &failure);
}

// Null where something is missing that the server cannot be asked without: then failure says what.
std::shared_ptr<Inquiry> PrecheckGate::prepare(Inquiry::Question question, const QByteArray &request,
                                               Failure *failure) const
{
#ifdef QLS_LIBRARY_SHA256
    const QString missing = loadGateLibrary();
    if (!missing.isNull()) {
        *failure = Failure(qls::Status::configuration, QStringLiteral("library-not-loaded"), missing);
        return nullptr;
    }
#endif
    QByteArray token; // null where the account's is to be used
    QByteArray pem;
    QString wrong;
    if (!m_settings.tokenFile.isNull())
        wrong = SmallFile::readFilled(m_settings.tokenFile, largestTokenFile, &token);
    if (!wrong.isNull()) {
        *failure = Failure(qls::Status::invalid_token, QStringLiteral("token-file-unreadable"),
                           GateTexts::unusableTokenFile(m_settings.tokenFile, wrong));
        return nullptr;
    }
    if (!m_settings.caFile.isNull())
        wrong = SmallFile::readFilled(m_settings.caFile, largestCaFile, &pem);
    if (!wrong.isNull()) {
        *failure = Failure(qls::Status::configuration, QStringLiteral("ca-file-unreadable"),
                           GateTexts::unusableCaFile(m_settings.caFile, wrong));
        return nullptr;
    }
    const std::shared_ptr<Inquiry> inquiry = std::make_shared<Inquiry>(question, m_settings, token, pem, request);
    token.fill('\0');
    return inquiry;
}

PrecheckGate::State PrecheckGate::finish(const Inquiry &inquiry)
{
    if (m_state == Refused) // since the inquiry began
        return m_state;
    const qls::Result &decisive = inquiry.decisive();
    if (m_state != Answered || decisive.ok()) {
        m_server = QString::fromUtf8(inquiry.check().get("/server"));
        m_tokenSource = GateTexts::tokenSource(QString::fromUtf8(inquiry.check().get("/token_source")),
                                               inquiry.settings().tokenFile);
        m_tokenSource = GateTexts::withoutSecrets(m_tokenSource, m_settings.proxy);
    }
    if (decisive.ok()) {
        takeVerdicts(inquiry.check());
        if (inquiry.settings().list)
            m_licenses = QString::fromUtf8(inquiry.list().get("/licenses"));
        m_failure = Failure();
        m_state = Answered;
    } else {
        fail(Failure(decisive.status(), QString::fromUtf8(decisive.get("/cause")), QString::fromUtf8(decisive.message())));
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
    QHash<QByteArray, Verdict> verdicts;
    for (const ListedPackage &package : m_packages) {
        if (package.isMarked())
            verdicts.insert(question(package), byName.value(package.name, Verdict::Unknown));
    }
    m_revision += verdicts != m_verdicts;
    m_verdicts = verdicts;
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

void PrecheckGate::fail(const Failure &failure)
{
    if (m_state != Answered)
        m_state = NoVerdict;
    m_failure = failure;
    m_failure.detail = GateTexts::withoutSecrets(failure.detail, m_settings.proxy);
}

bool PrecheckGate::isTokenUnusable() const
{
    return m_failure.status == qls::Status::token_not_found || m_failure.status == qls::Status::invalid_token
        || (m_failure.status == qls::Status::unauthorized && m_failure.cause != QLatin1String("forbidden"));
}

bool PrecheckGate::isOpen() const
{
    const bool hides = m_state == NoVerdict && m_settings.onNoVerdict == GateSettings::Hide;
    return m_state == NothingToAsk || m_state == Answered || hides;
}

// Calculates anew what is left out.
void PrecheckGate::judge()
{
    QVector<Verdict> verdicts;
    verdicts.reserve(m_packages.size());
    m_judged = m_packages;
    for (ListedPackage &package : m_judged) {
        verdicts.append(verdictOf(package));
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
        return m_failure.detail;
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
    QSet<QString> seen;
    for (const ListedPackage &package : m_packages) {
        if (seen.contains(package.name) || isAllowed(package.name))
            continue;
        seen.insert(package.name);
        packages.append(package);
    }
    return packages;
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

Verdict PrecheckGate::verdictOf(const ListedPackage &package) const
{
    return package.isMarked() ? m_verdicts.value(question(package), Verdict::NotAsked) : Verdict::Allowed;
}

QString PrecheckGate::settingsTokenSource() const
{
    const QString file = GateTexts::withoutSecrets(m_settings.tokenFile, m_settings.proxy);
    return GateTexts::tokenSource(m_settings.tokenSource(), file);
}
