// What an installer says about its license check: qls.ini, embedded by its author, and the Qls... keys that its user
// may give at run time. What is wrong in either is an error and never a default.
#ifndef QLS_GATESETTINGS_H
#define QLS_GATESETTINGS_H

#include <QtCore/QHash>
#include <QtCore/QString>

class GateSettings
{
public:
    enum OnNoVerdict {
        Block, // nothing is installed
        Hide   // what needs a license is left out
    };

    QString server;    // null: https://qls.qt.io
    QString caFile;    // null: none; otherwise a path that QFile reads, such as ":/qls/ca.pem"
    QString proxy;     // null: the system's; "": none
    QString userId;    // null: none; joins the request as user_id
    QString tokenFile; // null: the signed-in Qt account's token
    bool trustGivenOnly = false;
    bool list = false;
    bool allowRuntimeSettings = false;
    bool consent = false;     // a window asks the server only when the user says so
    bool skipCovered = false; // a window goes on by itself where everything is covered
    // What this installer's user has given, and so can correct. Otherwise its author has, or nobody.
    bool isServerOfUser = false;
    bool isCaOfUser = false;
    bool isProxyOfUser = false;
    int timeoutMs = 15000;
    OnNoVerdict onNoVerdict = Block;

    // The server that is asked, and where the token for it comes from, as the library calls that.
    QString address() const { return server.isNull() ? QStringLiteral("https://qls.qt.io") : server; }
    QString tokenSource() const;

    // Reads "key = value" lines over what is set already. Returns what is wrong with them, or a null string.
    QString read(const QString &text);

    // The same for a file. One that does not exist changes nothing.
    QString readFile(const QString &path);

    // Takes what the user of the installer gave: all the arguments "Key=value" there are. Returns as read().
    QString readArguments(const QHash<QString, QString> &arguments);

    // The keys that readArguments() may ever accept.
    static QStringList argumentKeys();

private:
    QString set(const QString &key, const QString &value);
};

#endif
