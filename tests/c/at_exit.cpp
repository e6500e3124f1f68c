// Calls in destructors of static objects. One object is made before main(), the other one by the first call of a
// function. Each destructor prints a line, to show that it ran.
// usage: at_exit SERVER-URL TOKEN-FILE
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "qls_precheck.h"

namespace {

const char consumers[] =
    "[{\"component_id\":\"tools.creator\",\"consumer_id\":\"qtcreator\",\"consumer_version\":\"14.0.2\"}]";

std::string server, token;

class Asking {
public:
    explicit Asking(const char *name) : name(name), client(qls_client_new()) {}
    Asking(const Asking &) = delete;
    Asking &operator=(const Asking &) = delete;

    ~Asking()
    {
        ask();
        qls_client_free(client);
        std::printf("asked by the object %s\n", name);
        std::fflush(stdout);
    }

    void ask() const
    {
        if (qls_client_set_server(client, server.c_str()) != QLS_OK) {
            fail("the server is refused");
        }
        qls_result *result = qls_check(client, token.c_str(), consumers);
        if (qls_result_status(result) != QLS_OK || !qls_result_is_allowed(result, "tools.creator")) {
            fail(qls_result_message(result));
        }
        qls_result_free(result);
    }

private:
    void fail(const char *why) const
    {
        std::fprintf(stderr, "the object %s: %s\n", name, why);
        std::_Exit(1);
    }

    const char *name;
    qls_client *client;
};

Asking global("global");

const Asking &local()
{
    static const Asking object("local");
    return object;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3) {
        return 64;
    }
    server = argv[1];
    std::ifstream file(argv[2]);
    if (!std::getline(file, token)) {
        return 2;
    }
    local().ask();
    return 0;
}
