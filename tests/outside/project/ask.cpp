// ask URL TOKEN_FILE [LIBRARY], as ask.c, in C++.
#include <fstream>
#include <iostream>
#include <string>

#include "qls_precheck.hpp"
#ifdef LOADS
#include "qls_precheck_load.h"
#endif

int main(int argc, char **argv)
{
    std::ifstream file(argc >= 3 ? argv[2] : "");
    std::string token;
    if (!std::getline(file, token)) {
        std::cerr << "usage: ask URL TOKEN_FILE [LIBRARY]\n";
        return 64;
    }
    const char *consumers = R"([{"consumer_id": "qtcreator", "component_id": "qt.tools.qtcreator"},
                                {"consumer_id": "axivion_suite", "component_id": "qt.tools.axivion"}])";
#ifdef LOADS
    qls::Result::adopt(qls_load(argc == 4 ? argv[3] : nullptr)); // what went wrong is told below
#endif
    qls::Client client;
    client.set_server(argv[1]);
    const qls::Result result = client.check(token, consumers);
    if (result.status() != qls::Status::ok) {
        std::cerr << "ask: " << result.message() << '\n';
        return 2;
    }
    std::cout << "qtcreator " << result.is_allowed("qt.tools.qtcreator") << '\n';
    std::cout << "axivion " << result.is_allowed("qt.tools.axivion") << '\n';
    return 0;
}
