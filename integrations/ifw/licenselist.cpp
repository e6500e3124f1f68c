#include "licenselist.h"

#include "gatetexts.h"

#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

namespace {

// As it would be sent: decoded, some characters could make it look like another address.
QString shown(const QUrl &url)
{
    return url.scheme() == QLatin1String("mailto") ? url.path() : url.toString(QUrl::FullyEncoded);
}

} // namespace

LicenseList::LicenseList(QWidget *parent)
    : QWidget(parent), m_tree(new QTreeWidget(this)), m_covers(new QLabel(this)), m_links(new QLabel(this))
{
    m_tree->setObjectName(QStringLiteral("LicensesTree"));
    m_tree->setAccessibleName(tr("Licenses"));
    m_tree->setHeaderLabels({tr("License"), tr("Validity")});
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setTextElideMode(Qt::ElideMiddle);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionsMovable(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_covers->setObjectName(QStringLiteral("CoversLabel"));
    m_covers->setTextFormat(Qt::PlainText);
    m_covers->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_links->setObjectName(QStringLiteral("LinksLabel"));
    for (QLabel *label : {m_covers, m_links}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    }
    // A license may name hundreds of packages, and the list of licenses needs its room.
    QScrollArea *const area = new QScrollArea(this);
    area->setObjectName(QStringLiteral("CoversArea"));
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidgetResizable(true);
    area->setWidget(m_covers);
    area->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    area->setMaximumHeight(5 * fontMetrics().lineSpacing());
    connect(area->verticalScrollBar(), &QScrollBar::rangeChanged, area, [area](int, int last) {
        area->setFocusPolicy(last > 0 ? Qt::StrongFocus : Qt::NoFocus); // to be scrolled by keys
    });
    QVBoxLayout *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tree, 1);
    layout->addWidget(area);
    layout->addWidget(m_links);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &LicenseList::showCurrent);
    connect(m_links, &QLabel::linkActivated, this, [this](const QString &name) { emit linkActivated(address(name)); });
    connect(m_links, &QLabel::linkHovered, this, [this](const QString &name) {
        m_links->setToolTip(name.isEmpty() ? QString() : GateTexts::asMarkup(shown(address(name))));
    });
}

void LicenseList::setLicenses(const QVector<LicenseReport::License> &licenses, bool opensLinks)
{
    m_licenses = licenses;
    m_opensLinks = opensLinks;
    m_links->setTextFormat(opensLinks ? Qt::RichText : Qt::PlainText);
    m_links->setTextInteractionFlags(opensLinks ? Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard
                                                : Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    for (QLabel *label : {m_covers, m_links})
        label->setFocusPolicy(Qt::StrongFocus);
    m_tree->clear();
    for (const LicenseReport::License &license : licenses) {
        QTreeWidgetItem *const item = new QTreeWidgetItem(m_tree, {license.name, license.validity});
        item->setToolTip(0, GateTexts::asMarkup(license.name));
    }
    if (!licenses.isEmpty())
        m_tree->setCurrentItem(m_tree->topLevelItem(0));
    showCurrent();
}

// The links have names of ours, so that nothing of the server is in the markup.
QUrl LicenseList::address(const QString &name) const
{
    const LicenseReport::License license = m_licenses.value(m_tree->indexOfTopLevelItem(m_tree->currentItem()));
    if (name == QLatin1String("admin"))
        return license.admin;
    return name == QLatin1String("sales") ? license.sales : license.support;
}

void LicenseList::showCurrent()
{
    const LicenseReport::License license = m_licenses.value(m_tree->indexOfTopLevelItem(m_tree->currentItem()));
    m_covers->setText(license.covers.isEmpty() ? tr("This license names nothing in this installer.")
                                               : tr("This license names: %1").arg(license.covers));
    const struct
    {
        const char *name;
        QString text;
    } kinds[] = {{"admin", tr("Manage licenses")}, {"sales", tr("Contact sales")}, {"support", tr("Support")}};
    QStringList links;
    for (const auto &kind : kinds) {
        const QUrl url = address(QLatin1String(kind.name));
        if (url.isEmpty())
            continue;
        links.append(m_opensLinks ? QStringLiteral("<a href=\"%1\">%2</a>").arg(QLatin1String(kind.name), kind.text.toHtmlEscaped())
                                  : tr("%1: %2", "kind of contact, address").arg(kind.text, shown(url)));
    }
    m_links->setText(links.join(m_opensLinks ? QStringLiteral(" &nbsp; ") : QStringLiteral("\n")));
    m_links->setVisible(!links.isEmpty());
}
