// What the license page shows, as data: what the server was asked, what came of it, package by package, and which
// licenses there are. All texts are plain text that may quote the server. It needs Qt Core, and of Qt Gui the direction of
// the language.
#ifndef QLS_LICENSEREPORT_H
#define QLS_LICENSEREPORT_H

#include "precheckgate.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QUrl>
#include <QtCore/QVector>

class LicenseReport
{
    Q_DECLARE_TR_FUNCTIONS(LicenseReport)

public:
    enum State {
        Waiting, // for the user's consent
        Asking,
        Answered,
        NoAnswer,
        Refused // nothing can be asked, and nothing is installed
    };

    enum Sign { Covered, NotCovered, Unknown, LeftOut };

    struct Row
    {
        QString name; // the package's
        QString title;
        QString verdict; // in one or two words
        QString reason;  // in a sentence
        Sign sign;
        QVector<Row> needing; // what is left out because it needs this one
    };

    // Packages that share a verdict, and in this way the reason for it.
    struct Group
    {
        QString title;
        Sign sign;
        QVector<Row> rows;
    };

    struct License
    {
        QString name;
        QString validity;
        QString covers; // titles of the packages that it names, also where it is expired or used up
        QUrl admin;     // addresses of people who can help: http, https or mailto; empty where there is none
        QUrl sales;
        QUrl support;
    };

    // asking: whether an inquiry is under way.
    explicit LicenseReport(const PrecheckGate &gate, bool asking = false);
    LicenseReport() = default;

    // "9 of 21 components are covered by your licenses."
    static QString summaryOf(const PrecheckGate &gate);

    // Only what a browser or a mail program may get. Of a letter its address alone: its text and its attachments would be
    // the server's. Empty for everything else.
    static QUrl contact(const QString &address);

    // The steps of a diagnosis and its conclusion, for support staff: in English, as the library words it.
    static QString diagnosis(const Inquiry &inquiry);

    State state = Waiting;
    QString summary;
    QString explanation; // what to do, or what the summary does not say
    QString question;    // who is asked, with what and for whom
    QString detail;      // what the library says, for support staff
    QVector<Group> groups;
    QVector<License> licenses;
    bool isEverythingCovered = false;
    bool mayContinue = false; // without what needs a license
    bool needsToken = false;  // so that choosing a token file is the first thing to do

private:
    QString questionOf(const PrecheckGate &gate) const;
    static QVector<Group> groupsOf(const PrecheckGate &gate);
    static QVector<License> licensesOf(const PrecheckGate &gate);
    void describe(const PrecheckGate &gate);
};

#endif
