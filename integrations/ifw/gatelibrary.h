// Loads the library that the gate asks with: in a framework that was built with QLS_LINK=load it is a file, in the
// installer or beside it. It needs Qt Core alone.
#ifndef QLS_GATELIBRARY_H
#define QLS_GATELIBRARY_H

#include <QtCore/QString>

// Loads it, unless this was done before. Null, or why there is none: plain text for people.
QString loadGateLibrary();

#endif
