// No text of a failure shows the token or a proxy's password. The server of this test repeats both in all that it says.
#include "gatetest.h"

class SecretsTest : public GateTest
{
    Q_OBJECT

private:
    const QString m_password = text("Vx8-pZ2wq-Lk9mT4r");
    const QString m_token = text("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJxVzdyWnBMMmNWeDlCIn0.Tn5Kd8Fh3Gm6Yw1Qa4Us7Je0Xo2Ci9Rv_Pl-Bz");

    bool hides(const QString &shown) const
    {
        for (const QString &secret : {m_token, m_password}) {
            for (int i = 0; i + 12 <= secret.size(); ++i) {
                if (shown.contains(secret.mid(i, 12), Qt::CaseInsensitive))
                    return false;
            }
        }
        return true;
    }

    static QString logged;

private slots:
    void in_what_a_gate_says();
    void in_settings();
};

QString SecretsTest::logged;

void SecretsTest::in_what_a_gate_says()
{
    const QtMessageHandler usual = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &line) { logged += line + text("\n"); });
    const QString both = m_token + text("/") + m_password;
    const QString echoing = environment("QLS_TEST_SERVER");
    const QStringList servers = {echoing, echoing + text("/") + both, text("http://127.0.0.1:1/") + both,
                                 text("http://licenses.example.com/") + both, text("https://licenses.example.com/") + both,
                                 m_token, text("https://user:") + m_password + text("@host")};
    const QStringList tokenFiles = {environment("QLS_TEST_TOKEN_FILE"), text("/nonexistent/") + both, m_token,
                                    file(text("nul"), m_token.toLatin1() + '\0'),
                                    file(text("blank"), "Bearer " + m_token.toLatin1())};
    const QStringList proxies = {text("http://user:") + m_password + text("@127.0.0.1:1"),
                                 text("ftp://user:") + m_password + text("@host")};
    const QStringList authorities = {QString(), text("/nonexistent/") + both, file(text("ca"), both.toLatin1())};
    for (const QString &server : servers) {
        for (const QString &tokenFile : tokenFiles) {
            for (const QString &proxy : proxies) {
                for (const QString &authority : authorities) {
                    GateSettings settings;
                    settings.server = server;
                    settings.tokenFile = tokenFile;
                    settings.proxy = proxy;
                    settings.caFile = authority;
                    settings.userId = m_token;
                    const PrecheckGate gate = asked(allowed(), settings);
                    QCOMPARE(gate.state(), PrecheckGate::NoVerdict);
                    QVERIFY(!gate.errorText().isEmpty());
                    QVERIFY2(hides(gate.errorText()), qPrintable(gate.errorText()));
                    QVERIFY2(hides(gate.reasonFor(text("org.allowed"))), qPrintable(gate.reasonFor(text("org.allowed"))));
                }
            }
        }
    }
    qInstallMessageHandler(usual);
    QVERIFY(logged.contains(text("License check: ")));
    QVERIFY2(hides(logged), qPrintable(logged));
}

void SecretsTest::in_settings()
{
    for (const QString &secret : {m_token, m_password}) {
        const QString address = text("http://user:") + secret + text("@host?a=b");
        const QStringList lines = {text("timeout = ") + secret, text("list=") + secret, text("trust=") + secret, address,
                                   secret, secret + text(" = x"), secret + text(" =")};
        for (const QString &line : lines) {
            GateSettings settings;
            const QString wrong = settings.read(line);
            QVERIFY(!wrong.isEmpty());
            QVERIFY2(hides(wrong), qPrintable(wrong));
        }
        GateSettings settings;
        settings.allowRuntimeSettings = true;
        QVERIFY(hides(settings.readArguments({{text("QlsToken"), secret}})));
        QVERIFY(hides(settings.readArguments({{text("QlsServer"), secret}})));
    }
    PrecheckGate gate;
    gate.readPackages(file(m_token, "<Updates>"));
    QCOMPARE(gate.state(), PrecheckGate::Refused);
    QVERIFY2(hides(gate.errorText()), qPrintable(gate.errorText()));
}

QObject *newSecretsTest()
{
    return new SecretsTest;
}

#include "tst_secrets.moc"
