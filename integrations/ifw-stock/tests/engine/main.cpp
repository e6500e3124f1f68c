// Evaluates the files that are its arguments, one after the other, in one script engine. A script can print() and
// readFile(). Ends with 1 where a script fails.

#include <QCoreApplication>
#include <QFile>
#include <QJSEngine>
#include <QTextStream>

class Host : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE void print(const QString &text) { QTextStream(stdout) << text << '\n'; }

    Q_INVOKABLE QString readFile(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QJSEngine engine;
    Host host;
    engine.globalObject().setProperty(QStringLiteral("host"), engine.newQObject(&host));
    const QStringList files = app.arguments().mid(1);
    for (const QString &path : files) {
        const QJSValue result = engine.evaluate(host.readFile(path), path);
        if (result.isError()) {
            host.print(QStringLiteral("%1\n%2").arg(result.toString(), result.property(QStringLiteral("stack")).toString()));
            return 1;
        }
    }
    return 0;
}

#include "main.moc"
