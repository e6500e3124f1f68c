// The list of packages on the license page: groups of rows, each with a sign, a name and a verdict in words, and a filter
// above it. Below is the reason for the row that is selected. It needs Qt Widgets, and nothing of the framework.
#ifndef QLS_LICENSETREE_H
#define QLS_LICENSETREE_H

#include "licensereport.h"

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;
QT_END_NAMESPACE

class LicenseTree : public QWidget
{
    Q_OBJECT

public:
    explicit LicenseTree(QWidget *parent = nullptr);

    void setGroups(const QVector<LicenseReport::Group> &groups);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QTreeWidgetItem *itemFor(const LicenseReport::Row &row) const;
    void fill();
    void filter();
    void showReason();

    QVector<LicenseReport::Group> m_groups;
    QLineEdit *const m_filter;
    QTreeWidget *const m_tree;
    QLabel *const m_reason;
};

#endif
