// What the licence check shows in an installer's window: the question of what to do when there was no answer, and what
// is not offered.
#ifndef QLS_CHECKWINDOW_H
#define QLS_CHECKWINDOW_H

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <functional>

class QWidget;

namespace QInstaller {
class PackageManagerPage;
}

class CheckWindow
{
    Q_DECLARE_TR_FUNCTIONS(CheckWindow)

public:
    enum Choice {
        TryAgain,
        GoOn, // without what needs a licence
        GiveUp
    };

    // Asks with the framework's message box, which scripts can answer, what to do about a failed check.
    //
    // mayGoOn     whether GoOn is offered.
    // tokenFile   where not nullptr, choosing a token file is offered; receives the one that was chosen (TryAgain).
    // answered    receives whether a person saw the question.
    static Choice ask(QWidget *window, const QString &reason, bool mayGoOn, QString *tokenFile, bool *answered);

    // Adds lines of rich text to the subtitle of a page, whenever it is entered.
    static void addToSubtitle(QInstaller::PackageManagerPage *page, const std::function<QStringList()> &lines);
};

#endif
