// An automatic answer to one of the framework's messages that is taken back when it is no longer wanted, so that later
// messages of that kind are shown again.
#ifndef QLS_AUTOMATICANSWER_H
#define QLS_AUTOMATICANSWER_H

#include <QtWidgets/QMessageBox>

class AutomaticAnswer
{
public:
    explicit AutomaticAnswer(const QString &identifier) : m_identifier(identifier) {}
    Q_DISABLE_COPY(AutomaticAnswer)

    // Does nothing where a script or the command line has given an answer: that one holds, and stays.
    void give(QMessageBox::StandardButton answer);
    void takeBack();

private:
    const QString m_identifier;
    bool m_given = false;
};

#endif
