/* The proxy of the Internet Options: when it is used, when not, and when a message names a configuration script.
 * usage: windows_proxy
 * The settings are written into a registry key that replaces the user's key in this process only. No server is ever
 * reached: the proxy here refuses every connection, and counts them.
 */
#include "expect.h"
#include "answering.h"
#include "internet_options.h"

#define POLICY "Software\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings"
#define STAND_IN_FOR_ALL "Software\\qls-precheck-test-machine"
#define CONSUMERS "[{\"consumer_id\":\"qtcreator\",\"component_id\":\"9876\"}]"
#define REFUSAL "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
/* A name that nobody has (RFC 6761). */
#define SERVER "https://licenses.invalid"

/* Replaces %s in the row's text by the address of the proxy here. */
static void set_proxy(const char *text, const char *address)
{
    char value[256];

    if (text != NULL) {
        snprintf(value, sizeof value, text, address, address);
    }
    set_text("ProxyServer", text != NULL ? value : NULL);
}

static qls_result *ask(const char *server)
{
    qls_client *client = qls_client_new();
    qls_result *result;

    EXPECT_INT(qls_client_set_server(client, server), QLS_OK);
    EXPECT_INT(qls_client_set_allow_plain_http(client, 1), QLS_OK);
    EXPECT_INT(qls_client_set_connect_timeout_ms(client, 5000), QLS_OK);
    EXPECT_INT(qls_client_set_retries(client, 0), QLS_OK);
    result = qls_check(client, "a-token", CONSUMERS);
    qls_client_free(client);
    return result;
}

/* 1: asked through the proxy, 0: directly, where there is no server. */
typedef struct row {
    DWORD enabled;
    const char *proxy, *exempt, *server;
    int through;
} row;

static const row rows[] = {
    {1, "%s", NULL, SERVER, 1},
    {1, "%s", "", "http://licenses.invalid", 1},
    {0, "%s", NULL, SERVER, 0}, /* not switched on */
    {1, NULL, NULL, SERVER, 0},
    {1, "http://%s", NULL, SERVER, 1},
    {1, "http=192.0.2.1:1;https=%s;ftp=192.0.2.1:1", NULL, SERVER, 1},
    {1, "http=%s;https=192.0.2.1:1", NULL, "http://licenses.invalid", 1},
    {1, "HTTPS=%s", NULL, SERVER, 1},
    {1, "http=%s", NULL, SERVER, 0}, /* no proxy for https */
    {1, "ftp=192.0.2.1:1;%s", NULL, SERVER, 1},
    {1, "http=192.0.2.1:1\r\nhttps=%s\r\n", NULL, SERVER, 1},
    {1, "\n%s\n", NULL, SERVER, 1},
    {1, "ftp=192.0.2.1:1\t%s", NULL, SERVER, 1},
    {1, "https = %s ; http = 192.0.2.1:1", NULL, SERVER, 1},
    {1, "http =192.0.2.1:1 https= %s", NULL, SERVER, 1},
    {1, "https\r\n=\r\n%s", NULL, SERVER, 1},
    {1, "http = %s", NULL, SERVER, 0},
    {1, "%s", "licenses.invalid", SERVER, 0},
    {1, "%s", "LICENSES.invalid.", SERVER, 1}, /* the dot at the end makes it another name */
    {1, "%s", "other.invalid; LICENSES.invalid", SERVER, 0},
    {1, "%s", "other.invalid\r\nlicenses.invalid", SERVER, 0},
    {1, "%s", "other.invalid\nlicenses.invalid\n", SERVER, 0},
    {1, "%s", "*.invalid", SERVER, 0},
    {1, "%s", "lic*.inv*", SERVER, 0},
    {1, "%s", "*", SERVER, 0},
    {1, "%s", "invalid", SERVER, 1}, /* a name stands only for itself */
    {1, "%s", "*.licenses.invalid", SERVER, 1},
    {1, "%s", "licenses.invalid:443", SERVER, 0},
    {1, "%s", "licenses.invalid:8443", SERVER, 1},
    {1, "%s", "https://licenses.invalid", SERVER, 0},
    {1, "%s", "http://licenses.invalid", SERVER, 1},
    {1, "%s", "<local>", SERVER, 1},
    {1, "%s", "192.0.2.9;<local>", "https://licenses-of-this-network", 0},
    {1, "%s", "192.0.2.*", "https://192.0.2.7:9", 0},
    {1, "%s", "192.0.3.*", "https://192.0.2.7:9", 1},
};

static void the_manual_setting_is_used(answering *proxy)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char what[512];
        qls_result *result;

        set_number("ProxyEnable", rows[i].enabled);
        set_proxy(rows[i].proxy, proxy->url + strlen("http://"));
        set_text("ProxyOverride", rows[i].exempt);
        snprintf(what, sizeof what, "%lu, %s, %s, %s", rows[i].enabled, rows[i].proxy, rows[i].exempt, rows[i].server);
        expect_row = what;
        result = ask(rows[i].server);
        EXPECT_INT(answering_connections(proxy), rows[i].through);
        if (rows[i].through) {
            EXPECT_STATUS(result, QLS_PROXY_FAILED);
            EXPECT_STR(qls_result_get(result, "/cause"), "proxy-refused");
        } else {
            EXPECT(qls_result_status(result) != QLS_PROXY_FAILED);
            EXPECT_INT(qls_result_status(result) / 1000, 2);
        }
        EXPECT_INT(qls_result_is_allowed(result, "9876"), 0);
        expect_row = NULL;
        qls_result_free(result);
    }
    set_text("ProxyOverride", NULL);
}

static void loopback_is_never_proxied(answering *proxy)
{
    answering server;
    qls_result *result;

    answering_start(&server, ANSWER_400);
    set_number("ProxyEnable", 1);
    set_proxy("%s", proxy->url + strlen("http://"));
    result = ask(server.url);
    EXPECT_STATUS(result, QLS_BAD_REQUEST);
    EXPECT_INT(answering_connections(&server), 1);
    EXPECT_INT(answering_connections(proxy), 0);
    qls_result_free(result);
    answering_stop(&server);
}

static void what_cannot_be_read_is_an_error(answering *proxy)
{
    static const char *const texts[] = {"gopher://%s", "%s/path", "https=:80", "socks=%s",  "https=", "https=host:0",
                                        "=%s",         "= %s",    " ; \r\n",  "htps=%s",   "https= ", "https=%s=x",
                                        "http= https=%s", "http=\r\nhttps=%s"};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        qls_result *result;

        set_number("ProxyEnable", 1);
        set_proxy(texts[i], proxy->url + strlen("http://"));
        expect_row = texts[i];
        result = ask(SERVER);
        EXPECT_STATUS(result, QLS_CONFIGURATION);
        EXPECT_STR(qls_result_get(result, "/cause"), "proxy-setting-invalid");
        EXPECT_INT(answering_connections(proxy), 0);
        expect_row = NULL;
        qls_result_free(result);
    }
}

/* A value of another type than the one that Windows' own programs write. */
static void a_value_of_another_type_is_an_error(answering *proxy)
{
    static const char *const names[] = {"ProxyEnable", "ProxyServer", "ProxyOverride"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        qls_result *result;

        set_number("ProxyEnable", 1);
        set_proxy("%s", proxy->url + strlen("http://"));
        require(RegSetValueExA(settings, names[i], 0, REG_BINARY, (const BYTE *)"\1", 1) == 0, names[i]);
        expect_row = names[i];
        result = ask(SERVER);
        EXPECT_STATUS(result, QLS_CONFIGURATION);
        EXPECT_STR(qls_result_get(result, "/cause"), "proxy-setting-invalid");
        EXPECT_IN(qls_result_message(result), names[i]);
        EXPECT_INT(answering_connections(proxy), 0);
        expect_row = NULL;
        qls_result_free(result);
        RegDeleteValueA(settings, names[i]);
    }
}

static void a_failure_says_where_the_proxy_was_set(answering *proxy)
{
    qls_result *result;

    set_number("ProxyEnable", 1);
    set_proxy("%s", proxy->url + strlen("http://"));
    result = ask(SERVER);
    EXPECT_STATUS(result, QLS_PROXY_FAILED);
    EXPECT_IN(qls_result_message(result), "(set in the Internet Options)");
    EXPECT_INT(answering_connections(proxy), 1);
    qls_result_free(result);
}

static void the_environment_comes_first(answering *proxy)
{
    answering other;
    qls_result *result;

    answering_start(&other, REFUSAL);
    set_number("ProxyEnable", 1);
    set_proxy("%s", proxy->url + strlen("http://"));
    require(setenv("HTTPS_PROXY", other.url, 1) == 0, "setenv");
    result = ask(SERVER);
    EXPECT_STATUS(result, QLS_PROXY_FAILED);
    EXPECT_INT(answering_connections(&other), 1);
    EXPECT_INT(answering_connections(proxy), 0);
    qls_result_free(result);
    require(unsetenv("HTTPS_PROXY") == 0, "unsetenv");

    require(setenv("NO_PROXY", "licenses.invalid", 1) == 0, "setenv");
    result = ask(SERVER);
    EXPECT_STATUS(result, QLS_RESOLVE_FAILED);
    EXPECT_INT(answering_connections(proxy), 0);
    qls_result_free(result);
    require(unsetenv("NO_PROXY") == 0, "unsetenv");
    answering_stop(&other);
}

/* Nobody listens at port 1. */
static void a_script_is_named_where_there_is_no_way(answering *proxy)
{
    qls_result *result;

    set_number("ProxyEnable", 0);
    set_text("AutoConfigURL", "http://user:secret@127.0.0.1:1/proxy.pac");
    result = ask(SERVER);
    EXPECT_STATUS(result, QLS_RESOLVE_FAILED);
    EXPECT_STR(qls_result_get(result, "/cause"), "proxy-autoconfig");
    EXPECT_IN(qls_result_message(result), "127.0.0.1:1/proxy.pac");
    EXPECT(strstr(qls_result_message(result), "secret") == NULL);
    qls_result_free(result);

    result = ask("https://127.0.0.1:1"); /* loopback is never proxied */
    EXPECT_STATUS(result, QLS_CONNECT_FAILED);
    EXPECT_STR(qls_result_get(result, "/cause"), "connection-refused");
    qls_result_free(result);

    require(setenv("NO_PROXY", "*", 1) == 0, "setenv"); /* no proxy for any server */
    result = ask(SERVER);
    EXPECT_STATUS(result, QLS_RESOLVE_FAILED);
    EXPECT_STR(qls_result_get(result, "/cause"), "name-not-found");
    qls_result_free(result);
    require(unsetenv("NO_PROXY") == 0, "unsetenv");

    set_number("ProxyEnable", 1); /* the manual proxy is used in its place */
    set_proxy("%s", proxy->url + strlen("http://"));
    result = ask(SERVER);
    EXPECT_STATUS(result, QLS_PROXY_FAILED);
    EXPECT_INT(answering_connections(proxy), 1);
    qls_result_free(result);
    set_text("AutoConfigURL", NULL);
}

static void expect_through(answering *proxy, int through)
{
    qls_result *result = ask(SERVER);

    EXPECT_STATUS(result, through ? QLS_PROXY_FAILED : QLS_RESOLVE_FAILED);
    EXPECT_INT(answering_connections(proxy), through);
    qls_result_free(result);
}

/* The setting for all users of the machine, which counts if the policy says so. */
static void the_machine_s_setting_counts_by_policy(answering *proxy)
{
    HKEY of_user = settings, machine, of_machine, policy;

    set_number("ProxyEnable", 0);
    require(RegCreateKeyA(HKEY_CURRENT_USER, STAND_IN_FOR_ALL, &machine) == 0, "RegCreateKey");
    require(RegCreateKeyA(machine, SETTINGS, &of_machine) == 0, "RegCreateKey");
    require(RegCreateKeyA(machine, POLICY, &policy) == 0, "RegCreateKey");
    settings = of_machine;
    set_number("ProxyEnable", 1);
    set_proxy("%s", proxy->url + strlen("http://"));

    require(RegOverridePredefKey(HKEY_LOCAL_MACHINE, machine) == 0, "RegOverridePredefKey");
    expect_through(proxy, 0);
    settings = policy;
    set_number("ProxySettingsPerUser", 1);
    expect_through(proxy, 0);
    set_number("ProxySettingsPerUser", 0);
    expect_through(proxy, 1);
    require(RegOverridePredefKey(HKEY_LOCAL_MACHINE, NULL) == 0, "RegOverridePredefKey");

    settings = of_user;
    RegCloseKey(policy);
    RegCloseKey(of_machine);
    RegDeleteTreeA(machine, "");
    RegCloseKey(machine);
}

/* Where the manual proxy is asked in place of a script, what happens there keeps its cause. The script is named. */
static void a_silent_proxy_is_not_the_script_s_fault(void)
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    answering_socket silent = socket(AF_INET, SOCK_STREAM, 0);
    char text[64];
    qls_result *result;

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    require(bind(silent, (struct sockaddr *)&address, sizeof address) == 0, "bind");
    require(listen(silent, 1) == 0, "listen");
    require(getsockname(silent, (struct sockaddr *)&address, &length) == 0, "getsockname");
    snprintf(text, sizeof text, "127.0.0.1:%d", (int)ntohs(address.sin_port));

    set_number("ProxyEnable", 1);
    set_proxy("%s", text);
    set_text("AutoConfigURL", "http://127.0.0.1:1/proxy.pac");
    result = ask(SERVER);
    EXPECT_STATUS(result, QLS_TIMEOUT);
    EXPECT_STR(qls_result_get(result, "/cause"), "connect-timeout");
    EXPECT_IN(qls_result_message(result), "127.0.0.1:1/proxy.pac");
    qls_result_free(result);
    set_text("AutoConfigURL", NULL);
    closesocket(silent);
}

int main(void)
{
    answering proxy;

    settings_begin();
    answering_start(&proxy, REFUSAL);
    the_manual_setting_is_used(&proxy);
    loopback_is_never_proxied(&proxy);
    what_cannot_be_read_is_an_error(&proxy);
    a_value_of_another_type_is_an_error(&proxy);
    a_failure_says_where_the_proxy_was_set(&proxy);
    the_environment_comes_first(&proxy);
    a_script_is_named_where_there_is_no_way(&proxy);
    the_machine_s_setting_counts_by_policy(&proxy);
    a_silent_proxy_is_not_the_script_s_fault();
    answering_stop(&proxy);
    settings_end();
    return expect_exit_code();
}
