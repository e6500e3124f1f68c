// The pre-check with Qt Network and Qt's JSON classes.
#include "peer.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <memory>
#include <utility>

namespace {

QNetworkAccessManager *manager;
QNetworkRequest *post;

using Ids = std::pair<QString, QString>;

bool usable(const QJsonValue &consumer) {
    if (!consumer.isObject()) return false;
    for (const char *name : {"consumer_id", "component_id"}) {
        if (consumer[QLatin1String(name)].toString().isEmpty()) return false;
    }
    for (const char *name : {"consumer_version", "consumer_installation_schema", "consumer_supported_features",
                             "consumer_build_timestamp"}) {
        const QJsonValue member = consumer[QLatin1String(name)];
        if (!member.isUndefined() && !member.isString()) return false;
    }
    return true;
}

// The consumers; empty if they cannot be used.
QJsonArray consumers_of(const char *text) {
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromRawData(text, qsizetype(std::strlen(text))));
    const QJsonArray list = document.array();
    for (const QJsonValue consumer : list) {
        if (!usable(consumer)) return {};
    }
    return list;
}

Ids ids_of(const QJsonValue &object) {
    return {object[QLatin1String("component_id")].toString(), object[QLatin1String("consumer_id")].toString()};
}

long allowed_of(const QJsonArray &consumers, const QJsonObject &reply) {
    const QJsonValue data = reply[QLatin1String("data")];
    if (reply[QLatin1String("status")] != QJsonValue(true) || !data.isArray()) return -1;
    const QJsonArray entries = data.toArray();
    QHash<Ids, bool> denials;
    denials.reserve(entries.size());
    for (const QJsonValue entry : entries) {
        const QJsonValue allowed = entry[QLatin1String("installtion_allowed")];
        if (!allowed.isBool()) return -1;
        bool &denied = denials[ids_of(entry)];
        denied = denied || !allowed.toBool();
    }
    long allowed = 0;
    for (const QJsonValue consumer : consumers) allowed += !denials.value(ids_of(consumer), true);
    return allowed;
}

}  // namespace

PEER_EXPORT long answer(const char *text) {
    const QJsonArray consumers = consumers_of(text);
    if (consumers.isEmpty()) return -1;
    const QJsonObject request{{"operation", "check"}, {"consumers", consumers}};
    const QByteArray body = QJsonDocument(request).toJson(QJsonDocument::Compact);
    const std::unique_ptr<QNetworkReply> reply(manager->post(*post, body));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    if (reply->error() != QNetworkReply::NoError) {
        std::fprintf(stderr, "%s\n", qPrintable(reply->errorString()));
        return -1;
    }
    return allowed_of(consumers, QJsonDocument::fromJson(reply->readAll()).object());
}

int main(int argc, char **argv) {
    if (argc != 3) peer_fail("qt URL FILE");
    QCoreApplication application(argc, argv);
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(QString::fromLocal8Bit(argv[1]) + "/api/v2/pre-check/licenses"));
    request.setRawHeader("Authorization", QByteArray("Bearer ") + peer_token());
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
    request.setRawHeader("Accept", "application/json");
    request.setTransferTimeout(30000);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    const QString bundle = qEnvironmentVariable("SSL_CERT_FILE");
    if (request.url().scheme() == "https" && !bundle.isEmpty()) {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setCaCertificates(QSslCertificate::fromPath(bundle));
        request.setSslConfiguration(configuration);
    }
    manager = &network;
    post = &request;
    return peer_obey(argv[2], answer);
}
