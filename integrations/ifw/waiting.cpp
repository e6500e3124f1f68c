#include "waiting.h"

#include <QtCore/QEventLoop>
#include <QtCore/QThread>
#include <QtGui/QKeyEvent>
#include <QtGui/QWindow>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QApplication>
#include <QtWidgets/QWizard>

namespace {

class Worker : public QThread
{
public:
    explicit Worker(const std::function<void()> &call) : m_call(call) {}

protected:
    void run() override { m_call(); }

private:
    const std::function<void()> &m_call;
};

// Keeps input from the program while it lives. QEventLoop::ExcludeUserInputEvents will not do: closing the window is
// user input to it as well.
class Unattended : public QObject
{
public:
    Unattended(QWidget *window, const std::function<void()> &cancel) : m_window(window), m_cancel(cancel)
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
        case QEvent::DragEnter:
        case QEvent::Drop:
            return true;
        case QEvent::TouchBegin:
        case QEvent::TouchUpdate:
        case QEvent::TouchEnd:
            // Qt makes mouse events of what nobody accepts.
            event->ignore();
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
    const std::function<void()> &m_cancel;
};

} // namespace

void callBehindWindow(QWidget *window, const std::function<void()> &call, const std::function<void()> &cancel)
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
    // The system has no thread left: then the window stands still.
    if (!worker.isRunning() && !worker.isFinished()) {
        call();
        return;
    }
    loop.exec();
    // A program that is ending leaves the loop early.
    if (worker.isRunning())
        cancel();
    worker.wait();
}
