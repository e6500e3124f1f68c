#include "arguments.h"

#include "packagelist.h"

#include <commandlineparser.h>
#include <constants.h>

Arguments Arguments::ofThisProgram()
{
    Arguments arguments;
    CommandLineParser parser;
    parser.parse(QCoreApplication::arguments());
    arguments.noProxy = parser.isSet(CommandLineOptions::scNoProxyLong);
    arguments.scripted = parser.isSet(CommandLineOptions::scScriptLong);
    QString command;
    for (const QString &argument : parser.positionalArguments()) {
        const int equals = int(argument.indexOf(QLatin1Char('=')));
        if (equals >= 0)
            arguments.values.insert(argument.left(equals), argument.mid(equals + 1));
        else if (command.isNull())
            command = argument; // some have a hyphen in them, as versions have before them
        else
            arguments.names.append(PackageList::withoutVersion(argument));
    }
    arguments.changes = command == CommandLineOptions::scInstallLong || command == CommandLineOptions::scInstallShort
        || command == CommandLineOptions::scUpdateLong || command == CommandLineOptions::scUpdateShort
        || command == CommandLineOptions::scCreateOfflineLong || command == CommandLineOptions::scCreateOfflineShort;
    arguments.searches = command == CommandLineOptions::scSearchLong || command == CommandLineOptions::scSearchShort;
    return arguments;
}
