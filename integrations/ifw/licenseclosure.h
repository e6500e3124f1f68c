// Calculates which packages an installation has to leave out, given what the license server said about the marked ones.
// It asks nobody and words nothing. Its time is linear in the number of packages and dependencies.
#ifndef QLS_LICENSECLOSURE_H
#define QLS_LICENSECLOSURE_H

#include "packagelist.h"

#include <QtCore/QHash>

#include <functional>

enum class Verdict {
    NotAsked, // the server was not asked about this package
    Unknown,  // it was asked, and did not say
    Denied,
    Allowed
};

// Why a package is left out.
struct LeftOut
{
    enum Cause {
        Nothing,     // it is not left out
        NotCovered,  // it is marked, and there is no yes for it
        ScriptFails, // its script fails since something else is left out; scriptError says how
        Needs,       // it depends on the root, or on something that the root is the cause for
        BelongsTo    // it is below the root, or below something that the root is the cause for
    };

    Cause cause = Nothing;
    int root = -1;                       // the index of the package that everything started with
    Verdict verdict = Verdict::NotAsked; // what was said about the root, where it is marked
};

class LicenseClosure
{
public:
    LicenseClosure() = default;

    // Whether a requirement, such as "name" or "name->=1.0", is met by what is installed already.
    typedef std::function<bool(const QString &requirement)> Installed;

    // verdicts has one item for each package; those of packages that are not marked do not matter. A package is not left
    // out because of something that is installed already. That itself is left out: it is neither installed again nor
    // updated without a yes.
    LicenseClosure(const QVector<ListedPackage> &packages, const QVector<Verdict> &verdicts,
                   const Installed &installed = nothingInstalled);

    // Why the package of this name is left out. It need not be listed: "a.b.c" is below "a.b" and "a".
    LeftOut find(const QString &name) const;

    bool isLeftOut(const QString &name) const { return find(name).cause != LeftOut::Nothing; }

    static bool nothingInstalled(const QString &) { return false; }

private:
    QHash<QString, LeftOut> m_leftOut; // by name
    Installed m_installed = nothingInstalled;
};

#endif
