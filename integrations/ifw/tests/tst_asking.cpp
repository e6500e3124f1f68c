// Each function is run alone, with a server of its own.
#include "gatetest.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <chrono>
#include <thread>

class AskingTest : public GateTest
{
    Q_OBJECT

private slots:
    void allowed_once();
    void the_log_says_how();
    void denied_says_why();
    void mixed();
    void says_what_the_package_says();
    void dependents();
    void parents();
    void nothing_marked();
    void no_verdict_blocks();
    void no_verdict_hides();
    void no_library();
    void no_account();
    void token_file();
    void refused_token();
    void through_a_proxy();
    void without_a_proxy();
    void proxy_of_the_environment();
    void no_ticket();
    void own_authority_only();
    void list();
    void list_without_an_answer();
    void again();
    void cancelled();
    void token_of_the_environment();
};

void AskingTest::allowed_once()
{
    PrecheckGate gate;
    gate.setSettings(settings());
    gate.readPackages(packages(allowed()));
    QVERIFY(!gate.isAllowed(text("org.allowed")));
    QVERIFY(!gate.isOpen());
    QCOMPARE(gate.ask(), PrecheckGate::Answered);
    QCOMPARE(gate.ask(), PrecheckGate::Answered);
    QVERIFY(gate.isOpen());
    QVERIFY(gate.isAllowed(text("org.allowed")));
    QVERIFY(gate.reasonFor(text("org.allowed")).isNull());
    QVERIFY(gate.errorText().isNull());
    QVERIFY(gate.notAllowed().isEmpty());
}

static QString logged;

void AskingTest::the_log_says_how()
{
    const QtMessageHandler usual = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &line) { logged += line + text("\n"); });
    const PrecheckGate gate = asked(allowed(), settings());
    qInstallMessageHandler(usual);
    QCOMPARE(gate.state(), PrecheckGate::Answered);
    for (const char *words : {"License check: library ", "token: given explicitly", "no proxy: ", "connected to "})
        QVERIFY2(logged.contains(text(words)), qPrintable(logged));
    QFile token(environment("QLS_TEST_TOKEN_FILE"));
    QVERIFY(token.open(QIODevice::ReadOnly));
    QVERIFY(!logged.contains(QString::fromLatin1(token.readAll().trimmed())));
}

void AskingTest::denied_says_why()
{
    const PrecheckGate gate = asked(denied(), settings());
    QCOMPARE(gate.state(), PrecheckGate::Answered);
    QVERIFY(gate.isOpen());
    QVERIFY(!gate.isAllowed(text("org.denied")));
    QCOMPARE(gate.reasonFor(text("org.denied")),
             text("your license does not cover squish_tester 9.0.0 (built 2024-04-02), says %1 for the token in %2")
                 .arg(environment("QLS_TEST_SERVER"), environment("QLS_TEST_TOKEN_FILE")));
}

void AskingTest::mixed()
{
    const PrecheckGate gate = asked(allowed() + denied() + package("org.free", "") + marked("org.old", "qtframework", "6.7.0"),
                                    settings());
    QCOMPARE(gate.state(), PrecheckGate::Answered);
    QCOMPARE(names(gate.notAllowed()), QStringList(text("org.denied")));
    QVERIFY(gate.isAllowed(text("org.allowed")));
    QVERIFY(gate.isAllowed(text("org.old")));
    QVERIFY(gate.isAllowed(text("org.free")));
    QVERIFY(gate.isAllowed(text("QResources")));
}

void AskingTest::says_what_the_package_says()
{
    GateSettings settings = this->settings();
    settings.userId = QString::fromUtf8("J\xc3\xbcrgen");
    const PrecheckGate gate = asked(
        package("org.bare", "<QlsConsumerId>qtcreator</QlsConsumerId>")
            + package("org.full", "<QlsConsumerId> qtframework </QlsConsumerId><QlsConsumerVersion>6.8.0</QlsConsumerVersion>"
                                  "<QlsInstallationSchema>commercial</QlsInstallationSchema>"
                                  "<QlsSupportedFeatures>linux &amp; qnx</QlsSupportedFeatures>"
                                  "<QlsBuildTimestamp>2024-10-08</QlsBuildTimestamp>"),
        settings);
    QCOMPARE(names(gate.notAllowed()), QStringList(text("org.full")));
}

void AskingTest::dependents()
{
    const PrecheckGate gate = asked(
        allowed() + package("org.far", "<Dependencies>org.near</Dependencies>")
            + package("org.near", "<Dependencies>org.free, org.denied->=1.0</Dependencies>") + denied()
            + package("org.colon", "<Dependencies>org.denied:1.0</Dependencies>") + package("org.free", "")
            + package("org.fine", "<Dependencies>org.allowed,org.free,,</Dependencies>")
            + package("org.one", "<Dependencies>org.two</Dependencies>")
            + package("org.two", "<Dependencies>org.one</Dependencies>")
            + marked("org.both", "qtcreator", "15.0.0", "<Dependencies>org.denied</Dependencies>"),
        settings());
    const QStringList expected = {text("org.far"), text("org.near"), text("org.denied"), text("org.colon"), text("org.both")};
    QCOMPARE(names(gate.notAllowed()), expected);
    for (const char *name : {"org.far", "org.near", "org.colon", "org.both"})
        QCOMPARE(gate.reasonFor(text(name)), text("needs org.denied, which your license does not cover"));
    QVERIFY(gate.isAllowed(text("org.one")));
    QVERIFY(gate.isAllowed(text("org.fine")));
}

void AskingTest::parents()
{
    const PrecheckGate gate = asked(denied() + package("org.denied.child.of", "") + package("org.denied2", "")
                                        + package("org.user", "<Dependencies>org.denied.child.of</Dependencies>")
                                        + package("org", "") + allowed(),
                                    settings());
    const QStringList expected = {text("org.denied"), text("org.denied.child.of"), text("org.user")};
    QCOMPARE(names(gate.notAllowed()), expected);
    QCOMPARE(gate.reasonFor(text("org.denied.child.of")), text("belongs to org.denied, which your license does not cover"));
    QCOMPARE(gate.reasonFor(text("org.user")), text("needs org.denied, which your license does not cover"));
    QVERIFY(!gate.isAllowed(text("org.denied.not.listed")));
    QVERIFY(gate.reasonFor(text("org.denied.not.listed")).contains(text("org.denied")));
}

void AskingTest::nothing_marked()
{
    const PrecheckGate gate = asked(package("org.free", "") + package("org.free.more", "<Dependencies>org.free</Dependencies>"),
                                    settings());
    QCOMPARE(gate.state(), PrecheckGate::NothingToAsk);
    QVERIFY(gate.isOpen());
    QVERIFY(gate.isAllowed(text("org.free")));
    QVERIFY(gate.isAllowed(text("org.free.more")));

    PrecheckGate online;
    online.setSettings(settings());
    online.readPackages(text(":/metadata/Updates.xml"));
    QCOMPARE(online.ask(), PrecheckGate::NothingToAsk);
    QVERIFY(online.isOpen());
}

void AskingTest::no_verdict_blocks()
{
    GateSettings settings = this->settings();
    settings.server = text("http://127.0.0.1:1");
    const PrecheckGate gate = asked(allowed() + package("org.free", ""), settings);
    QCOMPARE(gate.state(), PrecheckGate::NoVerdict);
    QVERIFY(!gate.isOpen());
    QVERIFY(!gate.isAllowed(text("org.allowed")));
    QVERIFY(gate.errorText().contains(text("http://127.0.0.1:1")));
    QVERIFY(!gate.isTokenUnusable());
    QCOMPARE(gate.reasonFor(text("org.allowed")),
             text("the license for qtcreator 15.0.0 (built 2024-04-02) could not be checked"));
}

// Where the library is loaded, and cannot be.
void AskingTest::no_library()
{
    PrecheckGate gate;
    gate.setSettings(settings());
    gate.readPackages(packages(allowed()));
    // Not before: this test has files too.
    if (qEnvironmentVariableIsSet("QLS_TEST_TMPDIR"))
        qputenv("TMPDIR", qgetenv("QLS_TEST_TMPDIR"));
    for (int tries = 0; tries < 2; ++tries) {
        QCOMPARE(gate.ask(), PrecheckGate::NoVerdict);
        QVERIFY(!gate.isOpen());
        QVERIFY(!gate.isAllowed(text("org.allowed")));
        QVERIFY(!gate.isTokenUnusable());
        QVERIFY2(gate.errorText().contains(environment("QLS_TEST_WORDS")), qPrintable(gate.errorText()));
    }
}

void AskingTest::no_verdict_hides()
{
    GateSettings settings = this->settings();
    settings.onNoVerdict = GateSettings::Hide;
    const PrecheckGate gate = asked(allowed() + package("org.free", "")
                                        + package("org.user", "<Dependencies>org.allowed</Dependencies>"),
                                    settings);
    QCOMPARE(gate.state(), PrecheckGate::NoVerdict);
    QVERIFY(gate.isOpen());
    QVERIFY(gate.isAllowed(text("org.free")));
    QVERIFY(!gate.isAllowed(text("org.allowed")));
    QCOMPARE(gate.reasonFor(text("org.user")), text("needs org.allowed, whose license could not be checked"));
    QVERIFY(!gate.errorText().isEmpty());
}

void AskingTest::no_account()
{
    GateSettings settings = this->settings();
    settings.tokenFile = QString();
    PrecheckGate gate = asked(allowed(), settings);
    QCOMPARE(gate.state(), PrecheckGate::NoVerdict);
    QVERIFY(gate.isTokenUnusable());
    QVERIFY(!gate.isAllowed(text("org.allowed")));
    QVERIFY2(gate.errorText().contains(text("QT_INSTALLER_JWT_TOKEN")), qPrintable(gate.errorText()));

    gate.setSettings(this->settings());
    QCOMPARE(gate.ask(), PrecheckGate::Answered);
    QVERIFY(gate.isAllowed(text("org.allowed")));
    QVERIFY(!gate.isTokenUnusable());
    QVERIFY(gate.errorText().isNull());
}

void AskingTest::token_file()
{
    GateSettings settings = this->settings();
    // An editor leaves a line's end behind, and a mark before it.
    QFile token(this->settings().tokenFile);
    QVERIFY(token.open(QIODevice::ReadOnly));
    settings.tokenFile = file(text("token"), "\xef\xbb\xbf\n" + token.readAll() + "\r\n");
    QCOMPARE(asked(allowed(), settings).state(), PrecheckGate::Answered);
}

void AskingTest::refused_token()
{
    GateSettings settings = this->settings();
    settings.tokenFile = file(text("token"), "a-token-that-nobody-knows");
    const PrecheckGate gate = asked(allowed(), settings);
    QCOMPARE(gate.state(), PrecheckGate::NoVerdict);
    QVERIFY(gate.isTokenUnusable());
    QVERIFY(!gate.errorText().isEmpty());
    QVERIFY(!gate.errorText().contains(text("nobody-knows")));
    QVERIFY(!gate.reasonFor(text("org.allowed")).contains(text("nobody-knows")));
}

// The server is one that only the proxy knows; the environment names no proxy.
void AskingTest::through_a_proxy()
{
    GateSettings settings = this->settings();
    settings.proxy = environment("QLS_TEST_PROXY");
    settings.caFile = environment("QLS_TEST_CA");
    const PrecheckGate gate = asked(allowed() + denied(), settings);
    QVERIFY2(gate.state() == PrecheckGate::Answered, qPrintable(gate.errorText()));
    QVERIFY(gate.isAllowed(text("org.allowed")));
    QVERIFY(!gate.isAllowed(text("org.denied")));
}

// The environment names a proxy, which the settings forbid.
void AskingTest::without_a_proxy()
{
    GateSettings settings = this->settings();
    QVERIFY(settings.read(text("proxy = none\ntimeout = 2")).isNull());
    settings.caFile = environment("QLS_TEST_CA");
    QCOMPARE(asked(allowed(), settings).state(), PrecheckGate::NoVerdict);
}

void AskingTest::proxy_of_the_environment()
{
    GateSettings settings = this->settings();
    settings.caFile = environment("QLS_TEST_CA");
    const PrecheckGate gate = asked(allowed(), settings);
    QVERIFY2(gate.state() == PrecheckGate::Answered, qPrintable(gate.errorText()));
    QVERIFY(gate.isAllowed(text("org.allowed")));
}

// The environment names a proxy that wants a Kerberos ticket, and the user has none.
void AskingTest::no_ticket()
{
    GateSettings settings = this->settings();
    settings.caFile = environment("QLS_TEST_CA");
    const PrecheckGate gate = asked(allowed(), settings);
    QCOMPARE(gate.state(), PrecheckGate::NoVerdict);
    QVERIFY(!gate.isAllowed(text("org.allowed")));
    QVERIFY(!gate.isTokenUnusable());
    for (const char *words : {"requires the signed-in user's Kerberos ticket, and there is none", "get one with kinit"})
        QVERIFY2(gate.errorText().contains(text(words)), qPrintable(gate.errorText()));
}

// An https server whose CA is in the environment's SSL_CERT_FILE, and not in the settings.
void AskingTest::own_authority_only()
{
    GateSettings settings = this->settings();
    QCOMPARE(asked(allowed(), settings).state(), PrecheckGate::Answered);

    settings.trustGivenOnly = true;
    settings.caFile = environment("QLS_TEST_OTHER_CA");
    const PrecheckGate strict = asked(allowed(), settings);
    QCOMPARE(strict.state(), PrecheckGate::NoVerdict);
    QVERIFY(!strict.isAllowed(text("org.allowed")));

    settings.caFile = environment("QLS_TEST_CA");
    QCOMPARE(asked(allowed(), settings).state(), PrecheckGate::Answered);

    settings.caFile = text("/nonexistent/ca.pem");
    const PrecheckGate missing = asked(allowed(), settings);
    QCOMPARE(missing.state(), PrecheckGate::NoVerdict);
    QVERIFY(missing.errorText().contains(settings.caFile));
}

void AskingTest::list()
{
    GateSettings settings = this->settings();
    settings.list = true;
    settings.userId = text("user-7");
    const PrecheckGate gate = asked(allowed() + denied() + package("org.free", "")
                                        + marked("org.allowed.with", "qtcreator", "15.0.0",
                                                 "<Dependencies>org.denied</Dependencies>"),
                                    settings);
    QCOMPARE(gate.state(), PrecheckGate::Answered);
    QCOMPARE(gate.allowedNames(), QStringList(text("org.allowed")));
    const QStringList denied = {text("org.denied"), text("org.allowed.with")};
    QCOMPARE(gate.deniedNames(), denied);
    const QJsonArray licenses = QJsonDocument::fromJson(gate.licenses().toUtf8()).array();
    QCOMPARE(int(licenses.size()), 3);
    QCOMPARE(licenses.at(0).toObject().value(text("license_info")).toObject().value(text("license_id")).toString(),
             text("10000001"));
}

// The server allows everything, and cannot say why.
void AskingTest::list_without_an_answer()
{
    GateSettings settings = this->settings();
    settings.list = true;
    const PrecheckGate gate = asked(allowed(), settings);
    QCOMPARE(gate.state(), PrecheckGate::NoVerdict);
    QVERIFY(!gate.isAllowed(text("org.allowed")));
    QVERIFY(gate.licenses().isNull());
    QVERIFY(gate.allowedNames().isEmpty());
}

// The first request fails.
void AskingTest::again()
{
    PrecheckGate gate = asked(allowed(), settings());
    QCOMPARE(gate.state(), PrecheckGate::NoVerdict);
    QVERIFY(!gate.isAllowed(text("org.allowed")));
    QCOMPARE(gate.ask(), PrecheckGate::Answered);
    QVERIFY(gate.isAllowed(text("org.allowed")));
    QVERIFY(gate.errorText().isNull());
}

// The server takes half a minute.
void AskingTest::cancelled()
{
    PrecheckGate gate;
    gate.setSettings(settings());
    gate.readPackages(packages(allowed()));
    QElapsedTimer timer;
    timer.start();
    const std::shared_ptr<Inquiry> inquiry = gate.begin();
    std::thread worker([&] { inquiry->run(); });
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    inquiry->cancel();
    worker.join();
    gate.finish(*inquiry);
    QVERIFY(timer.elapsed() < 10000);
    QCOMPARE(gate.state(), PrecheckGate::NoVerdict);
    QVERIFY(!gate.isAllowed(text("org.allowed")));
    QVERIFY2(gate.errorText().contains(text("cancel")), qPrintable(gate.errorText()));
}

// Whoever sets the variable from a file has the line's end in it.
void AskingTest::token_of_the_environment()
{
    QFile token(settings().tokenFile);
    QVERIFY(token.open(QIODevice::ReadOnly));
    qputenv("QT_INSTALLER_JWT_TOKEN", token.readAll() + "\r\n");
    GateSettings settings = this->settings();
    settings.tokenFile = QString();
    const PrecheckGate gate = asked(allowed() + denied(), settings);
    QVERIFY2(gate.state() == PrecheckGate::Answered, qPrintable(gate.errorText()));
    QVERIFY(gate.isAllowed(text("org.allowed")));
    QVERIFY(gate.reasonFor(text("org.denied")).endsWith(text("for the token in QT_INSTALLER_JWT_TOKEN")));
}

QObject *newAskingTest()
{
    return new AskingTest;
}

#include "tst_asking.moc"
