// The framework leaves this file to whoever replaces its ProductKeyCheck: it could add options to the command line. The
// licence check has none; what it takes are Key=value arguments, which the framework accepts without being told.
#include <commandlineparser_p.h>

void CommandLineParserPrivate::addExtensionsOptions() const
{
}
