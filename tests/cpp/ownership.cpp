// Who owns what: moving, assigning, passing to C and back, and that a client that was moved from sends nothing.
// The environment names a proxy for https and has an account's token: if such a client were passed to C as NULL, which
// means a client with default settings, the token would arrive at the proxy.
#include "asking.hpp"

#include <string>
#include <utility>
#include <vector>

static asking from;

static void expect_inert(qls::Client &client)
{
    EXPECT(client.native_handle() == nullptr);
    for (int mended = 0; mended < 2; mended++) {
        const qls::Result check = client.check(nullptr, ASKING_CONSUMERS);
        const qls::Result list = client.list(nullptr);
        EXPECT(check.status() == qls::Status::invalid_argument && !check.ok());
        EXPECT(list.status() == qls::Status::invalid_argument);
        EXPECT(!check.is_allowed("tools.creator"));
        EXPECT_INT(check.component_count(), 0);
        EXPECT_IN(check.message(), "moved");
        // Setters and cancel() do not change that.
        client.set_server(from.server).set_timeout(std::chrono::seconds(60)).set_retries(0).unset_log();
        client.cancel();
    }
}

static void expect_empty(const qls::Result &result)
{
    std::size_t length = 1;

    EXPECT(result.native_handle() == nullptr);
    EXPECT(result.status() == qls::Status::invalid_argument && !result.ok());
    EXPECT_INT(result.http_status(), 0);
    EXPECT(result.message()[0] != '\0');
    EXPECT_STR(result.server_code(), nullptr);
    EXPECT_STR(result.json(&length), "");
    EXPECT_INT(length, 0);
    EXPECT_INT(result.component_count(), 0);
    EXPECT_STR(result.component(0).component_id, nullptr);
    EXPECT_STR(result.component(0).consumer_id, nullptr);
    EXPECT(result.component(0).verdict == qls::Verdict::unknown);
    EXPECT(!result.is_allowed("tools.creator") && !result.is_allowed(nullptr));
    EXPECT_INT(result.count("/components"), 0);
    EXPECT_STR(result.get("/status"), nullptr);
}

static void a_client_that_was_moved_from_is_inert()
{
    qls::Client first = client_of(from);
    qls::Client second = std::move(first);

    expect_inert(first);
    expect_verdicts(second.check(from.token, ASKING_CONSUMERS));

    qls::Client third;
    third = std::move(second);
    expect_inert(second);
    expect_verdicts(third.check(from.token, ASKING_CONSUMERS));

    first = std::move(third);
    expect_inert(third);
    expect_verdicts(first.check(from.token, ASKING_CONSUMERS));

    third = qls::Client();
    EXPECT(third.native_handle() != nullptr);
}

static void a_result_that_was_moved_from_is_empty()
{
    expect_empty(qls::Result());

    qls::Result first = client_of(from).check(from.token, ASKING_CONSUMERS); // outlives its client
    const char *message = first.message(), *component = first.component(0).component_id;
    qls::Result second = std::move(first);
    expect_empty(first);
    expect_verdicts(second);
    EXPECT(second.message() == message && second.component(0).component_id == component);

    qls::Result third = client_of(from).list(from.token);
    EXPECT_INT(third.count("/licenses"), 3);
    third = std::move(second); // the list is freed
    expect_empty(second);
    expect_verdicts(third);
    EXPECT(third.message() == message);
}

static void moving_onto_itself_changes_nothing()
{
    qls::Client client = client_of(from), &same_client = client;
    qls::Result result = client.check(from.token, ASKING_CONSUMERS), &same_result = result;

    client = std::move(same_client);
    expect_verdicts(client.check(from.token, ASKING_CONSUMERS));
    result = std::move(same_result);
    expect_verdicts(result);

    qls::Client moved = std::move(client);
    client = std::move(same_client);
    expect_inert(client);
}

static void containers_and_swap_keep_each_object_s_own()
{
    std::vector<qls::Client> clients;
    std::vector<qls::Result> results;

    for (int i = 0; i < 9; i++) {
        clients.push_back(client_of(from));
        results.push_back(i % 2 == 0 ? clients.back().check(from.token, ASKING_CONSUMERS)
                                     : clients.back().list(from.token));
    }
    std::swap(results[0], results[1]);
    EXPECT_INT(results[0].count("/licenses"), 3);
    expect_verdicts(results[1]);
    results.erase(results.begin());
    expect_verdicts(results[0]);
    clients.erase(clients.begin(), clients.begin() + 8);
    expect_verdicts(clients[0].check(from.token, ASKING_CONSUMERS));
}

static void objects_go_to_c_and_come_back()
{
    qls::Client client = client_of(from);
    qls_client *handle = client.native_handle();
    EXPECT(client.release() == handle);
    expect_inert(client);
    qls_result *raw = qls_check(handle, from.token, ASKING_CONSUMERS);
    client = qls::Client::adopt(handle);
    EXPECT(client.native_handle() == handle);

    qls::Result result = qls::Result::adopt(raw);
    expect_verdicts(result);
    EXPECT(result.native_handle() == raw && result.release() == raw);
    expect_empty(result);
    qls_result_free(raw);

    // C may call setters on the handle that it borrows.
    EXPECT_INT(qls_client_set_timeout_ms(client.native_handle(), 0), QLS_INVALID_ARGUMENT);
    EXPECT_RESULT(client.check(from.token, ASKING_CONSUMERS), qls::Status::invalid_argument);
}

static void what_c_calls_null_is_not_the_defaults()
{
    qls::Client client = qls::Client::adopt(nullptr);

    expect_inert(client);
    expect_empty(qls::Result::adopt(nullptr));
}

// Shows that the proxy in the environment would see a client with default settings.
static void only_a_client_with_the_defaults_asks_the_default_server()
{
    EXPECT_RESULT(qls::Client().check(nullptr, ASKING_CONSUMERS), qls::Status::proxy_failed);
}

int main(int argc, char **argv)
{
    asking_start(&from, argc, argv);
    a_client_that_was_moved_from_is_inert();
    a_result_that_was_moved_from_is_empty();
    moving_onto_itself_changes_nothing();
    containers_and_swap_keep_each_object_s_own();
    objects_go_to_c_and_come_back();
    what_c_calls_null_is_not_the_defaults();
    only_a_client_with_the_defaults_asks_the_default_server();
    return expect_exit_code();
}
