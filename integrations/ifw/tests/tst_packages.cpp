// Lists of packages, and what an answer is worth for them. Each function is run alone, with a server of its own.
#include "gatetest.h"

class PackagesTest : public GateTest
{
    Q_OBJECT

private slots:
    void packages_that_come_later();
    void other_packages_under_a_name();
    void inherited_version();
    void names_with_blanks();
    void eight_thousand();
    void no_answer_about_one();
};

// The server says yes to one of two.
void PackagesTest::no_answer_about_one()
{
    const PrecheckGate gate = asked(allowed() + marked("org.other", "qtcreator", "15.0.0"), settings());
    QCOMPARE(gate.state(), PrecheckGate::Answered);
    QVERIFY(gate.isAllowed(text("org.allowed")));
    QVERIFY(!gate.isAllowed(text("org.other")));
    QVERIFY(gate.reasonFor(text("org.other")).contains(text("said nothing about qtcreator 15.0.0")));
}

void PackagesTest::packages_that_come_later()
{
    PrecheckGate gate = asked(allowed(), settings());
    gate.readPackages(packages(marked("org.later", "qtcreator", "15.0.0") + package("org.free", "")
                               + package("org.user", "<Dependencies>org.later</Dependencies>")));
    QCOMPARE(gate.ask(), PrecheckGate::Answered);
    QVERIFY(gate.isAllowed(text("org.allowed")));
    QVERIFY(gate.isAllowed(text("org.free")));
    QVERIFY(!gate.isAllowed(text("org.later")));
    QVERIFY(!gate.isAllowed(text("org.user")));
    QVERIFY(gate.reasonFor(text("org.later")).contains(text("was not checked")));

    // The framework reads a repository's list once more for each time that it fetches.
    gate.readPackages(packages(marked("org.later", "qtcreator", "15.0.0")));
    const QStringList expected = {text("org.later"), text("org.user")};
    QCOMPARE(names(gate.notAllowed()), expected);
}

// The answer is about what was asked: a repository may bring something else under the same name.
void PackagesTest::other_packages_under_a_name()
{
    const QByteArray user = package("org.user", "<Dependencies>org.allowed</Dependencies>");
    for (const QByteArray &other : {marked("org.allowed", "qtcreator", "16.0.0"), marked("org.allowed", "squish_tester", "15.0.0"),
                                    marked("org.allowed", "qtcreator", "15.0.0", "<QlsBuildTimestamp>2030-01-01</QlsBuildTimestamp>")}) {
        PrecheckGate gate = asked(allowed() + user, settings());
        gate.readPackages(packages(allowed() + user));
        QVERIFY(gate.isAllowed(text("org.allowed")));
        QCOMPARE(gate.allowedNames(), QStringList(text("org.allowed")));
        QVERIFY(!gate.wouldAsk());

        gate.readPackages(packages(other));
        QVERIFY(!gate.isAllowed(text("org.allowed")));
        QVERIFY(!gate.isAllowed(text("org.user")));
        QVERIFY(gate.allowedNames().isEmpty());
        QVERIFY2(gate.reasonFor(text("org.allowed")).contains(text("was not checked")), qPrintable(gate.reasonFor(text("org.allowed"))));
        QCOMPARE(gate.reasonFor(text("org.user")), text("needs org.allowed, whose license could not be checked"));
    }
    PrecheckGate gate = asked(allowed(), settings());
    gate.readPackages(packages(marked("org.allowed", "qtcreator", "16.0.0")));
    QVERIFY2(gate.reasonFor(text("org.allowed")).contains(text("qtcreator 16.0.0")), qPrintable(gate.reasonFor(text("org.allowed"))));
}

// The server is asked about the version that the framework shows, which may come from another package.
void PackagesTest::inherited_version()
{
    const QByteArray id = "<QlsConsumerId>squish_tester</QlsConsumerId>";
    const PrecheckGate gate = asked(
        "<PackageUpdate><Name>org.new</Name><Version inheritVersionFrom='org.middle'>8.0.0</Version>" + id + "</PackageUpdate>"
            "<PackageUpdate><Name>org.said</Name><Version inheritVersionFrom='org.nowhere'>8.0.0</Version>" + id
            + "<QlsConsumerVersion>8.0.0</QlsConsumerVersion></PackageUpdate>"
              "<PackageUpdate><Name>org.middle</Name><Version inheritVersionFrom='org.base'>7.0.0</Version></PackageUpdate>"
              "<PackageUpdate><Name>org.base</Name><Version>9.0.0</Version></PackageUpdate>",
        settings());
    QVERIFY2(gate.state() == PrecheckGate::Answered, qPrintable(gate.errorText()));
    QCOMPARE(names(gate.notAllowed()), QStringList(text("org.new")));
    QVERIFY(gate.reasonFor(text("org.new")).startsWith(text("your license does not cover squish_tester 9.0.0, says")));
}

// The framework takes them as they stand, so that is how it asks for them.
void PackagesTest::names_with_blanks()
{
    const QString denied = text(" org.denied\n"), allowed = text("org.allowed ");
    const PrecheckGate gate = asked(marked(denied.toUtf8(), "squish_tester", "9.0.0") + marked(allowed.toUtf8(), "qtcreator", "15.0.0"),
                                    settings());
    QCOMPARE(gate.state(), PrecheckGate::Answered);
    QVERIFY(!gate.isAllowed(denied));
    QVERIFY(gate.isAllowed(allowed));
    QCOMPARE(names(gate.notAllowed()), QStringList(denied));
}

// Every third package is allowed, every third denied, and every third needs the denied one before it.
void PackagesTest::eight_thousand()
{
    const int groups = 2667;
    QByteArray updates;
    for (int i = 0; i < groups; ++i) {
        const QByteArray number = QByteArray::number(i);
        updates += marked("yes" + number, "qtcreator", "15.0.0") + marked("no" + number, "squish_tester", "9.0.0")
            + marked("user" + number, "qtcreator", "15.0.0", "<Dependencies>no" + number + "</Dependencies>");
    }
    const PrecheckGate gate = asked(updates, settings());
    QCOMPARE(gate.state(), PrecheckGate::Answered);
    const QStringList notAllowed = names(gate.notAllowed());
    QCOMPARE(int(notAllowed.size()), 2 * groups);
    for (int i = 0; i < groups; ++i) {
        const QString number = QString::number(i);
        QVERIFY(gate.isAllowed(text("yes") + number));
        QCOMPARE(notAllowed.at(2 * i), text("no") + number);
        QVERIFY(gate.reasonFor(text("no") + number).startsWith(text("your license does not cover squish_tester 9.0.0")));
        QCOMPARE(gate.reasonFor(text("user") + number),
                 text("needs no%1, which your license does not cover").arg(number));
    }
}

QObject *newPackagesTest()
{
    return new PackagesTest;
}

#include "tst_packages.moc"
