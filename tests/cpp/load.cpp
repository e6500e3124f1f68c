// The C++ header over qls_precheck_load.c: inert until the library is loaded, then as with the linked one.
// usage: load SERVER-URL TOKEN-FILE LIBRARY
#include "asking.hpp"

#include "qls_precheck_load.h"

static void log_nothing(qls::Log, const char *) {}

int main(int argc, char **argv)
{
    asking from;
    require(argc == 4, "usage: load SERVER-URL TOKEN-FILE LIBRARY");
    asking_start(&from, 3, argv);

    qls::Client early = client_of(from);
    early.set_log(log_nothing, qls::Log::trace);
    qls::Result result = early.check(from.token, ASKING_CONSUMERS);
    EXPECT_RESULT(result, qls::Status::configuration);
    EXPECT_IN(result.message(), "did not call qls_load()");
    EXPECT_STR(result.get("/cause"), "library-not-loaded");
    EXPECT(!result.is_allowed("tools.creator"));
    early.cancel();

    result = qls::Result::adopt(qls_load("not-absolute"));
    EXPECT_RESULT(result, qls::Status::configuration);
    const qls::Result listed = qls::Client().list(from.token);
    EXPECT_STR(listed.message(), result.message());

    result = qls::Result::adopt(qls_load(asking_path(argv[3])));
    EXPECT_RESULT(result, qls::Status::ok);
    EXPECT_RESULT(early.check(from.token, ASKING_CONSUMERS), qls::Status::configuration);
    early = client_of(from);
    result = early.check(from.token, ASKING_CONSUMERS);
    expect_verdicts(result);
    return expect_exit_code();
}
