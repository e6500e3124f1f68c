#include "installercheck.h"

#include "frameworkproxy.h"
#include "licensepage.h"
#include "licensereport.h"
#ifdef QLS_IFW_LINKED
#include "linkedlibrary.h"
#endif
#include "translation.h"

#include <component.h>
#include <globals.h>
#include <packagemanagercore.h>
#include <packagemanagergui.h>
#include <packagemanagerpagefactory.h>
#include <progresscoordinator.h>

#include <QtCore/QEventLoop>
#include <QtCore/QFile>
#include <QtCore/QLoggingCategory>
#include <QtCore/QTimer>

#include "qls_ifw_defaults.h" // made by qls_precheck_ifw.pri

using namespace QInstaller;

namespace {

const int mostReasons = 6; // on a page of the framework

InstallerCheck *theCheck = nullptr;

QString authoritiesFile() { return QStringLiteral(":/qls/ca.pem"); }
QString embeddedList() { return QStringLiteral(":/metadata/Updates.xml"); }
QStringList resultKeys()
{
    return {QStringLiteral("QlsLicenses"), QStringLiteral("QlsAllowed"), QStringLiteral("QlsDenied")};
}

// What is installed already, for the maintenance tool.
bool isInstalled(PackageManagerCore *core, const QString &requirement)
{
    const QString name = PackageList::withoutVersion(requirement);
    const auto packages = core->localInstalledPackages();
    if (!packages.contains(name))
        return false;
    const QString version = requirement.mid(name.size() + 1);
    return version.isEmpty() || PackageManagerCore::versionMatches(packages.value(name).version, version);
}

} // namespace

void InstallerCheck::init(PackageManagerCore *core)
{
    m_core = core;
    theCheck = this;
    Translation::install(core);
    m_arguments = Arguments::ofThisProgram();
    for (const QString &key : m_arguments.values.keys()) {
        if (key.startsWith(QLatin1String("Qls"), Qt::CaseInsensitive))
            forget({key});
    }
    forget(GateSettings::argumentKeys() + resultKeys());
#ifdef QLS_IFW_LINKED
    LinkedLibrary::accompany(core);
#endif

    if (core->isInstaller())
        readSettings();
    else
        m_gate.neverAsk([core](const QString &requirement) { return isInstalled(core, requirement); });
    m_watch.reset(new ComponentWatch(core, &m_gate, this));

    // The framework has read its lists by then. Where it gives up before that, the core comes to its end.
    QObject::connect(core, &PackageManagerCore::startAllComponentsReset, core, [this] {
        m_forcedUpdates.restore();
        // Those that count for what is loaded now: a script may ask again meanwhile.
        m_builtRevision = m_gate.revision();
    });
    QObject::connect(core, &PackageManagerCore::startUpdaterComponentsReset, core, [this] { m_forcedUpdates.restore(); });
    QObject::connect(core, &QObject::destroyed, [this] { m_forcedUpdates.restore(); });
    QObject::connect(core, &PackageManagerCore::componentsRecalculated, core, [this] { explainNoUpdates(); });
    // Another proxy may help.
    QObject::connect(core, &PackageManagerCore::coreNetworkSettingsChanged, core,
                     [this] { m_asked = m_asked && m_gate.state() != PrecheckGate::NoVerdict; });
    // Scripts have read by now what they choose by; what is left at the end is kept in the maintenance tool's files.
    QObject::connect(core, &PackageManagerCore::installationStarted, core, [this, core] {
        forget(resultKeys());
        // The framework empties the details when it is told of the same.
        QTimer::singleShot(0, core, [this] { explainInDetails(); });
    });
}

void InstallerCheck::readSettings()
{
    if (QFile::exists(authoritiesFile()))
        m_settings.caFile = authoritiesFile();
    QString wrong = m_settings.read(QString::fromUtf8(qlsDefaults));
    if (wrong.isNull())
        wrong = m_settings.readFile(QStringLiteral(":/qls/qls.ini"));
    if (!wrong.isNull())
        m_gate.refuse(tr("This installer's license check is set up wrongly: %1").arg(wrong));
    wrong = m_settings.readArguments(m_arguments.values);
    if (!wrong.isNull())
        m_gate.refuse(wrong);
    m_gate.setSettings(m_settings); // the license page names the server before it is asked
}

// A repository's list comes after the server was asked, or in a maintenance tool: then nothing else tells what is wrong.
void InstallerCheck::readPackages(const QString &path)
{
    // A maintenance tool has the list of its installer too, and installs nothing from there.
    if (m_core && !asks() && path == embeddedList())
        return;
    const bool late = m_core && (m_asked || !asks());
    const bool refused = m_gate.state() == PrecheckGate::Refused;
    m_gate.readPackages(path);
    if (!late || refused || m_arguments.searches)
        return;
    if (m_gate.state() == PrecheckGate::Refused) {
        log(failure());
        return;
    }
    leftOutLater(leftOut());
    if (!asks())
        m_forcedUpdates.hide(path, [this](const QString &package) { return m_gate.isAllowed(package); });
}

// Takes a value away: the framework offers no more than to leave it empty.
void InstallerCheck::forget(const QStringList &keys)
{
    for (const QString &key : keys) {
        if (m_core->containsValue(key))
            m_core->setValue(key, QString());
    }
}

// The framework may load its components more than once; what was said once is enough.
void InstallerCheck::log(const QString &text)
{
    if (m_told.contains(text))
        return;
    m_told.insert(text);
    qCWarning(lcInstallerInstallLog).noquote() << text;
}

InstallerCheck *InstallerCheck::current()
{
    return theCheck;
}

QList<int> InstallerCheck::pages()
{
    if (!asks() || !(m_gate.wouldAsk() || m_gate.state() == PrecheckGate::Refused))
        return {};
    PackageManagerPageFactory::instance().registerPackageManagerPage<LicensePage>(LicensePage::id);
    return {LicensePage::id};
}

// On macOS finding the system's proxy may take long.
void InstallerCheck::useSettings()
{
    GateSettings settings = m_settings;
    if (m_gate.hasMarked() && settings.proxy.isNull()) {
        settings.proxy = frameworkProxy(m_core, settings.address());
        settings.isProxyOfUser = !settings.proxy.isNull();
    }
    m_gate.setSettings(settings);
}

std::shared_ptr<Inquiry> InstallerCheck::begin()
{
    m_consented = true;
    useSettings();
    return m_gate.begin();
}

std::shared_ptr<Inquiry> InstallerCheck::beginDiagnosis()
{
    useSettings();
    return m_gate.beginDiagnosis();
}

void InstallerCheck::finish(const Inquiry *inquiry)
{
    if (inquiry)
        m_gate.finish(*inquiry);
    m_asked = true;
    if (!m_gate.errorText().isNull())
        log(failure());
    publish();
    if (m_gate.isOpen() && !m_core->isCommandLineInstance())
        tell(m_gate.notAllowed());
}

// Lets component scripts read which licenses there are.
void InstallerCheck::publish()
{
    if (m_gate.state() != PrecheckGate::Answered || !m_gate.settings().list)
        return;
    // The framework replaces what stands between two @ in a value.
    m_core->setValue(QStringLiteral("QlsLicenses"), m_gate.licenses().replace(QLatin1String("@"), QLatin1String("\\u0040")));
    m_core->setValue(QStringLiteral("QlsAllowed"), m_gate.allowedNames().join(QLatin1Char(',')));
    m_core->setValue(QStringLiteral("QlsDenied"), m_gate.deniedNames().join(QLatin1Char(',')));
}

// Whether the command line wants this package, so that the run has to fail without it.
bool InstallerCheck::isDemanded(const ListedPackage &package) const
{
    if (!m_core->isCommandLineInstance() || !m_arguments.changes)
        return false;
    const bool forced = m_core->isInstaller() && package.forced && !PackageManagerCore::noForceInstallation();
    return forced || m_arguments.names.contains(package.name);
}

// Logs why these packages are left out. Returns whether the command line can do without them; if not, it says only why
// those that it wants cannot be installed.
bool InstallerCheck::tell(const QVector<ListedPackage> &packages)
{
    bool demanded = false;
    for (const ListedPackage &package : packages) {
        if (!isDemanded(package))
            continue;
        demanded = true;
        log(tr("%1 cannot be installed: %2").arg(package.name, m_gate.reasonFor(package.name)));
    }
    for (const ListedPackage &package : packages) {
        if (!demanded)
            log(tr("%1 is left out: %2").arg(package.name, m_gate.reasonFor(package.name)));
    }
    return !demanded;
}

// The same when the framework is at work already.
void InstallerCheck::leftOutLater(const QVector<ListedPackage> &packages)
{
    if (!tell(packages))
        m_core->setCanceled();
    if (m_core->isCommandLineInstance())
        return;
    for (const ListedPackage &package : packages)
        m_details.append(tr("%1 is left out: %2").arg(package.name, m_gate.reasonFor(package.name)));
}

// The page where components are chosen may have been over when something turned out to be left out: then that is among the
// details of the installation.
void InstallerCheck::explainInDetails()
{
    m_details.removeDuplicates();
    for (const QString &line : m_details)
        ProgressCoordinator::instance()->emitDetailTextChanged(GateTexts::asMarkup(line));
    m_details.clear();
}

void InstallerCheck::notDefault(const Component *component, const QStringList &mentioned)
{
    // One that is named is installed all the same.
    if (m_arguments.names.contains(component->name()))
        return;
    log(tr("%1 is not chosen by default: its script decides that, and mentions %2, which is left out")
            .arg(component->name(), mentioned.join(QLatin1String(", "))));
}

bool InstallerCheck::isAllowedAtCommandLine()
{
    if (!asks() || m_arguments.searches)
        return true;
    if (!m_asked) {
        const std::shared_ptr<Inquiry> inquiry = begin();
        if (inquiry)
            inquiry->run();
        finish(inquiry.get());
    }
    return m_gate.isOpen() && tell(m_gate.notAllowed());
}

bool InstallerCheck::isAllowedInWindow()
{
    if (m_arguments.searches)
        return true;
    const bool running = m_core && m_core->status() == PackageManagerCore::Running;
    if (running && !m_core->isCommandLineInstance())
        explainInWindow();
    if (!asks())
        return true;
    if (m_core->isCommandLineInstance())
        return m_gate.isOpen();
    // The first page wants to know when it is made, before there is a window that could show anything. What counts is
    // when the components are fetched.
    if (!running)
        return true;
    if (!m_asked)
        askWithoutPage();
    return m_gate.isOpen();
}

void InstallerCheck::explainInWindow()
{
    PackageManagerGui *const window = qobject_cast<PackageManagerGui *>(m_core->guiObject());
    if (!window || m_explains)
        return;
    QWidget *const components = window->pageById(PackageManagerCore::ComponentSelection);
    PackageManagerPage *const page = qobject_cast<PackageManagerPage *>(components);
    if (!page)
        return;
    m_explains = true;
    // The framework has just set its own text then.
    QObject::connect(page, &PackageManagerPage::entered, page, [this, page] {
        const int missing = int(leftOut().size());
        if (missing > 0 && asks())
            page->setColoredSubTitle(LicenseReport::summaryOf(m_gate));
        else if (missing > 0)
            page->setColoredSubTitle(tr("%n component(s) are not offered: only an installer checks their licenses.", nullptr,
                                        missing));
    });
}

// When nothing is left to update, the page where components are chosen does not come: then the first page says why.
void InstallerCheck::explainNoUpdates()
{
    PackageManagerGui *const window = qobject_cast<PackageManagerGui *>(m_core->guiObject());
    if (!window || !m_core->isUpdater() || !m_core->components(PackageManagerCore::ComponentType::Root).isEmpty())
        return;
    const QStringList lines = notOffered();
    if (lines.isEmpty())
        return;
    // The page sets its own text when the framework returns to it.
    QTimer::singleShot(0, window, [window, lines] {
        QWidget *const first = window->pageById(PackageManagerCore::Introduction);
        if (IntroductionPage *const page = qobject_cast<IntroductionPage *>(first))
            page->setErrorMessage(QLatin1String("<b>") + tr("There are no updates that can be installed.")
                                  + QLatin1String("</b><br>") + lines.join(QLatin1String("<br>")));
    });
}

bool InstallerCheck::isScripted() const
{
    const PackageManagerGui *const window = qobject_cast<PackageManagerGui *>(m_core->guiObject());
    return m_arguments.scripted || (window && window->isSilent());
}

void InstallerCheck::setTokenFile(const QString &path)
{
    m_settings.tokenFile = path;
    if (!m_asked)
        m_gate.setSettings(m_settings); // the license page names it before the server is asked
}

// Where nothing can be asked there is nothing to consent to.
bool InstallerCheck::waitsForConsent() const
{
    return m_settings.consent && !m_consented && !isScripted() && m_gate.state() != PrecheckGate::Refused;
}

// As the framework itself waits for repositories: the window lives, and its page is incomplete.
void InstallerCheck::askWithoutPage()
{
    PackageManagerGui *const window = qobject_cast<PackageManagerGui *>(m_core->guiObject());
    const std::shared_ptr<Inquiry> inquiry = begin();
    if (inquiry) {
        emit m_core->metaJobInfoMessage(LicenseReport(m_gate, true).summary);
        InquiryThread thread(inquiry); // cancels in the end, where the program was ended before
        QEventLoop loop;
        QObject::connect(&thread, &QThread::finished, &loop, &QEventLoop::quit);
        if (window)
            QObject::connect(window, &PackageManagerGui::rejected, &thread, [&] { inquiry->cancel(); });
        thread.start();
        loop.exec();
    }
    finish(inquiry.get());
    // Nobody is there who could end it.
    if (window && isScripted() && !m_gate.isOpen())
        QTimer::singleShot(0, window, [window] { window->rejectWithoutPrompt(); });
}

// What is left out, but for what is there already in the same version or a newer one.
QVector<ListedPackage> InstallerCheck::leftOut() const
{
    QVector<ListedPackage> packages;
    for (const ListedPackage &package : m_gate.notAllowed()) {
        if (!m_gate.isInstalled(package.name + QLatin1String("->=") + package.version))
            packages.append(package);
    }
    return packages;
}

// What is not offered, and why, as rich text.
QStringList InstallerCheck::notOffered() const
{
    if (m_gate.state() == PrecheckGate::Refused)
        return {failure().toHtmlEscaped()};
    QStringList reasons;
    for (const ListedPackage &package : leftOut()) {
        const QString name = package.displayName.isEmpty() ? package.name : package.displayName;
        reasons.append(tr("%1 is not offered: %2").arg(name, m_gate.reasonFor(package.name)).toHtmlEscaped());
    }
    const int more = int(reasons.size()) - mostReasons;
    reasons = reasons.mid(0, mostReasons);
    if (more > 0)
        reasons.append(tr("And %n more; the log says why.", nullptr, more));
    return reasons;
}

bool InstallerCheck::asks() const
{
    return m_core && m_core->isInstaller();
}

QString InstallerCheck::failure() const
{
    return m_gate.state() != PrecheckGate::Refused
        ? tr("Your licenses could not be checked: %1").arg(m_gate.errorText())
        : m_gate.errorText();
}

QString InstallerCheck::errorText() const
{
    // The framework logs this text, and shows it in a label that guesses what is markup. What a server sent must not be.
    return failure().replace(QLatin1Char('<'), QChar(0x2039));
}
