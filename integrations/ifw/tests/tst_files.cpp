// Files that cannot be used, and those that are changed for a while: no server is needed for that.
#include "gatetest.h"

#include "../forcedupdates.h"

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <thread>
#endif

class FilesTest : public GateTest
{
    Q_OBJECT

private:
    // Nobody listens there.
    static GateSettings settings()
    {
        GateSettings settings;
        settings.server = text("http://127.0.0.1:1");
        return settings;
    }

    PrecheckGate asked(const GateSettings &settings)
    {
        PrecheckGate gate;
        gate.setSettings(settings);
        gate.readPackages(packages(allowed()));
        gate.ask();
        return gate;
    }

#ifdef Q_OS_UNIX
    QString pipe(const QString &name)
    {
        const QString path = file(text("beside"), "") + name;
        QFile::remove(path);
        return ::mkfifo(QFile::encodeName(path).constData(), 0600) == 0 ? path : QString();
    }
#endif

    static void addFiles(FilesTest *test, int tooLarge)
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("words");
        QTest::newRow("missing") << text("/nonexistent/file") << text("/nonexistent/file");
        QTest::newRow("empty") << test->file(text("empty"), "") << text("it is empty");
        QTest::newRow("blank") << test->file(text("blank"), " \n") << text("it is empty");
        QTest::newRow("a mark alone") << test->file(text("mark"), "\xef\xbb\xbf\n") << text("it is empty");
        QTest::newRow("UTF-16 without a mark") << test->file(text("utf16le"), QByteArray("e\0y\0J\0", 6)) << text("UTF-16");
        QTest::newRow("UTF-16") << test->file(text("utf16"), QByteArray("\xff\xfe" "e\0y\0J\0", 8)) << text("UTF-16");
        QTest::newRow("NUL") << test->file(text("nul"), QByteArray("eyJ\0x", 5)) << text("it has a NUL byte");
        QTest::newRow("large") << test->file(text("large"), QByteArray(tooLarge, 'x')) << text("it is too large");
#ifdef Q_OS_UNIX
        QTest::newRow("without an end") << text("/dev/zero") << text("it is too large");
        QTest::newRow("a folder") << test->file(text("empty"), "").section(QLatin1Char('/'), 0, -2) << text("directory");
        QTest::newRow("a pipe that nobody writes to") << test->pipe(text("silent")) << text("within 5 seconds");
#endif
    }

private slots:
    void malformed_data();
    void malformed();
    void tokens_data() { addFiles(this, 64 * 1024 + 1); }
    void tokens();
    void authorities_data() { addFiles(this, 4 * 1024 * 1024 + 1); }
    void authorities();
    void a_pipe();
    void something_to_ask();
    void never_asks();
    void scripts();
    void forced_updates();
};

void FilesTest::malformed_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::addColumn<QString>("words");
    const QByteArray begin = "<Updates><PackageUpdate><Name>org.x</Name>";
    const QByteArray end = "</PackageUpdate></Updates>";
    const QByteArray id = "<QlsConsumerId>qtcreator</QlsConsumerId>";
    QTest::newRow("empty") << QByteArray() << text("line 1");
    QTest::newRow("cut off") << begin + id << text("line 1");
    QTest::newRow("cut off behind the packages") << begin + "</PackageUpdate>" << text("line 1");
    QTest::newRow("junk behind it") << begin + end + "<x/>" << text("line 1");
    QTest::newRow("another root") << QByteArray("<html/>") << text("<Updates>");
    QTest::newRow("empty mark") << begin + "<QlsConsumerId/>" + end << text("package org.x: <QlsConsumerId> is empty");
    QTest::newRow("blank version") << begin + id + "<QlsConsumerVersion> </QlsConsumerVersion>" + end
                                   << text("package org.x: <QlsConsumerVersion> is empty");
    QTest::newRow("misspelt") << begin + "<QLSConsumerID>qtcreator</QLSConsumerID>" + end
                              << text("package org.x: there is no element <QLSConsumerID>");
    QTest::newRow("twice") << begin + id + id + end << text("package org.x: <QlsConsumerId> stands there twice");
    QTest::newRow("below another element") << begin + "<Operations><Operation>" + id + "</Operation></Operations>" + end
                                           << text("<QlsConsumerId> has to be directly below <Package>");
    QTest::newRow("below itself") << begin + "<QlsConsumerId>a<QlsConsumerVersion>1</QlsConsumerVersion></QlsConsumerId>" + end
                                  << text("<QlsConsumerVersion> has to be directly below <Package>");
    QTest::newRow("outside of packages") << "<Updates>" + id + "</Updates>"
                                         << text("<QlsConsumerId> has to be directly below <Package>");
    QTest::newRow("below another element of the list") << "<Updates><RepositoryUpdate>" + id + "</RepositoryUpdate></Updates>"
                                                       << text("<QlsConsumerId> has to be directly below <Package>");
    QTest::newRow("a version of nobody") << begin + id + "<Version inheritVersionFrom='org.y'>1</Version>" + end
                                         << text("package org.x: it inherits its version from org.y, which does not say one");
    QTest::newRow("its own version") << begin + id + "<Version inheritVersionFrom='org.x'>1</Version>" + end
                                     << text("package org.x: it inherits its version from org.x, which does not say one");
    QTest::newRow("no id") << begin + "<QlsConsumerVersion>1</QlsConsumerVersion>" + end
                           << text("package org.x: <QlsConsumerId> is missing");
}

void FilesTest::malformed()
{
    QFETCH(QByteArray, xml);
    QFETCH(QString, words);
    GateSettings settings = this->settings();
    settings.onNoVerdict = GateSettings::Hide;
    const QString path = file(text("Updates.xml"), xml);
    PrecheckGate gate;
    gate.setSettings(settings);
    gate.readPackages(path);
    QCOMPARE(gate.ask(), PrecheckGate::Refused);
    QVERIFY(!gate.isOpen());
    QVERIFY(!gate.isAllowed(text("org.x")));
    QVERIFY(!gate.isAllowed(text("org.free")));
    QVERIFY2(gate.errorText().contains(path) && gate.errorText().contains(words), qPrintable(gate.errorText()));
    QCOMPARE(gate.reasonFor(text("org.x")), gate.errorText());
}

void FilesTest::tokens()
{
    QFETCH(QString, path);
    QFETCH(QString, words);
    GateSettings settings = this->settings();
    settings.tokenFile = path;
    const PrecheckGate gate = asked(settings);
    QCOMPARE(gate.state(), PrecheckGate::NoVerdict);
    QVERIFY(gate.isTokenUnusable());
    QVERIFY(!gate.isOpen());
    QVERIFY2(gate.errorText().contains(path) && gate.errorText().contains(words), qPrintable(gate.errorText()));
}

void FilesTest::authorities()
{
    QFETCH(QString, path);
    QFETCH(QString, words);
    GateSettings settings = this->settings();
    settings.tokenFile = file(text("token"), "token");
    settings.caFile = path;
    const PrecheckGate gate = asked(settings);
    QCOMPARE(gate.state(), PrecheckGate::NoVerdict);
    QVERIFY(!gate.isTokenUnusable());
    QVERIFY(!gate.isOpen());
    QVERIFY2(gate.errorText().contains(path) && gate.errorText().contains(words), qPrintable(gate.errorText()));
}

// A command's output in the place of a file: QlsTokenFile=<(command). It comes when the command is ready, in pieces.
void FilesTest::a_pipe()
{
#ifdef Q_OS_UNIX
    GateSettings settings = FilesTest::settings();
    settings.tokenFile = pipe(text("late"));
    std::thread writer([&settings] {
        QTest::qSleep(300);
        QFile pipe(settings.tokenFile);
        if (!pipe.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return;
        for (const char *piece : {"ey", "J", "x\n"}) {
            pipe.write(piece);
            QTest::qSleep(100);
        }
    });
    const PrecheckGate gate = asked(settings);
    writer.join();
    QVERIFY(!gate.isTokenUnusable());
    QVERIFY2(gate.errorText().contains(text("http://127.0.0.1:1")), qPrintable(gate.errorText()));
#endif
}

void FilesTest::something_to_ask()
{
    PrecheckGate gate;
    gate.setSettings(settings());
    QVERIFY(!gate.wouldAsk());
    gate.readPackages(packages(package("org.free", "")));
    QVERIFY(!gate.wouldAsk());
    gate.readPackages(packages(allowed()));
    QVERIFY(gate.wouldAsk());
    QCOMPARE(gate.ask(), PrecheckGate::NoVerdict);
    QVERIFY(gate.wouldAsk());
    gate.refuse(text("because"));
    QVERIFY(!gate.wouldAsk());
}

// A maintenance tool's gate: org.tool is installed in version 1.0.
void FilesTest::never_asks()
{
    PrecheckGate gate;
    gate.setSettings(settings());
    gate.neverAsk([](const QString &requirement) {
        return requirement == text("org.tool") || requirement == text("org.tool->=1.0");
    });
    gate.readPackages(packages(marked("org.tool", "qtcreator", "2.0") + package("org.addon", "<Dependencies>org.tool->=1.0</Dependencies>")
                               + package("org.newer", "<Dependencies>org.tool->=2.0</Dependencies>")));
    QVERIFY(!gate.wouldAsk());
    QCOMPARE(gate.ask(), PrecheckGate::NotAsked);
    QVERIFY(gate.isAllowed(text("org.addon")));
    QVERIFY(!gate.isAllowed(text("org.tool")));
    QCOMPARE(gate.reasonFor(text("org.tool")), text("it needs a license for qtcreator 2.0 (built 2024-04-02), which an installer "
                                                    "checks, and a maintenance tool does not"));
    QCOMPARE(gate.reasonFor(text("org.newer")),
             text("needs org.tool, whose license an installer checks, and a maintenance tool does not"));
}

// What turns out when the scripts of components run.
void FilesTest::scripts()
{
    PrecheckGate gate;
    gate.setSettings(settings());
    gate.readPackages(packages(allowed() + package("org.one", "") + package("org.two", "")
                               + package("org.user", "<Dependencies>org.one</Dependencies>")));
    QCOMPARE(names(gate.notAllowed()), QStringList(text("org.allowed")));
    gate.addScriptError(text("org.one"), GateTexts::scriptFails({text("org.allowed")}, text("TypeError: null\nclear the cache")));
    gate.addScriptNeeds(text("org.two"), {text("org.allowed->=1.0")});
    const QStringList expected = {text("org.allowed"), text("org.one"), text("org.two"), text("org.user")};
    QCOMPARE(names(gate.notAllowed()), expected);
    QCOMPARE(gate.reasonFor(text("org.one")),
             text("its script fails, since it expects org.allowed, which is left out: TypeError: null"));
    QCOMPARE(GateTexts::scriptFails({text("org.allowed")}, text("Error: no tool")),
             text("its script fails, and mentions org.allowed, which is left out: Error: no tool"));
    QCOMPARE(gate.reasonFor(text("org.two")), text("needs org.allowed, whose license could not be checked"));
    QCOMPARE(gate.reasonFor(text("org.user")), text("needs org.one, whose script fails"));
    gate.forgetScripts();
    QCOMPARE(names(gate.notAllowed()), QStringList(text("org.allowed")));
}

// Where the maintenance tool finds updates, until it has read them. A name is its package's with all of its blanks.
void FilesTest::forced_updates()
{
    const QByteArray forced = "<ForcedUpdate>true</ForcedUpdate><Essential>true</Essential>";
    const QByteArray list = "<Updates>" + package("org.allowed", forced) + package(" org.denied ", forced) + "</Updates>";
    const QString path = file(text("forced.xml"), list);
    const auto content = [&path] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    ForcedUpdates updates;
    updates.hide(path, [](const QString &) { return true; });
    QCOMPARE(content(), list);
    updates.hide(path, [](const QString &package) { return package != text(" org.denied "); });
    QCOMPARE(content().count("<ForcedUpdate>"), 1);
    QCOMPARE(content().count("<Essential>"), 1);
    QVERIFY(content().indexOf("<Essential>") < content().indexOf(" org.denied "));
    updates.restore();
    QCOMPARE(content(), list);
}

QObject *newFilesTest()
{
    return new FilesTest;
}

#include "tst_files.moc"
