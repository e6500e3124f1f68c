// What a person is told when the server could not be asked: a sentence that says what happened, and one or two that say
// what can be done, by status and cause: docs/status-codes.md has both lists. What the library itself says goes below
// them, as the detail for support staff.
#ifndef QLS_FAILURETEXTS_H
#define QLS_FAILURETEXTS_H

#include "precheckgate.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QString>

class FailureTexts
{
    Q_DECLARE_TR_FUNCTIONS(FailureTexts)

public:
    static QString whatHappened(const PrecheckGate::Failure &failure);

    // There is advice for every cause, also for one that a newer library has. The settings say what the user can correct
    // without the installer's author, and what kind of token is in question.
    static QString whatToDo(const PrecheckGate::Failure &failure, const GateSettings &settings);

private:
    static QString atProxy(const QString &cause);
    static QString toDoAtProxy(const QString &cause, const GateSettings &settings);
    static QString toDoAnywhere(const QString &cause);
    static QString maker();
    static QString address(const GateSettings &settings);
    static QString proxy(const GateSettings &settings);
    static QString token(const GateSettings &settings);
};

#endif
