// Decides which packages of an installer may be installed: reads which of them need a license, asks the license server
// once about all of those, and keeps the answer. Without an answer nothing that needs a license may be installed.
//
// This class asks; licenseclosure.h calculates what else has to be left out, and gatetexts.h has the sentences. It needs
// Qt Core alone, and nothing of Qt Installer Framework: productkeycheck.cpp connects the two. It is used from one thread,
// and throws no exceptions.
#ifndef QLS_PRECHECKGATE_H
#define QLS_PRECHECKGATE_H

#include "gatesettings.h"
#include "gatetexts.h"
#include "inquiry.h"
#include "licenseclosure.h"
#include "packagelist.h"

#include <QtCore/QHash>
#include <QtCore/QJsonArray>

#include <memory>

class PrecheckGate
{
public:
    enum State {
        NotAsked,
        NothingToAsk, // no package needs a license, and no request was sent
        Answered,     // the server answered; that does not mean that it allowed anything
        NoVerdict,    // the server was to be asked, and did not say
        Refused       // the settings or the list of packages are wrong: nothing was asked, and nothing may be installed
    };

    // Why there was no answer. The sentences for people are in failuretexts.h.
    struct Failure
    {
        Failure() = default;
        Failure(qls::Status status, const QString &cause, const QString &detail)
            : status(status), cause(cause), detail(detail) {}

        qls::Status status = qls::Status::ok;
        QString cause;  // a word of docs/status-codes.md
        QString detail; // in English, and may quote the server
    };

    void setSettings(const GateSettings &settings) { m_settings = settings; }
    const GateSettings &settings() const { return m_settings; }

    // For a program that never asks: nothing that needs a license is allowed. installed says what is there already, and
    // need not be left out.
    void neverAsk(const LicenseClosure::Installed &installed);

    // For everything that is wrong before the server is asked. The first reason stays.
    void refuse(const QString &reason);

    // Reads the packages of an Updates.xml, from a file or a resource. One that does not exist has none. Packages that
    // come after the server was asked are not asked for, and those of them that need a license are not allowed.
    void readPackages(const QString &path);

    // For what turns out when scripts run: that one of them fails since something is left out, and that a package needs
    // more than its list says. Forgotten when they are to run again.
    void addScriptError(const QString &name, const QString &error);
    void addScriptNeeds(const QString &name, const QStringList &requirements);
    void forgetScripts();

    // Asks, unless there is an answer. Blocks, for at most the settings' timeout (with list: for twice that).
    State ask();

    // The two halves of ask(), between which the inquiry has to run. There is none where nothing can be asked: state()
    // says why. begin() asks again where there is an answer. That one counts until finish() has another one: a check that
    // fails later takes nothing away.
    std::shared_ptr<Inquiry> begin();
    State finish(const Inquiry &inquiry);

    // An inquiry that finds out what is wrong on the way to the server. It changes nothing: there is none where nothing can
    // be asked, and the state and the failure stay as they are.
    std::shared_ptr<Inquiry> beginDiagnosis() const;

    // Whether ask() has something to ask, and whether any package is marked at all.
    bool wouldAsk() const;
    bool hasMarked() const { return !consumers().isEmpty(); }

    State state() const { return m_state; }

    // Another number whenever there are other verdicts.
    int revision() const { return m_revision; }

    // Whether an installation may go on at all, with what is allowed.
    bool isOpen() const;

    // Why there is no verdict, or why everything was refused; null otherwise. After an answer, why a later check failed.
    // Plain text that may quote the server: escape it where markup is rendered.
    QString errorText() const { return m_failure.detail; }
    const Failure &failure() const { return m_failure; }

    // Whether there was no token to ask with, or one that was not accepted, so that giving another one may help.
    bool isTokenUnusable() const;

    // What the page tells of. The closure's indexes are those of the packages, and a name may come more than once: lists of
    // repositories are read anew whenever the framework fetches them.
    const QVector<ListedPackage> &packages() const { return m_judged; }
    const LicenseClosure &closure() const { return m_closure; }
    Verdict verdictOf(const ListedPackage &package) const;

    // With which token the server gave its answer, or without an answer, with which one the settings ask; and this one also
    // while there is an answer.
    QString tokenSource() const { return m_state == Answered ? m_tokenSource : settingsTokenSource(); }
    QString settingsTokenSource() const;

    // Whether this requirement, such as "name" or "name->=1.0", is met by what is installed already.
    bool isInstalled(const QString &requirement) const { return m_installed(requirement); }

    // Whether this package may be installed, as far as licenses go. A package that is not marked may always be
    // installed, unless it needs or belongs to one that is not allowed.
    bool isAllowed(const QString &name) const;

    // Why a package is not allowed, in one sentence of plain text; null where it is.
    QString reasonFor(const QString &name) const;

    // All packages that are not allowed, each once, with those that need or belong to one.
    QVector<ListedPackage> notAllowed() const;

    // For installers that choose by license; empty without the setting "list".
    QString licenses() const { return m_licenses; } // a JSON array
    QStringList allowedNames() const { return markedNames(true); }
    QStringList deniedNames() const { return markedNames(false); }

private:
    QJsonArray consumers() const;
    std::shared_ptr<Inquiry> prepare(Inquiry::Question question, const QByteArray &request, Failure *failure) const;
    void takeVerdicts(const qls::Result &check);
    void fail(const Failure &failure);
    void judge();
    QStringList markedNames(bool allowed) const;

    GateSettings m_settings;
    QVector<ListedPackage> m_packages;
    // What was answered, by what was asked, as JSON. An answer does not count for another version or another consumer
    // that comes later under the same name.
    QHash<QByteArray, Verdict> m_verdicts;
    LicenseClosure::Installed m_installed = LicenseClosure::nothingInstalled;
    bool m_neverAsks = false;
    QHash<QString, QString> m_scriptErrors;    // by name
    QHash<QString, QStringList> m_scriptNeeds; // requirements, by name
    QVector<ListedPackage> m_judged;           // m_packages with what the scripts did
    LicenseClosure m_closure;                  // of m_judged
    State m_state = NotAsked;
    int m_revision = 0;
    Failure m_failure;
    QString m_server;      // the server that was asked
    QString m_tokenSource; // the token that it was asked with, for people
    QString m_licenses;
};

#endif
