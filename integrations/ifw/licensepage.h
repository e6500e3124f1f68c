// The wizard's page about licenses: the framework's part of what licenseview.h shows. It is the first page, so that the
// server is asked before the components are loaded.
#ifndef QLS_LICENSEPAGE_H
#define QLS_LICENSEPAGE_H

#include "inquirythread.h"

#include <packagemanagergui.h>

class InstallerCheck;
class LicenseView;

class LicensePage : public QInstaller::PackageManagerPage
{
    Q_OBJECT
    // For control scripts, as the README says.
    Q_PROPERTY(QString state READ state)
    Q_PROPERTY(QString message READ message)
    Q_PROPERTY(QStringList notAllowed READ notAllowed)
    Q_PROPERTY(bool goesOn MEMBER m_goesOn)

public:
    static const int id = 0x0f00; // before QInstaller::Introduction

    explicit LicensePage(QInstaller::PackageManagerCore *core);
    ~LicensePage() override;

    bool isComplete() const override;
    bool validatePage() override;

    QString state() const; // waiting, asking, answered, no-answer or refused
    QString message() const;
    QStringList notAllowed() const;

public slots:
    void checkAgain();
    void stop();
    void setTokenFile(const QString &path);
    void continueWithoutThem();

protected:
    void entering() override;
    void leaving() override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void refresh();
    void answered();
    void goOn();
    void waitForScript();
    bool isTiresome() const; // a script has asked too often in vain
    void giveUp();
    void collectDetails();

    InstallerCheck *const m_check;
    LicenseView *const m_view;
    std::unique_ptr<InquiryThread> m_asking;
    std::unique_ptr<InquiryThread> m_diagnosing;
    bool m_goesOn;                   // by itself as soon as it can
    bool m_continuesWithout = false; // what needs a license
    int m_answers = 0;               // that came while this page was shown
};

#endif
