#include "automaticanswer.h"

#include <messageboxhandler.h>

#include <QtCore/QHash>

using namespace QInstaller;

namespace {

typedef QHash<QString, QMessageBox::StandardButton> Answers;

Answers &answersOf(MessageBoxHandler *handler);

// The framework, from 4.1 to 4.9, can be given an answer and has nothing that takes one back. Where a template is
// instantiated by name, C++ lets it name a private member: that is the way to the answers without changing the framework.
template <Answers MessageBoxHandler::*member>
struct Door
{
    friend Answers &answersOf(MessageBoxHandler *handler) { return handler->*member; }
};
template struct Door<&MessageBoxHandler::m_automaticAnswers>;

} // namespace

void AutomaticAnswer::give(QMessageBox::StandardButton answer)
{
    Answers &answers = answersOf(MessageBoxHandler::instance());
    if (answers.contains(m_identifier))
        return;
    answers.insert(m_identifier, answer);
    m_given = true;
}

void AutomaticAnswer::takeBack()
{
    if (m_given)
        answersOf(MessageBoxHandler::instance()).remove(m_identifier);
    m_given = false;
}
