// The licence check of one run of an installer: when the server is asked, how the user is told, and what scripts may
// read. An installer asks once, when it is certain that somebody wants to install. A maintenance tool never does, and
// is never stopped: whoever has something installed can remove it. Nothing here throws.
#ifndef QLS_INSTALLERCHECK_H
#define QLS_INSTALLERCHECK_H

#include "precheckgate.h"

namespace QInstaller {
class PackageManagerCore;
}

class InstallerCheck
{
    Q_DECLARE_TR_FUNCTIONS(InstallerCheck)

public:
    // Reads the settings, and takes the arguments out of what the framework remembers.
    void init(QInstaller::PackageManagerCore *core);

    void readPackages(const QString &path);

    // Before init() everything is: the framework registers what the installer contains then.
    bool isAllowed(const QString &package) const { return !m_core || m_gate.isAllowed(package); }

    // Whether to go on. These two ask the server, unless that was done before, and tell the user what is missing.
    bool isAllowedAtCommandLine();
    bool isAllowedInWindow();

    // Why not, as the framework shows it: rich text in a window, plain at the command line.
    QString errorText() const;

private:
    bool asks() const;
    QString failure() const;
    void ask(const PrecheckGate::Runner &run);
    void askInWindow();
    void publish();
    void forget(const QStringList &keys);
    void warnAbout(const ListedPackage &package);
    void warnAboutAll();
    QStringList notOffered() const;

    QInstaller::PackageManagerCore *m_core = nullptr;
    GateSettings m_settings;
    PrecheckGate m_gate;
    bool m_asked = false;
    bool m_givenUp = false;
    bool m_explains = false; // on the page where components are chosen
};

#endif
