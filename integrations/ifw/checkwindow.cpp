#include "checkwindow.h"

#include <messageboxhandler.h>
#include <packagemanagergui.h>

#include <QtCore/QDir>
#include <QtCore/QEventLoop>
#include <QtCore/QPointer>
#include <QtCore/QThread>
#include <QtCore/QTimer>
#include <QtGui/QKeyEvent>
#include <QtGui/QWindow>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QWizard>

#include <memory>

namespace {

class Worker : public QThread
{
public:
    explicit Worker(const PrecheckGate::Step &call) : m_call(call) {}

protected:
    void run() override { m_call(); }

private:
    const PrecheckGate::Step &m_call;
};

// Keeps input from the program while it lives. QEventLoop::ExcludeUserInputEvents will not do: closing the window is
// user input to it as well.
class Unattended : public QObject
{
public:
    Unattended(QWidget *window, const PrecheckGate::Step &cancel) : m_window(window), m_cancel(cancel)
    {
        qApp->installEventFilter(this);
        QApplication::setOverrideCursor(Qt::WaitCursor);
    }

    ~Unattended() override { QApplication::restoreOverrideCursor(); }

protected:
    bool eventFilter(QObject *receiver, QEvent *event) override
    {
        switch (event->type()) {
        case QEvent::Close:
            if (receiver != m_window && receiver != m_window->windowHandle())
                return false;
            event->ignore();
            m_cancel();
            return true;
        case QEvent::MouseButtonRelease:
            if (isCancelButton(receiver))
                m_cancel();
            return receiver->isWidgetType();
        case QEvent::KeyPress:
            if (static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
                m_cancel();
            return true;
        case QEvent::MouseButtonPress:
        case QEvent::MouseButtonDblClick:
        case QEvent::Wheel:
        case QEvent::ContextMenu:
            // The window hands them on to its widgets, and only there is known which one is meant.
            return receiver->isWidgetType();
        case QEvent::KeyRelease:
        case QEvent::Shortcut:
        case QEvent::ShortcutOverride:
        case QEvent::TouchBegin:
        case QEvent::TouchUpdate:
        case QEvent::TouchEnd:
        case QEvent::DragEnter:
        case QEvent::Drop:
            return true;
        default:
            return false;
        }
    }

private:
    bool isCancelButton(QObject *receiver) const
    {
        const QWizard *wizard = qobject_cast<QWizard *>(m_window);
        return wizard && receiver == wizard->button(QWizard::CancelButton);
    }

    QWidget *const m_window;
    const PrecheckGate::Step &m_cancel;
};

} // namespace

void CheckWindow::call(QWidget *window, const PrecheckGate::Step &call, const PrecheckGate::Step &cancel)
{
    if (!window || !window->isVisible()) {
        call();
        return;
    }
    Unattended unattended(window, cancel);
    QEventLoop loop;
    Worker worker(call);
    QObject::connect(&worker, &QThread::finished, &loop, &QEventLoop::quit);
    worker.start();
    loop.exec();
    // A program that is ending leaves the loop early.
    if (worker.isRunning())
        cancel();
    worker.wait();
}

CheckWindow::Choice CheckWindow::ask(QWidget *window, const QString &reason, bool mayGoOn, QString *tokenFile,
                                     bool *answered)
{
    QMessageBox::StandardButtons buttons = QMessageBox::Retry | QMessageBox::Cancel;
    QString consequence = tr("Without an answer from the licence server nothing can be installed.");
    if (mayGoOn) {
        buttons |= QMessageBox::Ignore;
        consequence = tr("Without an answer from the licence server components that need a licence cannot be "
                         "installed.");
    }
    if (tokenFile)
        buttons |= QMessageBox::Open;
    const QString text = QString::fromLatin1("<p><b>%1</b></p><p>%2</p><p>%3</p>")
                             .arg(tr("Your licences could not be checked.").toHtmlEscaped(), reason.toHtmlEscaped(),
                                  consequence.toHtmlEscaped());
    *answered = false;
    for (;;) {
        // The framework's message box has standard buttons only; what two of them do here needs other words.
        QTimer shown;
        shown.setSingleShot(true);
        QObject::connect(&shown, &QTimer::timeout, [&] {
            QMessageBox *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
            if (!box)
                return;
            *answered = true;
            if (QAbstractButton *open = box->button(QMessageBox::Open))
                open->setText(tr("Choose token file..."));
            if (QAbstractButton *goOn = box->button(QMessageBox::Ignore))
                goOn->setText(tr("Continue without them"));
        });
        shown.start(0);
        const QMessageBox::StandardButton answer = QInstaller::MessageBoxHandler::critical(
            window, QLatin1String("QlsPrecheckFailed"), tr("Licence Check"), text, buttons, QMessageBox::Retry);
        if (answer == QMessageBox::Retry)
            return TryAgain;
        if (answer == QMessageBox::Ignore)
            return GoOn;
        if (answer != QMessageBox::Open || !*answered)
            return GiveUp;
        const QString file = QFileDialog::getOpenFileName(window, tr("Choose Token File"), QDir::homePath());
        if (!file.isEmpty()) {
            *tokenFile = file;
            return TryAgain;
        }
    }
}

void CheckWindow::addToSubtitle(QInstaller::PackageManagerPage *page, const std::function<QStringList()> &lines)
{
    struct Header
    {
        QPointer<QWidget> widget;
        int height = 0;
    };
    // A wizard keeps its header at two lines: it has to grow, and only for this page.
    const std::shared_ptr<Header> header = std::make_shared<Header>();
    QObject::connect(page, &QInstaller::PackageManagerPage::entered, page, [page, lines, header] {
        const QStringList added = lines();
        if (added.isEmpty())
            return;
        // The framework has set it anew, in the colour of the wizard's style.
        QString subtitle = page->subTitle();
        const int end = int(subtitle.lastIndexOf(QLatin1String("</font>")));
        subtitle.insert(end < 0 ? int(subtitle.size()) : end,
                        QLatin1String("<br>") + added.join(QLatin1String("<br>")));
        page->setSubTitle(subtitle);
        for (QLabel *label : page->window()->findChildren<QLabel *>()) {
            if (label->text() != subtitle)
                continue;
            header->widget = label->parentWidget();
            header->height = header->widget->height();
            const int needed = header->widget->heightForWidth(header->widget->width());
            header->widget->setFixedHeight(qMax(header->height, needed));
        }
    });
    QObject::connect(page, &QInstaller::PackageManagerPage::left, page, [header] {
        if (header->widget)
            header->widget->setFixedHeight(header->height);
        header->widget.clear();
    });
}
