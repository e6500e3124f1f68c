// What is left out, calculated from packages and verdicts alone.
#include "licenseclosure.h"

#include <QtTest/QtTest>

class ClosureTest : public QObject
{
    Q_OBJECT

private:
    static ListedPackage package(const QString &name, const QStringList &dependencies = QStringList())
    {
        ListedPackage package;
        package.name = name;
        package.dependencies = dependencies;
        return package;
    }

    static ListedPackage marked(const QString &name, const QStringList &dependencies = QStringList())
    {
        ListedPackage package = ClosureTest::package(name, dependencies);
        package.consumerId = QStringLiteral("consumer");
        return package;
    }

    static QString number(int i) { return QStringLiteral("n%1").arg(i); }

private slots:
    void every_verdict();
    void the_nearest_cause_is_named();
    void circles();
    void a_name_that_comes_twice();
    void names_that_only_look_alike();
    void what_is_installed_need_not_be_left_out();
    void a_script_that_fails();
    void eight_thousand_in_a_chain();
    void eight_thousand_of_all_kinds();
};

void ClosureTest::every_verdict()
{
    const QVector<ListedPackage> packages = {marked(QStringLiteral("allowed")), marked(QStringLiteral("denied")),
                                             marked(QStringLiteral("unknown")), marked(QStringLiteral("later")),
                                             package(QStringLiteral("free"))};
    // What is said about a free package does not matter.
    const LicenseClosure closure(packages, {Verdict::Allowed, Verdict::Denied, Verdict::Unknown, Verdict::NotAsked,
                                            Verdict::Denied});
    QVERIFY(!closure.isLeftOut(QStringLiteral("allowed")));
    QVERIFY(!closure.isLeftOut(QStringLiteral("free")));
    QVERIFY(!closure.isLeftOut(QStringLiteral("not listed")));
    for (int i = 1; i < 4; ++i) {
        const LeftOut leftOut = closure.find(packages.at(i).name);
        QCOMPARE(leftOut.cause, LeftOut::NotCovered);
        QCOMPARE(leftOut.root, i);
    }
    QVERIFY(closure.find(QStringLiteral("denied")).verdict == Verdict::Denied);
    QVERIFY(closure.find(QStringLiteral("unknown")).verdict == Verdict::Unknown);
    QVERIFY(closure.find(QStringLiteral("later")).verdict == Verdict::NotAsked);
}

void ClosureTest::the_nearest_cause_is_named()
{
    // "far" needs the first root through "near", and the second one itself.
    const QVector<ListedPackage> packages = {
        marked(QStringLiteral("first")), package(QStringLiteral("near"), {QStringLiteral("first")}),
        package(QStringLiteral("far"), {QStringLiteral("near"), QStringLiteral("second")}),
        marked(QStringLiteral("second")), package(QStringLiteral("second.child"))};
    const LicenseClosure closure(packages, {Verdict::Denied, Verdict::Allowed, Verdict::Allowed, Verdict::Unknown,
                                            Verdict::Allowed});
    QCOMPARE(closure.find(QStringLiteral("near")).root, 0);
    QCOMPARE(closure.find(QStringLiteral("near")).cause, LeftOut::Needs);
    QCOMPARE(closure.find(QStringLiteral("far")).root, 3);
    QVERIFY(closure.find(QStringLiteral("far")).verdict == Verdict::Unknown);
    QCOMPARE(closure.find(QStringLiteral("second.child")).cause, LeftOut::BelongsTo);
    QCOMPARE(closure.find(QStringLiteral("near.not.listed")).cause, LeftOut::BelongsTo);
    QCOMPARE(closure.find(QStringLiteral("near.not.listed")).root, 0);
}

void ClosureTest::circles()
{
    const QStringList one(QStringLiteral("one")), two(QStringLiteral("two")), self(QStringLiteral("self"));
    const QVector<ListedPackage> packages = {package(one.at(0), two), package(two.at(0), one), marked(self.at(0), self),
                                             package(QStringLiteral("user"), {self.at(0), one.at(0)})};
    const LicenseClosure closure(packages, QVector<Verdict>(4, Verdict::Denied));
    QVERIFY(!closure.isLeftOut(one.at(0)) && !closure.isLeftOut(two.at(0)));
    QCOMPARE(closure.find(self.at(0)).cause, LeftOut::NotCovered);
    QCOMPARE(closure.find(QStringLiteral("user")).cause, LeftOut::Needs);
}

// A repository may list a package that the installer has as well: each entry needs its own yes.
void ClosureTest::a_name_that_comes_twice()
{
    const QString name = QStringLiteral("twice");
    const QVector<ListedPackage> packages = {marked(name), package(name), marked(name),
                                             package(name, {QStringLiteral("other")}), marked(QStringLiteral("other"))};
    QVERIFY(!LicenseClosure(packages, QVector<Verdict>(5, Verdict::Allowed)).isLeftOut(name));
    const LicenseClosure third(packages, {Verdict::Allowed, Verdict::Allowed, Verdict::Unknown, Verdict::Allowed,
                                          Verdict::Allowed});
    QCOMPARE(third.find(name).root, 2);
    const LicenseClosure other(packages, {Verdict::Allowed, Verdict::Allowed, Verdict::Allowed, Verdict::Allowed,
                                          Verdict::Denied});
    QCOMPARE(other.find(name).cause, LeftOut::Needs);
    QCOMPARE(other.find(name).root, 4);
}

void ClosureTest::names_that_only_look_alike()
{
    const QVector<ListedPackage> packages = {marked(QStringLiteral("a.b")), package(QStringLiteral("a")),
                                             package(QStringLiteral("a.bc")), package(QStringLiteral("b")),
                                             package(QStringLiteral("a.b.c"))};
    const LicenseClosure closure(packages, QVector<Verdict>(5, Verdict::Denied));
    for (int i = 1; i < 4; ++i)
        QVERIFY2(!closure.isLeftOut(packages.at(i).name), qPrintable(packages.at(i).name));
    QVERIFY(closure.isLeftOut(QStringLiteral("a.b.c")));
    QVERIFY(!closure.isLeftOut(QString()));
}

// A maintenance tool's: the tool is installed in version 1.0, and its list offers another one.
void ClosureTest::what_is_installed_need_not_be_left_out()
{
    const QString tool = QStringLiteral("tool");
    const QVector<ListedPackage> packages = {marked(tool), package(QStringLiteral("user"), {tool}),
                                             package(QStringLiteral("old"), {QStringLiteral("tool->=1.0")}),
                                             package(QStringLiteral("new"), {QStringLiteral("tool->=2.0")}),
                                             package(QStringLiteral("tool.child")),
                                             package(QStringLiteral("far"), {QStringLiteral("new")})};
    const QVector<Verdict> verdicts(6, Verdict::NotAsked);
    const LicenseClosure closure(packages, verdicts, [&](const QString &requirement) {
        return requirement == tool || requirement == QStringLiteral("tool->=1.0");
    });
    // It is not updated without a yes itself.
    QCOMPARE(closure.find(tool).cause, LeftOut::NotCovered);
    QVERIFY(!closure.isLeftOut(QStringLiteral("user")));
    QVERIFY(!closure.isLeftOut(QStringLiteral("old")));
    QVERIFY(!closure.isLeftOut(QStringLiteral("tool.child")));
    QCOMPARE(closure.find(QStringLiteral("new")).cause, LeftOut::Needs);
    QCOMPARE(closure.find(QStringLiteral("far")).cause, LeftOut::Needs);

    const LicenseClosure elsewhere(packages, verdicts);
    for (const ListedPackage &package : packages)
        QVERIFY2(elsewhere.isLeftOut(package.name), qPrintable(package.name));
}

void ClosureTest::a_script_that_fails()
{
    QVector<ListedPackage> packages = {package(QStringLiteral("script")),
                                       package(QStringLiteral("user"), {QStringLiteral("script")}),
                                       package(QStringLiteral("free"))};
    packages[0].scriptError = QStringLiteral("because");
    const LicenseClosure closure(packages, QVector<Verdict>(3, Verdict::Allowed));
    QCOMPARE(closure.find(QStringLiteral("script")).cause, LeftOut::ScriptFails);
    QCOMPARE(closure.find(QStringLiteral("user")).cause, LeftOut::Needs);
    QCOMPARE(closure.find(QStringLiteral("user")).root, 0);
    QVERIFY(!closure.isLeftOut(QStringLiteral("free")));
}

// Each needs the one that is listed after it; the last one is marked.
void ClosureTest::eight_thousand_in_a_chain()
{
    const int count = 8000;
    QVector<ListedPackage> packages;
    for (int i = 0; i < count - 1; ++i)
        packages.append(package(number(i), {number(i + 1)}));
    packages.append(marked(number(count - 1)));
    const LicenseClosure closure(packages, QVector<Verdict>(count, Verdict::Denied));
    for (int i = 0; i < count - 1; ++i) {
        QCOMPARE(closure.find(number(i)).cause, LeftOut::Needs);
        QCOMPARE(closure.find(number(i)).root, count - 1);
    }
    QVERIFY(!LicenseClosure(packages, QVector<Verdict>(count, Verdict::Allowed)).isLeftOut(number(0)));
}

// In groups of four: a marked package, one below it, one that needs that one, and a free one. Every second group's is
// denied.
void ClosureTest::eight_thousand_of_all_kinds()
{
    QVector<ListedPackage> packages;
    QVector<Verdict> verdicts;
    for (int i = 0; i < 2000; ++i) {
        const QString name = number(i);
        packages += {package(name + QStringLiteral("user"), {name + QStringLiteral(".child")}),
                     package(name + QStringLiteral(".child")), marked(name), package(name + QStringLiteral("free"))};
        verdicts += QVector<Verdict>(4, i % 2 ? Verdict::Denied : Verdict::Allowed);
    }
    const LicenseClosure closure(packages, verdicts);
    for (int i = 0; i < 2000; ++i) {
        const bool denied = i % 2;
        const QString name = number(i);
        QCOMPARE(closure.find(name).cause, denied ? LeftOut::NotCovered : LeftOut::Nothing);
        QCOMPARE(closure.find(name + QStringLiteral(".child")).cause, denied ? LeftOut::BelongsTo : LeftOut::Nothing);
        QCOMPARE(closure.find(name + QStringLiteral("user")).cause, denied ? LeftOut::Needs : LeftOut::Nothing);
        QCOMPARE(closure.find(name + QStringLiteral("user")).root, denied ? 4 * i + 2 : -1);
        QVERIFY(!closure.isLeftOut(name + QStringLiteral("free")));
    }
}

QObject *newClosureTest()
{
    return new ClosureTest;
}

#include "tst_closure.moc"
