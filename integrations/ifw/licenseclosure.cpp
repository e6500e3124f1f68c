#include "licenseclosure.h"

#include <QtCore/QSet>

namespace {

// Calls visit with each name that this one is below, the nearest first: "a.b" and "a" for "a.b.c".
template <class Visit>
void visitParents(const QString &name, Visit visit)
{
    for (int dot = int(name.lastIndexOf(QLatin1Char('.'))); dot > 0; dot = int(name.lastIndexOf(QLatin1Char('.'), dot - 1)))
        visit(name.left(dot));
}

// A package that has to go when another one goes.
struct Follower
{
    int package;
    LeftOut::Cause cause;
};

// Who follows whom, by the name of the package that is followed. Only listed packages can be left out, so only they
// have followers.
QHash<QString, QVector<Follower>> followers(const QVector<ListedPackage> &packages,
                                            const LicenseClosure::Installed &installed)
{
    QSet<QString> listed;
    for (const ListedPackage &package : packages)
        listed.insert(package.name);
    QHash<QString, QVector<Follower>> followers;
    for (int i = 0; i < packages.size(); ++i) {
        const auto follow = [&](const QString &name, LeftOut::Cause cause) {
            if (listed.contains(name))
                followers[name].append({i, cause});
        };
        visitParents(packages.at(i).name, [&](const QString &parent) {
            if (!installed(parent))
                follow(parent, LeftOut::BelongsTo);
        });
        for (const QString &requirement : packages.at(i).dependencies) {
            if (installed(requirement))
                continue;
            const QString needed = PackageList::withoutVersion(requirement);
            follow(needed, LeftOut::Needs);
            // What is needed may be left out because of what it is below, even when it is not listed itself.
            visitParents(needed, [&](const QString &parent) { follow(parent, LeftOut::Needs); });
        }
    }
    return followers;
}

} // namespace

LicenseClosure::LicenseClosure(const QVector<ListedPackage> &packages, const QVector<Verdict> &verdicts,
                               const Installed &installed)
    : m_installed(installed)
{
    QVector<QString> queue;
    for (int i = 0; i < packages.size(); ++i) {
        const ListedPackage &package = packages.at(i);
        const bool covered = !package.isMarked() || verdicts.at(i) == Verdict::Allowed;
        if ((covered && package.scriptError.isNull()) || m_leftOut.contains(package.name))
            continue;
        LeftOut &leftOut = m_leftOut[package.name];
        leftOut.cause = covered ? LeftOut::ScriptFails : LeftOut::NotCovered;
        leftOut.root = i;
        leftOut.verdict = verdicts.at(i);
        queue.append(package.name);
    }
    if (queue.isEmpty())
        return;
    const QHash<QString, QVector<Follower>> followers = ::followers(packages, installed);
    for (int i = 0; i < queue.size(); ++i) {
        const LeftOut cause = m_leftOut.value(queue.at(i));
        for (const Follower &follower : followers.value(queue.at(i))) {
            const QString &name = packages.at(follower.package).name;
            if (m_leftOut.contains(name))
                continue;
            LeftOut &leftOut = m_leftOut[name];
            leftOut = cause;
            leftOut.cause = follower.cause;
            queue.append(name);
        }
    }
}

LeftOut LicenseClosure::find(const QString &name) const
{
    LeftOut found = m_leftOut.value(name);
    visitParents(name, [&](const QString &parent) {
        if (found.cause != LeftOut::Nothing || m_installed(parent))
            return;
        found = m_leftOut.value(parent);
        if (found.cause != LeftOut::Nothing)
            found.cause = LeftOut::BelongsTo;
    });
    return found;
}
