// What a person is told when the server could not be asked: a sentence that says what happened, for each status, and one
// that says what can be done, for each cause. docs/status-codes.md has both lists. What the library itself says goes
// below them, as the detail for support staff.
#ifndef QLS_FAILURETEXTS_H
#define QLS_FAILURETEXTS_H

#include "qls_precheck.hpp"

#include <QtCore/QCoreApplication>
#include <QtCore/QString>

class FailureTexts
{
    Q_DECLARE_TR_FUNCTIONS(FailureTexts)

public:
    static QString whatHappened(qls::Status status);

    // There is a sentence for every cause, also for one that a newer library has.
    static QString whatToDo(const QString &cause);
};

#endif
