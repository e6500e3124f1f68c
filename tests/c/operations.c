/* The operations, as a C program uses them, against the stand-in server.
 * usage: operations SERVER-URL TOKEN-FILE
 */
#include "expect.h"
#include "asking.h"

static void check_gives_each_component_its_verdict(const asking *from)
{
    qls_client *client = asking_client(from);
    qls_result *result = qls_check(client, from->token, ASKING_CONSUMERS);

    asking_expect_verdicts(result);
    EXPECT_INT(qls_result_http_status(result), 200);
    EXPECT_STR(qls_result_server_code(result), NULL);
    EXPECT(qls_result_message(result)[0] != '\0');
    EXPECT_INT(qls_result_is_allowed(result, "never.requested"), 0);
    EXPECT_STR(qls_result_get(result, "/operation"), "check");
    EXPECT_STR(qls_result_get(result, "/token_source"), "argument");
    EXPECT_STR(qls_result_get(result, "/components/3/component_id"), "qt.672");
    EXPECT_STR(qls_result_get(result, "/components/3/verdict"), "allowed");
    EXPECT_INT(qls_result_count(result, "/licenses"), 0);
    EXPECT(strstr(qls_result_json(result, NULL), from->token) == NULL);
    qls_result_free(result);
    qls_client_free(client);
}

static void equal_ids_share_a_verdict(const asking *from)
{
    /* The second one is too new for the license. One denial decides for both. */
    static const char consumers[] =
        "[{\"component_id\":\"squish\",\"consumer_id\":\"squish_tester\",\"consumer_version\":\"8.0.0\"},"
        "{\"component_id\":\"squish\",\"consumer_id\":\"squish_tester\",\"consumer_version\":\"9.0.0\"},"
        "{\"component_id\":\"tools.creator\",\"consumer_id\":\"qtcreator\"},"
        "{\"component_id\":\"tools.creator\",\"consumer_id\":\"qtcreator\"}]";
    qls_client *client = asking_client(from);
    qls_result *result = qls_check(client, from->token, consumers);

    EXPECT_STATUS(result, QLS_OK);
    EXPECT_INT(qls_result_component_count(result), 4);
    EXPECT_INT(qls_result_component(result, 0, NULL, NULL), QLS_VERDICT_DENIED);
    EXPECT_INT(qls_result_component(result, 1, NULL, NULL), QLS_VERDICT_DENIED);
    EXPECT_INT(qls_result_component(result, 2, NULL, NULL), QLS_VERDICT_ALLOWED);
    EXPECT_INT(qls_result_component(result, 3, NULL, NULL), QLS_VERDICT_ALLOWED);
    EXPECT_INT(qls_result_is_allowed(result, "squish"), 0);
    EXPECT_INT(qls_result_is_allowed(result, "tools.creator"), 1);
    qls_result_free(result);
    qls_client_free(client);
}

static void consumers_may_come_in_an_object(const asking *from)
{
    qls_client *client = asking_client(from);
    qls_result *result =
        qls_check(client, from->token, "{\"consumers\":" ASKING_CONSUMERS ",\"user_id\":\"somebody\"}");

    asking_expect_verdicts(result);
    qls_result_free(result);
    qls_client_free(client);
}

static void expect_demo_licenses(const qls_result *result)
{
    EXPECT_STATUS(result, QLS_OK);
    EXPECT_INT(qls_result_http_status(result), 200);
    EXPECT_STR(qls_result_get(result, "/operation"), "list");
    EXPECT_INT(qls_result_component_count(result), 0);
    EXPECT_INT(qls_result_count(result, "/licenses"), 3);
    EXPECT_STR(qls_result_get(result, "/licenses/0/license_info/license_id"), "10000001");
    EXPECT_STR(qls_result_get(result, "/licenses/0/license_info/priority"), "100");
    EXPECT_INT(qls_result_count(result, "/licenses/0/consumers"), 2);
    EXPECT_STR(qls_result_get(result, "/licenses/0/consumers/0/consumer_version"), "");
    EXPECT_STR(qls_result_get(result, "/licenses/0/consumers/1/consumer_features/feature_key"),
               "android, qt, ios, java, mac, tk, vnc, web, windows");
    EXPECT_STR(qls_result_get(result, "/licenses/2/license_info/type"), "perpetual");
    EXPECT_STR(qls_result_get(result, "/licenses/3"), NULL);
}

static void list_gives_the_licenses(const asking *from)
{
    qls_client *client = asking_client(from);
    qls_result *result = qls_list(client, from->token, NULL);

    expect_demo_licenses(result);
    qls_result_free(result);
    result = qls_list(client, from->token, "{\"user_id\":\"somebody\"}");
    expect_demo_licenses(result);
    qls_result_free(result);
    qls_client_free(client);
}

static void further_members_are_refused_where_they_would_change_the_question(const asking *from)
{
    static const char *const extras[] = {"[]", "\"text\"", "{\"operation\":\"check\"}"};
    qls_client *client = asking_client(from);
    qls_result *result;

    for (size_t i = 0; i < sizeof extras / sizeof extras[0]; i++) {
        result = qls_list(client, from->token, extras[i]);
        expect_row = extras[i];
        EXPECT_STATUS(result, QLS_INVALID_ARGUMENT);
        qls_result_free(result);
    }
    expect_row = NULL;
    result = qls_check(client, from->token, "{\"operation\":\"list\",\"consumers\":" ASKING_CONSUMERS "}");
    EXPECT_STATUS(result, QLS_INVALID_CONSUMERS);
    qls_result_free(result);
    qls_client_free(client);
}

static void the_server_judges_the_token(const asking *from)
{
    qls_client *client = asking_client(from);
    qls_result *result = qls_check(client, "no-token-of-this-server", ASKING_CONSUMERS);

    EXPECT_STATUS(result, QLS_UNAUTHORIZED);
    EXPECT_INT(qls_result_http_status(result), 401);
    EXPECT(qls_result_server_code(result) != NULL);
    EXPECT(strstr(qls_result_json(result, NULL), "no-token-of-this-server") == NULL);
    EXPECT_INT(qls_result_component_count(result), ASKING_COUNT); /* whatever the status, they are there */
    for (size_t i = 0; i < ASKING_COUNT; i++) {
        EXPECT_INT(qls_result_is_allowed(result, asking_verdicts[i].component), 0);
        EXPECT_INT(qls_result_component(result, i, NULL, NULL), QLS_VERDICT_UNKNOWN);
    }
    qls_result_free(result);
    qls_client_free(client);
}

static void results_are_independent_and_outlive_their_client(const asking *from)
{
    qls_client *client = asking_client(from);
    qls_result *check = qls_check(client, from->token, ASKING_CONSUMERS);
    qls_result *list = qls_list(client, from->token, NULL);

    qls_client_free(client);
    asking_expect_verdicts(check);
    expect_demo_licenses(list);
    qls_result_free(check);
    expect_demo_licenses(list);
    qls_result_free(list);
}

static void a_diagnosis_tells_each_step_and_the_conclusion(const asking *from)
{
    qls_client *client = asking_client(from);
    qls_result *result = qls_diagnose(client, from->token);

    EXPECT_STATUS(result, QLS_OK);
    EXPECT_STR(qls_result_get(result, "/operation"), "diagnose");
    EXPECT(strncmp(qls_result_message(result), "All is well: ", 13) == 0);
    EXPECT_INT(qls_result_count(result, "/diagnosis"), 9);
    EXPECT_STR(qls_result_get(result, "/diagnosis/0/step"), "settings");
    EXPECT_STR(qls_result_get(result, "/diagnosis/7/step"), "reply");
    EXPECT_STR(qls_result_get(result, "/diagnosis/7/state"), "ok");
    EXPECT_STR(qls_result_get(result, "/diagnosis/7/cause"), "null");
    EXPECT_INT(qls_result_count(result, "/licenses"), 0);
    EXPECT(strstr(qls_result_json(result, NULL), from->token) == NULL);
    qls_result_free(result);
    result = qls_diagnose(client, "no-token-of-this-server");
    EXPECT_STATUS(result, QLS_UNAUTHORIZED);
    EXPECT_STR(qls_result_get(result, "/diagnosis/7/state"), "failed");
    EXPECT_STR(qls_result_get(result, "/diagnosis/7/cause"), "unauthorized");
    EXPECT(strstr(qls_result_message(result), "The user can mend this") != NULL);
    qls_result_free(result);
    /* What is refused before anything is asked has its step too. */
    result = qls_diagnose(client, "\xff");
    EXPECT_STATUS(result, QLS_INVALID_TOKEN);
    EXPECT_STR(qls_result_get(result, "/diagnosis/1/state"), "failed");
    qls_result_free(result);
    EXPECT_INT(qls_client_set_server(client, "ftp://example.com"), QLS_INVALID_ARGUMENT);
    result = qls_diagnose(client, from->token);
    EXPECT_STATUS(result, QLS_INVALID_ARGUMENT);
    EXPECT_STR(qls_result_get(result, "/diagnosis/0/state"), "failed");
    EXPECT(strstr(qls_result_message(result), "The installer's author can mend this") != NULL);
    qls_result_free(result);
    qls_client_free(client);
}

int main(int argc, char **argv)
{
    asking from;

    asking_start(&from, argc, argv);
    check_gives_each_component_its_verdict(&from);
    equal_ids_share_a_verdict(&from);
    consumers_may_come_in_an_object(&from);
    list_gives_the_licenses(&from);
    further_members_are_refused_where_they_would_change_the_question(&from);
    the_server_judges_the_token(&from);
    results_are_independent_and_outlive_their_client(&from);
    a_diagnosis_tells_each_step_and_the_conclusion(&from);
    return expect_exit_code();
}
