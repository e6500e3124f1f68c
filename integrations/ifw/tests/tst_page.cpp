#include "pagetest.h"

#include "../licenselist.h"

#include <QtCore/QTranslator>
#include <QtGui/QClipboard>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>

// What the license page shows, and what its buttons do.
class PageTest : public PageTestBase
{
    Q_OBJECT

private slots:
    void initTestCase();
    void twelve_in_one_group();
    void what_needs_them_is_below();
    void only_what_is_marked();
    void summaries();
    void names_in_a_language();
    void licenses();
    void a_license_of_very_many();
    void contacts_data();
    void contacts();
    void filtered();
    void a_failed_check_takes_nothing_away();
    void no_answer();
    void waiting_and_asking();
    void names_the_token_that_is_used();
    void buttons_say_what_they_do();
    void hidden_buttons_do_nothing();
    void nothing_is_markup();

private:
    QTranslator m_english;
};

// A window has the plural forms of English.
void PageTest::initTestCase()
{
    QVERIFY(m_english.load(text(":/qls/translations/qls_en.qm")));
    QVERIFY(QCoreApplication::installTranslator(&m_english));
}

void PageTest::twelve_in_one_group()
{
    show(twelve(settings()));
    QTreeWidget *const tree = part<QTreeWidget>("ComponentsTree");
    QCOMPARE(tree->topLevelItemCount(), 2);
    QCOMPARE(tree->topLevelItem(0)->text(0), text("Not covered by your licenses (12)"));
    QCOMPARE(tree->topLevelItem(0)->childCount(), 12);
    QCOMPARE(tree->topLevelItem(1)->text(0), text("Covered by your licenses (1)"));
    const QStringList texts = accessibleTexts();
    QCOMPARE(int(texts.count(text("Not covered by your licenses (12)"))), 1);
    QCOMPARE(int(texts.count(text("Not covered"))), 12);
    QCOMPARE(int(texts.count(text("Covered"))), 1);
    QVERIFY(texts.contains(text("The org.addon11")));
}

void PageTest::what_needs_them_is_below()
{
    show(twelve(settings()));
    const QTreeWidgetItem *const addon =
        part<QTreeWidget>("ComponentsTree")->findItems(text("The org.addon3"), Qt::MatchExactly | Qt::MatchRecursive).value(0);
    QVERIFY(addon);
    QCOMPARE(addon->childCount(), 1);
    QCOMPARE(addon->child(0)->text(0), text("The org.user"));
    QCOMPARE(addon->child(0)->text(1), text("Left out"));
    part<QTreeWidget>("ComponentsTree")->setCurrentItem(addon->child(0));
    QString reason = part<QLabel>("ReasonLabel")->text();
    reason.remove(QChar(0x2068)).remove(QChar(0x2069)).remove(QChar(0x200e));
    QCOMPARE(reason, text("The org.user: needs org.addon3, which your license does not cover"));
}

void PageTest::only_what_is_marked()
{
    show(LicenseReport(asked(allowed() + package("org.free", ""), settings())));
    QVERIFY(!accessibleTexts().join(QLatin1Char(' ')).contains(text("org.free")));
    QCOMPARE(part<QLabel>("SummaryLabel")->text(), text("Your licenses cover all components that need one."));
    QVERIFY(m_view->report().isEverythingCovered);
}

void PageTest::summaries()
{
    QCOMPARE(twelve(settings()).summary, text("1 of 13 components are covered by your licenses."));
    // A license covers a package also where it is left out for another reason.
    const QByteArray needing = marked("org.needing", "qtcreator", "15.0.0", "<Dependencies>org.denied</Dependencies>");
    QCOMPARE(LicenseReport(asked(denied() + needing, this->settings())).summary,
             text("1 of 2 components are covered by your licenses."));
    // A name counts once, whichever of the lists says that it needs a license, and only a yes to all of them covers it.
    const QByteArray unmarked = "<PackageUpdate><Name>org.allowed</Name><Version>1</Version>"
                                "<Dependencies>org.denied</Dependencies></PackageUpdate>";
    QCOMPARE(LicenseReport(asked(unmarked + denied() + allowed(), this->settings())).summary,
             text("1 of 2 components are covered by your licenses."));
    PrecheckGate later = asked(allowed() + marked("org.other", "qtcreator", "15.0.0"), this->settings());
    later.readPackages(packages(marked("org.allowed", "qtcreator", "99.0.0")));
    QCOMPARE(LicenseReport::summaryOf(later), text("1 of 2 components are covered by your licenses."));
    // For the page where components are chosen.
    GateSettings settings = this->settings();
    settings.server = text("http://127.0.0.1:1");
    settings.onNoVerdict = GateSettings::Hide;
    QCOMPARE(LicenseReport::summaryOf(asked(allowed(), settings)),
             text("Components that need a license are left out: your licenses could not be checked."));
    QCOMPARE(LicenseReport(asked(denied(), this->settings())).summary,
             text("None of the components that need a license is covered by your licenses."));
}

// The framework shows the same one where components are chosen.
void PageTest::names_in_a_language()
{
    const QByteArray german = "<DisplayName xml:lang=\"de\">Werkzeug</DisplayName>", usual = "<DisplayName>Tool</DisplayName>";
    const QLocale before;
    for (const char *language : {"de_AT", "en_US"}) {
        QLocale::setDefault(QLocale(text(language)));
        for (const QByteArray &names : {QByteArray(german + usual), QByteArray(usual + german)}) {
            PrecheckGate gate;
            gate.setSettings(settings());
            gate.readPackages(file(text("Updates.xml"), "<Updates><PackageUpdate><Name>org.tool</Name>" + names
                                       + "<Version>1</Version><QlsConsumerId>qtcreator</QlsConsumerId></PackageUpdate></Updates>"));
            const LicenseReport report(gate);
            QCOMPARE(report.groups.value(0).rows.value(0).title, text(language[0] == 'd' ? "Werkzeug" : "Tool"));
        }
    }
    QLocale::setDefault(before);
}

// The list of licenses keeps its room, and an address is shown as it would be sent.
void PageTest::a_license_of_very_many()
{
    LicenseReport::License license;
    license.covers = QStringList(QVector<QString>(300, text("Data Visualization")).toList()).join(text(", "));
    license.admin = QUrl(text("https://xn--80ak6aa92e.com/a%20b/%E2%80%AEmoc"));
    LicenseList list;
    list.setLicenses({license, license}, false);
    list.resize(520, 300);
    list.show();
    QCoreApplication::processEvents();
    QVERIFY(list.findChild<QTreeWidget *>(text("LicensesTree"))->height() > 100);
    QScrollArea *const area = list.findChild<QScrollArea *>(text("CoversArea"));
    QVERIFY(area->verticalScrollBar()->maximum() > 0);
    QCOMPARE(area->focusPolicy(), Qt::StrongFocus);
    QVERIFY(list.findChild<QLabel *>(text("LinksLabel"))->text().endsWith(text("https://xn--80ak6aa92e.com/a%20b/%E2%80%AEmoc")));
}

void PageTest::licenses()
{
    GateSettings settings = this->settings();
    settings.list = true;
    show(twelve(settings));
    QTreeWidget *const tree = part<QTreeWidget>("LicensesTree");
    QCOMPARE(tree->topLevelItemCount(), 3);
    QVERIFY(tree->topLevelItem(0)->text(0).contains(text("Example Ltd")));
    QVERIFY(tree->topLevelItem(0)->text(0).contains(text("10000001")));
    QCOMPARE(tree->topLevelItem(1)->text(0), text("Example Ltd, Tools team, not renewed, 10000002"));
    QVERIFY(tree->topLevelItem(0)->text(1).startsWith(text("valid until ")));
    QVERIFY(tree->topLevelItem(1)->text(1).startsWith(text("expired on ")));
    // What was bought once still covers what was built before.
    QVERIFY(tree->topLevelItem(2)->text(1).startsWith(text("for builds until ")));
    QCOMPARE(part<QLabel>("CoversLabel")->text(), text("This license names: The org.allowed"));
    const QLocale usual;
    for (const char *language : {"de_DE", "en_US"}) {
        QLocale::setDefault(QLocale(text(language)));
        const QString validity = LicenseReport(asked(allowed(), settings)).licenses.value(0).validity;
        QVERIFY2(validity.contains(text("2099")), qPrintable(validity));
    }
    QLocale::setDefault(usual);
    // Whether or not they can be installed with it.
    const auto named = [&](const QByteArray &list, int license) {
        return LicenseReport(asked(list, settings)).licenses.value(license).covers;
    };
    QCOMPARE(named(marked("org.expired", "squish_coco", "1.0.0"), 1), text("The org.expired"));
    QCOMPARE(named(marked("org.usedup", "qtcreator", "15.0.0", "<Dependencies>org.denied</Dependencies>") + denied(), 0),
             text("The org.usedup"));
    QSignalSpy opened(m_view.data(), &LicenseView::linkActivated);
    QLabel *const links = part<QLabel>("LinksLabel");
    QVERIFY(links->text().contains(text("Manage licenses")));
    emit links->linkActivated(text("admin"));
    QCOMPARE(opened.value(0).value(0).toUrl(), QUrl(text("https://account.qt.io/s/manage-licenses")));
    emit links->linkHovered(text("sales"));
    QVERIFY2(links->toolTip().contains(text("https://www.qt.io/contact-us")), qPrintable(links->toolTip()));
    // With an administrator's rights no browser is started.
    m_view->setOpensLinks(false);
    m_view->setReport(m_view->report());
    QVERIFY(links->text().contains(text("Support: support@qt.io")));
    QCOMPARE(links->textFormat(), Qt::PlainText);
}

void PageTest::contacts_data()
{
    QTest::addColumn<QString>("sent");
    QTest::addColumn<QString>("kept");
    const auto row = [](const char *sent, const char *kept) { QTest::newRow(sent) << text(sent) << text(kept); };
    row("https://www.qt.io/contact-us", "https://www.qt.io/contact-us");
    row("http://server/", "http://server/");
    row("mailto:support@qt.io", "mailto:support@qt.io");
    row("mailto:support@qt.io?subject=x&attach=/etc/passwd", "mailto:support@qt.io");
    row("mailto:one@qt.io,two@qt.io", "");
    row("mailto:one%40qt.io", "mailto:one@qt.io");
    for (const char *several : {"mailto:one@qt.io%2Ctwo@qt.io", "mailto:one@qt.io;two@qt.io", "mailto:one@qt.io%3Btwo",
                                "mailto:one@qt.io%0ABcc:two", "mailto:one@qt.io%250ABcc:two", "mailto:one@qt.io%0A",
                                "mailto:one@qt.io@two", "mailto:one@qt.io%20two", "mailto:one@qt.io%3Fbcc=two",
                                "mailto://server/one@qt.io", "mailto:one", "mailto:@qt.io"})
        row(several, "");
    row("mailto:", "");
    row("file:///etc/passwd", "");
    row("javascript:alert(1)", "");
    row("https://user:pass@example.com/", "");
    row("ms-settings:network", "");
    row("https://", "");
    row("Ask in room 7", "");
}

void PageTest::contacts()
{
    QFETCH(QString, sent);
    QFETCH(QString, kept);
    QCOMPARE(LicenseReport::contact(sent).toString(), kept);
}

void PageTest::filtered()
{
    QByteArray list;
    for (int i = 0; i < 300; ++i)
        list += marked("org.addon" + QByteArray::number(i), "squish_tester", "9.0.0");
    show(LicenseReport(asked(list, settings())));
    QLineEdit *const filter = part<QLineEdit>("FilterLineEdit");
    QTreeWidget *const tree = part<QTreeWidget>("ComponentsTree");
    QVERIFY(filter->isVisible());
    QTest::keyClicks(filter, text("addon29"));
    int left = 0;
    for (int i = 0; i < 300; ++i)
        left += !tree->topLevelItem(0)->child(i)->isHidden();
    QCOMPARE(left, 11);
    // The row whose reason was shown is not among them.
    QVERIFY(!part<QLabel>("ReasonLabel")->isVisible());
    // Return does not leave the page.
    QTest::keyClick(filter, Qt::Key_Return);
    QVERIFY(tree->hasFocus());
    filter->setFocus();
    QTest::keyClick(filter, Qt::Key_Escape);
    QVERIFY(filter->text().isEmpty());
    QVERIFY(!tree->topLevelItem(0)->child(0)->isHidden());
    show(LicenseReport(asked(denied(), settings())));
    QVERIFY(!part<QLineEdit>("FilterLineEdit")->isVisible());
}

void PageTest::a_failed_check_takes_nothing_away()
{
    PrecheckGate gate = asked(allowed() + denied(), settings());
    const QString reason = gate.reasonFor(text("org.denied"));
    GateSettings elsewhere = settings();
    elsewhere.server = text("http://127.0.0.1:1");
    gate.setSettings(elsewhere);
    const std::shared_ptr<Inquiry> inquiry = gate.begin();
    inquiry->run();
    QCOMPARE(gate.finish(*inquiry), PrecheckGate::Answered);
    QVERIFY(gate.isAllowed(text("org.allowed")));
    QCOMPARE(gate.reasonFor(text("org.denied")), reason);
    show(LicenseReport(gate));
    QCOMPARE(part<QLabel>("SummaryLabel")->text(), text("1 of 2 components are covered by your licenses."));
    QCOMPARE(part<QLabel>("ExplanationLabel")->text(),
             text("Your licenses could not be checked again: The license server could not be reached. The earlier answer "
                  "counts."));
    QVERIFY(part<QPlainTextEdit>("DetailText")->toPlainText().contains(text("127.0.0.1:1")));
}

void PageTest::no_answer()
{
    show(away(GateSettings::Block));
    QCOMPARE(part<QLabel>("SummaryLabel")->text(), text("The license server could not be reached."));
    QCOMPARE(part<QLabel>("ExplanationLabel")->text(),
             text("Ask whether the server is running, and whether a firewall is in the way. Without an answer nothing can be "
                  "installed."));
    QVERIFY(part<QPlainTextEdit>("DetailText")->toPlainText().contains(text("Connection refused")));
    const QStringList blocked = {text("CheckAgainButton"), text("ChooseTokenFileButton"), text("CopyDetailsButton")};
    QCOMPARE(visibleButtons(), blocked);
    QVERIFY(accessibleTexts().contains(text("Not checked (2)")));
    show(away(GateSettings::Hide));
    const QStringList hidden = {text("CheckAgainButton"), text("ChooseTokenFileButton"), text("ContinueButton"),
                                text("CopyDetailsButton")};
    QCOMPARE(visibleButtons(), hidden);
    GateSettings settings = this->settings();
    settings.tokenFile = text("/nowhere/token");
    show(LicenseReport(asked(allowed(), settings)));
    QCOMPARE(part<QLabel>("SummaryLabel")->text(), text("The token file cannot be used."));
    QCOMPARE(m_view->mainButton()->objectName(), text("ChooseTokenFileButton"));
}

void PageTest::waiting_and_asking()
{
    PrecheckGate gate;
    GateSettings settings = this->settings();
    settings.userId = text("jane");
    gate.setSettings(settings);
    gate.readPackages(packages(allowed() + denied()));
    show(LicenseReport(gate));
    QVERIFY(!part<QProgressBar>("CheckProgressBar")->isVisible());
    QVERIFY(part<QLabel>("ExplanationLabel")->text().contains(text("2 components")));
    const QString question = part<QLabel>("QuestionLabel")->text();
    QVERIFY2(question.contains(settings.server) && question.contains(text("jane")), qPrintable(question));
    QVERIFY2(question.contains(settings.tokenFile), qPrintable(question));
    QCOMPARE(m_view->mainButton()->text(), text("&Check now"));
    m_view->setReport(LicenseReport(gate, true));
    QVERIFY(part<QProgressBar>("CheckProgressBar")->isVisible());
    QCOMPARE(visibleButtons(), QStringList(text("StopButton")));
    QVERIFY(part<QLabel>("QuestionLabel")->text().contains(settings.server));
}

// The one that was chosen last, and with an answer the one that it was given for.
void PageTest::names_the_token_that_is_used()
{
    GateSettings wrong = settings();
    wrong.tokenFile = file(text("wrong"), "a-token-that-nobody-knows");
    GateSettings missing = settings();
    missing.tokenFile = text("/nowhere/token");
    PrecheckGate gate = asked(allowed(), wrong);
    QVERIFY(LicenseReport(gate).question.contains(wrong.tokenFile));
    gate.setSettings(missing);
    QVERIFY(!gate.begin());
    QVERIFY(LicenseReport(gate).question.contains(missing.tokenFile));
    gate.setSettings(settings());
    QVERIFY(LicenseReport(gate, true).question.contains(settings().tokenFile));
    QCOMPARE(gate.ask(), PrecheckGate::Answered);
    gate.setSettings(wrong);
    QVERIFY(LicenseReport(gate, true).question.contains(wrong.tokenFile));
    QVERIFY(LicenseReport(gate).question.contains(settings().tokenFile));
}

void PageTest::buttons_say_what_they_do()
{
    show(away(GateSettings::Hide));
    QSignalSpy check(m_view.data(), &LicenseView::checkRequested);
    QSignalSpy details(m_view.data(), &LicenseView::detailsRequested);
    QSignalSpy onward(m_view.data(), &LicenseView::continueRequested);
    for (const char *name : {"CheckAgainButton", "CopyDetailsButton", "ContinueButton"})
        QTest::mouseClick(part<QPushButton>(name), Qt::LeftButton);
    QCOMPARE(int(check.size()), 1);
    QCOMPARE(int(details.size()), 1);
    QCOMPARE(int(onward.size()), 1);
    // While details are collected the focus is elsewhere, and then it is back.
    QApplication::setActiveWindow(m_view.data());
    part<QPushButton>("CopyDetailsButton")->setFocus();
    m_view->collectDetails();
    QVERIFY(!part<QPushButton>("CheckAgainButton")->isEnabled());
    m_view->copyDetails(text("connection: failed"));
    QVERIFY(part<QPushButton>("CheckAgainButton")->isEnabled());
    QCOMPARE(QApplication::focusWidget(), part<QWidget>("CopyDetailsButton"));
    QCOMPARE(part<QPushButton>("CopyDetailsButton")->text(), text("&Details copied"));
    const QString copied = QGuiApplication::clipboard()->text();
    const QString asked = text("Server: http://127.0.0.1:1, with the token in ") + settings().tokenFile;
    for (const QString &line : {part<QLabel>("SummaryLabel")->text(), asked, text("Connection refused"), text("connection: failed")})
        QVERIFY2(copied.contains(line), qPrintable(copied));
    m_view->setReport(m_view->report());
    QCOMPARE(part<QPushButton>("CopyDetailsButton")->text(), text("Copy &details"));
    PrecheckGate gate;
    gate.readPackages(packages(allowed()));
    QSignalSpy stop(m_view.data(), &LicenseView::stopRequested);
    m_view->setReport(LicenseReport(gate, true));
    QTest::mouseClick(part<QPushButton>("StopButton"), Qt::LeftButton);
    QCOMPARE(int(stop.size()), 1);
}

// A control script can press them by name.
void PageTest::hidden_buttons_do_nothing()
{
    PrecheckGate gate;
    gate.setSettings(settings());
    gate.readPackages(packages(allowed()));
    const LicenseReport asking(gate, true);
    gate.refuse(text("there is a mistake"));
    for (const LicenseReport &report : {LicenseReport(gate), asking, away(GateSettings::Block)}) {
        show(report);
        QList<QSignalSpy *> spies;
        spies << new QSignalSpy(m_view.data(), &LicenseView::checkRequested)
              << new QSignalSpy(m_view.data(), &LicenseView::stopRequested)
              << new QSignalSpy(m_view.data(), &LicenseView::detailsRequested)
              << new QSignalSpy(m_view.data(), &LicenseView::continueRequested);
        const QStringList visible = visibleButtons();
        for (QPushButton *button : m_view->findChildren<QPushButton *>()) {
            if (visible.contains(button->objectName()))
                continue;
            QVERIFY2(!button->isEnabled(), qPrintable(button->objectName()));
            button->click();
        }
        for (QSignalSpy *spy : spies)
            QCOMPARE(int(spy->size()), 0);
        qDeleteAll(spies);
    }
}

void PageTest::nothing_is_markup()
{
    PrecheckGate gate;
    gate.refuse(text("<b>bold</b> &amp; <img src='file:///etc/passwd'>"));
    show(LicenseReport(gate));
    QCOMPARE(part<QPlainTextEdit>("DetailText")->toPlainText(), text("<b>bold</b> &amp; <img src='file:///etc/passwd'>"));
    QVERIFY(visibleButtons().isEmpty());
    // A tool tip guesses, and has to guess right.
    show(LicenseReport(asked(marked("org.r&amp;d", "squish_tester", "9.0.0"), settings())));
    const QTreeWidgetItem *const row = part<QTreeWidget>("ComponentsTree")->topLevelItem(0)->child(0);
    for (const QString &tip : {row->toolTip(0), part<QLabel>("ReasonLabel")->toolTip()}) {
        QVERIFY2(tip.contains(text("r&amp;d")), qPrintable(tip));
        QVERIFY2(Qt::mightBeRichText(tip), qPrintable(tip));
    }
    for (const QLabel *label : m_view->findChildren<QLabel *>())
        QVERIFY2(label->textFormat() != Qt::AutoText || label->text().isEmpty(), qPrintable(label->objectName()));
}

QObject *newPageTest()
{
    return new PageTest;
}

#include "tst_page.moc"
