#include "waiting.h"

#include <QtCore/QTimer>
#include <QtTest/QtTest>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QWizard>

#include <atomic>
#include <chrono>
#include <thread>

// A wizard with a page and a button, while a call takes until it is canceled.
class WaitingTest : public QObject
{
    Q_OBJECT

private:
    // Runs a call that ends when it is canceled, or at the latest after half a minute; does something meanwhile.
    // Returns whether it was canceled.
    bool canceled(const std::function<void()> &meanwhile)
    {
        std::atomic<bool> canceled(false);
        std::atomic<bool> over(false);
        QTimer start;
        QTimer end;
        start.setSingleShot(true);
        end.setSingleShot(true);
        connect(&start, &QTimer::timeout, this, [&] {
            meanwhile();
            end.start(300);
        });
        connect(&end, &QTimer::timeout, this, [&] { over = true; });
        start.start(100);
        callBehindWindow(
            &m_wizard,
            [&] {
                for (int i = 0; i < 3000 && !canceled && !over; ++i)
                    std::this_thread::sleep_for(std::chrono::milliseconds(10));
            },
            [&] { canceled = true; });
        return canceled;
    }

    void tap(QWidget *widget)
    {
        QTest::touchEvent(&m_wizard, m_touchScreen).press(0, widget->rect().center(), widget);
        QTest::touchEvent(&m_wizard, m_touchScreen).release(0, widget->rect().center(), widget);
    }

    QWizard m_wizard;
    QPushButton *m_button = nullptr;
    decltype(QTest::createTouchDevice()) const m_touchScreen = QTest::createTouchDevice();
    int m_clicks = 0;

private slots:
    void initTestCase();
    void init();
    void the_window_lives();
    void it_takes_no_input();
    void closing_cancels();
    void its_cancel_button_cancels();
    void a_tap_on_its_cancel_button_cancels();
    void escape_cancels();
    void an_ending_program_cancels();
    void without_a_window();
};

void WaitingTest::initTestCase()
{
    QWizardPage *const page = new QWizardPage;
    m_button = new QPushButton(page);
    connect(m_button, &QPushButton::clicked, this, [this] { ++m_clicks; });
    m_wizard.addPage(page);
}

void WaitingTest::init()
{
    m_clicks = 0;
    m_wizard.show();
    QVERIFY(QTest::qWaitForWindowExposed(&m_wizard));
}

void WaitingTest::the_window_lives()
{
    int ticks = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] { ++ticks; });
    timer.start(5);
    std::thread::id worker;
    callBehindWindow(
        &m_wizard,
        [&] {
            worker = std::this_thread::get_id();
            std::this_thread::sleep_for(std::chrono::milliseconds(500));
        },
        [] { QFAIL("canceled by nobody"); });
    QVERIFY(ticks > 2);
    QVERIFY(worker != std::this_thread::get_id());
    QVERIFY(m_wizard.isVisible());
    // And takes input again.
    QTest::mouseClick(m_button, Qt::LeftButton);
    QCOMPARE(m_clicks, 1);
    tap(m_button);
    QCOMPARE(m_clicks, 2);
}

void WaitingTest::it_takes_no_input()
{
    QVERIFY(!canceled([this] {
        QTest::mouseClick(m_button, Qt::LeftButton);
        QTest::keyClick(m_button, Qt::Key_Space);
        tap(m_button);
    }));
    QCOMPARE(m_clicks, 0);
}

void WaitingTest::closing_cancels()
{
    QVERIFY(canceled([this] { QVERIFY(!m_wizard.close()); }));
    QVERIFY(m_wizard.isVisible());
}

void WaitingTest::its_cancel_button_cancels()
{
    QVERIFY(canceled([this] { QTest::mouseClick(m_wizard.button(QWizard::CancelButton), Qt::LeftButton); }));
    QVERIFY(m_wizard.isVisible());
}

void WaitingTest::a_tap_on_its_cancel_button_cancels()
{
    QVERIFY(canceled([this] { tap(m_wizard.button(QWizard::CancelButton)); }));
    QVERIFY(m_wizard.isVisible());
}

void WaitingTest::escape_cancels()
{
    QVERIFY(canceled([this] { QTest::keyClick(&m_wizard, Qt::Key_Escape); }));
    QVERIFY(m_wizard.isVisible());
}

void WaitingTest::an_ending_program_cancels()
{
    bool ended = false;
    QTimer::singleShot(0, &m_wizard, [&] {
        ended = canceled([] { QCoreApplication::quit(); });
        QCoreApplication::exit();
    });
    QCoreApplication::exec();
    QVERIFY(ended);
}

void WaitingTest::without_a_window()
{
    m_wizard.hide();
    std::thread::id worker;
    callBehindWindow(&m_wizard, [&] { worker = std::this_thread::get_id(); }, [] {});
    QVERIFY(worker == std::this_thread::get_id());
    worker = std::thread::id();
    callBehindWindow(nullptr, [&] { worker = std::this_thread::get_id(); }, [] {});
    QVERIFY(worker == std::this_thread::get_id());
}

QObject *newWaitingTest()
{
    return new WaitingTest;
}

#include "tst_waiting.moc"
