// The license page without its wizard: what is asked of whom, the progress while that lasts, and what came of it, with the
// buttons for what can be done. It needs Qt Widgets, and nothing of the framework.
//
// The buttons and other parts have object names, which control scripts use: the README lists them.
#ifndef QLS_LICENSEVIEW_H
#define QLS_LICENSEVIEW_H

#include "licensereport.h"

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QTabWidget;
QT_END_NAMESPACE
class LicenseList;
class LicenseTree;

class LicenseView : public QWidget
{
    Q_OBJECT

public:
    explicit LicenseView(QWidget *parent = nullptr);

    void setReport(const LicenseReport &report);
    const LicenseReport &report() const { return m_report; }

    // What the page says above its list, for scripts and screen readers: plain text.
    QString message() const;

    // Where a click on a link opens no browser, since that would run with an administrator's rights.
    void setOpensLinks(bool opens) { m_opensLinks = opens; }

    // While details are collected nothing else can be asked. Then the clipboard has what the page says and the diagnosis,
    // which is empty where there can be none.
    void collectDetails();
    void copyDetails(const QString &diagnosis);

    // The button with which to go on from here; nullptr where that is the wizard's own.
    QPushButton *mainButton() const;

signals:
    void checkRequested();
    void stopRequested();
    void tokenFileChosen(const QString &path);
    void detailsRequested();
    void continueRequested(); // without what needs a license
    void linkActivated(const QUrl &url);

protected:
    void changeEvent(QEvent *event) override;

private:
    QLabel *newLabel(const char *name);
    QPushButton *newButton(const char *name, const QString &text);
    void enableButtons();
    void chooseTokenFile();
    void showSign();

    LicenseReport m_report;
    bool m_opensLinks = true;
    bool m_collecting = false; // details
    QLabel *const m_sign;
    QLabel *const m_summary;
    QLabel *const m_explanation;
    QLabel *const m_question;
    QProgressBar *const m_progress;
    QPlainTextEdit *const m_detail;
    QTabWidget *const m_tabs;
    LicenseTree *const m_components;
    LicenseList *const m_licenses;
    QPushButton *m_check;
    QPushButton *m_stop;
    QPushButton *m_tokenFile;
    QPushButton *m_details;
    QPushButton *m_continue;
};

#endif
