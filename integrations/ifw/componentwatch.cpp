#include "componentwatch.h"

#include <component.h>
#include <constants.h>
#include <errors.h>
#include <packagemanagercore.h>
#include <settings.h>

#include <QtCore/QDirIterator>
#include <QtCore/QFile>

using namespace QInstaller;

ComponentWatch::ComponentWatch(PackageManagerCore *core, PrecheckGate *gate, Listener *listener)
    : m_core(core), m_gate(gate), m_listener(listener), m_defaultError(QStringLiteral("isDefaultError"))
{
    typedef PackageManagerCore Core;
    QObject::connect(core, &Core::startAllComponentsReset, core, [this] { begin(); });
    QObject::connect(core, &Core::startUpdaterComponentsReset, core, [this] { begin(); });
    QObject::connect(core, &Core::componentAdded, core, [this](Component *component) {
        watch(component);
        for (Component *descendant : component->descendantComponents())
            watch(descendant);
    });
    QObject::connect(core, &Core::unstableComponentFound, core,
                     [this](const QString &type, const QString &error, const QString &name) { takeError(type, error, name); });
    QObject::connect(core, &Core::finishAllComponentsReset, core, [this] { finish(); });
    QObject::connect(core, &Core::finishUpdaterComponentsReset, core, [this] { finish(); });
    QObject::connect(core, &Core::finishedCalculateComponentsToInstall, core, [this] { loadLateScripts(); });
    QObject::connect(core, &Core::installationStarted, core, [this] { createOperations(); });
}

void ComponentWatch::begin()
{
    m_gate->forgetScripts();
    m_leftOut.clear();
    m_lateTried.clear();
    m_scripts.clear();
    m_defaultError.takeBack();
    for (const ListedPackage &package : m_gate->notAllowed())
        m_leftOut.insert(package.name);
    // An earlier loading that failed has not put the setting back.
    if (!m_loading)
        m_allowsUnstable = m_core->settings().allowUnstableComponents();
    m_loading = true;
#if IFW_VERSION < 0x040600
    // These versions look at the setting before they tell of an error.
    if (!m_leftOut.isEmpty())
        m_core->settings().setAllowUnstableComponents(true);
#endif
}

void ComponentWatch::watch(Component *component)
{
    if (m_leftOut.isEmpty())
        return;
    QObject::connect(component, &Component::valueChanged, m_core, [this, component](const QString &key, const QString &value) {
        if (key == scDependencies)
            strip(component, value);
    });
    QObject::connect(component, &Component::loaded, m_core, [this, component] { loaded(component); });
}

void ComponentWatch::loaded(const Component *component)
{
#if IFW_VERSION >= 0x040600
    // The setting is for the error that takeError() saw, and for no other one.
    m_core->settings().setAllowUnstableComponents(m_allowsUnstable);
#endif
    // The framework takes an error in isDefault() for a no, and shows it in a message that blames something else.
    if (!mentionedForDefault(component).isEmpty())
        m_defaultError.give(QMessageBox::Ok);
}

// A script may add a dependency at any time. One on a left-out package would make the framework give up, so it is taken
// away, and the component is left out.
void ComponentWatch::strip(Component *component, const QString &dependencies)
{
    QStringList kept;
    QStringList missing;
    for (const QString &part : dependencies.split(QLatin1Char(','))) {
        const QString requirement = part.trimmed();
        const QString name = PackageList::withoutVersion(requirement);
        const bool isMissing = !m_gate->isAllowed(name) && !m_gate->isInstalled(requirement);
        (isMissing ? missing : kept).append(requirement);
    }
    if (missing.isEmpty())
        return;
    m_gate->addScriptNeeds(component->name(), missing);
    component->setValue(scDependencies, kept.join(QLatin1Char(',')));
    if (!m_loading)
        review();
}

void ComponentWatch::takeError(const QString &type, const QString &error, const QString &name)
{
    if (m_leftOut.isEmpty() || type != QLatin1String("ScriptLoadingFailed"))
        return;
    const Component *const component = m_core->componentByName(name);
    if (!component)
        return;
    const QStringList names = mentioned(component);
    // Under a name that the script puts together, or gets from elsewhere, may be one that is left out, and then is null.
    // Any other error is the package's own.
    if (names.isEmpty() && !(error.contains(QLatin1String("null")) && scriptNames(component).hasOthers))
        return;
    m_gate->addScriptError(name, GateTexts::scriptFails(names, error));
    if (m_loading)
        m_core->settings().setAllowUnstableComponents(true);
    else
        review();
}

void ComponentWatch::finish()
{
    m_loading = false;
    m_core->settings().setAllowUnstableComponents(m_allowsUnstable);
    m_defaultError.takeBack();
    review();
    if (m_leftOut.isEmpty() || !m_core->isInstaller())
        return;
    for (const Component *component : m_core->components(PackageManagerCore::ComponentType::AllNoReplacements)) {
        const QStringList names = mentionedForDefault(component);
        if (!names.isEmpty() && !component->isSelected() && !component->isUnstable())
            m_listener->notDefault(component, names);
    }
}

// Leaves out what the gate has come to leave out since the components were loaded.
void ComponentWatch::review()
{
    QVector<ListedPackage> later;
    for (const ListedPackage &package : m_gate->notAllowed()) {
        if (m_leftOut.contains(package.name))
            continue;
        m_leftOut.insert(package.name);
        later.append(package);
        Component *const component = m_core->componentByName(package.name);
        // What is installed stays, but an update of it is left out.
        if (!component || (component->isInstalled() && !m_core->isUpdater()))
            continue;
        if (!component->isUnstable())
            component->setUnstable(Component::MissingDependency, m_gate->reasonFor(package.name));
        // The framework would take even an unstable component where one is wanted automatically.
        component->setValue(scAutoDependOn, QString());
    }
    if (!later.isEmpty())
        m_listener->leftOutLater(later);
}

// Runs a part of the scripts that mention something that is left out, of the packages that are to be installed. Those
// that fail are left out too.
void ComponentWatch::tryOut(const std::function<void(Component *)> &runScript)
{
    if (m_leftOut.isEmpty())
        return;
    bool failed = false;
    for (Component *component : m_core->orderedComponentsToInstall()) {
        const QStringList names = mentioned(component);
        if (names.isEmpty())
            continue;
        try {
            runScript(component);
        } catch (const Error &error) {
            m_gate->addScriptError(component->name(), GateTexts::scriptFails(names, error.message()));
            failed = true;
        }
    }
    if (!failed)
        return;
    review();
#if IFW_VERSION < 0x040500
    m_core->clearComponentsToInstallCalculated(); // or the earlier list of components is kept
#endif
    m_core->calculateComponentsToInstall();
}

// A script with postLoad is loaded when it is certain what is to be installed. An error in it ends the run.
void ComponentWatch::loadLateScripts()
{
#if IFW_VERSION >= 0x040600
    if (m_loading)
        return;
    tryOut([this](Component *component) {
        if (m_lateTried.contains(component->name()))
            return;
        m_lateTried.insert(component->name());
        component->loadComponentScript(true);
    });
#endif
}

// An error in createOperations() ends an installation when it has begun, and rolls everything back. So this runs first.
// The framework calls it no second time where it succeeds.
void ComponentWatch::createOperations()
{
    tryOut([](Component *component) {
        component->beginInstallation();
        component->operations();
    });
}

// The left-out packages whose names are in the component's scripts.
QStringList ComponentWatch::mentioned(const Component *component)
{
    const QSet<QString> quoted = scriptNames(component).quoted;
    QStringList names;
    for (const QString &name : m_leftOut) {
        if (quoted.contains(name))
            names.append(name);
    }
    names.sort();
    return names;
}

ScriptNames ComponentWatch::scriptNames(const Component *component)
{
    const auto known = m_scripts.constFind(component->name());
    if (known != m_scripts.constEnd())
        return *known;
    ScriptNames names;
    if (component->localTempPath().isEmpty())
        return names;
    const qint64 largestScript = 1024 * 1024;
    QDirIterator files(component->localTempPath() + QLatin1Char('/') + component->name(), QDir::Files);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.size() <= largestScript && file.open(QIODevice::ReadOnly))
            names.read(QString::fromUtf8(file.readAll()));
    }
    m_scripts.insert(component->name(), names);
    return names;
}

// The same, where a script decides whether the component is chosen by default. value() would call that function.
QStringList ComponentWatch::mentionedForDefault(const Component *component)
{
    const QString decides = component->variables().value(scDefault);
    return decides.compare(scScript, Qt::CaseInsensitive) == 0 ? mentioned(component) : QStringList();
}
