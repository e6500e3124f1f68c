#include "scriptnames.h"

#include "packagelist.h"

#include <QtCore/QRegularExpression>

namespace {

// A text in quotation marks that is all there is up to the end of an argument or of a statement.
QString literal()
{
    return QStringLiteral("(?:\"[^\"\n]*\"|'[^'\n]*'|`[^`$\n]*`)\\s*(?=[,;)\\]}\n]|$)");
}

int count(const QString &script, const QString &pattern)
{
    int found = 0;
    QRegularExpressionMatchIterator matches = QRegularExpression(pattern).globalMatch(script);
    for (; matches.hasNext(); matches.next())
        ++found;
    return found;
}

// What stands in a comment does nothing. Texts are matched too, since "//" in one begins no comment; and so are regular
// expressions, which stand where a value begins, and become 0.
QString withoutComments(const QString &script)
{
    const QRegularExpression parts(
        QStringLiteral("(\"(?:\\\\.|[^\"\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\n])*+'|`(?:\\\\.|[^`\\\\])*+`)|"
                       "((?:[(,=:\\[!&|?{};+]|\\breturn\\b)\\s*+)/(?![*/])(?:\\\\.|\\[(?:\\\\.|[^\\]\\\\\n])*+\\]|[^/\\\\\\[\n])++/|"
                       "//[^\n]*|/\\*.*?\\*/"),
        QRegularExpression::DotMatchesEverythingOption);
    QString code;
    int end = 0;
    QRegularExpressionMatchIterator matches = parts.globalMatch(script);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        code += script.mid(end, int(match.capturedStart()) - end) + match.captured(1) + match.captured(2);
        if (!match.captured(2).isEmpty())
            code += QLatin1Char('0');
        end = int(match.capturedEnd());
    }
    return code + script.mid(end);
}

// Whether a variable never has a value but texts that stand in the script as a whole.
bool isConstant(const QString &variable, const QString &code)
{
    const QString name = QStringLiteral("(?<![\\w$])%1(?![\\w$])").arg(QRegularExpression::escape(variable));
    const QString set = name + QStringLiteral("\\s*[^\\s\\w=!<>()\\[\\]{},;.?:\"'`]*=(?![=>])");
    const QString loop = name + QStringLiteral("\\s+(?:of|in)\\b");
    const QString parameter = QStringLiteral("\\bfunction\\b[^(]*\\([^)]*%1|\\([^()]*%1[^()]*\\)\\s*=>|%1\\s*=>").arg(name);
    const int values = count(code, set);
    return values > 0 && values == count(code, name + QStringLiteral("\\s*=\\s*") + literal())
        && count(code, loop) == 0 && count(code, parameter) == 0;
}

} // namespace

void ScriptNames::read(const QString &script)
{
    const QString code = withoutComments(script);
    QRegularExpressionMatchIterator texts =
        QRegularExpression(QStringLiteral("([\"'`])([^\"'`\n]+)\\1")).globalMatch(code);
    while (texts.hasNext())
        quoted.insert(PackageList::withoutVersion(texts.next().captured(2)));

    const QRegularExpression argument(
        QStringLiteral("\\bcomponentByName\\b(?:\\s*\\(\\s*(?:(%1)|([A-Za-z_$][\\w$]*)\\s*\\)))?").arg(literal()));
    QRegularExpressionMatchIterator calls = argument.globalMatch(code);
    while (calls.hasNext() && !hasOthers) {
        const QRegularExpressionMatch call = calls.next();
        hasOthers = call.captured(1).isEmpty() && (call.captured(2).isEmpty() || !isConstant(call.captured(2), code));
    }
}
