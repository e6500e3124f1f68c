// The arguments of this program, as the framework itself reads them.
#ifndef QLS_ARGUMENTS_H
#define QLS_ARGUMENTS_H

#include <QtCore/QHash>
#include <QtCore/QString>
#include <QtCore/QStringList>

struct Arguments
{
    static Arguments ofThisProgram();

    QHash<QString, QString> values; // "Key=value"
    QStringList names;              // of the packages that the command is about, without versions
    bool changes = false;           // the command installs or updates packages, or puts them into an offline installer
    bool searches = false;          // the command only shows which packages there are
    bool scripted = false;          // a control script was given; an installer may have one of its own besides
    bool noProxy = false;
};

#endif
