// Which proxy the gate is given by the framework, which stand-ins play here.
#include "arguments.h"
#include "frameworkproxy.h"
#include "gatesettings.h"

#include <packagemanagercore.h>

#include <QtTest/QtTest>

using QInstaller::PackageManagerCore;
using QInstaller::Settings;

namespace {

bool noProxyArgument;

} // namespace

Arguments Arguments::ofThisProgram()
{
    Arguments arguments;
    arguments.noProxy = noProxyArgument;
    return arguments;
}

class ProxyTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { QNetworkProxyFactory::setUseSystemConfiguration(false); }
    void fault_308_the_systems();
    void none();
    void of_the_settings_data();
    void of_the_settings();
};

// As the framework begins: with the system's proxy, unless there is an argument.
void ProxyTest::init()
{
    noProxyArgument = false;
    QNetworkProxyFactory::setUseSystemConfiguration(true);
}

// Looking it up may take long. The library does so while it asks, and no window waits for that.
void ProxyTest::fault_308_the_systems()
{
    PackageManagerCore core;
    core.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("proxy.example.com"), 3128);
    core.settings().type = Settings::SystemProxy;
#ifdef Q_OS_MACOS
    QCOMPARE(frameworkProxy(&core, GateSettings().address()), QStringLiteral("http://proxy.example.com:3128"));
#else
    QVERIFY(frameworkProxy(&core, GateSettings().address()).isNull());
    QCOMPARE(core.asked, 0);

    // Qt was built without the system's proxies, and nobody has chosen any.
    QNetworkProxyFactory::setUseSystemConfiguration(false);
    core.settings().type = Settings::NoProxy;
    QVERIFY(frameworkProxy(&core, GateSettings().address()).isNull());
    QCOMPARE(core.asked, 0);
#endif
}

// By the argument, or in the Settings dialog. What was chosen there later counts.
void ProxyTest::none()
{
    PackageManagerCore core;
    core.proxy = QNetworkProxy(QNetworkProxy::NoProxy);
    const QString chosen = frameworkProxy(&core, GateSettings().address());
    QVERIFY(chosen.isEmpty() && !chosen.isNull());

    noProxyArgument = true;
    QNetworkProxyFactory::setUseSystemConfiguration(false);
    const QString given = frameworkProxy(&core, GateSettings().address());
    QVERIFY(given.isEmpty() && !given.isNull());

    core.settings().type = Settings::UserDefinedProxy;
    core.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("proxy.example.com"), 3128);
    QCOMPARE(frameworkProxy(&core, GateSettings().address()), QStringLiteral("http://proxy.example.com:3128"));
}

void ProxyTest::of_the_settings_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("address");
    const QString none;
    QTest::newRow("http") << int(QNetworkProxy::HttpProxy) << none << none << QStringLiteral("http://proxy.example.com:3128");
    QTest::newRow("socks") << int(QNetworkProxy::Socks5Proxy) << none << none
                           << QStringLiteral("socks5h://proxy.example.com:3128");
    QTest::newRow("credentials") << int(QNetworkProxy::HttpProxy) << QStringLiteral("pa:ula") << QStringLiteral("open@se%same")
                                 << QStringLiteral("http://pa%3Aula:open%40se%25same@proxy.example.com:3128");
}

void ProxyTest::of_the_settings()
{
    QFETCH(int, type);
    QFETCH(QString, user);
    QFETCH(QString, password);
    QFETCH(QString, address);
    PackageManagerCore core;
    core.settings().type = Settings::UserDefinedProxy;
    core.proxy = QNetworkProxy(QNetworkProxy::ProxyType(type), QStringLiteral("proxy.example.com"), 3128, user, password);
    QCOMPARE(frameworkProxy(&core, QStringLiteral("https://licenses.example.com")), address);
    QCOMPARE(core.asked, 1);
}

QObject *newProxyTest()
{
    return new ProxyTest;
}

#include "tst_proxy.moc"
