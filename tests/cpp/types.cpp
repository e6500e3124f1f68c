// What the compiler can check: sizes, what can be copied, what cannot throw, what converts to what.
#include <cstdio>
#include <string>
#include <type_traits>
#include <utility>

#include "qls_precheck.hpp"

template <class Type>
struct Owner {
    static_assert(sizeof(Type) == sizeof(void *) && alignof(Type) == alignof(void *), "no larger than a pointer");
    static_assert(!std::is_polymorphic<Type>::value, "works without run-time type information");
    static_assert(std::is_nothrow_default_constructible<Type>::value, "works without exceptions");
    static_assert(std::is_nothrow_destructible<Type>::value, "works without exceptions");
    static_assert(!std::is_copy_constructible<Type>::value && !std::is_copy_assignable<Type>::value, "has one owner");
    static_assert(std::is_nothrow_move_constructible<Type>::value, "containers move it");
    static_assert(std::is_nothrow_move_assignable<Type>::value, "containers move it");
    static constexpr bool holds = true;
};
static_assert(Owner<qls::Client>::holds && Owner<qls::Result>::holds, "looked at");

// Only adopt() makes an owner from a C pointer, since that may be NULL.
static_assert(!std::is_constructible<qls::Client, qls_client *>::value, "named");
static_assert(!std::is_constructible<qls::Result, qls_result *>::value, "named");
static_assert(!std::is_constructible<qls::Client, std::nullptr_t>::value, "named");
// A result does not convert to bool: "there is an answer" would be taken for "allowed".
static_assert(!std::is_constructible<bool, const qls::Result &>::value, "ok() and is_allowed() differ");
static_assert(!std::is_constructible<bool, const qls::Client &>::value, "neither is a client");

static_assert(std::is_same<std::underlying_type<qls::Status>::type, std::int32_t>::value, "every number of C's");
static_assert(std::is_same<std::underlying_type<qls::Verdict>::type, std::int32_t>::value, "every number of C's");
static_assert(!std::is_convertible<qls::Status, int>::value && !std::is_convertible<int, qls::Status>::value, "named");
static_assert(!std::is_convertible<qls::Verdict, bool>::value, "denied is no truth");
static_assert(qls::Status() == qls::Status::ok && qls::Verdict() == qls::Verdict::unknown, "zero is no yes");

static_assert(std::is_convertible<const char *, qls::Text>::value, "a text");
static_assert(std::is_convertible<std::string, qls::Text>::value, "a text");
static_assert(std::is_convertible<std::nullptr_t, qls::Text>::value, "a text that is not there");
static_assert(!std::is_convertible<int, qls::Text>::value && !std::is_convertible<bool, qls::Text>::value, "no text");

// A setter returns a reference to a variable, but a temporary client as a value, so that no reference is left dangling.
static_assert(std::is_same<decltype(std::declval<qls::Client &>().set_server(nullptr)), qls::Client &>::value, "");

// On a temporary a setter does not compile: its reference would dangle.
template <class Client> auto can_be_set(int) -> decltype(std::declval<Client>().set_retries(1), std::true_type());
template <class Client> std::false_type can_be_set(...);
static_assert(decltype(can_be_set<qls::Client &>(0))::value && !decltype(can_be_set<qls::Client>(0))::value, "");

#define CLIENT std::declval<qls::Client &>()
#define SHARED std::declval<const qls::Client &>()
#define RESULT std::declval<const qls::Result &>()
#define A_TEXT std::declval<qls::Text>()
#define A_TIME std::declval<std::chrono::seconds>()
static_assert(noexcept(SHARED.check(A_TEXT, A_TEXT)) && noexcept(SHARED.list(A_TEXT)) && noexcept(SHARED.cancel()), "");
static_assert(noexcept(CLIENT.set_server(A_TEXT)) && noexcept(CLIENT.set_timeout(A_TIME)), "");
static_assert(noexcept(CLIENT.set_retries(1)) && noexcept(CLIENT.set_trust(qls::Trust::system)), "");
static_assert(noexcept(CLIENT.unset_log()) && noexcept(CLIENT.release()), "");
static_assert(noexcept(RESULT.status()) && noexcept(RESULT.ok()) && noexcept(RESULT.http_status()), "");
static_assert(noexcept(RESULT.message()) && noexcept(RESULT.server_code()) && noexcept(RESULT.json()), "");
static_assert(noexcept(RESULT.component_count()) && noexcept(RESULT.component(0)), "");
static_assert(noexcept(RESULT.is_allowed(A_TEXT)) && noexcept(RESULT.count(A_TEXT)), "");
static_assert(noexcept(RESULT.get(A_TEXT)), "");
static_assert(noexcept(status_name(qls::Status::ok)) && noexcept(status_text(qls::Status::ok)), "");

int main()
{
    std::puts("compiled");
    return 0;
}
