// The license check of one run of an installer: when the server is asked, how the user is told, and what scripts may
// read. In a window the license page asks, and the user may let it ask again; at the command line it happens once. A
// maintenance tool never asks, and is never kept from removing anything. Nothing here throws.
#ifndef QLS_INSTALLERCHECK_H
#define QLS_INSTALLERCHECK_H

#include "arguments.h"
#include "componentwatch.h"
#include "forcedupdates.h"
#include "precheckgate.h"

#include <memory>

namespace QInstaller {
class PackageManagerCore;
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

    // The pages that a wizard gets: none where nothing is asked.
    QList<int> pages();

    // Whether to go on. These two ask the server, unless that was done before, and tell the user what is missing. In a
    // window that is only where a script has taken the license page away.
    bool isAllowedAtCommandLine();
    bool isAllowedInWindow();

    // Why not, for the framework's log and its window: plain text.
    QString errorText() const;

    // For the license page. begin() and finish() are the gate's two halves of a check, with the settings of this run;
    // finish() gets nullptr where begin() gave none.
    static InstallerCheck *current();
    const PrecheckGate &gate() const { return m_gate; }
    std::shared_ptr<Inquiry> begin();
    std::shared_ptr<Inquiry> beginDiagnosis();
    void finish(const Inquiry *inquiry);
    void setTokenFile(const QString &path);
    bool isAsked() const { return m_asked; }
    // Whether a script goes through the window, and not a user: one of the command line, or an embedded one that has made
    // the window silent. Other embedded scripts only prepare a window for its user.
    bool isScripted() const;
    bool waitsForConsent() const;

    // Whether the framework has loaded its components with other verdicts than those that there are now.
    bool areComponentsStale() const { return m_builtRevision >= 0 && m_builtRevision != m_gate.revision(); }

private:
    bool asks() const;
    QString failure() const;
    void readSettings();
    void useSettings();
    void askWithoutPage();
    void explainInWindow();
    void explainNoUpdates();
    void explainInDetails();
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
    QStringList m_details;    // plain text
    int m_builtRevision = -1; // of the verdicts with which the components were loaded
    bool m_asked = false;
    bool m_consented = false; // once given, consent is for the whole run
    bool m_explains = false; // on the page where components are chosen
};

#endif
