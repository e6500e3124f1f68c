#include "gatetest.h"

#include "failuretexts.h"

#include <QtCore/QProcess>

// What people are told when the server could not be asked: true, whoever is to blame, and something that they can do.
class FailuresTest : public GateTest
{
    Q_OBJECT

private slots:
    void every_cause();
    void who_is_to_blame_data();
    void who_is_to_blame();
    void login_name();
};

static QString status(int number)
{
    return QString::fromLatin1(qls_status_name(number));
}

// What an installer's user has given, or its author.
static GateSettings given(bool byUser, bool tokenFile)
{
    GateSettings settings;
    settings.server = QStringLiteral("https://licenses.example.com");
    settings.proxy = QStringLiteral("proxy:3128");
    settings.caFile = QStringLiteral("ca.pem");
    settings.isServerOfUser = settings.isProxyOfUser = settings.isCaOfUser = byUser;
    if (tokenFile)
        settings.tokenFile = QStringLiteral("token.txt");
    return settings;
}

void FailuresTest::every_cause()
{
    QFile document(environment("QLS_TEST_STATUS_CODES"));
    QVERIFY(document.open(QIODevice::ReadOnly));
    const QString page = QString::fromUtf8(document.readAll());
    const QString maker = text("Report this to whoever made this installer.");
    const QRegularExpression row(text("\\n\\| `([a-z0-9-]+)` \\| ([^|]*)\\|[^|]*\\| ([^|]*)(?=\\|)"));
    QVector<int> numbers;
    for (int number = 1000; number < 10000; ++number) {
        if (status(number) != text("QLS_UNKNOWN"))
            numbers.append(number);
    }
    int found = 0;
    for (QRegularExpressionMatchIterator rows = row.globalMatch(page); rows.hasNext();) {
        const QRegularExpressionMatch cells = rows.next();
        for (const int number : numbers) {
            if (!cells.captured(2).contains(QLatin1Char('`') + status(number) + QLatin1Char('`')))
                continue;
            ++found;
            const PrecheckGate::Failure failure(static_cast<qls::Status>(number), cells.captured(1), QString());
            const QString happened = FailureTexts::whatHappened(failure);
            const bool proxy = failure.status == qls::Status::proxy_failed;
            const bool ofInstaller = failure.status == qls::Status::invalid_argument
                || failure.status == qls::Status::invalid_consumers || failure.status == qls::Status::internal;
            const QByteArray which = (status(number) + QLatin1Char(' ') + failure.cause + text(": ") + happened).toUtf8();
            QVERIFY2(!happened.isEmpty(), which);
            QVERIFY2(ofInstaller || !happened.contains(text("mistake")), which);
            QVERIFY2(proxy == happened.contains(text("proxy")) || failure.cause.contains(text("proxy"))
                         || failure.cause == text("out-of-memory"), which);
            for (const bool byUser : {false, true}) {
                for (const bool tokenFile : {false, true}) {
                    const QString advice = FailureTexts::whatToDo(failure, given(byUser, tokenFile));
                    const QByteArray what = which + " " + advice.toUtf8();
                    QVERIFY2(!advice.isEmpty(), what);
                    // What only its author can correct is nothing for the user.
                    QVERIFY2(byUser || !advice.contains(text("address is correct")), what);
                    QVERIFY2(byUser || !advice.contains(text("CA file")), what);
                    QVERIFY2(byUser || !advice.contains(text("set correctly")), what);
                    QVERIFY2(!tokenFile || !advice.contains(text("Qt account")), what);
                    QVERIFY2(!proxy || !advice.contains(text("runs the license server")), what);
                    // Only what the document says to report has no other advice, once everything is the user's.
                    QVERIFY2(!byUser || advice != maker || cells.captured(3).contains(text("report it")), what);
                }
            }
        }
    }
    QVERIFY2(found > 90, qPrintable(QString::number(found)));
    // Of a newer library.
    const PrecheckGate::Failure unknown(static_cast<qls::Status>(2999), text("no-such-cause"), QString());
    QCOMPARE(FailureTexts::whatToDo(unknown, GateSettings()), maker);
}

void FailuresTest::who_is_to_blame_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<bool>("byUser");
    QTest::addColumn<bool>("tokenFile");
    QTest::addColumn<QString>("happened");
    QTest::addColumn<QString>("advice");
    const auto row = [](qls::Status status, const char *cause, bool byUser, bool tokenFile, const char *happened, const char *advice) {
        QTest::addRow("%d %s %d %d", int(status), cause, byUser, tokenFile)
            << int(status) << text(cause) << byUser << tokenFile << text(happened) << text(advice);
    };
    const char maker[] = "Report this to whoever made this installer.";
    const char mistake[] = "The license server could not be asked: there is a mistake in this installer.";
    const char setProxy[] = "See whether the proxy is set correctly.";
    const char network[] = "Report this to the administrator of this network.";
    const char unreached[] = "The proxy could not be reached.";
    const char insecure[] = "No secure connection to the proxy could be made.";
    const char chooseFile[] = "Choose a file that has a token for this server.";
    const char signIn[] = "Sign in to your Qt account, and check again.";
    const qls::Status proxy = qls::Status::proxy_failed;
    row(proxy, "connection-refused", true, false, unreached, setProxy);
    row(proxy, "connection-refused", false, false, unreached, maker);
    row(proxy, "not-tls", true, false, insecure, setProxy);
    row(proxy, "tls-version", true, false, insecure, network);
    row(proxy, "client-certificate-required", true, false, insecure, network);
    row(proxy, "certificate-unknown-issuer", true, false, insecure, network);
    row(proxy, "certificate-expired", true, false, insecure, "See whether the date and the time of this computer are correct.");
    row(proxy, "proxy-refused", true, false, "The proxy did not connect to the license server.",
        "Ask the network's administrator to let this installer connect to the server.");
    row(qls::Status::unauthorized, "forbidden", true, true, "The license server does not allow you to ask it.",
        "Ask whoever manages your licenses.");
    row(qls::Status::unauthorized, "token-expired", true, true, "Your token has expired.", chooseFile);
    row(qls::Status::unauthorized, "token-expired", true, false, "Your token has expired.", signIn);
    row(qls::Status::unauthorized, "unauthorized", true, true, "The license server does not accept your token.", chooseFile);
    row(qls::Status::invalid_token, "token-empty", true, true, "Your token cannot be used.", chooseFile);
    row(qls::Status::invalid_token, "token-file-unreadable", true, true, "The token file cannot be used.", chooseFile);
    row(qls::Status::token_not_found, "account-file-missing", true, false,
        "There is no token with which the license server can be asked.", signIn);
    row(qls::Status::invalid_argument, "invalid-proxy", true, false, "The proxy setting cannot be used.", setProxy);
    row(qls::Status::invalid_argument, "invalid-proxy", false, false, "The proxy setting cannot be used.", maker);
    row(qls::Status::invalid_argument, "invalid-url", true, false, "The license server's address cannot be used.",
        "See whether the server's address is correct.");
    row(qls::Status::invalid_argument, "not-utf8", true, false, mistake, maker);
    row(qls::Status::invalid_consumers, "not-json", true, false, mistake, maker);
    row(qls::Status::invalid_consumers, "wrong-shape", true, false, mistake, maker);
    row(qls::Status::invalid_consumers, "too-large", true, false, mistake, maker);
    row(qls::Status::configuration, "ca-invalid", false, false, "The CA certificates cannot be used.", maker);
    row(qls::Status::configuration, "ca-file-unreadable", true, false, "The CA certificates cannot be used.",
        "See whether the CA file is the right one.");
    row(qls::Status::configuration, "library-not-loaded", true, false, "A part of this installer could not be loaded.",
        "Get the whole installer again, or ask the administrator of this computer for help.");
    row(qls::Status::configuration, "no-trust-store", true, false,
        "There are no CA certificates with which the license server could be verified.",
        "Ask the administrator of this computer for help.");
    row(qls::Status::tls_untrusted, "certificate-revoked", true, false, "The license server could not be verified.",
        "Its certificate was revoked: do not trust this server, and report this to whoever runs it.");
    row(qls::Status::bad_request, "bad-request", true, false, "The license server did not understand the question.", maker);
}

void FailuresTest::who_is_to_blame()
{
    QFETCH(int, status);
    QFETCH(QString, cause);
    QFETCH(bool, byUser);
    QFETCH(bool, tokenFile);
    const PrecheckGate::Failure failure(static_cast<qls::Status>(status), cause, QString());
    QTEST(FailureTexts::whatHappened(failure), "happened");
    QTEST(FailureTexts::whatToDo(failure, given(byUser, tokenFile)), "advice");
}

void FailuresTest::login_name()
{
    const auto login = [] {
        GateSettings settings;
        return settings.read(text("userId = login")).isNull() ? settings.userId : QString();
    };
    qputenv("QTLICD_CLIENT_USERNAME", "jane");
    QCOMPARE(login(), text("jane"));
    qunsetenv("QTLICD_CLIENT_USERNAME");
    QProcess whoami;
    whoami.start(text("id"), {text("-un")});
    QVERIFY(whoami.waitForFinished());
    const QString own = QString::fromLocal8Bit(whoami.readAllStandardOutput()).trimmed();
    QCOMPARE(login(), own);
    // Only root's process was begun by sudo or pkexec: user 1 is called differently by both rules.
    const bool root = own == text("root");
    for (const char *variable : {"SUDO_UID", "PKEXEC_UID"}) {
        qputenv(variable, "1");
        QCOMPARE(login() != own, root);
        qputenv(variable, "1000000007");
        QCOMPARE(login(), own);
        qunsetenv(variable);
    }
    GateSettings settings;
    QVERIFY(settings.read(text("userId = team-7")).isNull());
    QCOMPARE(settings.userId, text("team-7"));
}

QObject *newFailuresTest()
{
    return new FailuresTest;
}

#include "tst_failures.moc"
