// Watches the framework's components for packages that turn out to need something that is left out only when their
// scripts run. A left-out component is null to a script. Most scripts do not expect that, and fail; others add a
// dependency on it. With the stock framework either is the end of the whole installer.
//
// Such a package is left out too, as the framework leaves out what it calls unstable: it stays in the tree, and cannot be
// selected. Where nothing is left out, and for every other error, nothing is changed.
#ifndef QLS_COMPONENTWATCH_H
#define QLS_COMPONENTWATCH_H

#include "automaticanswer.h"
#include "precheckgate.h"
#include "scriptnames.h"

#include <QtCore/QSet>

namespace QInstaller {
class Component;
class PackageManagerCore;
}

class ComponentWatch
{
public:
    class Listener
    {
    public:
        virtual ~Listener() = default;

        // These packages are left out too, because of their scripts. That may turn out when the components are loaded,
        // when it is calculated what to install, and when an installation begins, before anything is changed.
        virtual void leftOutLater(const QVector<ListedPackage> &packages) = 0;

        // A package that can be installed was not chosen, perhaps since its script expects these ones.
        virtual void notDefault(const QInstaller::Component *component, const QStringList &mentioned) = 0;
    };

    ComponentWatch(QInstaller::PackageManagerCore *core, PrecheckGate *gate, Listener *listener);

private:
    void begin();
    void watch(QInstaller::Component *component);
    void loaded(const QInstaller::Component *component);
    void strip(QInstaller::Component *component, const QString &dependencies);
    void takeError(const QString &type, const QString &error, const QString &name);
    void finish();
    void review();
    void tryOut(const std::function<void(QInstaller::Component *)> &runScript);
    void loadLateScripts();
    void createOperations();
    QStringList mentionedForDefault(const QInstaller::Component *component);
    QStringList mentioned(const QInstaller::Component *component);
    ScriptNames scriptNames(const QInstaller::Component *component);

    QInstaller::PackageManagerCore *const m_core;
    PrecheckGate *const m_gate;
    Listener *const m_listener;
    QSet<QString> m_leftOut;               // what is known already
    QSet<QString> m_lateTried;             // packages whose late script was run
    QHash<QString, ScriptNames> m_scripts; // by package
    AutomaticAnswer m_defaultError;        // to the message about a failing isDefault()
    bool m_loading = false;
    bool m_allowsUnstable = false; // what the installer's author said
};

#endif
