// check: asks a license server which components may be installed, and prints the verdicts as a table.
//
// This is check.c in C++11. Copy it to start the check of an installer that is written in C++. The objects free what
// they own, and no setter has to be checked. CONSUMERS.json is the component list; consumers.json beside this file is
// an example. The token comes from a file or from the signed-in Qt account. It is never an argument of the program,
// because every user of the machine can read arguments.
//
// Exit codes: 0 all allowed, 1 some denied or unknown; exit_code.h has the others.
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>

#include "exit_code.h"
#include "qls_precheck.hpp"

namespace {

enum ExitCode { ALL_ALLOWED = 0, NOT_ALL_ALLOWED = 1 };

int usage()
{
    std::fputs("usage: check [--server URL] [--token-file FILE] [--ca-file FILE] [--plain-http] CONSUMERS.json\n"
               "  --server URL       the license server (default: https://qls.qt.io)\n"
               "  --token-file FILE  holds the token (default: the token of the signed-in Qt account)\n"
               "  --ca-file FILE     certificates in PEM that are trusted too\n"
               "  --plain-http       let the token travel unencrypted (loopback always may)\n"
               "exit codes: 0 all allowed\n"
               "            1 some denied or unknown\n" NO_ANSWER_CODES,
               stderr);
    return USAGE;
}

// Reads the whole file; returns false and prints the reason to stderr if that fails. The reason names the file by `what`
// it holds: a token that was given by mistake as a path must not be printed. An installer that already has its component
// list and its token in memory does not need this.
bool read_text(const char *path, const char *what, std::string &text)
{
    std::ifstream file(path, std::ios::binary);
    char part[4096];

    while (file.read(part, sizeof part) || file.gcount() > 0) {
        text.append(part, static_cast<std::size_t>(file.gcount()));
    }
    if (!file.eof()) { // it could not be opened, or not be read to the end
        std::fprintf(stderr, "%s: %s\n", what, std::strerror(errno));
        return false;
    }
    if (text.find('\0') != std::string::npos) {
        std::fprintf(stderr, "%s: holds a NUL byte, so it is no UTF-8 text\n", what);
        return false;
    }
    return true;
}

// Reads the token in a file, without the line end that an editor or `echo` puts at the end of the file. Other blanks
// and line ends are kept: the library refuses such a token, and the user learns why.
bool read_token(const char *path, std::string &token)
{
    if (!read_text(path, "the token file", token)) {
        return false;
    }
    if (!token.empty() && token.back() == '\n') {
        token.pop_back();
        if (!token.empty() && token.back() == '\r') {
            token.pop_back();
        }
    }
    return true;
}

const char *word(qls::Verdict verdict)
{
    switch (verdict) {
    case qls::Verdict::allowed:
        return "allowed";
    case qls::Verdict::denied:
        return "denied";
    case qls::Verdict::unknown:
        break;
    }
    return "unknown";
}

// Prints one line per requested component, in the order of the request, and says whether all are allowed. They are not
// where there is none: whoever asks for nothing has lost the list.
int print_verdicts(const qls::Result &result)
{
    std::size_t component_width = std::strlen("COMPONENT"), consumer_width = std::strlen("CONSUMER");
    int exit_code = ALL_ALLOWED;

    if (result.component_count() == 0) {
        std::fputs("check: the list of consumers is empty: it asks for nothing\n", stderr);
        return REFUSED;
    }
    for (std::size_t i = 0; i < result.component_count(); i++) {
        const qls::Component component = result.component(i); // its texts belong to the result
        component_width = std::max(component_width, std::strlen(component.component_id));
        consumer_width = std::max(consumer_width, std::strlen(component.consumer_id));
    }
    const auto print = [=](const char *component, const char *consumer, const char *verdict) {
        std::printf("%-*s  %-*s  %s\n", static_cast<int>(component_width), component, static_cast<int>(consumer_width),
                    consumer, verdict);
    };
    print("COMPONENT", "CONSUMER", "VERDICT");
    for (std::size_t i = 0; i < result.component_count(); i++) {
        const qls::Component component = result.component(i);
        print(component.component_id, component.consumer_id, word(component.verdict));
        if (component.verdict != qls::Verdict::allowed) { // unknown is not allowed either
            exit_code = NOT_ALL_ALLOWED;
        }
    }
    return exit_code;
}

} // namespace

int main(int argc, char **argv)
{
    const char *server = nullptr, *token_file = nullptr, *ca_file = nullptr, *consumers_file = nullptr;
    bool plain_http = false;

    for (int i = 1; i < argc; i++) {
        if (std::strcmp(argv[i], "--server") == 0 && i + 1 < argc) {
            server = argv[++i];
        } else if (std::strcmp(argv[i], "--token-file") == 0 && i + 1 < argc) {
            token_file = argv[++i];
        } else if (std::strcmp(argv[i], "--ca-file") == 0 && i + 1 < argc) {
            ca_file = argv[++i];
        } else if (std::strcmp(argv[i], "--plain-http") == 0) {
            plain_http = true;
        } else if (argv[i][0] != '-' && consumers_file == nullptr) {
            consumers_file = argv[i];
        } else {
            return usage();
        }
    }
    if (consumers_file == nullptr) {
        return usage();
    }

    std::string consumers, token;
    if (!read_text(consumers_file, "the list of consumers", consumers) || (token_file != nullptr && !read_token(token_file, token))) {
        return REFUSED; // the reason has been printed
    }
    // nullptr for the URL or the file means the default. If a setting is refused, check() below sends nothing, and its
    // result says why.
    qls::Client client;
    client.set_server(server).set_ca_file(ca_file).set_allow_plain_http(plain_http);

    // Blocks until there is an answer or the time is up, which is 30 seconds unless set otherwise. In a program with a
    // window, call it from a worker thread.
    const qls::Result result = client.check(token_file != nullptr ? token.c_str() : nullptr, consumers);
    if (result.ok()) {
        return print_verdicts(result);
    }
    const char *cause = result.get("/cause");
    std::fprintf(stderr, "check: %s: %s (cause: %s)\n", status_name(result.status()), result.message(),
                 cause != nullptr ? cause : "none");
    return exit_code_of(result.native_handle());
}
