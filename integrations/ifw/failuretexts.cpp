#include "failuretexts.h"

QString FailureTexts::whatHappened(qls::Status status)
{
    switch (status) {
    case qls::Status::invalid_token:
        return tr("Your token cannot be used.");
    case qls::Status::token_not_found:
        return tr("There is no token with which the license server can be asked.");
    case qls::Status::configuration:
        return tr("A setting cannot be used on this computer.");
    case qls::Status::resolve_failed:
        return tr("The license server's name could not be found.");
    case qls::Status::connect_failed:
        return tr("The license server could not be reached.");
    case qls::Status::proxy_failed:
        return tr("The proxy did not connect to the license server.");
    case qls::Status::tls_untrusted:
        return tr("The license server could not prove that it is the right one.");
    case qls::Status::tls_failed:
        return tr("No secure connection to the license server could be made.");
    case qls::Status::timeout:
        return tr("The license server did not answer in time.");
    case qls::Status::cancelled:
        return tr("The check was stopped.");
    case qls::Status::connection_lost:
        return tr("The connection broke before the answer was complete.");
    case qls::Status::rejected:
        return tr("The license server refused to answer.");
    case qls::Status::bad_request:
        return tr("The license server did not understand the question.");
    case qls::Status::unauthorized:
        return tr("The license server does not accept your token.");
    case qls::Status::not_found:
        return tr("There is no license check at the server's address.");
    case qls::Status::rate_limited:
        return tr("The license server has too much to do at the moment.");
    case qls::Status::server_error:
        return tr("The license server has a problem of its own.");
    case qls::Status::unexpected_reply:
        return tr("The answer is not that of a license server.");
    case qls::Status::reply_too_large:
        return tr("The answer is too large.");
    case qls::Status::ok:
    case qls::Status::invalid_argument:
    case qls::Status::invalid_consumers:
    case qls::Status::internal:
        break;
    }
    return tr("The license server could not be asked: there is a mistake in this installer.");
}

QString FailureTexts::whatToDo(const QString &cause)
{
    struct Advice
    {
        const char *text;
        const char *causes; // a blank before and after each
    };
    static const Advice advices[] = {
        {QT_TR_NOOP("Sign in to your Qt account again, and check again."),
         " token-empty unauthorized token-expired account-file-missing account-file-without-token "},
        {QT_TR_NOOP("Choose a file that has a token for this server."),
         " account-token-foreign-server token-file-unreadable token-too-long token-invalid-character "},
        {QT_TR_NOOP("Ask the administrator of this computer for help."),
         " account-file-unreadable ca-file-unreadable ca-invalid localhost-foreign no-trust-store "},
        {QT_TR_NOOP("See whether this computer is connected to the right network, and check again."),
         " name-not-found resolver-unavailable resolver-failed unreachable connect-timeout deadline resolver-busy connection-closed "},
        {QT_TR_NOOP("Close other programs, and check again."), " no-resolver-thread no-descriptors out-of-memory "},
        {QT_TR_NOOP("Ask whether the server is running, and whether a firewall is in the way."),
         " connection-refused connection-not-permitted proxy-cannot-connect "},
        {QT_TR_NOOP("See whether the proxy is set correctly."),
         " proxy-autoconfig proxy-setting-invalid proxy-invalid-reply invalid-proxy "},
        // It may want the signed-in user.
        {QT_TR_NOOP("Sign in to this network, or see whether the user name and the password for the proxy are correct."),
         " proxy-auth-required "},
        {QT_TR_NOOP("Ask the network's administrator to let this installer connect to the server."),
         " proxy-auth-unsupported proxy-refused proxy-ticket-refused "},
        {QT_TR_NOOP("See whether the date and the time of this computer are correct."),
         " certificate-expired certificate-not-yet-valid "},
        {QT_TR_NOOP("Ask the network's administrator whether encrypted connections are inspected here."),
         " certificate-unknown-issuer certificate-self-signed certificate-bad-signature "},
        {QT_TR_NOOP("Open a browser, sign in to this network, and check again."), " captive-portal certificate-wrong-host "},
        {QT_TR_NOOP("Wait a moment, and check again."), " rate-limited server-error handshake-failed "},
        {QT_TR_NOOP("Check again when you are ready."), " cancelled "},
        {QT_TR_NOOP("Ask whoever manages your licenses."), " rejected forbidden "},
        {QT_TR_NOOP("See whether the server's address is correct."),
         " no-pre-check http-status redirect not-tls invalid-url plain-http-refused invalid-http not-json wrong-shape not-utf8 "
         "too-large "},
        {QT_TR_NOOP("Report this to whoever runs the license server."),
         " certificate-without-host certificate-wrong-purpose certificate-name-constraints certificate-unsupported "
         "certificate-revoked certificate-invalid tls-version client-certificate-required bad-request too-many-headers "
         "wrong-encoding "},
        {QT_TR_NOOP("Get the whole installer again."), " library-not-loaded library-too-old "},
    };
    const QString word = QLatin1Char(' ') + cause + QLatin1Char(' ');
    for (const Advice &advice : advices) {
        if (QString::fromLatin1(advice.causes).contains(word))
            return tr(advice.text);
    }
    return tr("Report this to whoever made this installer.");
}
