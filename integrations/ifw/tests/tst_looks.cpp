#include "pagetest.h"

#include <QtCore/QDir>
#include <QtCore/QTranslator>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QStyle>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

// How the license page looks in every language, at every scale and in the dark, and how it is used without a mouse; and
// what support staff get.
class LooksTest : public PageTestBase
{
    Q_OBJECT

private slots:
    void initTestCase();
    void languages_data();
    void languages();
    void sharp();
    void dark();
    void by_keyboard();
    void diagnosis();
    void a_diagnosis_changes_nothing();
    void refused_stays_refused();

private:
    void savePicture(const QString &name);

    QVector<QPair<QString, PrecheckGate>> m_gates; // by the name of what the page shows
};

void LooksTest::languages_data()
{
    QTest::addColumn<QString>("file");
    const QDir folder(text(":/qls/translations"));
    for (const QString &name : folder.entryList())
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
    // Those that the framework ships, and that the README names; and the plural forms of English.
    QVERIFY2(folder.entryList().size() >= 12, qPrintable(folder.entryList().join(QLatin1Char(' '))));
}

// Everything that the page can show.
void LooksTest::initTestCase()
{
    GateSettings settings = this->settings();
    settings.list = true;
    settings.userId = text("jane");
    QFile token(settings.tokenFile);
    QVERIFY(token.open(QIODevice::ReadOnly));
    // Its length counts for the room that texts need, and the folder's is another one on each machine.
    const QString name = QString::fromUtf8("M\u00fcller-\u0645\u062d\u0645\u062f-and-a-name-of-a-usual-length.txt");
    QVERIFY(QDir::setCurrent(QFileInfo(file(name, token.readAll())).path()));
    settings.tokenFile = name;
    PrecheckGate gate;
    gate.setSettings(settings);
    gate.readPackages(packages(allowed() + denied()));
    GateSettings elsewhere = settings;
    elsewhere.tokenFile = text("/nowhere/token");
    PrecheckGate again = asked(allowed() + denied(), settings);
    again.setSettings(elsewhere);
    again.begin();
    PrecheckGate refused;
    refused.refuse(text("This installer's license check is set up wrongly: line 1: timeout has to be a number"));
    m_gates = {{text("consent"), gate},
               {text("asking"), gate},
               {text("covered"), asked(allowed(), settings)},
               {text("denied"), twelveDenied(settings)},
               {text("block"), nobodyThere(GateSettings::Block)},
               {text("hide"), nobodyThere(GateSettings::Hide)},
               {text("no-token"), asked(allowed(), elsewhere)},
               {text("failed-again"), again},
               {text("refused"), refused}};
}

// Nothing is cut off in a page as narrow as the framework makes it, in any state and with the longest texts there are.
void LooksTest::languages()
{
    // The framework's own in this language: Next, Back, and Settings.
    static const QHash<QString, QString> taken = {
        {text("en"), text("nbs")}, {text("de"), text("wz")}, {text("fr"), text("sp")}, {text("es"), text("na")},
        {text("it"), text("sp")}, {text("ja"), text("nb")}, {text("ko"), text("nb")}, {text("pl"), text("dw")},
        {text("pt_BR"), text("pv")}, {text("ru"), QString::fromUtf8("\u0434\u043d")}, {text("zh_CN"), text("nb")},
        {text("ar"), QString::fromUtf8("\u062a\u0633")}};
    QFETCH(QString, file);
    const QString language = QFileInfo(file).baseName().mid(4);
    QVERIFY2(taken.contains(language), qPrintable(language));
    QTranslator translator;
    QVERIFY(translator.load(file));
    QVERIFY(QCoreApplication::installTranslator(&translator));
    const bool rightToLeft = language == text("ar");
    QApplication::setLayoutDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    for (const QPair<QString, PrecheckGate> &state : m_gates) {
        show(LicenseReport(state.second, state.first == text("asking")));
        savePicture(language + QLatin1Char('-') + state.first);
        const auto told = [&](const QString &what) { return QByteArray(state.first.toUtf8() + ": " + what.toUtf8()); };
        const QByteArray where = told(part<QLabel>("SummaryLabel")->text());
        QVERIFY2(m_view->minimumSizeHint().width() <= 520, where);
        QString keys = taken.value(language);
        const int before = int(keys.size());
        for (const QPushButton *button : m_view->findChildren<QPushButton *>()) {
            if (!button->isVisible())
                continue;
            const QByteArray which = told(button->text());
            QVERIFY2(button->width() >= button->sizeHint().width(), which);
            QVERIFY2(m_view->rect().contains(button->geometry()), which);
            // It has a key of its own.
            const QString key = button->text().section(QLatin1Char('&'), 1).left(1).toLower();
            QVERIFY2(!key.isEmpty() && !keys.contains(key), which);
            keys += key;
        }
        QCOMPARE(int(keys.size()) - before, int(visibleButtons().size()));
        for (const QLabel *label : m_view->findChildren<QLabel *>()) {
            if (label->isVisible() && label->wordWrap())
                QVERIFY2(label->height() >= label->heightForWidth(label->width()), told(label->text()));
        }
        // The sign stands where reading begins.
        QCOMPARE(part<QLabel>("SummaryLabel")->geometry().center().x() < m_view->rect().center().x(), rightToLeft);
        // What decides about the direction of a paragraph is its first letter, or this mark: here the name of a package follows.
        if (state.first == text("denied")) {
            const QString reason = part<QLabel>("ReasonLabel")->text();
            QCOMPARE(reason.at(0), QChar(rightToLeft ? 0x200f : 0x200e));
            // Neither an address nor a path or a date is taken apart, whatever letters are in it.
            const GateSettings &asked = state.second.settings();
            for (const QString &whole : {asked.address(), asked.tokenFile, text("2024-04-02")}) {
                QVERIFY2(reason.contains(whole), told(reason));
                QCOMPARE(reason.contains(QChar(0x2066) + whole + QChar(0x2069)), rightToLeft);
            }
        }
        const bool translated = !part<QLabel>("SummaryLabel")->text().contains(text("licenses"));
        QVERIFY2(translated || language == text("en"), where);
    }
    QCoreApplication::removeTranslator(&translator);
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

// Also where the screen has more points than Qt counts: main.rs runs this with other scales too.
void LooksTest::sharp()
{
    show(twelve(settings()));
    QLabel *sign = nullptr;
    for (QLabel *label : m_view->findChildren<QLabel *>()) {
        if (label->objectName().isEmpty() && label->parent() == m_view.data())
            sign = label;
    }
    QVERIFY(sign);
#if QT_VERSION < QT_VERSION_CHECK(5, 15, 0)
    const QPixmap shown = *sign->pixmap();
#else
    const QPixmap shown = sign->pixmap(Qt::ReturnByValue);
#endif
    QCOMPARE(shown.devicePixelRatio(), m_view->devicePixelRatioF());
    QCOMPARE(shown.width() / shown.devicePixelRatio(), qreal(m_view->style()->pixelMetric(QStyle::PM_LargeIconSize)));
    // A row's sign is drawn on a screen of twice the points as one of twice the size, not as a small one made larger.
    const QIcon icon = part<QTreeWidget>("ComponentsTree")->topLevelItem(0)->child(0)->icon(0);
    const auto drawn = [&](qreal scale) {
        QImage image(32, 32, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(scale);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        icon.paint(&painter, QRect(0, 0, int(32 / scale), int(32 / scale)));
        painter.end();
        image.setDevicePixelRatio(1);
        return image;
    };
    QCOMPARE(drawn(2), drawn(1));
}

void LooksTest::dark()
{
    const auto mostCommon = [this] {
        const QImage image = part<QTreeWidget>("ComponentsTree")->topLevelItem(0)->child(0)->icon(0).pixmap(64).toImage();
        return QColor(image.pixel(image.width() / 2, image.height() / 16 + 1));
    };
    show(twelve(settings()));
    const QColor onLight = mostCommon();
    QPalette palette;
    palette.setColor(QPalette::Base, QColor(30, 30, 30));
    palette.setColor(QPalette::Window, QColor(45, 45, 48));
    palette.setColor(QPalette::WindowText, Qt::white);
    palette.setColor(QPalette::Text, Qt::white);
    m_view->setPalette(palette);
    // The signs are drawn anew when the window has noticed.
    QTRY_VERIFY2(mostCommon().lightness() > onLight.lightness(), qPrintable(onLight.name() + mostCommon().name()));
    savePicture(text("dark"));
}

void LooksTest::by_keyboard()
{
    QByteArray list;
    for (int i = 0; i < 20; ++i)
        list += marked("org.addon" + QByteArray::number(i), "squish_tester", "9.0.0");
    GateSettings settings = this->settings();
    settings.list = true;
    PrecheckGate gate = asked(list, settings);
    show(LicenseReport(gate));
    QApplication::setActiveWindow(m_view.data());
    part<QPushButton>("CheckAgainButton")->setFocus();
    const auto reaches = [](std::initializer_list<const char *> names) {
        QSet<QString> reached;
        for (int i = 0; i < 30; ++i) {
            reached.insert(QApplication::focusWidget()->objectName());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        for (const char *name : names)
            QVERIFY2(reached.contains(text(name)), name);
    };
    reaches({"SummaryLabel", "QuestionLabel", "FilterLineEdit", "ComponentsTree", "ReasonLabel", "CheckAgainButton",
             "ChooseTokenFileButton"});
    // The other tab, and a license there.
    QTabWidget *const tabs = part<QTabWidget>("ResultTabs");
    for (int i = 0; i < 30 && QApplication::focusWidget() != tabs->tabBar(); ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
    QCOMPARE(tabs->currentIndex(), 1);
    reaches({"SummaryLabel", "QuestionLabel", "LicensesTree", "CoversLabel", "LinksLabel", "CheckAgainButton"});
    QTreeWidget *const licenses = part<QTreeWidget>("LicensesTree");
    licenses->setFocus(Qt::TabFocusReason);
    QTest::keyClick(licenses, Qt::Key_Down);
    QCOMPARE(licenses->indexOfTopLevelItem(licenses->currentItem()), 1);
    // Tab goes from link to link, and Return opens one.
    QSignalSpy opened(m_view.data(), &LicenseView::linkActivated);
    part<QLabel>("LinksLabel")->setFocus(Qt::TabFocusReason);
    QTest::keyClick(part<QLabel>("LinksLabel"), Qt::Key_Tab);
    QTest::keyClick(part<QLabel>("LinksLabel"), Qt::Key_Return);
    QCOMPARE(int(opened.size()), 1);
}

// What support staff get when "Copy details" is pressed.
void LooksTest::diagnosis()
{
    PrecheckGate gate;
    GateSettings settings = this->settings();
    settings.server = text("http://127.0.0.1:1");
    gate.setSettings(settings);
    gate.readPackages(packages(allowed()));
    gate.ask();
    const std::shared_ptr<Inquiry> inquiry = gate.beginDiagnosis();
    QVERIFY(inquiry != nullptr);
    inquiry->run();
    const QString report = LicenseReport::diagnosis(*inquiry);
    QVERIFY2(report.contains(text("connection: failed: ")), qPrintable(report));
    QFile token(settings.tokenFile);
    QVERIFY(token.open(QIODevice::ReadOnly));
    QVERIFY(!report.contains(QString::fromLatin1(token.readAll().trimmed())));
    QCOMPARE(gate.state(), PrecheckGate::NoVerdict);
}

// Not even where it cannot be made, since the token cannot be read.
void LooksTest::a_diagnosis_changes_nothing()
{
    GateSettings unreadable = settings();
    unreadable.tokenFile = text("/nowhere/token");
    GateSettings away = settings();
    away.server = text("http://127.0.0.1:1");
    for (const GateSettings &first : {away, settings()}) {
        PrecheckGate gate = asked(allowed(), first);
        const PrecheckGate::State state = gate.state();
        const QString error = gate.errorText();
        gate.setSettings(unreadable);
        QVERIFY(!gate.beginDiagnosis());
        QCOMPARE(gate.state(), state);
        QCOMPARE(gate.errorText(), error);
    }
}

// Whatever is asked after that, and whatever an inquiry brings that was under way.
void LooksTest::refused_stays_refused()
{
    GateSettings unreadable = settings();
    unreadable.tokenFile = text("/nowhere/token");
    unreadable.onNoVerdict = GateSettings::Hide;
    PrecheckGate gate;
    gate.setSettings(unreadable);
    gate.readPackages(packages(marked("org.mistaken", "", "1.0.0") + denied()));
    QCOMPARE(gate.state(), PrecheckGate::Refused);
    const QString error = gate.errorText();
    QVERIFY(!gate.beginDiagnosis());
    QVERIFY(!gate.begin());
    QCOMPARE(gate.ask(), PrecheckGate::Refused);
    QCOMPARE(gate.errorText(), error);
    QVERIFY(!gate.isOpen());
    QVERIFY(!gate.isAllowed(text("org.denied")));

    PrecheckGate late;
    late.setSettings(settings());
    late.readPackages(packages(allowed()));
    const std::shared_ptr<Inquiry> inquiry = late.begin();
    late.refuse(error);
    inquiry->run();
    QCOMPARE(late.finish(*inquiry), PrecheckGate::Refused);
    QVERIFY(!late.isOpen());
}

// For people who want to look at them: only where a folder is named.
void LooksTest::savePicture(const QString &name)
{
    const QString folder = environment("QLS_TEST_PICTURES");
    if (!folder.isEmpty())
        QVERIFY(m_view->grab().save(folder + QLatin1Char('/') + name + text(".png")));
}

QObject *newLooksTest()
{
    return new LooksTest;
}

#include "tst_looks.moc"
