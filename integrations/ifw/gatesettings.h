// What an installer says about its license check: qls.ini, embedded by its author, and the Qls... keys that its user
// may give at run time. What is wrong in either is an error and never a default.
#ifndef QLS_GATESETTINGS_H
#define QLS_GATESETTINGS_H

#include <QtCore/QCoreApplication>
#include <QtCore/QHash>
#include <QtCore/QString>

class GateSettings
{
    Q_DECLARE_TR_FUNCTIONS(GateSettings)

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
    int timeoutMs = 15000;
    OnNoVerdict onNoVerdict = Block;

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
