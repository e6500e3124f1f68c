#include "failuretexts.h"

namespace {

const char ofComputer[] = "out-of-memory no-resolver-thread no-descriptors";
const char ofTls[] = "certificate-expired certificate-not-yet-valid certificate-wrong-host certificate-without-host "
                     "certificate-unknown-issuer certificate-self-signed certificate-wrong-purpose "
                     "certificate-name-constraints certificate-bad-signature certificate-unsupported certificate-revoked "
                     "certificate-invalid not-tls tls-version client-certificate-required handshake-failed";

bool isOneOf(const QString &cause, const char *causes)
{
    return QString::fromLatin1(causes).split(QLatin1Char(' ')).contains(cause);
}

} // namespace

QString FailureTexts::whatHappened(const PrecheckGate::Failure &failure)
{
    const QString &cause = failure.cause;
    if (cause == QLatin1String("out-of-memory"))
        return tr("There is not enough memory.");
    if (cause == QLatin1String("proxy-autoconfig"))
        return tr("The license server could not be reached, and the script that chooses a proxy could not be asked.");
    if (isOneOf(cause, "invalid-url plain-http-refused"))
        return tr("The license server's address cannot be used.");
    if (isOneOf(cause, "invalid-proxy proxy-setting-invalid"))
        return tr("The proxy setting cannot be used.");
    switch (failure.status) {
    case qls::Status::invalid_token:
        return cause == QLatin1String("token-file-unreadable") ? tr("The token file cannot be used.")
                                                               : tr("Your token cannot be used.");
    case qls::Status::token_not_found:
        return tr("There is no token with which the license server can be asked.");
    case qls::Status::configuration:
        if (isOneOf(cause, "ca-file-unreadable ca-invalid"))
            return tr("The CA certificates cannot be used.");
        if (cause == QLatin1String("no-trust-store"))
            return tr("There are no CA certificates with which the license server could be verified.");
        if (isOneOf(cause, "library-not-loaded library-too-old"))
            return tr("A part of this installer could not be loaded.");
        return tr("A setting cannot be used on this computer.");
    case qls::Status::resolve_failed:
        return cause == QLatin1String("name-not-found") ? tr("The license server's name could not be found.")
                                                        : tr("The license server's name could not be looked up.");
    case qls::Status::connect_failed:
        return tr("The license server could not be reached.");
    case qls::Status::proxy_failed:
        return atProxy(cause);
    case qls::Status::tls_untrusted:
        return tr("The license server could not be verified.");
    case qls::Status::tls_failed:
        return tr("No secure connection to the license server could be made.");
    case qls::Status::timeout:
        return cause == QLatin1String("resolver-busy") ? tr("The license server's name could not be looked up.")
                                                       : tr("The license server did not answer in time.");
    case qls::Status::cancelled:
        return tr("The check was stopped.");
    case qls::Status::connection_lost:
        return tr("The connection broke before the answer was complete.");
    case qls::Status::rejected:
        return tr("The license server refused to answer.");
    case qls::Status::bad_request:
        return tr("The license server did not understand the question.");
    case qls::Status::unauthorized:
        if (cause == QLatin1String("forbidden"))
            return tr("The license server does not allow you to ask it.");
        return cause == QLatin1String("token-expired") ? tr("Your token has expired.")
                                                       : tr("The license server does not accept your token.");
    case qls::Status::not_found:
        return tr("There is no license check at the server's address.");
    case qls::Status::rate_limited:
        return tr("The license server has too much to do at the moment.");
    case qls::Status::server_error:
        return tr("The license server has a problem of its own.");
    case qls::Status::unexpected_reply:
        // Limits of the library, which the answer of a license server may exceed.
        return isOneOf(cause, "too-many-headers wrong-encoding not-utf8") ? tr("The answer cannot be read.")
                                                                         : tr("The answer is not that of a license server.");
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

QString FailureTexts::atProxy(const QString &cause)
{
    if (isOneOf(cause, ofTls))
        return tr("No secure connection to the proxy could be made.");
    if (isOneOf(cause, ofComputer) || isOneOf(cause, "connection-refused connection-not-permitted unreachable name-not-found "
                                                     "resolver-unavailable resolver-failed"))
        return tr("The proxy could not be reached.");
    return tr("The proxy did not connect to the license server.");
}

QString FailureTexts::whatToDo(const PrecheckGate::Failure &failure, const GateSettings &settings)
{
    const QString &cause = failure.cause;
    // What is to be done on this computer and in its network does not depend on who is at the other end.
    const QString anywhere = toDoAnywhere(cause);
    if (!anywhere.isNull())
        return anywhere;
    if (failure.status == qls::Status::proxy_failed)
        return toDoAtProxy(cause, settings);
    if (isOneOf(cause, "invalid-proxy proxy-setting-invalid"))
        return proxy(settings);
    if (isOneOf(cause, "invalid-url plain-http-refused"))
        return address(settings);
    switch (failure.status) {
    case qls::Status::invalid_token:
        return token(settings);
    case qls::Status::token_not_found:
        if (cause == QLatin1String("account-token-foreign-server"))
            return tr("Choose a file that has a token for this server.");
        return cause == QLatin1String("account-file-unreadable") ? tr("Ask the administrator of this computer for help.")
                                                                 : token(settings);
    case qls::Status::configuration:
        if (isOneOf(cause, "ca-file-unreadable ca-invalid") && settings.isCaOfUser)
            return tr("See whether the CA file is the right one.");
        if (cause == QLatin1String("no-trust-store") && !settings.trustGivenOnly)
            return tr("Ask the administrator of this computer for help.");
        if (isOneOf(cause, "library-not-loaded library-too-old"))
            return tr("Get the whole installer again, or ask the administrator of this computer for help.");
        break;
    case qls::Status::resolve_failed:
        if (settings.isServerOfUser)
            return address(settings);
        return tr("See whether this computer is connected to the right network, and check again.");
    case qls::Status::connect_failed:
        return tr("Ask whether the server is running, and whether a firewall is in the way.");
    case qls::Status::tls_untrusted:
        if (cause == QLatin1String("certificate-wrong-host"))
            return settings.isServerOfUser ? address(settings)
                                           : tr("Open a browser, sign in to this network, and check again.");
        if (isOneOf(cause, "certificate-unknown-issuer certificate-self-signed certificate-bad-signature"))
            return tr("Ask the network's administrator whether encrypted connections are inspected here.");
        if (cause == QLatin1String("certificate-revoked"))
            return tr("Its certificate was revoked: do not trust this server, and report this to whoever runs it.");
        return tr("Report this to whoever runs the license server.");
    case qls::Status::tls_failed:
        return cause == QLatin1String("not-tls") ? address(settings) : tr("Report this to whoever runs the license server.");
    case qls::Status::rejected:
        return tr("Ask whoever manages your licenses.");
    case qls::Status::unauthorized:
        return cause == QLatin1String("forbidden") ? tr("Ask whoever manages your licenses.") : token(settings);
    case qls::Status::unexpected_reply:
        return isOneOf(cause, "too-many-headers wrong-encoding not-utf8")
            ? tr("Report this to whoever runs the license server.")
            : address(settings);
    case qls::Status::not_found:
    case qls::Status::reply_too_large:
        return address(settings);
    case qls::Status::ok:
    case qls::Status::invalid_argument:
    case qls::Status::invalid_consumers:
    case qls::Status::proxy_failed:
    case qls::Status::timeout:
    case qls::Status::cancelled:
    case qls::Status::connection_lost:
    case qls::Status::bad_request: // what is asked is the installer's
    case qls::Status::rate_limited:
    case qls::Status::server_error:
    case qls::Status::internal:
        break;
    }
    return maker();
}

QString FailureTexts::toDoAnywhere(const QString &cause)
{
    if (isOneOf(cause, ofComputer))
        return tr("Close other programs, and check again.");
    if (cause == QLatin1String("connection-not-permitted"))
        return tr("Ask the administrator of this computer for help.");
    if (isOneOf(cause, "resolver-unavailable resolver-busy unreachable connect-timeout deadline connection-closed"))
        return tr("See whether this computer is connected to the right network, and check again.");
    if (isOneOf(cause, "certificate-expired certificate-not-yet-valid"))
        return tr("See whether the date and the time of this computer are correct.");
    if (isOneOf(cause, "rate-limited server-error handshake-failed"))
        return tr("Wait a moment, and check again.");
    if (cause == QLatin1String("captive-portal"))
        return tr("Open a browser, sign in to this network, and check again.");
    if (isOneOf(cause, "proxy-autoconfig resolver-failed"))
        return tr("Report this to the administrator of this network.");
    return cause == QLatin1String("cancelled") ? tr("Check again when you are ready.") : QString();
}

QString FailureTexts::toDoAtProxy(const QString &cause, const GateSettings &settings)
{
    if (isOneOf(cause, "connection-refused name-not-found certificate-wrong-host not-tls proxy-invalid-reply"))
        return proxy(settings);
    if (cause == QLatin1String("proxy-auth-required")) // it may want the signed-in user
        return tr("Sign in to this network, or see whether the user name and the password for the proxy are correct.");
    if (isOneOf(cause, "proxy-auth-unsupported proxy-refused proxy-ticket-refused"))
        return tr("Ask the network's administrator to let this installer connect to the server.");
    if (cause == QLatin1String("proxy-cannot-connect"))
        return tr("Ask whether the server is running, and whether a firewall is in the way.");
    return tr("Report this to the administrator of this network.");
}

QString FailureTexts::maker()
{
    return tr("Report this to whoever made this installer.");
}

QString FailureTexts::address(const GateSettings &settings)
{
    return settings.isServerOfUser ? tr("See whether the server's address is correct.") : maker();
}

QString FailureTexts::proxy(const GateSettings &settings)
{
    const bool ofAuthor = !settings.proxy.isNull() && !settings.isProxyOfUser;
    return ofAuthor ? maker() : tr("See whether the proxy is set correctly.");
}

QString FailureTexts::token(const GateSettings &settings)
{
    return settings.tokenSource() == QLatin1String("account-file") ? tr("Sign in to your Qt account, and check again.")
                                                                   : tr("Choose a file that has a token for this server.");
}
