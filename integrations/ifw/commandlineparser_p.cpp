// The framework expects this file from whoever replaces its ProductKeyCheck, so that options can be added to the command
// line. The license check adds none: it takes Key=value arguments, which the framework accepts anyway.
#include <commandlineparser_p.h>

void CommandLineParserPrivate::addExtensionsOptions() const
{
}
