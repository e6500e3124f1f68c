#include "licensepage.h"

#include "installercheck.h"
#include "licenseview.h"

#include <adminauthorization.h>
#include <packagemanagercore.h>

#include <QtCore/QDir>
#include <QtCore/QTimer>
#include <QtGui/QDesktopServices>
#include <QtWidgets/QApplication>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace QInstaller;

namespace {

const int scriptedTries = 3; // after the first one, when a script always asks again

} // namespace

LicensePage::LicensePage(PackageManagerCore *core)
    : PackageManagerPage(core)
    , m_check(InstallerCheck::current())
    , m_view(new LicenseView(this))
    , m_goesOn(m_check->isScripted())
{
    setObjectName(QLatin1String("QlsPrecheckPage"));
    setPixmap(QWizard::WatermarkPixmap, QPixmap());
    setColoredTitle(tr("License Check"));
    setSettingsButtonRequested(true); // for another proxy
    m_view->setOpensLinks(!AdminAuthorization::hasAdminRights());
    QVBoxLayout *const layout = new QVBoxLayout(this);
    layout->addWidget(m_view);

    connect(m_view, &LicenseView::checkRequested, this, &LicensePage::checkAgain);
    connect(m_view, &LicenseView::stopRequested, this, &LicensePage::stop);
    connect(m_view, &LicenseView::tokenFileChosen, this, &LicensePage::setTokenFile);
    connect(m_view, &LicenseView::continueRequested, this, &LicensePage::continueWithoutThem);
    connect(m_view, &LicenseView::detailsRequested, this, &LicensePage::collectDetails);
    connect(m_view, &LicenseView::linkActivated, this, [](const QUrl &url) { QDesktopServices::openUrl(url); });
    connect(core, &PackageManagerCore::coreNetworkSettingsChanged, this, [this] {
        // With another proxy there may be an answer.
        if (isVisible() && m_view->report().state == LicenseReport::NoAnswer)
            checkAgain();
    });
}

LicensePage::~LicensePage() = default;

// As the first page it is entered before there is a window: so nothing may block here.
void LicensePage::entering()
{
    // An embedded script has been loaded since the page was made, and may have made the window silent.
    if (m_answers == 0 && gui() && gui()->isSilent())
        m_goesOn = true;
    if (gui())
        gui()->button(QWizard::CustomButton1)->installEventFilter(this);
    refresh();
    QTimer::singleShot(0, this, [this] {
        // A script may have taken the page away by now.
        if (!gui() || gui()->currentPage() != this)
            return;
        if (!m_check->isAsked() && !m_check->waitsForConsent())
            checkAgain();
        else if (m_check->isAsked() && m_answers == 0)
            answered(); // there was nothing to ask
        else
            refresh(); // the wizard has given the focus to the first text
    });
}

// Not called where the page is taken out of the wizard while it is shown.
void LicensePage::leaving()
{
    m_asking.reset();
    m_diagnosing.reset();
}

bool LicensePage::isComplete() const
{
    const LicenseReport::State state = m_view->report().state;
    return !m_asking && m_check->isAsked() && m_check->gate().isOpen()
        && (state == LicenseReport::Answered || (state == LicenseReport::NoAnswer && m_continuesWithout));
}

bool LicensePage::validatePage()
{
    if (!isComplete() || !PackageManagerPage::validatePage())
        return false;
    // The user was farther, came back and asked again.
    QWidget *const introduction = gui()->pageById(PackageManagerCore::Introduction);
    if (IntroductionPage *const page = qobject_cast<IntroductionPage *>(introduction)) {
        if (m_check->areComponentsStale())
            page->onCoreNetworkSettingsChanged();
    }
    return true;
}

// The framework disables its button for settings as long as the first page of its own loads components. Its user is not to
// go back to this page meanwhile, and to ask again: what is loaded is what was covered when that began.
bool LicensePage::eventFilter(QObject *object, QEvent *event)
{
    const PackageManagerPage *const page =
        gui() ? qobject_cast<PackageManagerPage *>(gui()->pageById(PackageManagerCore::Introduction)) : nullptr;
    if (event->type() == QEvent::EnabledChange && page && gui()->currentPage() == page)
        gui()->button(QWizard::BackButton)->setEnabled(page->isComplete() || qobject_cast<QWidget *>(object)->isEnabled());
    return PackageManagerPage::eventFilter(object, event);
}

void LicensePage::refresh()
{
    m_view->setReport(LicenseReport(m_check->gate(), m_asking != nullptr));
    emit completeChanged();
    if (!gui() || gui()->currentPage() != this)
        return;
    // What goes on from here: the wizard's own button, where it can be pressed.
    QAbstractButton *const button = isComplete() ? gui()->button(QWizard::NextButton) : m_view->mainButton();
    if (button)
        button->setFocus();
}

void LicensePage::checkAgain()
{
    if (m_asking)
        return;
    if (isTiresome()) {
        giveUp();
        return;
    }
    m_diagnosing.reset();
    m_continuesWithout = false;
    const std::shared_ptr<Inquiry> inquiry = m_check->begin();
    if (!inquiry) {
        m_check->finish(nullptr);
        answered();
        return;
    }
    m_asking.reset(new InquiryThread(inquiry));
    connect(m_asking.get(), &QThread::finished, this, [this, inquiry] {
        // Another one, or none any more: this one was given up.
        if (!m_asking || &m_asking->inquiry() != inquiry.get())
            return;
        m_asking.reset();
        m_check->finish(inquiry.get());
        answered();
    });
    refresh();
    m_asking->start();
}

void LicensePage::stop()
{
    if (m_asking)
        m_asking->inquiry().cancel();
}

void LicensePage::setTokenFile(const QString &path)
{
    if (m_asking)
        return;
    m_check->setTokenFile(QDir::current().absoluteFilePath(path));
    // Of a window that waits for consent the user has said what to ask with, and not that it may be asked.
    if (m_check->waitsForConsent())
        refresh();
    else
        checkAgain();
}

void LicensePage::continueWithoutThem()
{
    if (!m_view->report().mayContinue)
        return;
    m_continuesWithout = true;
    emit completeChanged();
    goOn();
}

void LicensePage::answered()
{
    const bool first = m_answers++ == 0;
    refresh();
    if (!gui() || gui()->currentPage() != this)
        return;
    gui()->callControlScriptMethod(QLatin1String("QlsPrecheckAnsweredCallback"));
    if (m_asking || !gui() || gui()->currentPage() != this)
        return; // the script has done something
    const bool skipped = first && m_view->report().isEverythingCovered && m_check->gate().settings().skipCovered;
    if (isComplete() && (m_goesOn || skipped))
        QTimer::singleShot(0, this, [this] { goOn(); });
    else if (!isComplete() && m_check->isScripted())
        waitForScript();
}

// Not behind a question or the settings.
void LicensePage::goOn()
{
    if (gui() && gui()->currentPage() == this && isComplete() && !QApplication::activeModalWidget())
        gui()->next();
}

// A script that does nothing, and one that always asks again, must not keep the program for ever.
void LicensePage::waitForScript()
{
    const int answer = m_answers;
    const bool hopeless = isTiresome() || m_view->report().state == LicenseReport::Refused;
    const int patience = hopeless ? 0 : m_check->gate().settings().timeoutMs;
    QTimer::singleShot(patience, this, [this, answer] {
        if (answer == m_answers && !m_asking && !isComplete() && gui() && gui()->currentPage() == this)
            giveUp();
    });
}

bool LicensePage::isTiresome() const
{
    return m_check->isScripted() && m_answers > scriptedTries && m_view->report().state == LicenseReport::NoAnswer;
}

void LicensePage::giveUp()
{
    if (m_view->report().mayContinue)
        continueWithoutThem();
    else
        gui()->rejectWithoutPrompt();
}

void LicensePage::collectDetails()
{
    const std::shared_ptr<Inquiry> inquiry = m_check->beginDiagnosis();
    if (!inquiry) {
        m_view->copyDetails(QString());
        return;
    }
    m_view->collectDetails();
    m_diagnosing.reset(new InquiryThread(inquiry));
    connect(m_diagnosing.get(), &QThread::finished, this, [this, inquiry] {
        if (!m_diagnosing || &m_diagnosing->inquiry() != inquiry.get())
            return;
        m_diagnosing.reset();
        m_view->copyDetails(LicenseReport::diagnosis(*inquiry));
    });
    m_diagnosing->start();
}

QString LicensePage::state() const
{
    static const char *const names[] = {"waiting", "asking", "answered", "no-answer", "refused"};
    return QLatin1String(names[m_view->report().state]);
}

QString LicensePage::message() const
{
    return m_view->message();
}

QStringList LicensePage::notAllowed() const
{
    QStringList names;
    for (const ListedPackage &package : m_check->gate().notAllowed())
        names.append(package.name);
    return names;
}
