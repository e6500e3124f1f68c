// Decides which packages of an installer may be installed: reads which of them need a licence, asks the licence server
// once for all of those, and keeps the answer. No check is not a yes.
//
// Qt Core alone, and nothing of Qt Installer Framework: productkeycheck.cpp connects the two. One thread, no exceptions.
#ifndef QLS_PRECHECKGATE_H
#define QLS_PRECHECKGATE_H

#include "gatesettings.h"
#include "packagelist.h"

#include <QtCore/QHash>
#include <QtCore/QJsonArray>

#include <functional>

class PrecheckGate
{
    Q_DECLARE_TR_FUNCTIONS(PrecheckGate)

public:
    enum State {
        NotAsked,
        NothingToAsk, // no package needs a licence, and no request was sent
        Answered,     // the server answered; that does not mean that it allowed anything
        NoVerdict,    // the server was to be asked, and did not say
        Refused       // the settings or the list of packages are wrong: nothing was asked, and nothing may be installed
    };

    // Runs the blocking call, and returns when it is done; meanwhile it may cancel. By default it just calls.
    typedef std::function<void()> Step;
    typedef std::function<void(const Step &call, const Step &cancel)> Runner;

    void setSettings(const GateSettings &settings) { m_settings = settings; }
    const GateSettings &settings() const { return m_settings; }

    // For everything that is wrong before the server is asked. The first reason stays.
    void refuse(const QString &reason);

    // Reads the packages of an Updates.xml, from a file or a resource. One that does not exist has none. Packages that
    // come after the server was asked are not asked for, and those of them that need a licence are not allowed.
    void readPackages(const QString &path);

    // Asks, unless this was done before. Blocks, for at most the settings' timeout (with list: for twice that).
    State ask(const Runner &run = callNow);

    // Asks again after NoVerdict; does nothing otherwise.
    State askAgain(const Runner &run = callNow);

    // Whether askAgain() has something to ask.
    bool wouldAsk() const;

    State state() const { return m_state; }

    // Whether an installation may go on at all, with what is allowed.
    bool isOpen() const;

    // Why there is no verdict, or why everything was refused; null otherwise. Plain text that may quote the server:
    // escape it where markup is rendered.
    QString errorText() const { return m_error; }

    // Whether there was no token to ask with, or one that was not accepted, so that giving another one may help.
    bool isTokenUnusable() const { return m_tokenUnusable; }

    // Whether this package may be installed, as far as licences go. One that is not marked, and needs or belongs to
    // none that is not allowed, always may.
    bool isAllowed(const QString &name) const;

    // Why a package is not allowed, in one sentence of plain text; null where it is.
    QString reasonFor(const QString &name) const;

    // All packages that are not allowed, dependents and children included.
    QVector<ListedPackage> notAllowed() const;

    // For installers that choose by licence; empty without the setting "list".
    QString licenses() const { return m_licenses; } // a JSON array
    QStringList allowedNames() const;               // of the marked packages
    QStringList deniedNames() const;                // the other ones

    static void callNow(const Step &call, const Step &cancel);

private:
    enum Verdict { NoneYet, Unknown, Denied, Allowed };

    // The marked package because of which another one is not allowed, and how that one relates to it.
    struct Because
    {
        QString root;
        bool needs;
    };

    QJsonArray consumers() const;
    QByteArray body(const QJsonArray &consumers) const;
    bool readToken(QByteArray *token);
    bool readAuthorities(QByteArray *pem);
    void fail(const QString &reason);
    void judge();
    bool becauseOfParent(const QString &name, Because *because) const;
    Verdict verdict(const QString &name) const { return m_verdicts.value(name, NoneYet); }
    Verdict verdict(const ListedPackage &package) const;
    QString rootReason(const ListedPackage &package) const;

    GateSettings m_settings;
    QVector<ListedPackage> m_packages;
    QJsonArray m_askedFor;                // what the verdicts are about: a name may come again with something else
    QHash<QString, Verdict> m_verdicts;   // by name
    QHash<QString, Because> m_notAllowed; // by name; the root of a marked package is that package
    State m_state = NotAsked;
    QString m_error;
    QString m_server;      // that was asked, and
    QString m_tokenSource; // with which token, for people
    QString m_licenses;
    bool m_tokenUnusable = false;
};

#endif
