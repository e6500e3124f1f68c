#include "installercheck.h"

#include "checkwindow.h"
#include "waiting.h"

#include <commandlineparser.h>
#include <constants.h>
#include <globals.h>
#include <packagemanagercore.h>
#include <packagemanagergui.h>
#include <packagemanagerproxyfactory.h>
#include <settings.h>

#include <QtCore/QFile>
#include <QtCore/QLoggingCategory>
#include <QtCore/QSet>
#include <QtCore/QUrl>
#include <QtNetwork/QNetworkProxy>

#include <memory>

#ifdef QLS_IFW_DEFAULTS
#include "qls_ifw_defaults.h" // made by qls_precheck_ifw.pri
#else
static const char qlsDefaults[] = "";
#endif

using namespace QInstaller;

namespace {

const int unattendedTries = 3;  // when a script answers every question with Retry
const int longestSubtitle = 6;  // packages

QString settingsFile() { return QStringLiteral(":/qls/qls.ini"); }
QString authoritiesFile() { return QStringLiteral(":/qls/ca.pem"); }
QStringList resultKeys() { return {QStringLiteral("QlsLicenses"), QStringLiteral("QlsAllowed"), QStringLiteral("QlsDenied")}; }

// The arguments of this program, as the framework itself reads them.
struct Arguments
{
    Arguments()
    {
        CommandLineParser parser;
        parser.parse(QCoreApplication::arguments());
        noProxy = parser.isSet(CommandLineOptions::scNoProxyLong);
        for (const QString &argument : parser.positionalArguments()) {
            const int equals = int(argument.indexOf(QLatin1Char('=')));
            if (equals >= 0)
                values.insert(argument.left(equals), argument.mid(equals + 1));
            else
                names.append(PackageList::withoutVersion(argument));
        }
        const QString command = names.isEmpty() ? QString() : names.takeFirst();
        installs = command == CommandLineOptions::scInstallLong || command == CommandLineOptions::scInstallShort
            || command == CommandLineOptions::scCreateOfflineLong || command == CommandLineOptions::scCreateOfflineShort;
    }

    QHash<QString, QString> values; // Key=value
    QStringList names;              // what the command is about
    bool installs = false;
    bool noProxy = false;
};

// The framework's proxy for this server as the library wants it; null: look into the environment.
QString frameworkProxy(const PackageManagerCore *core, const QString &server)
{
#if !defined(Q_OS_WIN) && !defined(Q_OS_MACOS)
    // Here the system's proxy is the environment's, of which Qt takes an https proxy for none at all.
    if (Arguments().noProxy)
        return QString::fromLatin1("");
    if (core->settings().proxyType() != Settings::UserDefinedProxy)
        return QString();
#endif
    const QUrl url(server.isNull() ? QStringLiteral("https://qls.qt.io") : server);
    const std::unique_ptr<PackageManagerProxyFactory> factory(core->proxyFactory());
    const QNetworkProxy proxy = factory->queryProxy(QNetworkProxyQuery(url)).value(0);
    QUrl address;
    switch (proxy.type()) {
    case QNetworkProxy::NoProxy:
        return QString::fromLatin1("");
    case QNetworkProxy::HttpProxy:
    case QNetworkProxy::HttpCachingProxy:
        address.setScheme(QStringLiteral("http"));
        break;
    case QNetworkProxy::Socks5Proxy:
        address.setScheme(QStringLiteral("socks5h"));
        break;
    default:
        return QString();
    }
    address.setHost(proxy.hostName());
    address.setPort(proxy.port());
    if (!proxy.user().isEmpty())
        address.setUserName(proxy.user(), QUrl::DecodedMode);
    if (!proxy.password().isEmpty())
        address.setPassword(proxy.password(), QUrl::DecodedMode);
    return address.toString(QUrl::FullyEncoded);
}

} // namespace

void InstallerCheck::init(PackageManagerCore *core)
{
    m_core = core;
    // Without this, a component that is left out takes everything along that depends on it, with an error.
    core->settings().setAllowUnstableComponents(true);

    const Arguments arguments;
    for (const QString &key : arguments.values.keys()) {
        if (key.startsWith(QLatin1String("Qls"), Qt::CaseInsensitive))
            forget({key});
    }
    forget(GateSettings::argumentKeys() + resultKeys());
    if (!core->isInstaller())
        return;

    if (QFile::exists(authoritiesFile()))
        m_settings.caFile = authoritiesFile();
    QString wrong = m_settings.read(QString::fromUtf8(qlsDefaults));
    if (wrong.isNull())
        wrong = m_settings.readFile(settingsFile());
    if (!wrong.isNull())
        m_gate.refuse(tr("This installer's licence check is set up wrongly: %1").arg(wrong));
    wrong = m_settings.readArguments(arguments.values);
    if (!wrong.isNull())
        m_gate.refuse(wrong);

    // Another proxy may help.
    QObject::connect(core, &PackageManagerCore::coreNetworkSettingsChanged, core, [this] { m_asked = m_givenUp = false; });
    // Scripts have read by now what they choose by; what is left at the end is kept in the maintenance tool's files.
    QObject::connect(core, &PackageManagerCore::installationStarted, core, [this] { forget(resultKeys()); });
}

// A repository's list comes after the server was asked, or in a maintenance tool: then nothing else tells what is wrong.
void InstallerCheck::readPackages(const QString &path)
{
    const bool late = m_core && (m_asked || !asks());
    const bool refused = m_gate.state() == PrecheckGate::Refused;
    QSet<QString> known;
    for (const ListedPackage &package : m_gate.notAllowed())
        known.insert(package.name);
    m_gate.readPackages(path);
    if (!late || refused)
        return;
    if (m_gate.state() == PrecheckGate::Refused) {
        qCWarning(lcInstallerInstallLog).noquote() << failure();
        return;
    }
    // The maintenance tool reads its list also to remove what is there, of which nothing is left out.
    if (!asks())
        return;
    for (const ListedPackage &package : m_gate.notAllowed()) {
        if (!known.contains(package.name))
            warnAbout(package);
    }
}

// Takes a value away: the framework offers no more than to leave it empty.
void InstallerCheck::forget(const QStringList &keys)
{
    for (const QString &key : keys) {
        if (m_core->containsValue(key))
            m_core->setValue(key, QString());
    }
}

void InstallerCheck::ask(const PrecheckGate::Runner &run)
{
    GateSettings settings = m_settings;
    // Finding the system's proxy may take long.
    if (m_gate.wouldAsk() && settings.proxy.isNull())
        settings.proxy = frameworkProxy(m_core, settings.server);
    m_gate.setSettings(settings);
    m_gate.askAgain(run);
    if (m_gate.state() == PrecheckGate::NoVerdict || m_gate.state() == PrecheckGate::Refused)
        qCWarning(lcInstallerInstallLog).noquote() << failure();
    publish();
}

// Lets component scripts read which licences there are.
void InstallerCheck::publish()
{
    if (m_gate.state() != PrecheckGate::Answered || !m_gate.settings().list)
        return;
    // The framework replaces what stands between two @ in a value.
    m_core->setValue(QStringLiteral("QlsLicenses"), m_gate.licenses().replace(QLatin1String("@"), QLatin1String("\\u0040")));
    m_core->setValue(QStringLiteral("QlsAllowed"), m_gate.allowedNames().join(QLatin1Char(',')));
    m_core->setValue(QStringLiteral("QlsDenied"), m_gate.deniedNames().join(QLatin1Char(',')));
}

void InstallerCheck::warnAbout(const ListedPackage &package)
{
    qCWarning(lcInstallerInstallLog).noquote() << tr("%1 is left out: %2").arg(package.name, m_gate.reasonFor(package.name));
}

void InstallerCheck::warnAboutAll()
{
    for (const ListedPackage &package : m_gate.notAllowed())
        warnAbout(package);
}

bool InstallerCheck::isAllowedAtCommandLine()
{
    if (!asks())
        return true;
    if (!m_asked) {
        m_asked = true;
        ask(PrecheckGate::callNow);
    }
    if (!m_gate.isOpen())
        return false;
    const Arguments arguments;
    bool missing = false;
    for (const ListedPackage &package : m_gate.notAllowed()) {
        const bool forced = package.forced && !PackageManagerCore::noForceInstallation();
        if (!arguments.installs || !(forced || arguments.names.contains(package.name)))
            continue;
        missing = true;
        qCWarning(lcInstallerInstallLog).noquote()
            << tr("%1 cannot be installed: %2").arg(package.name, m_gate.reasonFor(package.name));
    }
    if (!missing)
        warnAboutAll();
    return !missing;
}

bool InstallerCheck::isAllowedInWindow()
{
    if (!asks())
        return true;
    if (m_core->isCommandLineInstance())
        return m_gate.isOpen();
    // The first page wants to know when it is made, before there is a window that could show anything. What counts is
    // when the components are fetched.
    if (m_core->status() != PackageManagerCore::Running)
        return true;
    if (!m_asked) {
        m_asked = true;
        askInWindow();
    }
    return m_gate.isOpen() && !m_givenUp;
}

void InstallerCheck::askInWindow()
{
    PackageManagerGui *const window = qobject_cast<PackageManagerGui *>(m_core->guiObject());
    if (window && !m_explains) {
        m_explains = true;
        QWidget *const components = window->pageById(PackageManagerCore::ComponentSelection);
        if (PackageManagerPage *const page = qobject_cast<PackageManagerPage *>(components))
            CheckWindow::addToSubtitle(page, [this] { return notOffered(); });
    }
    const PrecheckGate::Runner run = [window](const PrecheckGate::Step &call, const PrecheckGate::Step &cancel) {
        callBehindWindow(window, call, cancel);
    };
    if (m_gate.wouldAsk())
        emit m_core->metaJobInfoMessage(tr("Checking which components your licences cover..."));
    ask(run);
    for (int unattended = 0; m_gate.state() == PrecheckGate::NoVerdict;) {
        QString tokenFile;
        bool answered = false;
        const bool mayGoOn = m_settings.onNoVerdict == GateSettings::Hide;
        const CheckWindow::Choice choice = CheckWindow::ask(
            window, m_gate.errorText(), mayGoOn, m_gate.isTokenUnusable() ? &tokenFile : nullptr, &answered);
        if (choice == CheckWindow::GoOn)
            break;
        if (choice == CheckWindow::GiveUp || (!answered && ++unattended > unattendedTries)) {
            m_givenUp = true;
            return;
        }
        if (!tokenFile.isNull())
            m_settings.tokenFile = tokenFile;
        ask(run);
    }
    warnAboutAll();
}

// What is not offered, and why, for the subtitle of the page where components are chosen.
QStringList InstallerCheck::notOffered() const
{
    QStringList lines;
    const QVector<ListedPackage> packages = m_gate.notAllowed();
    if (!packages.isEmpty() && m_gate.state() == PrecheckGate::NoVerdict)
        lines.append(failure().toHtmlEscaped());
    for (const ListedPackage &package : packages.mid(0, longestSubtitle)) {
        const QString name = package.displayName.isEmpty() ? package.name : package.displayName;
        lines.append(tr("%1 is not offered: %2").arg(name, m_gate.reasonFor(package.name)).toHtmlEscaped());
    }
    if (packages.size() > longestSubtitle)
        lines.append(tr("Not offered either: %n more; the log says why.", nullptr, int(packages.size()) - longestSubtitle));
    return lines;
}

bool InstallerCheck::asks() const
{
    return m_core && m_core->isInstaller();
}

QString InstallerCheck::failure() const
{
    return m_gate.state() == PrecheckGate::NoVerdict
        ? tr("Your licences could not be checked: %1").arg(m_gate.errorText())
        : m_gate.errorText();
}

QString InstallerCheck::errorText() const
{
    if (m_core && m_core->isCommandLineInstance())
        return failure();
    // The framework's labels guess what is markup, and an entity alone is none to them.
    return QLatin1String("<span>") + failure().toHtmlEscaped() + QLatin1String("</span>");
}
