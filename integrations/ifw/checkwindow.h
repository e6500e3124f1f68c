// What the license check shows in an installer's window: the question of what to do when there was no answer, and what
// is not offered.
#ifndef QLS_CHECKWINDOW_H
#define QLS_CHECKWINDOW_H

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <functional>

class QMessageBox;
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
        GoOn, // without what needs a license
        GiveUp
    };

    struct Question
    {
        QString reason;        // plain text
        bool mayGoOn = false;  // whether GoOn is offered
        int answerAfterMs = 0; // answers itself after so many milliseconds: GoOn, or else GiveUp; 0: never
    };

    // Asks with the framework's message box, which scripts can answer, what to do about a failed check.
    //
    // tokenFile   where not nullptr, choosing a token file is offered; receives the one that was chosen (TryAgain).
    // answered    receives whether a person saw the question and answered it.
    static Choice ask(QWidget *window, const Question &question, QString *tokenFile, bool *answered);

    // Adds lines of rich text to the subtitle of a page, whenever it is entered.
    static void addToSubtitle(QInstaller::PackageManagerPage *page, const std::function<QStringList()> &lines);

private:
    static void prepare(QMessageBox *box, const QStringList &paragraphs);
};

#endif
