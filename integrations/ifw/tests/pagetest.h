// What the tests of the license page share: reports of gates that ask the stand-in, and the page's parts.
#ifndef QLS_PAGETEST_H
#define QLS_PAGETEST_H

#include "gatetest.h"

#include "licenseview.h"

#include <QtGui/QAccessible>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>

class PageTestBase : public GateTest
{
protected:
    template <class Widget>
    Widget *part(const char *name)
    {
        Widget *const widget = m_view->findChild<Widget *>(text(name));
        if (!widget)
            qFatal("there is no %s", name);
        return widget;
    }

    void show(const LicenseReport &report)
    {
        m_view.reset(new LicenseView);
        m_view->resize(520, 380);
        m_view->setReport(report);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.data()));
    }

    // Twelve packages that the demo's licenses do not cover, and one that is covered.
    PrecheckGate twelveDenied(const GateSettings &settings)
    {
        QByteArray list = allowed();
        for (int i = 0; i < 12; ++i)
            list += marked("org.addon" + QByteArray::number(i), "squish_tester", "9.0.0");
        return asked(list + package("org.user", "<Dependencies>org.addon3</Dependencies>"), settings);
    }

    LicenseReport twelve(const GateSettings &settings) { return LicenseReport(twelveDenied(settings)); }

    PrecheckGate nobodyThere(GateSettings::OnNoVerdict policy)
    {
        GateSettings settings = this->settings();
        settings.server = text("http://127.0.0.1:1");
        settings.onNoVerdict = policy;
        return asked(allowed() + denied(), settings);
    }

    LicenseReport away(GateSettings::OnNoVerdict policy) { return LicenseReport(nobodyThere(policy)); }

    // Everything that a screen reader finds below this.
    static void read(QAccessibleInterface *interface, QStringList *found)
    {
        for (int i = 0; i < interface->childCount(); ++i) {
            QAccessibleInterface *const child = interface->child(i);
            if (!child || (child->object() && child->state().invisible))
                continue;
            found->append(child->text(QAccessible::Name));
            read(child, found);
        }
    }

    QStringList accessibleTexts()
    {
        QStringList found;
        read(QAccessible::queryAccessibleInterface(m_view.data()), &found);
        return found;
    }

    QStringList visibleButtons()
    {
        QStringList names;
        for (const QPushButton *button : m_view->findChildren<QPushButton *>()) {
            if (button->isVisible())
                names.append(button->objectName());
        }
        names.sort();
        return names;
    }

    QScopedPointer<LicenseView> m_view;
};

#endif
