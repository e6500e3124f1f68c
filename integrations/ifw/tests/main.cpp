#include <QtTest/QtTest>
#include <QtWidgets/QApplication>

QObject *newAskingTest();
QObject *newClosureTest();
QObject *newFailuresTest();
QObject *newFilesTest();
QObject *newLooksTest();
QObject *newPackagesTest();
QObject *newPageTest();
QObject *newProxyTest();
QObject *newScriptsTest();
QObject *newSecretsTest();
QObject *newSettingsTest();

namespace {

template <class Application>
int run(QObject *(*newTest)(), int argc, char **argv)
{
    Application application(argc, argv);
    const QScopedPointer<QObject> test(newTest());
    return QTest::qExec(test.data(), argc, argv);
}

} // namespace

// The first argument says which test, the others are QtTest's.
int main(int argc, char **argv)
{
    const QByteArray name(argc < 2 ? "" : argv[1]);
    if (name == "asking")
        return run<QCoreApplication>(newAskingTest, argc - 1, argv + 1);
    if (name == "closure")
        return run<QCoreApplication>(newClosureTest, argc - 1, argv + 1);
    if (name == "failures")
        return run<QCoreApplication>(newFailuresTest, argc - 1, argv + 1);
    if (name == "files")
        return run<QCoreApplication>(newFilesTest, argc - 1, argv + 1);
    if (name == "looks")
        return run<QApplication>(newLooksTest, argc - 1, argv + 1);
    if (name == "packages")
        return run<QCoreApplication>(newPackagesTest, argc - 1, argv + 1);
    if (name == "page")
        return run<QApplication>(newPageTest, argc - 1, argv + 1);
    if (name == "proxy")
        return run<QCoreApplication>(newProxyTest, argc - 1, argv + 1);
    if (name == "scripts")
        return run<QCoreApplication>(newScriptsTest, argc - 1, argv + 1);
    if (name == "secrets")
        return run<QCoreApplication>(newSecretsTest, argc - 1, argv + 1);
    if (name == "settings")
        return run<QCoreApplication>(newSettingsTest, argc - 1, argv + 1);
    qFatal("tst_precheckgate asking|closure|failures|files|looks|packages|page|proxy|scripts|secrets|settings ...");
}
