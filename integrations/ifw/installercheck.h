// The license check of one run of an installer: when the server is asked, how the user is told, and what scripts may
// read. An installer asks once, when it is certain that somebody wants to install. A maintenance tool never asks, and
// is never kept from removing anything. Nothing here throws.
#ifndef QLS_INSTALLERCHECK_H
#define QLS_INSTALLERCHECK_H

#include "arguments.h"
#include "componentwatch.h"
#include "forcedupdates.h"
#include "precheckgate.h"

#include <memory>

namespace QInstaller {
class PackageManagerCore;
class PackageManagerGui;
}

class InstallerCheck : private ComponentWatch::Listener
{
    Q_DECLARE_TR_FUNCTIONS(InstallerCheck)

public:
    // Reads the settings, and takes the arguments out of what the framework remembers.
    void init(QInstaller::PackageManagerCore *core);

    void readPackages(const QString &path);

    // Everything is allowed before init(), when the framework registers what the installer contains, and for a command
    // that only shows packages.
    bool isAllowed(const QString &package) const { return !m_core || m_arguments.searches || m_gate.isAllowed(package); }

    // Whether to go on. These two ask the server, unless that was done before, and tell the user what is missing.
    bool isAllowedAtCommandLine();
    bool isAllowedInWindow();

    // Why not, for the framework's log and its window: plain text.
    QString errorText() const;

private:
    bool asks() const;
    QString failure() const;
    void readSettings();
    void ask(const PrecheckGate::Runner &run);
    void askInWindow();
    void explainInWindow();
    void explainNoUpdates();
    void explainInDetails();
    void giveUp(QInstaller::PackageManagerGui *window, bool unattended);
    void publish();
    void forget(const QStringList &keys);
    void log(const QString &text);
    bool isDemanded(const ListedPackage &package) const;
    bool tell(const QVector<ListedPackage> &packages);
    void leftOutLater(const QVector<ListedPackage> &packages) override;
    void notDefault(const QInstaller::Component *component, const QStringList &mentioned) override;
    QVector<ListedPackage> leftOut() const;
    QStringList notOffered() const;

    QInstaller::PackageManagerCore *m_core = nullptr;
    Arguments m_arguments;
    GateSettings m_settings;
    PrecheckGate m_gate;
    ForcedUpdates m_forcedUpdates;
    std::unique_ptr<ComponentWatch> m_watch;
    QSet<QString> m_told;
    QStringList m_notDefault; // rich text
    QStringList m_details;    // plain text
    bool m_asked = false;
    bool m_givenUp = false;
    bool m_explains = false; // on the page where components are chosen
};

#endif
