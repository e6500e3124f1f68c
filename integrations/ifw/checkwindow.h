// What the licence check shows in an installer's window: one that stays painted while the server is asked, and the
// question of what to do when there was no answer.
#ifndef QLS_CHECKWINDOW_H
#define QLS_CHECKWINDOW_H

#include "precheckgate.h"

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

    // Runs a blocking call on a thread of its own while the window is painted but takes no input; closing it, its
    // Cancel button and the Escape key cancel. Where no window is to be seen, it just calls.
    static void call(QWidget *window, const PrecheckGate::Step &call, const PrecheckGate::Step &cancel);

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
