/*
 * qls_precheck for C++: the C interface of qls_precheck.h as two classes, which free what they own.
 *
 *     qls::Client client;
 *     client.set_server(url).set_timeout(std::chrono::seconds(15));
 *     qls::Result result = client.check(token,
 *         "[{\"consumer_id\": \"qtcreator\", \"component_id\": \"qt.tools.qtcreator\"}]");
 *     if (result.is_allowed("qt.tools.qtcreator")) ...
 *
 * It needs C++11 or newer, works with or without exceptions and run-time type information, and needs nothing to link
 * but the C library. Each function below calls one C function, which its comment names; the C header says what it
 * does, its default, what it refuses and which statuses it gives. These rules hold in C++:
 * - A Client and a Result own one C object each. They can be moved but not copied, and are as large as a pointer.
 * - An object owns nothing after it was moved from, after release(), or when it adopted nullptr. A Client that owns
 *   nothing sends nothing: check(), list() and diagnose() return an empty Result, setters and cancel() do nothing. A Result that
 *   owns nothing is called empty: its status is invalid_argument, and it allows nothing. Both can still be assigned to
 *   and destroyed.
 * - No function throws. If a setter is refused, every operation on that client returns a Result with the reason and
 *   sends nothing, until the same setter succeeds. That is why setters return the client instead of a status.
 * - Many threads may use a const object at once. Setters, moving, assigning, release() and the destructor need the
 *   object for one thread alone.
 * - Text is UTF-8. The texts that a Result returns live as long as that Result's C object, also when it is moved to
 *   another Result. They cannot be asked of a temporary Result, since they would be gone at the end of the statement.
 * - Every function may be called on any thread and does not block, unless its comment says otherwise.
 */
#ifndef QLS_PRECHECK_HPP
#define QLS_PRECHECK_HPP

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <ratio>
#include <string>
#include <type_traits>
#include <utility>

#include "qls_precheck.h"

#ifdef Status
#error "Status is a macro, as in X11/Xlib.h: include qls_precheck.hpp first, or write #undef Status"
#endif

namespace qls {

/**
 * How an operation ended: qls_status. A newer library may give numbers that are not listed here. The thousands say how
 * far it came: 0 success, 1 nothing was sent, 2 nobody answered, 3 an answer without a verdict, 9 a defect.
 */
enum class Status : std::int32_t {
    ok = QLS_OK,
    invalid_argument = QLS_INVALID_ARGUMENT,
    invalid_consumers = QLS_INVALID_CONSUMERS,
    invalid_token = QLS_INVALID_TOKEN,
    token_not_found = QLS_TOKEN_NOT_FOUND,
    configuration = QLS_CONFIGURATION,
    resolve_failed = QLS_RESOLVE_FAILED,
    connect_failed = QLS_CONNECT_FAILED,
    proxy_failed = QLS_PROXY_FAILED,
    tls_untrusted = QLS_TLS_UNTRUSTED,
    tls_failed = QLS_TLS_FAILED,
    timeout = QLS_TIMEOUT,
    cancelled = QLS_CANCELLED,
    connection_lost = QLS_CONNECTION_LOST,
    rejected = QLS_REJECTED,
    bad_request = QLS_BAD_REQUEST,
    unauthorized = QLS_UNAUTHORIZED,
    not_found = QLS_NOT_FOUND,
    rate_limited = QLS_RATE_LIMITED,
    server_error = QLS_SERVER_ERROR,
    unexpected_reply = QLS_UNEXPECTED_REPLY,
    reply_too_large = QLS_REPLY_TOO_LARGE,
    internal = QLS_INTERNAL
};

/**
 * What the server said about a component: qls_verdict. Install it only if this is allowed.
 */
enum class Verdict : std::int32_t {
    unknown = QLS_VERDICT_UNKNOWN,
    denied = QLS_VERDICT_DENIED,
    allowed = QLS_VERDICT_ALLOWED
};

/**
 * Whose certificates are trusted, for Client::set_trust().
 */
enum class Trust : std::int32_t {
    system = QLS_TRUST_SYSTEM,
    given_only = QLS_TRUST_GIVEN_ONLY
};

/**
 * How detailed a log line is, for Client::set_log(): from error, the reason of a failure, to trace, every step.
 */
enum class Log : std::int32_t {
    error = QLS_LOG_ERROR,
    warn = QLS_LOG_WARN,
    info = QLS_LOG_INFO,
    debug = QLS_LOG_DEBUG,
    trace = QLS_LOG_TRACE
};

/**
 * The type of text parameters: takes a C string, a std::string, or nullptr where the C function accepts NULL. It does
 * not copy the text, so use it for nothing but a parameter.
 *
 * A std::string with a NUL character inside is refused like text that is not UTF-8, because C would read only what
 * stands before the NUL.
 */
class Text {
public:
    Text(const char *text) noexcept : m_text(text) {}
    /* C0 80 is never valid UTF-8, so the library refuses it. */
    Text(const std::string &text) noexcept
        : m_text(text.find('\0') == std::string::npos ? text.c_str() : "\xC0\x80") {}

    const char *c_str() const noexcept { return m_text; }

private:
    const char *m_text;
};

/**
 * One component of a Result: qls_result_component(). Its texts belong to the Result. If the Result has no component
 * at the place that was asked for, the texts are nullptr and the verdict is unknown.
 */
struct Component {
    const char *component_id;
    const char *consumer_id;
    Verdict verdict;
};

namespace detail {

/* Frees what a std::unique_ptr owns. It has no members, so that such a pointer is no larger than a plain one. */
struct Free {
    void operator()(qls_client *client) const noexcept { qls_client_free(client); }
    void operator()(qls_result *result) const noexcept { qls_result_free(result); }
};

} // namespace detail

/**
 * How an operation ended, with everything that the server said: qls_result. Destroying it frees it and every text
 * that it returned.
 *
 * It never changes; many threads may read one at once.
 */
class Result {
public:
    /** An empty result: nothing was asked, and nothing is allowed. */
    Result() noexcept = default;

    /** Owns a result of one of the operations from now on; nobody else may free it. nullptr: an empty result. */
    static Result adopt(qls_result *result) noexcept { return Result(result); }

    /** Gives up what it owns: the caller frees it with qls_result_free(). This object is empty afterward. */
    qls_result *release() noexcept { return m_result.release(); }

    /** For calling C functions with it. It stays owned by this object. nullptr if it is empty. */
    const qls_result *native_handle() const & noexcept { return m_result.get(); }
    const qls_result *native_handle() const && = delete;

    /** How the operation ended: qls_result_status(). invalid_argument if it is empty. */
    Status status() const noexcept { return static_cast<Status>(qls_result_status(m_result.get())); }

    /** Whether the server answered as documented. That does not mean "allowed": ask is_allowed(). */
    bool ok() const noexcept { return status() == Status::ok; }

    /** The HTTP status of the server's reply; 0 if there was none: qls_result_http_status(). */
    std::int32_t http_status() const noexcept { return qls_result_http_status(m_result.get()); }

    /** What happened, as a text for a person; never nullptr: qls_result_message(). */
    const char *message() const & noexcept
    {
        return m_result != nullptr ? qls_result_message(m_result.get())
                                   : "nothing was asked, or the result or its client was moved elsewhere";
    }
    const char *message() const && = delete;

    /** The server's own error code; nullptr if it gave none: qls_result_server_code(). */
    const char *server_code() const & noexcept { return qls_result_server_code(m_result.get()); }
    const char *server_code() const && = delete;

    /**
     * Everything in this result as one JSON object; never nullptr, "" if it is empty: qls_result_json().
     *
     * len   receives the length in bytes without the final NUL; may be nullptr.
     */
    const char *json(std::size_t *len = nullptr) const & noexcept { return qls_result_json(m_result.get(), len); }
    const char *json(std::size_t *len = nullptr) const && = delete;

    /** The number of components, which is one for each consumer in the request: qls_result_component_count(). */
    std::size_t component_count() const noexcept { return qls_result_component_count(m_result.get()); }

    /** Component number i, counted from 0 in the order of the request: qls_result_component(). */
    Component component(std::size_t i) const & noexcept
    {
        Component component = {nullptr, nullptr, Verdict::unknown};
        component.verdict = static_cast<Verdict>(
            qls_result_component(m_result.get(), i, &component.component_id, &component.consumer_id));
        return component;
    }
    Component component(std::size_t i) const && = delete;

    /** Whether the component may be installed; false for nullptr: qls_result_is_allowed(). */
    bool is_allowed(Text component_id) const noexcept
    {
        return qls_result_is_allowed(m_result.get(), component_id.c_str()) != 0;
    }

    /** The number of elements of an array in the JSON, or of members of an object: qls_result_count(). */
    std::size_t count(Text json_pointer) const noexcept
    {
        return qls_result_count(m_result.get(), json_pointer.c_str());
    }

    /** A value in the JSON as text; nullptr if there is none at that place: qls_result_get(). */
    const char *get(Text json_pointer) const & noexcept
    {
        return qls_result_get(m_result.get(), json_pointer.c_str());
    }
    const char *get(Text json_pointer) const && = delete;

private:
    explicit Result(qls_result *result) noexcept : m_result(result) {}

    std::unique_ptr<qls_result, detail::Free> m_result;
};

namespace detail {

/* Calls a log function. The caller is C code, which an exception must not reach, so it is swallowed here. The log
 * function's return value is ignored.
 *
 * Without exceptions in the build there is nothing to catch. The two ways have different names, because one program
 * may have files that are compiled with exceptions and files that are compiled without: under one name the linker
 * would keep either of the two for all files.
 */
#if defined(__cpp_exceptions) || defined(__EXCEPTIONS) || defined(_CPPUNWIND)
struct Catching {
    template <class Function>
    static void call(Function &function, Log level, const char *message) noexcept
    {
        try {
            static_cast<void>(function(level, message));
        } catch (...) {
        }
    }
};
using Calling = Catching;
#else
struct NotCatching {
    template <class Function>
    static void call(Function &function, Log level, const char *message) noexcept
    {
        static_cast<void>(function(level, message));
    }
};
using Calling = NotCatching;
#endif

/* What C calls if the log is an object; userdata is its address. */
template <class Function, class How>
void log_to_object(void *userdata, std::int32_t level, const char *message) noexcept
{
    How::call(*static_cast<Function *>(userdata), static_cast<Log>(level), message);
}

/* What C calls if the log is a plain function; userdata is the function. */
template <class How>
void log_to_function(void *userdata, std::int32_t level, const char *message) noexcept
{
    How::call(*reinterpret_cast<void (*)(Log, const char *)>(userdata), static_cast<Log>(level), message);
}

/* The milliseconds of a duration, rounded up, at most the largest number that C takes. A duration that is not positive
 * gives 0, which the library refuses. It is computed in floating point, which no duration overflows.
 */
template <class Rep, class Period>
std::uint32_t whole_milliseconds(const std::chrono::duration<Rep, Period> &time) noexcept
{
    const std::uint32_t longest = 0xFFFFFFFF;
    const long double exact = std::chrono::duration<long double, std::milli>(time).count();
    if (!(exact > 0)) {
        return 0;
    }
    if (exact >= static_cast<long double>(longest)) {
        return longest;
    }
    const std::uint32_t whole = static_cast<std::uint32_t>(exact);
    return static_cast<long double>(whole) < exact ? whole + 1 : whole;
}

} // namespace detail

/**
 * A server's address, the rules for reaching it, and the connection kept for the next operation: qls_client.
 * Destroying it closes the connection; no operation may be using it then. Results stay valid.
 *
 * Many threads may call const functions on one client at once. A setter needs the client for one thread
 * alone, and calls the C function of its name. It returns the client that it was called on, so that setters can be
 * chained; on a temporary it does not compile, since the client would be gone at the end of the statement:
 *
 *     client.set_server(url).set_retries(4);
 *
 * Moving a client keeps its log, and what that borrows, as they are.
 */
class Client {
public:
    /** A client for https://qls.qt.io with default settings: qls_client_new(). */
    Client() noexcept : m_client(qls_client_new()) {}

    /** Owns a client of C from now on; nobody else may free it. nullptr: a client that sends nothing. */
    static Client adopt(qls_client *client) noexcept { return Client(client); }

    /** Gives up what it owns: the caller frees it with qls_client_free(). This object sends nothing afterward. */
    qls_client *release() noexcept { return m_client.release(); }

    /**
     * For calling C functions with it. It stays owned by this object. nullptr if it owns nothing; do not pass that to
     * qls_check(), where NULL means a client with default settings.
     */
    qls_client *native_handle() & noexcept { return m_client.get(); }
    const qls_client *native_handle() const & noexcept { return m_client.get(); }
    const qls_client *native_handle() const && = delete;

    /**
     * Asks which consumers may be installed: qls_check(). Blocks, at most for the client's timeout.
     *
     * token            nullptr: the token of the signed-in Qt account.
     * consumers_json   all consumers at once, because servers limit the number of requests.
     *
     * Returns the result, which stays valid without the client.
     */
    Result check(Text token, Text consumers_json) const noexcept
    {
        // For C, NULL is a client with default settings: it would send the token to the default server.
        return m_client != nullptr ? Result::adopt(qls_check(m_client.get(), token.c_str(), consumers_json.c_str()))
                                   : Result();
    }

    /**
     * Asks which licenses the user has: qls_list(). Blocks, at most for the client's timeout.
     *
     * token        nullptr: the token of the signed-in Qt account.
     * extra_json   members to add to the request; may be nullptr.
     *
     * Returns the result, which stays valid without the client.
     */
    Result list(Text token, Text extra_json = nullptr) const noexcept
    {
        return m_client != nullptr ? Result::adopt(qls_list(m_client.get(), token.c_str(), extra_json.c_str()))
                                   : Result();
    }

    /**
     * Finds out what hinders check() and list(): qls_diagnose(). Blocks, at most for the client's timeout. The result's
     * message() is the conclusion, and its JSON has the steps at "/diagnosis".
     *
     * token   nullptr: the token of the signed-in Qt account.
     *
     * Returns the result, which stays valid without the client.
     */
    Result diagnose(Text token) const noexcept
    {
        return m_client != nullptr ? Result::adopt(qls_diagnose(m_client.get(), token.c_str())) : Result();
    }

    /**
     * Ends this client's running operations within 200 ms, and every later one at once, with Status::cancelled. It
     * cannot be undone: qls_client_cancel(). May also be called from a signal handler and from the log.
     */
    void cancel() const noexcept { qls_client_cancel(m_client.get()); }

    /** The server's URL; nullptr: https://qls.qt.io. */
    Client &set_server(Text url) & noexcept
    {
        qls_client_set_server(m_client.get(), url.c_str());
        return *this;
    }

    /** Whether the token may be sent unencrypted, by plain http, to another machine. Default: false. */
    Client &set_allow_plain_http(bool allow) & noexcept
    {
        qls_client_set_allow_plain_http(m_client.get(), allow ? 1 : 0);
        return *this;
    }

    /**
     * The time for one whole operation: qls_client_set_timeout_ms(). Default: 30 seconds.
     *
     * timeout   rounded up to whole milliseconds. A timeout above 4294967295 ms counts as 4294967295 ms; zero and
     *           negative ones are refused.
     */
    template <class Rep, class Period>
    Client &set_timeout(const std::chrono::duration<Rep, Period> &timeout) & noexcept
    {
        qls_client_set_timeout_ms(m_client.get(), detail::whole_milliseconds(timeout));
        return *this;
    }

    /**
     * The time for making one connection, TLS included: qls_client_set_connect_timeout_ms(). Default: 10 seconds.
     *
     * timeout   as for set_timeout().
     */
    template <class Rep, class Period>
    Client &set_connect_timeout(const std::chrono::duration<Rep, Period> &timeout) & noexcept
    {
        qls_client_set_connect_timeout_ms(m_client.get(), detail::whole_milliseconds(timeout));
        return *this;
    }

    /** How often to ask once more where that may help: qls_client_set_retries(). Default: 2. */
    Client &set_retries(std::uint32_t retries) & noexcept
    {
        qls_client_set_retries(m_client.get(), retries);
        return *this;
    }

    /** The proxy's URL; "": no proxy; nullptr: the default, which docs/proxies.md describes. */
    Client &set_proxy(Text url) & noexcept
    {
        qls_client_set_proxy(m_client.get(), url.c_str());
        return *this;
    }

    /** The path of a PEM file with CA certificates to trust; nullptr: none. */
    Client &set_ca_file(Text path) & noexcept
    {
        qls_client_set_ca_file(m_client.get(), path.c_str());
        return *this;
    }

    /** CA certificates to trust, as PEM text; nullptr: none. */
    Client &set_ca_pem(Text pem) & noexcept
    {
        qls_client_set_ca_pem(m_client.get(), pem.c_str());
        return *this;
    }

    /** Whose certificates are trusted. Default: Trust::system. */
    Client &set_trust(Trust trust) & noexcept
    {
        qls_client_set_trust(m_client.get(), static_cast<std::int32_t>(trust));
        return *this;
    }

    /** The name of your program for the server's log, such as "ExampleInstaller/1.2"; nullptr: this library's. */
    Client &set_user_agent(Text product) & noexcept
    {
        qls_client_set_user_agent(m_client.get(), product.c_str());
        return *this;
    }

    /**
     * The log: an object that is called for each line as function(qls::Log, const char *), such as a lambda or a
     * std::function. Default: no log.
     *
     * function    is not copied: it has to stay alive, and at its address, until the log is set again or the client
     *             is destroyed. It runs on the thread that called the operation, so on several threads at once if
     *             they share the client. It may call every const function, but no setter. An exception that leaves it
     *             is swallowed, and the operation goes on; in a build without exceptions it must not throw.
     * max_level   more detailed lines are left out.
     */
    template <class How = detail::Calling, class Function>
    typename std::enable_if<std::is_class<Function>::value, Client &>::type set_log(Function &function,
                                                                                    Log max_level) & noexcept
    {
        // log_to_object() casts it back to this type, const or not.
        void *userdata = const_cast<void *>(static_cast<const volatile void *>(std::addressof(function)));
        return set_c_log(&detail::log_to_object<Function, How>, userdata, max_level);
    }
    /* A temporary would be gone when the log calls it: make it a variable. */
    template <class How = detail::Calling, class Function>
    typename std::enable_if<std::is_class<Function>::value, Client &>::type set_log(const Function &&function,
                                                                                    Log max_level) = delete;

    /** The log as a plain function, with the rules above. nullptr: no log. */
    template <class How = detail::Calling>
    Client &set_log(void (*function)(Log level, const char *message), Log max_level) & noexcept
    {
        return set_c_log(function != nullptr ? &detail::log_to_function<How> : nullptr,
                         reinterpret_cast<void *>(function), max_level);
    }

    /** Ends the log: the object that it borrowed is no longer needed. */
    Client &unset_log() & noexcept { return set_c_log(nullptr, nullptr, Log::error); }

private:
    explicit Client(qls_client *client) noexcept : m_client(client) {}

    Client &set_c_log(qls_log_fn function, void *userdata, Log max_level) noexcept
    {
        qls_client_set_log(m_client.get(), function, userdata, static_cast<std::int32_t>(max_level));
        return *this;
    }

    std::unique_ptr<qls_client, detail::Free> m_client;
};

static_assert(sizeof(Client) == sizeof(qls_client *), "a client is a pointer");
static_assert(sizeof(Result) == sizeof(qls_result *), "a result is a pointer");

/** The name of a status, such as "QLS_TIMEOUT": qls_status_name(). Never nullptr; valid forever. */
inline const char *status_name(Status status) noexcept { return qls_status_name(static_cast<std::int32_t>(status)); }

/** One sentence about a status for an end user: qls_status_text(). Never nullptr; valid forever. */
inline const char *status_text(Status status) noexcept { return qls_status_text(static_cast<std::int32_t>(status)); }

/** The version of the library that the program has loaded, such as "0.1.0": qls_version(). Valid forever. */
inline const char *version() noexcept { return qls_version(); }

/**
 * The QLS_ABI_VERSION of the library that the program has loaded: qls_abi_version(). It has to be at least the
 * QLS_ABI_VERSION that the program was compiled with.
 */
inline std::uint32_t abi_version() noexcept { return qls_abi_version(); }

} // namespace qls

#endif // QLS_PRECHECK_HPP
