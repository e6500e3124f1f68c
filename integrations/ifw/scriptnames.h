// Which components a script is about, as far as its text says so.
#ifndef QLS_SCRIPTNAMES_H
#define QLS_SCRIPTNAMES_H

#include <QtCore/QSet>
#include <QtCore/QString>

struct ScriptNames
{
    // Adds what this script says.
    void read(const QString &script);

    QSet<QString> quoted;    // texts in quotation marks, without versions
    bool hasOthers = false; // it asks for components whose names do not stand in it: nobody can know which ones
};

#endif
