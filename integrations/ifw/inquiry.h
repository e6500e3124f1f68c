// One visit to the license server, with everything that it takes. It is made on the thread of the gate, runs on any one,
// and is read on that of the gate again when it is over.
#ifndef QLS_INQUIRY_H
#define QLS_INQUIRY_H

#include "gatesettings.h"

#include "qls_precheck.hpp"

#include <QtCore/QByteArray>

#include <functional>

class Inquiry
{
public:
    // What the server is asked. A diagnosis asks for the licenses, and is about the way there.
    enum Question { Packages, Diagnosis };

    // token     null: that of the signed-in Qt account
    // pem       certificates that are trusted too; null: none
    // request   the body of the question about packages, as JSON
    Inquiry(Question question, const GateSettings &settings, const QByteArray &token, const QByteArray &pem,
            const QByteArray &request);
    ~Inquiry();
    Q_DISABLE_COPY(Inquiry)

    // Blocks, for at most the settings' timeout, and where the licenses are wanted too, for twice that.
    void run();

    // Makes run() return soon, whether it has begun or not. Any thread.
    void cancel() { m_client.cancel(); }

    // For when it is over. decisive() is the one of both that decides about the outcome.
    const GateSettings &settings() const { return m_settings; }
    const qls::Result &check() const { return m_check; } // or the diagnosis
    const qls::Result &list() const { return m_list; }
    const qls::Result &decisive() const { return m_settings.list && m_check.ok() ? m_list : m_check; }

private:
    const Question m_question;
    const GateSettings m_settings;
    QByteArray m_token;
    const QByteArray m_request;
    const std::function<void(qls::Log, const char *)> m_log; // the client borrows it
    qls::Client m_client;
    qls::Result m_check;
    qls::Result m_list;
};

#endif
