#include <QtCore/QCoreApplication>
#include <QtTest/QtTest>

QObject *newAskingTest();
QObject *newSettingsTest();

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    // The first argument says which of the two, the others are QtTest's.
    if (argc < 2)
        qFatal("tst_precheckgate asking|settings ...");
    QStringList arguments = QCoreApplication::arguments();
    const bool asking = arguments.takeAt(1) == QLatin1String("asking");
    const QScopedPointer<QObject> test(asking ? newAskingTest() : newSettingsTest());
    return QTest::qExec(test.data(), arguments);
}
