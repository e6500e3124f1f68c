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

// Keeps input away from the program while an object of this class lives. QEventLoop::ExcludeUserInputEvents cannot be
// used for that, since it also keeps away that somebody closes the window.
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
            // The window may have these: it hands them on to its widgets, and only a widget tells which one is meant.
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
            // Qt turns touch events that nobody accepts into mouse events, which are treated above.
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
    // When the system has no thread left, the call runs on this one, and the window stands still meanwhile.
    if (!worker.isRunning() && !worker.isFinished()) {
        call();
        return;
    }
    loop.exec();
    // A program that is about to end leaves the event loop before the call is done.
    if (worker.isRunning())
        cancel();
    worker.wait();
}
