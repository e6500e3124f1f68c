// What the text of a script says about the components that it asks for.
#include "gatetest.h"
#include "scriptnames.h"

class ScriptsTest : public GateTest
{
    Q_OBJECT

private slots:
    void names_of_others_data();
    void names_of_others();
    void quoted_texts();
    void long_scripts();
};

void ScriptsTest::names_of_others_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("hasOthers");
    const auto row = [](const char *script, bool hasOthers) { QTest::newRow(script) << text(script) << hasOthers; };

    row("", false);
    row("installer.components().length", false);
    row("installer.componentByName('org.a').x()", false);
    row("installer.componentByName(\n  \"org.a\" ).x()", false);
    row("installer.componentByName(`org.a`)", false);
    row("var a = 'org.a'; installer.componentByName(a)", false);
    row("const a = 'org.a'\ninstaller.componentByName(a)", false);
    row("var a; a = 'org.a'; if (a == b) installer.componentByName( a )", false);
    row("// installer.componentByName(a)", false);
    row("/* installer.\ncomponentByName(a) */ installer.componentByName('org.a')", false);

    row("b.replace(/\\/\\*$/, ''); installer.componentByName('org.a')", false);
    row("var c = a / b; // installer.componentByName(a)", false);

    row("b.replace(/https?:\\/\\//, ''); installer.componentByName(a)", true);
    row("b.replace(/[/*]/g, ''); installer.componentByName(a); /* */", true);
    row("b.replace(/`/g, c); installer.componentByName(a); d(`e`)", true);
    row("return /\"/.test(b) ? installer.componentByName(a) : \"\"", true);
    row("installer.componentByName('org.' + 'a')", true);
    row("installer.componentByName('org.a'.replace('a', b))", true);
    row("installer.componentByName(`org.${a}`)", true);
    row("installer.componentByName(a)", true);
    row("installer.componentByName(a.b)", true);
    row("installer.componentByName(a())", true);
    row("installer['componentByName']('org.a')", true);
    row("var f = installer.componentByName; f('org.a')", true);
    row("var a = 'org.' + b; installer.componentByName(a)", true);
    row("var a = 'org.'; a += b; installer.componentByName(a)", true);
    row("var a = 'org.a'; a = b; installer.componentByName(a)", true);
    row("var $a = 'org.a'; var a = b; installer.componentByName(a)", true);
    row("var a = 'org.a'; function f(b, a) { installer.componentByName(a); }", true);
    row("var a = 'org.a'; f(function(a) { installer.componentByName(a); })", true);
    row("var a = 'org.a'; f((b, a) => installer.componentByName(a))", true);
    row("var a = 'org.a'; f(a => installer.componentByName(a))", true);
    row("for (var a of b) installer.componentByName(a)", true);
    row("var a = 'org.a'; for (a in b) installer.componentByName(a)", true);
    row("var a = 'http://org'; installer.componentByName(b)", true);
    row("installer.componentByName('org.a'); installer.componentByName(b)", true);
}

void ScriptsTest::names_of_others()
{
    QFETCH(QString, script);
    QFETCH(bool, hasOthers);
    ScriptNames names;
    names.read(script);
    QCOMPARE(names.hasOthers, hasOthers);
}

void ScriptsTest::quoted_texts()
{
    ScriptNames names;
    names.read(text("f('org.a', \"org.b->=1.0\"); // 'org.c'\ng(`org.d:2`, 'http://org.e'); /* \"org.f\" */"));
    names.read(text("'org.g'"));
    names.read(text("a.replace(/[\"\\/]/g, b).c('org.h')"));
    const QSet<QString> expected = {text("org.a"),  text("org.b"), text("org.d"),
                                    text("http"), text("org.g"), text("org.h")};
    QCOMPARE(names.quoted, expected);
}

// Scripts may have whole files in them.
void ScriptsTest::long_scripts()
{
    const QString filling(512 * 1024, QLatin1Char('x'));
    for (const char *quotation : {"'", "\"", "`"}) {
        ScriptNames names;
        names.read(text("var data = %1%2%1; f('org.a'); installer.componentByName(b)").arg(text(quotation), filling));
        QVERIFY(names.quoted.contains(text("org.a")));
        QVERIFY(names.hasOthers);
    }
}

QObject *newScriptsTest()
{
    return new ScriptsTest;
}

#include "tst_scripts.moc"
