// Prints everything that a result says where a check or a list fails, with the token and a proxy's password wherever a
// caller can put them. The test that runs this looks for them in the output.
// usage: secrets ECHOING-SERVER-URL TOKEN PASSWORD FOLDER
#include <cstdio>
#include <string>
#include <vector>

#include "qls_precheck.hpp"

namespace {

void print(const char *text)
{
    std::puts(text != nullptr ? text : "(none)");
}

void print_failure(const qls::Result &result)
{
    print(qls::status_name(result.status()));
    print(qls::status_text(result.status()));
    print(result.message());
    print(result.server_code());
    print(result.json());
    print(result.get("/server"));
    print(result.get("/components"));
    for (std::size_t i = 0; i < result.component_count(); i++) {
        print(result.component(i).component_id);
        print(result.component(i).consumer_id);
    }
    if (result.ok()) {
        print("not a failure");
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 5) {
        return 64;
    }
    const std::string server = argv[1], token = argv[2], password = argv[3], folder = argv[4];
    const std::string both = token + "/" + password;
    const std::vector<std::string> urls = {server, "http://127.0.0.1:1/" + both, "http://licenses.example.com/" + both,
                                           "https://licenses.example.com/" + both, token, both + '\0',
                                           "https://user:" + password + "@host"};
    const std::vector<std::string> proxies = {"http://user:" + password + "@127.0.0.1:1", "ftp://user:" + password + "@host",
                                              "http://user:" + password + "@host:99999", password + '\0'};
    const std::vector<std::string> files = {"", folder + "/" + both, "-----BEGIN " + both};
    const std::vector<std::string> tokens = {token, token + "\n", token + '\0', "Bearer " + token};
    const std::vector<std::string> requests = {
        "[{\"component_id\":\"" + token + "\",\"consumer_id\":\"" + password + "\"}]", "[{\"" + both + "\":1}]", token};
    const auto log = [](qls::Log, const char *line) { print(line); };

    for (const std::string &url : urls) {
        for (const std::string &proxy : proxies) {
            for (const std::string &file : files) {
                qls::Client client;
                client.set_log(log, qls::Log::trace).set_retries(0).set_user_agent(token + " " + password);
                client.set_server(url).set_proxy(proxy).set_ca_file(file.empty() ? nullptr : file.c_str());
                for (const std::string &request : requests) {
                    for (const std::string &given : tokens) {
                        print_failure(client.check(given, request));
                        print_failure(client.list(given, request));
                    }
                    print_failure(client.check(nullptr, request));
                }
                client.cancel();
                print_failure(client.check(token, requests[0]));
            }
        }
    }
    const qls::Result empty;
    print_failure(empty);
    return 0;
}
