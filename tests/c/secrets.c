/* Prints everything that the library says where a check or a list fails, with the token and a proxy's password wherever a
 * caller can put them. The test that runs this looks for them in the output.
 * usage: secrets ECHOING-SERVER-URL TOKEN PASSWORD FOLDER
 */
#include <stdio.h>
#include <stdlib.h>

#include "qls_precheck.h"

static const char *server, *token, *password, *folder;

/* Pieces of text, one behind the other; valid for a while. */
static const char *joined(const char *a, const char *b, const char *c, const char *d)
{
    static char texts[8][4096];
    static int next;

    next = (next + 1) % 8;
    snprintf(texts[next], sizeof texts[next], "%s%s%s%s", a, b, c, d);
    return texts[next];
}

static void print_line(void *userdata, int32_t level, const char *line)
{
    printf("%s %d %s\n", (const char *)userdata, (int)level, line);
}

static void print(const char *what, const char *text)
{
    printf("%s %s\n", what, text != NULL ? text : "(none)");
}

/* Frees the result. */
static void print_failure(qls_result *result)
{
    static const char *const places[] = {"", "/message", "/server", "/server_code", "/cause", "/components/0/component_id",
                                         "/components/0/consumer_id", "/licenses"};
    qls_status status = qls_result_status(result);
    const char *component, *consumer;

    print("status", qls_status_name(status));
    print("text", qls_status_text(status));
    print("message", qls_result_message(result));
    print("code", qls_result_server_code(result));
    print("json", qls_result_json(result, NULL));
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        print(places[i], qls_result_get(result, places[i]));
    }
    for (size_t i = 0; i < qls_result_component_count(result); i++) {
        qls_result_component(result, i, &component, &consumer);
        print(component, consumer);
    }
    if (status == QLS_OK) {
        puts("not a failure");
    }
    qls_result_free(result);
}

/* Both operations, with every token and everything that can be wrong with the JSON. Frees the client. */
static void ask(qls_client *client)
{
    const char *tokens[] = {token, joined(token, "\n", "", ""), joined("Bearer ", token, "", ""), "\xff", NULL};
    const char *requests[] = {
        joined("[{\"component_id\":\"", token, "\",\"consumer_id\":\"", joined(password, "\"}]", "", "")),
        joined("[{\"", token, "\":1}]", ""),
        joined("{\"consumers\":[],\"", password, "\\u0000\":1}", ""),
        token,
        "\xff",
        NULL,
    };

    qls_client_set_log(client, print_line, "log", QLS_LOG_TRACE);
    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++) {
        for (size_t j = 0; j < sizeof requests / sizeof requests[0]; j++) {
            print_failure(qls_check(client, tokens[i], requests[j]));
            print_failure(qls_list(client, tokens[i], requests[j]));
        }
    }
    qls_client_cancel(client);
    if (client != NULL) {
        print_failure(qls_check(client, token, requests[0]));
    }
    qls_client_free(client);
}

static qls_client *client_of(const char *url)
{
    qls_client *client = qls_client_new();

    qls_client_set_server(client, url);
    qls_client_set_retries(client, 0);
    qls_client_set_user_agent(client, joined(token, " ", password, ""));
    qls_client_set_proxy(client, joined("http://user:", password, "@127.0.0.1:1", ""));
    return client;
}

int main(int argc, char **argv)
{
    qls_client *client;

    if (argc != 5) {
        return 64;
    }
    server = argv[1];
    token = argv[2];
    password = argv[3];
    folder = argv[4];

    ask(NULL); /* through the environment's proxy */
    ask(client_of(server));
    ask(client_of(joined("http://127.0.0.1:1/", token, "/", password)));
    ask(client_of(joined("http://licenses.example.com/", token, "/", password)));
    ask(client_of(joined("https://licenses.example.com/", token, "/", password)));

    client = client_of(joined("https://127.0.0.1:1/", token, "/", password));
    qls_client_set_ca_file(client, joined(folder, "/", token, password));
    ask(client);
    client = client_of("https://127.0.0.1:1");
    qls_client_set_ca_pem(client, joined(token, " ", password, ""));
    ask(client);

    /* What a setter refuses. */
    ask(client_of(token));
    ask(client_of(joined("https://user:", password, "@host/", token)));
    ask(client_of(joined("\xff", token, password, "")));
    client = client_of(joined("http://127.0.0.1:1/", token, "/", password));
    qls_client_set_proxy(client, joined("ftp://user:", password, "@", token));
    ask(client);
    client = client_of(joined("http://127.0.0.1:1/", token, "/", password));
    qls_client_set_user_agent(client, joined(token, "\n", password, ""));
    ask(client);
    client = client_of(joined("http://127.0.0.1:1/", token, "/", password));
    qls_client_set_ca_file(client, joined("-----BEGIN ", token, password, ""));
    ask(client);
    return 0;
}
