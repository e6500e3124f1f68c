#include "licensetree.h"

#include "gatetexts.h"
#include "licensesigns.h"

#include <QtCore/QEvent>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

namespace {

const int filteredFrom = 15; // rows
const int NameRole = Qt::UserRole;
const int ReasonRole = Qt::UserRole + 1;

int countOf(const QVector<LicenseReport::Row> &rows)
{
    int count = int(rows.size());
    for (const LicenseReport::Row &row : rows)
        count += countOf(row.needing);
    return count;
}

// Hides what does not fit, but for what is above something that fits. Returns whether anything is left.
bool filterItem(QTreeWidgetItem *item, const QString &wanted)
{
    bool fits = false;
    for (int column = 0; column < item->columnCount(); ++column)
        fits = fits || item->text(column).contains(wanted, Qt::CaseInsensitive);
    fits = fits || item->data(0, NameRole).toString().contains(wanted, Qt::CaseInsensitive);
    if (!item->parent())
        fits = false; // a group is there for its rows
    for (int i = 0; i < item->childCount(); ++i)
        fits = filterItem(item->child(i), wanted) || fits;
    item->setHidden(!fits);
    return fits;
}

} // namespace

LicenseTree::LicenseTree(QWidget *parent)
    : QWidget(parent), m_filter(new QLineEdit(this)), m_tree(new QTreeWidget(this)), m_reason(new QLabel(this))
{
    m_filter->setObjectName(QStringLiteral("FilterLineEdit"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    m_tree->setObjectName(QStringLiteral("ComponentsTree"));
    m_tree->setAccessibleName(tr("Components"));
    m_tree->setHeaderLabels({tr("Component"), tr("License")});
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setTextElideMode(Qt::ElideMiddle);
    m_tree->setMinimumHeight(3 * fontMetrics().height());
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionsMovable(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_reason->setObjectName(QStringLiteral("ReasonLabel"));
    m_reason->setTextFormat(Qt::PlainText);
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_reason->setFocusPolicy(Qt::StrongFocus);
    m_reason->setWordWrap(true);
    m_reason->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    // Most reasons need no more, so that the rows stay where they are when another one is selected.
    m_reason->setMinimumHeight(2 * m_reason->fontMetrics().lineSpacing());
    QVBoxLayout *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_filter);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_reason);
    connect(m_filter, &QLineEdit::textChanged, this, &LicenseTree::filter);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &LicenseTree::showReason);
}

void LicenseTree::setGroups(const QVector<LicenseReport::Group> &groups)
{
    m_groups = groups;
    fill();
}

QTreeWidgetItem *LicenseTree::itemFor(const LicenseReport::Row &row) const
{
    QTreeWidgetItem *const item = new QTreeWidgetItem({row.title, row.verdict});
    item->setIcon(0, LicenseSigns::icon(row.sign, this));
    item->setData(0, NameRole, row.name);
    item->setData(0, ReasonRole, row.reason);
    item->setToolTip(0, GateTexts::asMarkup(row.title));
    item->setData(0, Qt::AccessibleDescriptionRole, row.reason);
    for (const LicenseReport::Row &needing : row.needing)
        item->addChild(itemFor(needing));
    return item;
}

void LicenseTree::fill()
{
    QFont bold = m_tree->font();
    bold.setBold(true);
    int rows = 0;
    m_tree->clear();
    for (const LicenseReport::Group &group : m_groups) {
        QTreeWidgetItem *const top = new QTreeWidgetItem(m_tree);
        top->setText(0, tr("%1 (%2)", "title of a group, number of components").arg(group.title).arg(group.rows.size()));
        top->setFont(0, bold);
        for (const LicenseReport::Row &row : group.rows)
            top->addChild(itemFor(row));
        top->setFirstColumnSpanned(true);
        rows += countOf(group.rows);
    }
    m_tree->expandAll();
    // Where something is not covered, the first reason is to be seen at once.
    if (!m_groups.isEmpty() && m_groups.first().sign == LicenseReport::NotCovered)
        m_tree->setCurrentItem(m_tree->topLevelItem(0)->child(0));
    m_filter->setVisible(rows >= filteredFrom);
    if (rows < filteredFrom)
        m_filter->clear();
    filter();
}

void LicenseTree::filter()
{
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
        filterItem(m_tree->topLevelItem(i), m_filter->text().trimmed());
    showReason();
}

void LicenseTree::showReason()
{
    const QTreeWidgetItem *const item = m_tree->currentItem();
    const QString reason = item && !item->isHidden() ? item->data(0, ReasonRole).toString() : QString();
    // A name from left to right does not make the sentence go from left to right: it is isolated, and the first character
    // that has a direction is a mark of the sentence's.
    const QChar direction(isRightToLeft() ? 0x200f : 0x200e);
    m_reason->setText(reason.isEmpty() ? reason : direction + tr("%1: %2", "component, reason")
                                                      .arg(QChar(0x2068) + item->text(0) + QChar(0x2069), reason));
    m_reason->setVisible(!reason.isEmpty());
    m_reason->setToolTip(GateTexts::asMarkup(m_reason->text()));
}

// In a line edit of a wizard these keys would press Next, and Cancel.
bool LicenseTree::eventFilter(QObject *, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return false;
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        m_tree->setFocus(Qt::TabFocusReason);
        return true;
    }
    if (key != Qt::Key_Escape || m_filter->text().isEmpty())
        return false;
    m_filter->clear();
    return true;
}

void LicenseTree::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        fill();
}
