// The plug-in's texts in the language of the framework's own. An installer's author needs to do nothing for them.
#ifndef QLS_TRANSLATION_H
#define QLS_TRANSLATION_H

namespace QInstaller {
class PackageManagerCore;
}

class Translation
{
public:
    // In a window, in the language that the framework has chosen before.
    static void install(const QInstaller::PackageManagerCore *core);
};

#endif
