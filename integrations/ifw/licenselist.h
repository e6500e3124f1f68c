// The licenses on the license page: what each covers, and until when, with links to the people who can help. It needs Qt
// Widgets, and nothing of the framework.
#ifndef QLS_LICENSELIST_H
#define QLS_LICENSELIST_H

#include "licensereport.h"

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QTreeWidget;
QT_END_NAMESPACE

class LicenseList : public QWidget
{
    Q_OBJECT

public:
    explicit LicenseList(QWidget *parent = nullptr);

    // opensLinks: whether a click on a link emits linkActivated(). Otherwise its address is shown instead, to be copied.
    void setLicenses(const QVector<LicenseReport::License> &licenses, bool opensLinks);

signals:
    void linkActivated(const QUrl &url);

private:
    void showCurrent();
    QUrl address(const QString &name) const;

    QVector<LicenseReport::License> m_licenses;
    bool m_opensLinks = false;
    QTreeWidget *const m_tree;
    QLabel *const m_covers;
    QLabel *const m_links;
};

#endif
