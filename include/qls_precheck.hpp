/*
 * qls_precheck for C++: qls_precheck.h with objects that clean up after themselves.
 *
 *     qls::Client client = qls::Client().set_server(url).set_timeout(std::chrono::seconds(15));
 *     qls::Result result = client.check(token, "[{\"consumer_id\": \"qtcreator\", \"component_id\": \"9876\"}]");
 *     if (result.is_allowed("9876")) ...
 *
 * C++11 and newer, with or without exceptions and run-time type information. Nothing to link besides the C library.
 * The C header is the manual: each function here calls the one it names, with the same defaults, refusals, statuses,
 * threads and blocking. Rules for what is different:
 * - A Client and a Result own what they hold, can be moved and not copied, and are as large as a pointer.
 * - An object that holds nothing, since it was moved from or released, is inert: a Client's operations send nothing
 *   and give an empty Result, its setters and cancel() do nothing; an empty Result has the status invalid_argument and
 *   allows nothing. It may be destroyed and assigned to.
 * - No function throws. A refused setter makes every operation on that client end with its status, and nothing is
 *   sent, until the same setter succeeds: so setters return the client, and the result says what was refused.
 * - A const object may be used from many threads at once. Without const (setters, moving, assigning, release(), the
 *   destructor) it is needed alone.
 * - Text is UTF-8. Texts that are returned live as long as the Result that they come from, wherever it is moved;
 *   functions that return such texts cannot be called on a Result without a name.
 * - Any thread, and does not block, unless it says otherwise.
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
 * How an operation ended: qls_status. Numbers are only ever added, so expect ones that are not listed here; the
 * thousands are the layer.
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
 * What the server said of a component: qls_verdict. Only an explicit yes is allowed.
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
 * The level of a line of the log, for Client::set_log().
 */
enum class Log : std::int32_t {
    error = QLS_LOG_ERROR,
    warn = QLS_LOG_WARN,
    info = QLS_LOG_INFO,
    debug = QLS_LOG_DEBUG,
    trace = QLS_LOG_TRACE
};

/**
 * A text as an argument: a C string, a std::string, or nullptr where the C function accepts NULL. It only borrows:
 * nothing but a parameter should have this type.
 *
 * A std::string with a NUL inside is refused like text that is not UTF-8, since C would read but the part before it.
 */
class Text {
public:
    Text(const char *text) noexcept : m_text(text) {}
    /* The bytes are an encoding of NUL that UTF-8 forbids. */
    Text(const std::string &text) noexcept
        : m_text(text.find('\0') == std::string::npos ? text.c_str() : "\xC0\x80") {}

    const char *c_str() const noexcept { return m_text; }

private:
    const char *m_text;
};

/**
 * One component of a Result: qls_result_component(). Its texts belong to the Result. Where there is no such component
 * they are nullptr, and the verdict is unknown.
 */
struct Component {
    const char *component_id;
    const char *consumer_id;
    Verdict verdict;
};

/**
 * How an operation ended, with everything the server said: qls_result.
 *
 * Never changes; many threads may read one at once.
 */
class Result {
public:
    /** An empty result: nothing was asked, and nothing is allowed. */
    Result() noexcept : m_result(nullptr) {}

    /** Takes over what qls_check() or qls_list() returned, or nullptr. Nobody else may free it then. */
    static Result adopt(qls_result *result) noexcept { return Result(result); }

    /** Takes over what the other holds, which is empty then. */
    Result(Result &&other) noexcept : m_result(other.release()) {}

    /** Frees its own, and takes over what the other holds, which is empty then. Onto itself: nothing happens. */
    Result &operator=(Result &&other) noexcept
    {
        if (this != &other) {
            qls_result_free(m_result);
            m_result = other.release();
        }
        return *this;
    }

    Result(const Result &) = delete;
    Result &operator=(const Result &) = delete;

    /** Frees it, and every text that came from it. */
    ~Result() { qls_result_free(m_result); }

    /** Hands over what it holds, to be given to qls_result_free() by the caller, and is empty then. */
    qls_result *release() noexcept
    {
        qls_result *result = m_result;
        m_result = nullptr;
        return result;
    }

    /** For functions of the C header; still owned by this object. nullptr where it is empty. */
    const qls_result *native_handle() const & noexcept { return m_result; }
    const qls_result *native_handle() const && = delete;

    /** How the operation ended: qls_result_status(). An empty result: invalid_argument. */
    Status status() const noexcept { return static_cast<Status>(qls_result_status(m_result)); }

    /** Whether the server answered in the documented shape. It does not mean "allowed": ask is_allowed(). */
    bool ok() const noexcept { return status() == Status::ok; }

    /** The HTTP status of the server's reply, or 0: qls_result_http_status(). */
    std::int32_t http_status() const noexcept { return qls_result_http_status(m_result); }

    /** What happened, for a person; never nullptr: qls_result_message(). */
    const char *message() const & noexcept
    {
        return m_result != nullptr ? qls_result_message(m_result)
                                   : "nothing was asked, or the result or its client was moved elsewhere";
    }
    const char *message() const && = delete;

    /** The server's own error code, or nullptr: qls_result_server_code(). */
    const char *server_code() const & noexcept { return qls_result_server_code(m_result); }
    const char *server_code() const && = delete;

    /**
     * The whole outcome as one JSON object; never nullptr, "" where it is empty: qls_result_json().
     *
     * len   receives the length in bytes without the NUL; may be nullptr.
     */
    const char *json(std::size_t *len = nullptr) const & noexcept { return qls_result_json(m_result, len); }
    const char *json(std::size_t *len = nullptr) const && = delete;

    /** How many components it has, one per consumer that was asked for: qls_result_component_count(). */
    std::size_t component_count() const noexcept { return qls_result_component_count(m_result); }

    /** The component at a place, from 0, in the order of the request: qls_result_component(). */
    Component component(std::size_t i) const & noexcept
    {
        Component component = {nullptr, nullptr, Verdict::unknown};
        component.verdict = static_cast<Verdict>(
            qls_result_component(m_result, i, &component.component_id, &component.consumer_id));
        return component;
    }
    Component component(std::size_t i) const && = delete;

    /** Whether a component may be installed; nullptr may not: qls_result_is_allowed(). */
    bool is_allowed(Text component_id) const noexcept
    {
        return qls_result_is_allowed(m_result, component_id.c_str()) != 0;
    }

    /** How many elements an array in the JSON has, or members an object: qls_result_count(). */
    std::size_t count(Text json_pointer) const noexcept { return qls_result_count(m_result, json_pointer.c_str()); }

    /** A value in the JSON as text, or nullptr where nothing is: qls_result_get(). */
    const char *get(Text json_pointer) const & noexcept { return qls_result_get(m_result, json_pointer.c_str()); }
    const char *get(Text json_pointer) const && = delete;

private:
    explicit Result(qls_result *result) noexcept : m_result(result) {}

    qls_result *m_result;
};

namespace detail {

/* How a log function is called. What it throws ends here, since C code stands above; what it returns is of no use. The
 * two have different names, so that files compiled with exceptions and without can be linked into one program.
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

/* The function that C calls, for a function object that was given by its address. */
template <class Function, class How>
void log_to_object(void *userdata, std::int32_t level, const char *message) noexcept
{
    How::call(*static_cast<Function *>(userdata), static_cast<Log>(level), message);
}

/* The same for a plain function. */
template <class How>
void log_to_function(void *userdata, std::int32_t level, const char *message) noexcept
{
    How::call(*reinterpret_cast<void (*)(Log, const char *)>(userdata), static_cast<Log>(level), message);
}

/* Whole milliseconds as C takes them. Floating point, since no duration overflows it; 0, which is refused, for what is
 * not positive.
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
 *
 * Many threads may call check(), list() and cancel() of one at once. Each setter does what the C function of its name
 * does, one thread at a time, and returns the client: the same one, or, called on a client without a name, a client
 * that took over what that one held. So both work:
 *
 *     client.set_server(url).set_retries(4);
 *     qls::Client client = qls::Client().set_server(url).set_retries(4);
 */
class Client {
public:
    /** A client for https://qls.qt.io with the defaults: qls_client_new(). */
    Client() noexcept : m_client(qls_client_new()) {}

    /** Takes over a client of C's; nobody else may free it then. nullptr makes an inert client, not the defaults'. */
    static Client adopt(qls_client *client) noexcept { return Client(client); }

    /** Takes over what the other holds, which is inert then. A log and what it borrows stay as they are. */
    Client(Client &&other) noexcept : m_client(other.release()) {}

    /** Frees its own, and takes over what the other holds, which is inert then. Onto itself: nothing happens. */
    Client &operator=(Client &&other) noexcept
    {
        if (this != &other) {
            qls_client_free(m_client);
            m_client = other.release();
        }
        return *this;
    }

    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    /** Frees it and closes its connection. Results stay valid. No operation may be using it. */
    ~Client() { qls_client_free(m_client); }

    /** Hands over what it holds, to be given to qls_client_free() by the caller, and is inert then. */
    qls_client *release() noexcept
    {
        qls_client *client = m_client;
        m_client = nullptr;
        return client;
    }

    /**
     * For functions of the C header; still owned by this object. nullptr where it is inert: do not give that to
     * qls_check(), where NULL means the defaults.
     */
    qls_client *native_handle() & noexcept { return m_client; }
    const qls_client *native_handle() const & noexcept { return m_client; }
    const qls_client *native_handle() const && = delete;

    /**
     * Asks which consumers may be installed: qls_check(). Blocks, at most for the client's timeout.
     *
     * token            nullptr: the signed-in Qt account's.
     * consumers_json   all of them at once; servers limit the number of requests.
     *
     * Returns the result; it stays valid without the client.
     */
    Result check(Text token, Text consumers_json) const noexcept
    {
        // To C, NULL is a client with the defaults: it would send the token to the default server.
        return m_client != nullptr ? Result::adopt(qls_check(m_client, token.c_str(), consumers_json.c_str()))
                                   : Result();
    }

    /**
     * Asks which licences the user has: qls_list(). Blocks, at most for the client's timeout.
     *
     * token        nullptr: the signed-in Qt account's.
     * extra_json   may be nullptr.
     *
     * Returns the result; it stays valid without the client.
     */
    Result list(Text token, Text extra_json = nullptr) const noexcept
    {
        return m_client != nullptr ? Result::adopt(qls_list(m_client, token.c_str(), extra_json.c_str()))
                                   : Result();
    }

    /**
     * Ends the operations under way within 200 ms, and all later ones, with Status::cancelled; this cannot be taken
     * back: qls_client_cancel(). Also from a signal handler and from the log's function.
     */
    void cancel() const noexcept { qls_client_cancel(m_client); }

    /** The server's URL; nullptr: https://qls.qt.io. */
    Client &set_server(Text url) & noexcept
    {
        qls_client_set_server(m_client, url.c_str());
        return *this;
    }
    Client set_server(Text url) && noexcept { return std::move(set_server(url)); }

    /** Whether the token may be sent over plain http to another machine. Default: false. */
    Client &set_allow_plain_http(bool allow) & noexcept
    {
        qls_client_set_allow_plain_http(m_client, allow ? 1 : 0);
        return *this;
    }
    Client set_allow_plain_http(bool allow) && noexcept { return std::move(set_allow_plain_http(allow)); }

    /**
     * The time for one whole operation: qls_client_set_timeout_ms(). Default: 30 seconds.
     *
     * timeout   rounded up to milliseconds; more than 4294967295 ms count as those; zero or less is refused.
     */
    template <class Rep, class Period>
    Client &set_timeout(const std::chrono::duration<Rep, Period> &timeout) & noexcept
    {
        qls_client_set_timeout_ms(m_client, detail::whole_milliseconds(timeout));
        return *this;
    }
    template <class Rep, class Period>
    Client set_timeout(const std::chrono::duration<Rep, Period> &timeout) && noexcept
    {
        return std::move(set_timeout(timeout));
    }

    /**
     * The time for making one connection: qls_client_set_connect_timeout_ms(). Default: 10 seconds.
     *
     * timeout   as for set_timeout().
     */
    template <class Rep, class Period>
    Client &set_connect_timeout(const std::chrono::duration<Rep, Period> &timeout) & noexcept
    {
        qls_client_set_connect_timeout_ms(m_client, detail::whole_milliseconds(timeout));
        return *this;
    }
    template <class Rep, class Period>
    Client set_connect_timeout(const std::chrono::duration<Rep, Period> &timeout) && noexcept
    {
        return std::move(set_connect_timeout(timeout));
    }

    /** How often a broken or refused connection and HTTP 502, 503 and 504 are tried again. Default: 2. */
    Client &set_retries(std::uint32_t retries) & noexcept
    {
        qls_client_set_retries(m_client, retries);
        return *this;
    }
    Client set_retries(std::uint32_t retries) && noexcept { return std::move(set_retries(retries)); }

    /** The proxy's URL; "": none; nullptr: the default, which docs/proxies.md tells. */
    Client &set_proxy(Text url) & noexcept
    {
        qls_client_set_proxy(m_client, url.c_str());
        return *this;
    }
    Client set_proxy(Text url) && noexcept { return std::move(set_proxy(url)); }

    /** A PEM file of CA certificates to trust; nullptr: none. */
    Client &set_ca_file(Text path) & noexcept
    {
        qls_client_set_ca_file(m_client, path.c_str());
        return *this;
    }
    Client set_ca_file(Text path) && noexcept { return std::move(set_ca_file(path)); }

    /** CA certificates to trust, as PEM text; nullptr: none. */
    Client &set_ca_pem(Text pem) & noexcept
    {
        qls_client_set_ca_pem(m_client, pem.c_str());
        return *this;
    }
    Client set_ca_pem(Text pem) && noexcept { return std::move(set_ca_pem(pem)); }

    /** Whose certificates are trusted. Default: Trust::system. */
    Client &set_trust(Trust trust) & noexcept
    {
        qls_client_set_trust(m_client, static_cast<std::int32_t>(trust));
        return *this;
    }
    Client set_trust(Trust trust) && noexcept { return std::move(set_trust(trust)); }

    /** The program on whose behalf the server is asked, such as "ExampleInstaller/1.2"; nullptr: this library. */
    Client &set_user_agent(Text product) & noexcept
    {
        qls_client_set_user_agent(m_client, product.c_str());
        return *this;
    }
    Client set_user_agent(Text product) && noexcept { return std::move(set_user_agent(product)); }

    /**
     * An object that receives the log, called as function(qls::Log, const char *): a lambda, a std::function or
     * another object, but with a name, since it is borrowed. Default: none.
     *
     * function    has to live, in its place, until the log is set anew or the client freed. It runs on the thread that
     *             called check() or list(), on several at once where they share the client. It may call everything
     *             that is const, but no setter. What it throws is swallowed, and the operation goes on; without
     *             exceptions in the program's build it must not throw.
     * max_level   lines of a higher level are left out.
     */
    template <class Function, class How = detail::Calling>
    typename std::enable_if<std::is_class<Function>::value, Client &>::type set_log(Function &function,
                                                                                    Log max_level) & noexcept
    {
        // It comes back as the type that it had here, const or not.
        void *userdata = const_cast<void *>(static_cast<const volatile void *>(std::addressof(function)));
        return set_c_log(&detail::log_to_object<Function, How>, userdata, max_level);
    }
    template <class Function, class How = detail::Calling>
    typename std::enable_if<std::is_class<Function>::value, Client>::type set_log(Function &function,
                                                                                  Log max_level) && noexcept
    {
        return std::move(set_log<Function, How>(function, max_level));
    }
    /* It would be gone when the log calls it: give it a name. */
    template <class Function>
    typename std::enable_if<std::is_class<Function>::value, Client &>::type set_log(const Function &&function,
                                                                                    Log max_level) = delete;

    /** The same with a plain function. nullptr: no log. */
    template <class How = detail::Calling>
    Client &set_log(void (*function)(Log level, const char *message), Log max_level) & noexcept
    {
        return set_c_log(function != nullptr ? &detail::log_to_function<How> : nullptr,
                         reinterpret_cast<void *>(function), max_level);
    }
    template <class How = detail::Calling>
    Client set_log(void (*function)(Log level, const char *message), Log max_level) && noexcept
    {
        return std::move(set_log<How>(function, max_level));
    }

    /** No log any more: what was borrowed may go. */
    Client &unset_log() & noexcept { return set_c_log(nullptr, nullptr, Log::error); }
    Client unset_log() && noexcept { return std::move(unset_log()); }

private:
    explicit Client(qls_client *client) noexcept : m_client(client) {}

    Client &set_c_log(qls_log_fn function, void *userdata, Log max_level) noexcept
    {
        qls_client_set_log(m_client, function, userdata, static_cast<std::int32_t>(max_level));
        return *this;
    }

    qls_client *m_client;
};

static_assert(sizeof(Client) == sizeof(qls_client *), "a client is a pointer");
static_assert(sizeof(Result) == sizeof(qls_result *), "a result is a pointer");

/** The name of a status, such as "QLS_TIMEOUT": qls_status_name(). Never nullptr; valid for ever. */
inline const char *status_name(Status status) noexcept { return qls_status_name(static_cast<std::int32_t>(status)); }

/** One sentence about a status for an end user: qls_status_text(). Never nullptr; valid for ever. */
inline const char *status_text(Status status) noexcept { return qls_status_text(static_cast<std::int32_t>(status)); }

/** The version of the library that is really loaded, such as "0.1.0": qls_version(). Valid for ever. */
inline const char *version() noexcept { return qls_version(); }

/** Its QLS_ABI_VERSION; a program needs it to be at least the one it was compiled with: qls_abi_version(). */
inline std::uint32_t abi_version() noexcept { return qls_abi_version(); }

} // namespace qls

#endif // QLS_PRECHECK_HPP
