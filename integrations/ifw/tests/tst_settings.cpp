#include "gatetest.h"

class SettingsTest : public GateTest
{
    Q_OBJECT

private slots:
    void defaults();
    void everything();
    void later_ones_win();
    void refused_data();
    void refused();
    void files();
    void arguments();
    void refused_arguments_data();
    void refused_arguments();
};

void SettingsTest::defaults()
{
    GateSettings settings;
    QVERIFY(settings.read(QString()).isNull());
    QVERIFY(settings.server.isNull() && settings.caFile.isNull() && settings.proxy.isNull());
    QVERIFY(settings.userId.isNull() && settings.tokenFile.isNull());
    QVERIFY(!settings.trustGivenOnly && !settings.list && !settings.allowRuntimeSettings);
    QCOMPARE(settings.timeoutMs, 15000);
    QCOMPARE(settings.onNoVerdict, GateSettings::Block);
}

void SettingsTest::everything()
{
    GateSettings settings;
    const QString wrong = settings.read(
        text("# comment\r\n; another\r\n\r\n server = https://licenses.example.com/qls \r\nca=:/qls/ca.pem\ntrust=given-only\n"
             "timeout = 20\nproxy = http://user:a%20b=c@proxy:3128\nuserId = 42\nlist = true\nonNoVerdict = hide\n"
             "allowRuntimeSettings = true"));
    QVERIFY2(wrong.isNull(), qPrintable(wrong));
    QCOMPARE(settings.server, text("https://licenses.example.com/qls"));
    QCOMPARE(settings.caFile, text(":/qls/ca.pem"));
    QCOMPARE(settings.proxy, text("http://user:a%20b=c@proxy:3128"));
    QCOMPARE(settings.userId, text("42"));
    QCOMPARE(settings.timeoutMs, 20000);
    QVERIFY(settings.trustGivenOnly && settings.list && settings.allowRuntimeSettings);
    QCOMPARE(settings.onNoVerdict, GateSettings::Hide);
}

void SettingsTest::later_ones_win()
{
    GateSettings settings;
    QVERIFY(settings.read(text("server = https://one.example\ntrust = given-only\nonNoVerdict = hide\nproxy = none")).isNull());
    QVERIFY(settings.proxy.isEmpty() && !settings.proxy.isNull());
    QVERIFY(settings.read(text("server = https://two.example\ntrust = system\nonNoVerdict = block")).isNull());
    QCOMPARE(settings.server, text("https://two.example"));
    QVERIFY(!settings.trustGivenOnly);
    QCOMPARE(settings.onNoVerdict, GateSettings::Block);
    QVERIFY(settings.proxy.isEmpty() && !settings.proxy.isNull());
}

void SettingsTest::refused_data()
{
    QTest::addColumn<QString>("ini");
    QTest::addColumn<QString>("words");
    QTest::newRow("unknown") << text("list = true\n\nonnoverdict = hide") << text("line 3: there is no setting \"onnoverdict\"");
    QTest::newRow("section") << text("[General]") << text("line 1 is no");
    QTest::newRow("no key") << text("= x") << text("line 1 is no");
    QTest::newRow("no word") << text("http://user:pass@proxy?a = b") << text("line 1 is no");
    QTest::newRow("twice") << text("list = true\nlist = false") << text("line 2: list was set before");
    QTest::newRow("empty") << text("server =") << text("server is empty");
    QTest::newRow("flag") << text("list = yes") << text("line 1: list has to be true or false");
    QTest::newRow("policy") << text("onNoVerdict = ignore") << text("block or hide");
    QTest::newRow("trust") << text("trust = none") << text("system or given-only");
    for (const char *timeout : {"0", "-1", "3601", "1.5", "15s", "99999999999"})
        QTest::newRow(timeout) << text("timeout = ") + text(timeout) << text("from 1 to 3600");
}

void SettingsTest::refused()
{
    QFETCH(QString, ini);
    QFETCH(QString, words);
    GateSettings settings;
    const QString wrong = settings.read(ini);
    QVERIFY2(wrong.contains(words), qPrintable(wrong));
}

void SettingsTest::files()
{
    GateSettings settings;
    QVERIFY(settings.readFile(text("/nonexistent/qls.ini")).isNull());
    QVERIFY(settings.readFile(file(text("good.ini"), "userId = J\xc3\xbcrgen\n")).isNull());
    QCOMPARE(settings.userId, QString::fromUtf8("J\xc3\xbcrgen"));
    const QString bad = file(text("bad.ini"), "list = maybe\n");
    QVERIFY(settings.readFile(bad).startsWith(bad));
    // Blank lines count, and a byte order mark is no part of the first one.
    const QString late = file(text("late.ini"), "\xef\xbb\xbf\n\nlist = maybe\n");
    QVERIFY2(settings.readFile(late).contains(text("line 3: list")), qPrintable(settings.readFile(late)));
    QVERIFY(settings.readFile(file(text("empty.ini"), "")).isNull());
    // Of the example, as an installer has it.
    QVERIFY(!settings.allowRuntimeSettings);
    QVERIFY(settings.readFile(text(":/qls/qls.ini")).isNull());
    QVERIFY(settings.allowRuntimeSettings);
    for (const QByteArray &utf16 : {QByteArray("\xff\xfel\0i\0", 6), QByteArray("\xfe\xff\0l\0i", 6), QByteArray("l\0i\0", 4)}) {
        const QString wrong = settings.readFile(file(text("utf16.ini"), utf16));
        QVERIFY2(wrong.endsWith(text("cannot be read: it is UTF-16; save it as UTF-8")), qPrintable(wrong));
    }
}

void SettingsTest::arguments()
{
    GateSettings settings;
    QVERIFY(settings.readArguments({}).isNull());
    QVERIFY(settings.readArguments({{text("TargetDir"), text("/x")}, {text("other"), QString()}}).isNull());
    QVERIFY(settings.tokenFile.isNull());
    QVERIFY(settings.readArguments({{text("QlsTokenFile"), text("token.txt")}}).isNull());
    QCOMPARE(settings.tokenFile, QDir::current().absoluteFilePath(text("token.txt")));

    settings.allowRuntimeSettings = true;
    QVERIFY(settings.readArguments({{text("QlsTokenFile"), text("/t")}, {text("QlsServer"), text("https://other.example")},
                                    {text("QlsCaFile"), text("/ca.pem")}}).isNull());
    QCOMPARE(settings.server, text("https://other.example"));
    QCOMPARE(settings.caFile, text("/ca.pem"));
    QCOMPARE(settings.tokenFile, text("/t"));
}

void SettingsTest::refused_arguments_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("runtime");
    QTest::addColumn<QString>("words");
    QTest::newRow("unknown") << text("QlsToken") << text("sec-ret") << true << text("no argument \"QlsToken\"");
    QTest::newRow("policy") << text("QlsOnNoVerdict") << text("hide") << true << text("no argument \"QlsOnNoVerdict\"");
    QTest::newRow("result") << text("QlsAllowed") << text("org.x") << true << text("no argument \"QlsAllowed\"");
    QTest::newRow("case") << text("qlsTokenFile") << text("/t") << true << text("no argument \"qlsTokenFile\"");
    QTest::newRow("empty") << text("QlsTokenFile") << QString() << true << text("QlsTokenFile is empty");
    QTest::newRow("a token") << text("QlsTokenFile") << text("eyJhbGciOiJub25lIn0.sec-ret.x") << true << text("not the token itself");
    QTest::newRow("part of one") << text("QlsTokenFile") << text("eyJhbGciOiJub25lIn0.sec-ret") << true << text("not the token itself");
    QTest::newRow("server") << text("QlsServer") << text("https://x.example") << false << text("does not accept");
    QTest::newRow("CA") << text("QlsCaFile") << text("/ca.pem") << false << text("does not accept");
    QTest::newRow("server without token") << text("QlsServer") << text("https://x.example") << true << text("need QlsTokenFile");
    QTest::newRow("CA without token") << text("QlsCaFile") << text("/ca.pem") << true << text("need QlsTokenFile");
}

void SettingsTest::refused_arguments()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(bool, runtime);
    QFETCH(QString, words);
    GateSettings settings;
    settings.allowRuntimeSettings = runtime;
    const QString wrong = settings.readArguments({{key, value}, {text("TargetDir"), text("/x")}});
    QVERIFY2(wrong.contains(words), qPrintable(wrong));
    QVERIFY(!wrong.contains(text("sec-ret")));
    QVERIFY(settings.server.isNull() && settings.caFile.isNull() && settings.tokenFile.isNull());
}

QObject *newSettingsTest()
{
    return new SettingsTest;
}

#include "tst_settings.moc"
