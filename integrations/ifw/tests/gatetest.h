// What the tests of the gate share. tests/ifw/main.rs starts the server, says where it is by environment variables, runs one
// function at a time and counts the requests.
#ifndef QLS_GATETEST_H
#define QLS_GATETEST_H

#include "precheckgate.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

class GateTest : public QObject
{
protected:
    static QString environment(const char *name) { return QString::fromLocal8Bit(qgetenv(name)); }

    // For the server of this test.
    static GateSettings settings()
    {
        GateSettings settings;
        settings.server = environment("QLS_TEST_SERVER");
        settings.tokenFile = environment("QLS_TEST_TOKEN_FILE");
        return settings;
    }

    QString file(const QString &name, const QByteArray &content)
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("%s cannot be written", qPrintable(path));
        return path;
    }

    QString packages(const QByteArray &updates)
    {
        return file(QStringLiteral("Updates.xml"), "<Updates><ApplicationName>x</ApplicationName>" + updates + "</Updates>");
    }

    // A gate that has asked about these packages.
    PrecheckGate asked(const QByteArray &updates, const GateSettings &settings)
    {
        PrecheckGate gate;
        gate.setSettings(settings);
        gate.readPackages(packages(updates));
        gate.ask();
        return gate;
    }

    static QByteArray package(const QByteArray &name, const QByteArray &more)
    {
        return "<PackageUpdate><Name>" + name + "</Name><DisplayName>The " + name
            + "</DisplayName><Version>1.0.0</Version><ReleaseDate>2024-04-02</ReleaseDate>" + more + "</PackageUpdate>";
    }

    static QByteArray marked(const QByteArray &name, const QByteArray &consumer, const QByteArray &version,
                             const QByteArray &more = QByteArray())
    {
        return package(name, "<QlsConsumerId>" + consumer + "</QlsConsumerId><QlsConsumerVersion>" + version
                                 + "</QlsConsumerVersion>" + more);
    }

    // Of the demo's licenses.
    static QByteArray allowed() { return marked("org.allowed", "qtcreator", "15.0.0"); }
    static QByteArray denied() { return marked("org.denied", "squish_tester", "9.0.0"); }

    static QStringList names(const QVector<ListedPackage> &packages)
    {
        QStringList names;
        for (const ListedPackage &package : packages)
            names.append(package.name);
        return names;
    }

    static QString text(const char *latin1) { return QString::fromLatin1(latin1); }

private:
    QTemporaryDir m_folder;
};

#endif
