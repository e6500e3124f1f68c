// ask URL TOKEN_FILE, as ask.c, in C++.
#include <fstream>
#include <iostream>
#include <string>

#include "qls_precheck.h"

int main(int argc, char **argv)
{
    std::string token;
    if (argc != 3 || !std::getline(std::ifstream(argv[2]), token)) {
        std::cerr << "usage: ask URL TOKEN_FILE\n";
        return 64;
    }
    const char *consumers = R"([{"consumer_id": "qtcreator", "component_id": "qt.tools.qtcreator"},
                                {"consumer_id": "axivion_suite", "component_id": "qt.tools.axivion"}])";
    qls_client *client = qls_client_new();
    qls_client_set_server(client, argv[1]);
    qls_result *result = qls_check(client, token.c_str(), consumers);
    const bool answered = qls_result_status(result) == QLS_OK;
    if (answered) {
        std::cout << "qtcreator " << qls_result_is_allowed(result, "qt.tools.qtcreator") << '\n';
        std::cout << "axivion " << qls_result_is_allowed(result, "qt.tools.axivion") << '\n';
    } else {
        std::cerr << "ask: " << qls_result_message(result) << '\n';
    }
    qls_result_free(result);
    qls_client_free(client);
    return answered ? 0 : 2;
}
