#include "licenseview.h"

#include "licenselist.h"
#include "licensesigns.h"
#include "licensetree.h"

#include <QtCore/QDir>
#include <QtCore/QEvent>
#include <QtCore/QRegularExpression>
#include <QtGui/QAccessible>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QTextDocument>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStyle>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QVBoxLayout>

namespace {

QString withoutEmpty(QStringList lines)
{
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

} // namespace

LicenseView::LicenseView(QWidget *parent)
    : QWidget(parent)
    , m_sign(new QLabel(this))
    , m_summary(newLabel("SummaryLabel"))
    , m_explanation(newLabel("ExplanationLabel"))
    , m_question(newLabel("QuestionLabel"))
    , m_progress(new QProgressBar(this))
    , m_detail(new QPlainTextEdit(this))
    , m_tabs(new QTabWidget(this))
    , m_components(new LicenseTree)
    , m_licenses(new LicenseList)
{
    QFont bold = m_summary->font();
    bold.setBold(true);
    m_summary->setFont(bold);
    m_sign->setAlignment(Qt::AlignTop);
    m_progress->setObjectName(QStringLiteral("CheckProgressBar"));
    m_progress->setAccessibleName(tr("Waiting for the license server"));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_detail->setObjectName(QStringLiteral("DetailText"));
    m_detail->setAccessibleName(tr("What happened in detail"));
    m_detail->setReadOnly(true);
    m_detail->setTabChangesFocus(true);
    const int around = 2 * m_detail->frameWidth() + int(2 * m_detail->document()->documentMargin());
    // Of lines that are as high as their font says, and rounded up.
    m_detail->setMaximumHeight(2 * (m_detail->fontMetrics().lineSpacing() + 1) + around);
    // Addresses and paths are in it: these are read from left to right.
    m_detail->setLayoutDirection(Qt::LeftToRight);
    m_tabs->setObjectName(QStringLiteral("ResultTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_components, tr("Components"));
    m_tabs->addTab(m_licenses, tr("Licenses"));
    m_check = newButton("CheckAgainButton", tr("Check &again"));
    m_stop = newButton("StopButton", tr("St&op"));
    m_tokenFile = newButton("ChooseTokenFileButton", tr("Choose &token file..."));
    m_details = newButton("CopyDetailsButton", tr("Copy &details"));
    m_continue = newButton("ContinueButton", tr("Continue &without them"));

    QVBoxLayout *const texts = new QVBoxLayout;
    texts->addWidget(m_summary);
    texts->addWidget(m_explanation);
    texts->addWidget(m_question);
    QHBoxLayout *const head = new QHBoxLayout;
    head->addWidget(m_sign, 0, Qt::AlignTop);
    head->addLayout(texts, 1);
    QHBoxLayout *const progress = new QHBoxLayout;
    progress->addWidget(m_progress, 1);
    progress->addWidget(m_stop);
    QHBoxLayout *const buttons = new QHBoxLayout;
    buttons->addWidget(m_check);
    buttons->addWidget(m_tokenFile);
    buttons->addStretch(1);
    QHBoxLayout *const onward = new QHBoxLayout;
    onward->addWidget(m_details);
    onward->addStretch(1);
    onward->addWidget(m_continue);
    QVBoxLayout *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    // A wizard gives its pages no more than they demand.
    setMinimumHeight(26 * fontMetrics().lineSpacing());
    layout->addLayout(head);
    layout->addLayout(progress);
    layout->addWidget(m_detail);
    layout->addWidget(m_tabs, 1);
    layout->addStretch(0);
    layout->addLayout(buttons);
    layout->addLayout(onward);

    connect(m_check, &QPushButton::clicked, this, &LicenseView::checkRequested);
    connect(m_stop, &QPushButton::clicked, this, &LicenseView::stopRequested);
    connect(m_tokenFile, &QPushButton::clicked, this, &LicenseView::chooseTokenFile);
    connect(m_details, &QPushButton::clicked, this, &LicenseView::detailsRequested);
    connect(m_continue, &QPushButton::clicked, this, &LicenseView::continueRequested);
    connect(m_licenses, &LicenseList::linkActivated, this, &LicenseView::linkActivated);
    setReport(LicenseReport());
}

// Its text can be reached, read and copied by keyboard.
QLabel *LicenseView::newLabel(const char *name)
{
    QLabel *const label = new QLabel(this);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::StrongFocus);
    return label;
}

QPushButton *LicenseView::newButton(const char *name, const QString &text)
{
    QPushButton *const button = new QPushButton(text, this);
    button->setObjectName(QLatin1String(name));
    return button;
}

void LicenseView::setReport(const LicenseReport &report)
{
    m_report = report;
    const bool asking = report.state == LicenseReport::Asking;
    const bool waiting = report.state == LicenseReport::Waiting;
    const bool refused = report.state == LicenseReport::Refused;
    m_summary->setText(report.summary);
    m_explanation->setText(report.explanation);
    m_explanation->setVisible(!report.explanation.isEmpty());
    m_question->setText(report.question);
    m_question->setVisible(!report.question.isEmpty());
    m_detail->setPlainText(report.detail);
    m_detail->setVisible(!report.detail.isEmpty());
    m_progress->setVisible(asking);
    m_stop->setVisible(asking);
    m_components->setGroups(report.groups);
    m_licenses->setLicenses(report.licenses, m_opensLinks);
    m_tabs->tabBar()->setVisible(!report.licenses.isEmpty());
    if (report.licenses.isEmpty())
        m_tabs->setCurrentIndex(0);
    m_tabs->setVisible(!report.groups.isEmpty());
    m_check->setText(waiting ? tr("&Check now") : tr("Check &again"));
    for (QPushButton *button : {m_check, m_tokenFile, m_details})
        button->setVisible(!asking && !refused);
    m_continue->setVisible(report.mayContinue);
    m_details->setVisible(!report.detail.isEmpty() && !asking && !refused);
    m_details->setText(tr("Copy &details"));
    m_collecting = false;
    enableButtons();
    showSign();
    QAccessibleEvent event(m_summary, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QString LicenseView::message() const
{
    return withoutEmpty({m_report.summary, m_report.explanation, m_report.detail});
}

void LicenseView::collectDetails()
{
    m_collecting = true;
    enableButtons();
}

void LicenseView::copyDetails(const QString &diagnosis)
{
    QString text = withoutEmpty({m_report.summary, m_report.explanation, m_report.question, m_report.detail, diagnosis});
    // The marks that keep addresses and paths in their own direction are there for the page.
    text.remove(QRegularExpression(QStringLiteral("[\\x{2066}-\\x{2069}]")));
    QGuiApplication::clipboard()->setText(text);
    m_collecting = false;
    enableButtons();
    m_details->setText(tr("&Details copied"));
    // A button that is disabled gives the focus to another one, which is not to be pressed by mistake.
    m_details->setFocus();
    QAccessibleEvent event(m_details, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

// Scripts can press a button that nobody sees, but none that is disabled.
void LicenseView::enableButtons()
{
    for (QPushButton *button : {m_check, m_tokenFile, m_details})
        button->setEnabled(!button->isHidden() && !m_collecting);
    for (QPushButton *button : {m_stop, m_continue})
        button->setEnabled(!button->isHidden());
}

QPushButton *LicenseView::mainButton() const
{
    switch (m_report.state) {
    case LicenseReport::Asking:
        return m_stop;
    case LicenseReport::NoAnswer:
        return m_report.needsToken ? m_tokenFile : m_check;
    case LicenseReport::Waiting:
        return m_check;
    case LicenseReport::Answered:
    case LicenseReport::Refused:
        break;
    }
    return nullptr;
}

void LicenseView::chooseTokenFile()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Choose Token File"), QDir::homePath());
    if (!file.isEmpty())
        emit tokenFileChosen(file);
}

void LicenseView::showSign()
{
    LicenseReport::Sign sign = LicenseReport::Unknown;
    if (m_report.state == LicenseReport::Refused || (m_report.state == LicenseReport::NoAnswer && !m_report.mayContinue))
        sign = LicenseReport::NotCovered;
    else if (m_report.state == LicenseReport::Answered)
        sign = m_report.isEverythingCovered ? LicenseReport::Covered : LicenseReport::LeftOut;
    const int size = style()->pixelMetric(QStyle::PM_LargeIconSize, nullptr, this);
    m_sign->setPixmap(LicenseSigns::pixmap(sign, this, size));
}

void LicenseView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        showSign();
}
