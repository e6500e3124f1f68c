// The sentences with which the gate tells people what is left out, and why. They are plain text that may quote the
// server: escape them where markup is rendered.
#ifndef QLS_GATETEXTS_H
#define QLS_GATETEXTS_H

#include "licenseclosure.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QString>
#include <QtCore/QStringList>

class GateTexts
{
    Q_DECLARE_TR_FUNCTIONS(GateTexts)

public:
    // Where an answer came from, or why there is none.
    struct Asked
    {
        enum How { NoAnswer, Answered, NeverAsks };

        How how = NoAnswer;
        QString server;
        QString tokenSource; // as tokenSource() words it
    };

    // The text without what looks like a token, and without the password in this proxy's address: either may have been
    // put into a path by mistake. The library has done the same for what it says.
    static QString withoutSecrets(QString text, const QString &proxy);

    static QString unusableList(const QString &path, const QString &wrong);
    static QString unusableTokenFile(const QString &path, const QString &wrong);
    static QString unusableCaFile(const QString &path, const QString &wrong);

    // What the library calls the token's source, for people.
    static QString tokenSource(const QString &source, const QString &tokenFile);

    // For where Qt guesses what is markup: with an element around it there is nothing to guess, and the text shows as it is.
    static QString asMarkup(const QString &text) { return QStringLiteral("<span>%1</span>").arg(text.toHtmlEscaped()); }

    // Why a script fails that mentions these left-out packages, or none by name.
    static QString scriptFails(const QStringList &mentioned, const QString &error);

    // Why a package is left out. root is the package that leftOut.root is the index of.
    static QString reason(const LeftOut &leftOut, const ListedPackage &root, const Asked &asked);

private:
    static QString reasonForRoot(Verdict verdict, const ListedPackage &package, const Asked &asked);
};

#endif
