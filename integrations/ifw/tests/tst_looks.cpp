#include "pagetest.h"

#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QTranslator>
#include <QtWidgets/QApplication>
#include <QtWidgets/QTabWidget>

// How the license page looks in every language and in the dark, and what it says besides.
class LooksTest : public PageTestBase
{
    Q_OBJECT

private slots:
    void languages_data();
    void languages();
    void dark();
    void login_name();
    void diagnosis();
    void a_diagnosis_changes_nothing();
    void refused_stays_refused();
    void pictures();
};

void LooksTest::languages_data()
{
    QTest::addColumn<QString>("file");
    const QDir folder(text(":/qls/translations"));
    for (const QString &name : folder.entryList())
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
    // Those that the framework ships, and that the README names.
    QVERIFY2(folder.entryList().size() >= 11, qPrintable(folder.entryList().join(QLatin1Char(' '))));
}

// Nothing is cut off in a page as narrow as the framework makes it, with the longest texts there are.
void LooksTest::languages()
{
    QFETCH(QString, file);
    QTranslator translator;
    QVERIFY(translator.load(file));
    QVERIFY(QCoreApplication::installTranslator(&translator));
    const bool rightToLeft = file.contains(text("_ar"));
    QApplication::setLayoutDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    show(away(GateSettings::Hide));
    QVERIFY(part<QLabel>("SummaryLabel")->text() != text("The license server could not be reached."));
    QVERIFY2(m_view->minimumSizeHint().width() <= 520, qPrintable(QString::number(m_view->minimumSizeHint().width())));
    const QList<QPushButton *> buttons = m_view->findChildren<QPushButton *>();
    for (const QPushButton *button : buttons) {
        QVERIFY2(!button->isVisible() || button->width() >= button->sizeHint().width(), qPrintable(button->text()));
        QVERIFY2(!button->isVisible() || m_view->rect().contains(button->geometry()), qPrintable(button->text()));
    }
    // Every button has a key of its own.
    QSet<QString> keys;
    for (const QPushButton *button : buttons) {
        if (button->isVisible())
            keys.insert(button->text().section(QLatin1Char('&'), 1).left(1).toLower());
    }
    QCOMPARE(int(keys.size()), int(visibleButtons().size()));
    const QString pictures = environment("QLS_TEST_PICTURES");
    if (!pictures.isEmpty())
        QVERIFY(m_view->grab().save(pictures + QLatin1Char('/') + QFileInfo(file).baseName() + text(".png")));
    // The sign stands where reading begins.
    const QLabel *const summary = part<QLabel>("SummaryLabel");
    QCOMPARE(summary->geometry().center().x() < m_view->rect().center().x(), rightToLeft);
    show(twelve(settings()));
    for (int i = 0; i < 2; ++i)
        QVERIFY(!part<QTreeWidget>("ComponentsTree")->topLevelItem(i)->text(0).contains(text("licenses")));
    // What decides about the direction of a paragraph is its first letter, or this mark: here the name of a package follows.
    QCOMPARE(part<QLabel>("ReasonLabel")->text().at(0), QChar(rightToLeft ? 0x200f : 0x200e));
    QCoreApplication::removeTranslator(&translator);
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

void LooksTest::dark()
{
    const auto mostCommon = [this] {
        const QImage image = part<QTreeWidget>("ComponentsTree")->topLevelItem(0)->child(0)->icon(0).pixmap(64).toImage();
        return QColor(image.pixel(image.width() / 2, image.height() / 16 + 1));
    };
    show(twelve(settings()));
    const QColor onLight = mostCommon();
    QPalette palette;
    palette.setColor(QPalette::Base, QColor(30, 30, 30));
    palette.setColor(QPalette::Window, QColor(45, 45, 48));
    palette.setColor(QPalette::WindowText, Qt::white);
    palette.setColor(QPalette::Text, Qt::white);
    m_view->setPalette(palette);
    // The signs are drawn anew when the window has noticed.
    QTRY_VERIFY2(mostCommon().lightness() > onLight.lightness(), qPrintable(onLight.name() + mostCommon().name()));
    const QString pictures = environment("QLS_TEST_PICTURES");
    if (!pictures.isEmpty())
        QVERIFY(m_view->grab().save(pictures + text("/dark.png")));
}

void LooksTest::login_name()
{
    GateSettings settings;
    QVERIFY(settings.read(text("userId = login")).isNull());
    qputenv("QTLICD_CLIENT_USERNAME", "jane");
    QCOMPARE(settings.user(), text("jane"));
    qunsetenv("QTLICD_CLIENT_USERNAME");
    QProcess whoami;
    whoami.start(text("id"), {text("-un")});
    QVERIFY(whoami.waitForFinished());
    const QString own = QString::fromLocal8Bit(whoami.readAllStandardOutput()).trimmed();
    QCOMPARE(settings.user(), own);
    // Only root's process was begun by sudo or pkexec: user 1 is called differently by both rules.
    const bool root = own == text("root");
    for (const char *variable : {"SUDO_UID", "PKEXEC_UID"}) {
        qputenv(variable, "1");
        QCOMPARE(settings.user() != own, root);
        qputenv(variable, "1000000007");
        QCOMPARE(settings.user(), own);
        qunsetenv(variable);
    }
    settings.userId = text("team-7");
    QCOMPARE(settings.user(), text("team-7"));
}

// What support staff get when "Copy details" is pressed.
void LooksTest::diagnosis()
{
    PrecheckGate gate;
    GateSettings settings = this->settings();
    settings.server = text("http://127.0.0.1:1");
    gate.setSettings(settings);
    gate.readPackages(packages(allowed()));
    gate.ask();
    const std::shared_ptr<Inquiry> inquiry = gate.beginDiagnosis();
    QVERIFY(inquiry != nullptr);
    inquiry->run();
    const QString report = gate.diagnosis(*inquiry);
    QVERIFY2(report.contains(text("connection: failed: ")), qPrintable(report));
    QFile token(settings.tokenFile);
    QVERIFY(token.open(QIODevice::ReadOnly));
    QVERIFY(!report.contains(QString::fromLatin1(token.readAll().trimmed())));
    QCOMPARE(gate.state(), PrecheckGate::NoVerdict);
}

// Not even where it cannot be made, since the token cannot be read.
void LooksTest::a_diagnosis_changes_nothing()
{
    GateSettings unreadable = settings();
    unreadable.tokenFile = text("/nowhere/token");
    GateSettings away = settings();
    away.server = text("http://127.0.0.1:1");
    for (const GateSettings &first : {away, settings()}) {
        PrecheckGate gate = asked(allowed(), first);
        const PrecheckGate::State state = gate.state();
        const QString error = gate.errorText();
        gate.setSettings(unreadable);
        QVERIFY(!gate.beginDiagnosis());
        QCOMPARE(gate.state(), state);
        QCOMPARE(gate.errorText(), error);
    }
}

// Whatever is asked after that, and whatever an inquiry brings that was under way.
void LooksTest::refused_stays_refused()
{
    GateSettings unreadable = settings();
    unreadable.tokenFile = text("/nowhere/token");
    unreadable.onNoVerdict = GateSettings::Hide;
    PrecheckGate gate;
    gate.setSettings(unreadable);
    gate.readPackages(packages(marked("org.mistaken", "", "1.0.0") + denied()));
    QCOMPARE(gate.state(), PrecheckGate::Refused);
    const QString error = gate.errorText();
    QVERIFY(!gate.beginDiagnosis());
    QVERIFY(!gate.begin());
    QCOMPARE(gate.ask(), PrecheckGate::Refused);
    QCOMPARE(gate.errorText(), error);
    QVERIFY(!gate.isOpen());
    QVERIFY(!gate.isAllowed(text("org.denied")));

    PrecheckGate late;
    late.setSettings(settings());
    late.readPackages(packages(allowed()));
    const std::shared_ptr<Inquiry> inquiry = late.begin();
    late.refuse(error);
    inquiry->run();
    QCOMPARE(late.finish(*inquiry), PrecheckGate::Refused);
    QVERIFY(!late.isOpen());
}

// For people who want to look at them: only where a folder is named.
void LooksTest::pictures()
{
    const QString folder = environment("QLS_TEST_PICTURES");
    if (folder.isEmpty())
        return;
    const auto grab = [&](const char *name, const LicenseReport &report) {
        show(report);
        QVERIFY(m_view->grab().save(folder + QLatin1Char('/') + text(name) + text(".png")));
    };
    GateSettings settings = this->settings();
    grab("covered", LicenseReport(asked(allowed(), settings)));
    settings.list = true;
    settings.userId = text("jane");
    grab("denied", twelve(settings));
    part<QTreeWidget>("ComponentsTree")->setCurrentItem(part<QTreeWidget>("ComponentsTree")->topLevelItem(0)->child(1));
    QVERIFY(m_view->grab().save(folder + text("/selected.png")));
    m_view->findChild<QTabWidget *>()->setCurrentIndex(1);
    QVERIFY(m_view->grab().save(folder + text("/licenses.png")));
    grab("block", away(GateSettings::Block));
    grab("hide", away(GateSettings::Hide));
    PrecheckGate gate;
    gate.setSettings(settings);
    gate.readPackages(packages(allowed() + denied()));
    grab("consent", LicenseReport(gate));
    grab("asking", LicenseReport(gate, true));
    gate.refuse(text("This installer's license check is set up wrongly: line 1: timeout has to be a number"));
    grab("refused", LicenseReport(gate));
}

QObject *newLooksTest()
{
    return new LooksTest;
}

#include "tst_looks.moc"
