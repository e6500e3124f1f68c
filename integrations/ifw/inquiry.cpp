#include "inquiry.h"

#include "gatetexts.h"

#include <QtCore/QDebug>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <chrono>

Inquiry::Inquiry(Question question, const GateSettings &settings, const QByteArray &token, const QByteArray &pem,
                 const QByteArray &request)
    : m_question(question)
    , m_settings(settings)
    , m_token(token)
    , m_request(request)
    // The framework writes these lines to its log, and shows them with --verbose.
    , m_log([settings](qls::Log, const char *line) {
        qDebug().noquote() << "License check:" << GateTexts::withoutSecrets(QString::fromUtf8(line), settings.proxy);
    })
{
    // A setter that refuses makes the operations say so.
    m_client.set_log(m_log, qls::Log::debug);
    m_client.set_timeout(std::chrono::milliseconds(settings.timeoutMs));
    m_client.set_trust(settings.trustGivenOnly ? qls::Trust::given_only : qls::Trust::system);
    if (!settings.server.isNull())
        m_client.set_server(settings.server.toUtf8().constData());
    if (!settings.proxy.isNull())
        m_client.set_proxy(settings.proxy.toUtf8().constData());
    if (!pem.isNull())
        m_client.set_ca_pem(pem.constData());
}

Inquiry::~Inquiry()
{
    m_token.fill('\0');
}

void Inquiry::run()
{
    const char *const token = m_token.isNull() ? nullptr : m_token.constData();
    if (m_question == Diagnosis) {
        m_check = m_client.diagnose(token);
        return;
    }
    m_check = m_client.check(token, m_request.constData());
    if (!m_settings.list || !m_check.ok())
        return;
    QJsonObject members;
    if (!m_settings.userId.isEmpty())
        members.insert(QLatin1String("user_id"), m_settings.userId);
    m_list = m_client.list(token, QJsonDocument(members).toJson(QJsonDocument::Compact).constData());
}
