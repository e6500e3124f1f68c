// The operations, and everything that can be read from a result, in C++ types.
#include "asking.hpp"

#include <cstring>
#include <string>

static asking from;

static void a_check_gives_each_component_its_verdict()
{
    const qls::Client client = client_of(from);
    const qls::Result result = client.check(from.token, ASKING_CONSUMERS);

    EXPECT(result.status() == qls::Status::ok && result.ok());
    EXPECT_INT(result.http_status(), 200);
    EXPECT(result.message()[0] != '\0');
    EXPECT_STR(result.server_code(), nullptr);
    EXPECT_INT(result.component_count(), ASKING_COUNT);
    for (std::size_t i = 0; i < ASKING_COUNT; i++) {
        const qls::Component component = result.component(i);
        EXPECT_STR(component.component_id, asking_verdicts[i].component);
        EXPECT_STR(component.consumer_id, asking_verdicts[i].consumer);
        EXPECT_INT(component.verdict, asking_verdicts[i].verdict);
        EXPECT(result.is_allowed(asking_verdicts[i].component) == (component.verdict == qls::Verdict::allowed));
    }
    EXPECT(result.component(0).verdict == qls::Verdict::allowed);
    EXPECT(result.component(1).verdict == qls::Verdict::denied);
    EXPECT(result.component(ASKING_COUNT).verdict == qls::Verdict::unknown);
    EXPECT_STR(result.component(ASKING_COUNT).component_id, nullptr);
    EXPECT(!result.is_allowed("never.requested") && !result.is_allowed(nullptr));
    EXPECT_STR(result.get("/components/3/component_id"), "qt.672");
    EXPECT_STR(result.get("/components/9"), nullptr);
    EXPECT_INT(result.count("/components"), ASKING_COUNT);
}

static void a_list_gives_the_licenses()
{
    const qls::Client client = client_of(from);
    const qls::Result result = client.list(from.token);
    std::size_t length = 0;

    EXPECT_RESULT(result, qls::Status::ok);
    EXPECT_INT(result.component_count(), 0);
    EXPECT_INT(result.count("/licenses"), 3);
    EXPECT_STR(result.get("/licenses/0/license_info/license_id"), "10000001");
    EXPECT_STR(result.get("/operation"), "list");
    EXPECT(result.json()[0] == '{' && result.json(&length) == result.json());
    EXPECT_INT(length, std::strlen(result.json()));
    EXPECT_RESULT(client.list(from.token, "{\"user_id\":\"somebody\"}"), qls::Status::ok);
    EXPECT_RESULT(client.list(from.token, "[]"), qls::Status::invalid_argument);
    EXPECT_RESULT(client.check(from.token, nullptr), qls::Status::invalid_argument);
}

static void a_diagnosis_has_a_conclusion_and_steps()
{
    const qls::Result result = client_of(from).diagnose(from.token);

    EXPECT_RESULT(result, qls::Status::ok);
    EXPECT_INT(result.count("/diagnosis"), 9);
    EXPECT_STR(result.get("/operation"), "diagnose");
    EXPECT(std::strstr(result.message(), "All is well") == result.message());
    EXPECT_RESULT(qls::Client::adopt(nullptr).diagnose(from.token), qls::Status::invalid_argument);
}

static void a_refused_token_has_a_reason_and_no_verdict()
{
    const qls::Result result = client_of(from).check("no-token-of-this-server", ASKING_CONSUMERS);

    EXPECT_RESULT(result, qls::Status::unauthorized);
    EXPECT_INT(result.http_status(), 401);
    EXPECT(!result.ok() && result.server_code() != nullptr && result.server_code()[0] != '\0');
    EXPECT_INT(result.component_count(), ASKING_COUNT);
    EXPECT(result.component(0).verdict == qls::Verdict::unknown && !result.is_allowed("tools.creator"));
    EXPECT_STR(status_name(result.status()), "QLS_UNAUTHORIZED");
    EXPECT_STR(status_text(result.status()), qls_status_text(QLS_UNAUTHORIZED));
}

static void std_strings_do_as_well()
{
    const std::string token = from.token, consumers = ASKING_CONSUMERS, id = "tools.creator";
    qls::Client client = client_of(from);
    client.set_server(std::string(from.server)).set_user_agent(std::string("A/1"));
    const qls::Result result = client.check(token, consumers);

    expect_verdicts(result);
    EXPECT(result.is_allowed(id) && result.is_allowed(std::string("qt.") + "672"));
    EXPECT_STR(result.get(std::string("/operation")), "check");
}

// C would read only up to the NUL, and so take another component, other consumers or another token than was meant.
static void a_std_string_with_a_nul_inside_is_refused()
{
    const std::string nul(1, '\0');
    const qls::Client client = client_of(from);
    const qls::Result result = client.check(from.token, ASKING_CONSUMERS);

    expect_verdicts(result);
    EXPECT(!result.is_allowed("tools.creator" + nul) && !result.is_allowed("tools.creator" + nul + "x"));
    EXPECT_STR(result.get("/operation" + nul), nullptr);
    EXPECT_INT(result.count("/components" + nul), 0);
    EXPECT_RESULT(client.check(from.token + nul, ASKING_CONSUMERS), qls::Status::invalid_token);
    EXPECT_RESULT(client.check(from.token, ASKING_CONSUMERS + nul), qls::Status::invalid_argument);
    EXPECT_RESULT(client.list(from.token, "{}" + nul), qls::Status::invalid_argument);
    qls::Client other = client_of(from);
    EXPECT_RESULT(other.set_server(from.server + nul).check(from.token, ASKING_CONSUMERS),
                  qls::Status::invalid_argument);
}

// A newer library may give statuses that this header has no name for.
static void unknown_numbers_are_kept()
{
    const qls::Status status = static_cast<qls::Status>(3999);

    EXPECT_INT(status, 3999);
    EXPECT(status != qls::Status::ok);
    EXPECT_STR(status_name(status), "QLS_UNKNOWN");
    EXPECT(status_text(status)[0] != '\0');
}

static void the_library_names_itself()
{
    EXPECT_STR(qls::version(), qls_version());
    EXPECT_INT(qls::abi_version(), QLS_ABI_VERSION);
}

int main(int argc, char **argv)
{
    asking_start(&from, argc, argv);
    a_check_gives_each_component_its_verdict();
    a_list_gives_the_licenses();
    a_diagnosis_has_a_conclusion_and_steps();
    a_refused_token_has_a_reason_and_no_verdict();
    std_strings_do_as_well();
    a_std_string_with_a_nul_inside_is_refused();
    unknown_numbers_are_kept();
    the_library_names_itself();
    return expect_exit_code();
}
