#include "linkedlibrary.h"

#include "gatetexts.h"
#include "qls_precheck.h"

#include <constants.h>
#include <globals.h>
#include <messageboxhandler.h>
#include <packagemanagercore.h>
#include <settings.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <functional>

#ifdef Q_OS_WIN
#include <QtCore/qt_windows.h>
#else
#include <dlfcn.h>
#endif

using namespace QInstaller;

namespace {

// The file that this process was linked with. It is asked for by a text of the library's: the address of a function may
// be one in this program, which only leads there.
QString linkedFile()
{
#ifdef Q_OS_WIN
    HMODULE module = nullptr;
    wchar_t path[32768];
    const DWORD how = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    if (!GetModuleHandleExW(how, reinterpret_cast<const wchar_t *>(qls_version()), &module))
        return QString();
    return QString::fromWCharArray(path, int(GetModuleFileNameW(module, path, sizeof path / sizeof path[0])));
#else
    Dl_info about;
    return dladdr(qls_version(), &about) ? QFile::decodeName(about.dli_fname) : QString();
#endif
}

// Where the maintenance tool looks for it: beside its own program.
QString placeOf(PackageManagerCore *core)
{
    QString folder = core->value(scTargetDir);
#ifdef Q_OS_MACOS
    folder += QLatin1Char('/') + core->settings().maintenanceToolName() + QLatin1String(".app/Contents/MacOS");
#endif
    return QDir(folder).filePath(QFileInfo(linkedFile()).fileName());
}

// Changes a file, with the administrator's rights where the user may not change its folder.
bool change(PackageManagerCore *core, const QString &path, const std::function<bool()> &step)
{
    if (step())
        return true;
    if (QFileInfo(QFileInfo(path).path()).isWritable() || !core->gainAdminRights())
        return false;
    const bool done = step();
    core->dropAdminRights();
    return done;
}

} // namespace

void LinkedLibrary::accompany(PackageManagerCore *core)
{
    // By then nothing is rolled back any more, and nobody has started the maintenance tool yet.
    if (core->isInstaller())
        QObject::connect(core, &PackageManagerCore::installationFinished, core, [core] { copy(core); });
    else
        QObject::connect(core, &PackageManagerCore::uninstallationFinished, core, [core] { remove(core); });
}

void LinkedLibrary::copy(PackageManagerCore *core)
{
    const QString from = linkedFile();
    const QString to = placeOf(core);
    if (QFileInfo(from).canonicalFilePath() == QFileInfo(to).canonicalFilePath() && QFile::exists(to))
        return;
    QString error;
    const bool copied = change(core, to, [&] {
        QFile former(to);
        QFile file(from);
        const bool done = (!former.exists() || former.remove()) && file.copy(to);
        error = former.error() != QFileDevice::NoError ? former.errorString() : file.errorString();
        return done;
    });
    if (copied)
        return;
    const QString warning = tr("The maintenance tool will not start, so that nothing can be removed with it: %1 cannot "
                               "be copied to %2: %3. Copy this file there yourself.")
                                .arg(QDir::toNativeSeparators(from), QDir::toNativeSeparators(to), error);
    qCWarning(lcInstallerInstallLog).noquote() << warning;
    if (!core->isCommandLineInstance())
        MessageBoxHandler::warning(MessageBoxHandler::currentBestSuitParent(), QLatin1String("QlsLibraryMissing"),
                                   tr("License Check"), GateTexts::asMarkup(warning));
}

// Where the folder goes as a whole, the framework has removed it by now.
void LinkedLibrary::remove(PackageManagerCore *core)
{
    const QString path = placeOf(core);
    if (core->status() == PackageManagerCore::Success && QFile::exists(path))
        change(core, path, [&] { return QFile::remove(path); });
}
