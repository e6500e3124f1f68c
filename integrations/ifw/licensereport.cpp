#include "licensereport.h"

#include "failuretexts.h"

#include <QtCore/QCollator>
#include <QtCore/QDate>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QLocale>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtCore/QVersionNumber>
#include <QtGui/QGuiApplication>

#include <algorithm>

namespace {

// Addresses and names of files are read from left to right, within texts that are not, too.
QString isolated(const QString &text)
{
    return QChar(0x2068) + text + QChar(0x2069);
}

// In a sentence from right to left an address, a path or a date would be taken apart at its slashes and hyphens, and put
// together in another order.
QString reasonOf(const PrecheckGate &gate, const ListedPackage &package)
{
    QString reason = gate.reasonFor(package.name);
    if (!QGuiApplication::isRightToLeft())
        return reason;
    for (const QString &part : {gate.settings().address(), gate.settings().tokenFile, package.askedTimestamp()}) {
        if (!part.isEmpty())
            reason.replace(part, QChar(0x2066) + part + QChar(0x2069));
    }
    return reason;
}

QString titleOf(const ListedPackage &package)
{
    return package.displayName.isEmpty() ? package.name : package.displayName;
}

// Some locales write two digits of a year, and licenses may be valid for long.
QString shortDate(const QDate &date)
{
    QString format = QLocale().dateFormat(QLocale::ShortFormat);
    if (!format.contains(QLatin1String("yyyy")))
        format.replace(QLatin1String("yy"), QLatin1String("yyyy"));
    return QLocale().toString(date, format);
}

// Whether a license names what is asked about this package. An empty version is every version, and one covers older ones.
bool names(const QJsonObject &consumer, const ListedPackage &package)
{
    const QString version = consumer.value(QLatin1String("consumer_version")).toString();
    return consumer.value(QLatin1String("consumer_id")).toString() == package.consumerId
        && (version.isEmpty() || package.askedVersion().isEmpty()
            || QVersionNumber::fromString(package.askedVersion()) <= QVersionNumber::fromString(version));
}

// How many packages need a license, and how many of them have one, whether or not they can be installed without the others.
// Each name counts once, and is covered where all that has it is.
struct Counts
{
    explicit Counts(const PrecheckGate &gate)
    {
        QSet<QString> names;
        QSet<QString> others;
        for (const ListedPackage &package : gate.packages()) {
            if (package.isMarked())
                names.insert(package.name);
            if (gate.verdictOf(package) != Verdict::Allowed)
                others.insert(package.name);
        }
        marked = int(names.size());
        covered = marked - int(others.size());
    }

    int marked;
    int covered;
};

// What is to be told of a package: of each that is marked, and of each that is left out.
struct Finding
{
    ListedPackage package;
    LeftOut leftOut;
    QString root; // the name of the package because of which it is left out
};

QVector<Finding> findingsOf(const PrecheckGate &gate)
{
    QVector<Finding> findings;
    QSet<QString> seen;
    for (const ListedPackage &package : gate.packages()) {
        const LeftOut leftOut = gate.closure().find(package.name);
        if (seen.contains(package.name) || (!package.isMarked() && leftOut.cause == LeftOut::Nothing))
            continue;
        seen.insert(package.name);
        findings.append({package, leftOut, leftOut.root < 0 ? QString() : gate.packages().at(leftOut.root).name});
    }
    return findings;
}

} // namespace

LicenseReport::LicenseReport(const PrecheckGate &gate, bool asking)
{
    switch (gate.state()) {
    case PrecheckGate::NotAsked:
        state = Waiting;
        break;
    case PrecheckGate::NothingToAsk:
    case PrecheckGate::Answered:
        state = Answered;
        break;
    case PrecheckGate::NoVerdict:
        state = NoAnswer;
        break;
    case PrecheckGate::Refused:
        state = Refused;
        break;
    }
    if (asking)
        state = Asking;
    describe(gate);
}

QUrl LicenseReport::contact(const QString &address)
{
    QUrl url(address, QUrl::StrictMode);
    const QString scheme = url.scheme();
    if (scheme == QLatin1String("mailto")) {
        url.setQuery(QString());
        url.setFragment(QString());
        // A mail program may decode it more than once, and take a part of it for another receiver or for a line of the head.
        static const QRegularExpression one(QStringLiteral("\\A[\\w.+'=~-]+@[\\w.-]+\\z"),
                                            QRegularExpression::UseUnicodePropertiesOption);
        const QString to = url.path(QUrl::FullyDecoded);
        url.setPath(to, QUrl::DecodedMode);
        return url.authority().isEmpty() && one.match(to).hasMatch() ? url : QUrl();
    }
    const bool web = (scheme == QLatin1String("https") || scheme == QLatin1String("http")) && !url.host().isEmpty();
    return web && url.userInfo().isEmpty() ? url : QUrl();
}

QString LicenseReport::diagnosis(const Inquiry &inquiry)
{
    const qls::Result &result = inquiry.check();
    const auto get = [&](const QString &place) { return QString::fromUtf8(result.get(place.toUtf8().constData())); };
    QStringList lines = {QString::fromUtf8(result.message())};
    for (std::size_t i = 0; i < result.count("/diagnosis"); ++i) {
        const QString step = QStringLiteral("/diagnosis/%1/").arg(i);
        lines.append(QStringLiteral("%1: %2: %3").arg(get(step + QLatin1String("step")), get(step + QLatin1String("state")),
                                                    get(step + QLatin1String("message"))));
    }
    return GateTexts::withoutSecrets(lines.join(QLatin1Char('\n')), inquiry.settings().proxy);
}

void LicenseReport::describe(const PrecheckGate &gate)
{
    mayContinue = state == NoAnswer && gate.settings().onNoVerdict == GateSettings::Hide;
    needsToken = gate.isTokenUnusable();
    isEverythingCovered = state == Answered && gate.notAllowed().isEmpty();
    switch (state) {
    case Waiting:
        summary = tr("Which components do your licenses cover?");
        explanation = tr("A license server will be asked. It learns from your token who you are, and it is told about %n "
                         "component(s) of this installer.", nullptr, Counts(gate).marked);
        question = questionOf(gate);
        break;
    case Asking:
        summary = tr("Checking which components your licenses cover...");
        question = questionOf(gate);
        return;
    case NoAnswer:
        summary = FailureTexts::whatHappened(gate.failure());
        explanation = FailureTexts::whatToDo(gate.failure(), gate.settings()) + QLatin1Char(' ')
            + (mayContinue ? tr("Without an answer, components that need a license cannot be installed.")
                           : tr("Without an answer nothing can be installed."));
        question = questionOf(gate);
        detail = gate.errorText();
        break;
    case Refused:
        summary = tr("Nothing can be installed.");
        explanation = tr("There is a mistake in this installer, or in how it was started.");
        detail = gate.errorText();
        return;
    case Answered:
        summary = summaryOf(gate);
        question = questionOf(gate);
        if (!gate.errorText().isNull()) {
            explanation = tr("Your licenses could not be checked again: %1 The earlier answer counts.")
                              .arg(FailureTexts::whatHappened(gate.failure()));
            detail = gate.errorText();
        }
        licenses = licensesOf(gate);
        break;
    }
    groups = groupsOf(gate);
}

QString LicenseReport::summaryOf(const PrecheckGate &gate)
{
    if (gate.state() == PrecheckGate::NoVerdict)
        return tr("Components that need a license are left out: your licenses could not be checked.");
    const Counts counts(gate);
    if (counts.covered == counts.marked)
        return tr("Your licenses cover all components that need one.");
    if (counts.covered == 0)
        return tr("None of the components that need a license is covered by your licenses.");
    return tr("%1 of %n component(s) are covered by your licenses.", nullptr, counts.marked).arg(counts.covered);
}

QString LicenseReport::questionOf(const PrecheckGate &gate) const
{
    const GateSettings &settings = gate.settings();
    const QString server = isolated(settings.address());
    QString token = state == Asking ? gate.settingsTokenSource() : gate.tokenSource();
    if (!settings.tokenFile.isEmpty())
        token.replace(settings.tokenFile, QChar(0x2066) + settings.tokenFile + QChar(0x2069));
    const QString user = settings.userId;
    return user.isEmpty() ? tr("Server: %1, with %2").arg(server, isolated(token))
                          : tr("Server: %1, with %2, for the user %3").arg(server, isolated(token), isolated(user));
}

QVector<LicenseReport::Group> LicenseReport::groupsOf(const PrecheckGate &gate)
{
    Group denied = {tr("Not covered by your licenses"), NotCovered, {}};
    Group silent = {tr("The server said nothing about these"), Unknown, {}};
    const bool waiting = gate.state() == PrecheckGate::NotAsked;
    Group unasked = {waiting ? tr("The server is asked about these") : tr("Not checked"), Unknown, {}};
    Group scripts = {tr("Their scripts expect something that is left out"), LeftOut, {}};
    Group covered = {tr("Covered by your licenses"), Covered, {}};
    const QVector<Finding> findings = findingsOf(gate);
    QHash<QString, QVector<Row>> needing; // by root
    for (const Finding &finding : findings) {
        if (finding.leftOut.cause == ::LeftOut::Needs || finding.leftOut.cause == ::LeftOut::BelongsTo)
            needing[finding.root].append({finding.package.name, titleOf(finding.package), tr("Left out"),
                                          reasonOf(gate, finding.package), LeftOut, {}});
    }
    for (const Finding &finding : findings) {
        Row row = {finding.package.name, titleOf(finding.package), tr("Unknown"),
                   waiting ? QString() : reasonOf(gate, finding.package), Unknown, {}};
        if (!waiting)
            row.needing = needing.value(finding.package.name);
        Group *group = &unasked;
        switch (finding.leftOut.cause) {
        case ::LeftOut::Needs:
        case ::LeftOut::BelongsTo:
            continue;
        case ::LeftOut::Nothing:
            group = &covered;
            row.verdict = tr("Covered");
            break;
        case ::LeftOut::ScriptFails:
            group = &scripts;
            row.verdict = tr("Left out");
            break;
        case ::LeftOut::NotCovered:
            if (finding.leftOut.verdict == Verdict::Denied) {
                group = &denied;
                row.verdict = tr("Not covered");
            } else if (finding.leftOut.verdict == Verdict::Unknown) {
                group = &silent;
            }
            break;
        }
        row.sign = group->sign;
        group->rows.append(row);
    }
    QCollator order;
    order.setNumericMode(true);
    QVector<Group> groups;
    for (Group group : {denied, silent, unasked, scripts, covered}) {
        std::stable_sort(group.rows.begin(), group.rows.end(), [&](const Row &one, const Row &other) {
            return order.compare(one.title, other.title) < 0;
        });
        if (!group.rows.isEmpty())
            groups.append(group);
    }
    return groups;
}

QVector<LicenseReport::License> LicenseReport::licensesOf(const PrecheckGate &gate)
{
    const QVector<Finding> findings = findingsOf(gate);
    QVector<License> licenses;
    const QJsonArray read = QJsonDocument::fromJson(gate.licenses().toUtf8()).array();
    for (const QJsonValue &value : read) {
        const QJsonObject object = value.toObject();
        const QJsonObject licensee = object.value(QLatin1String("licensee")).toObject();
        const QJsonObject info = object.value(QLatin1String("license_info")).toObject();
        const QJsonObject contacts = object.value(QLatin1String("contacts")).toObject();
        License license;
        QStringList name;
        for (const QString &part : {licensee.value(QLatin1String("name")).toString(),
                                    licensee.value(QLatin1String("description")).toString(),
                                    info.value(QLatin1String("license_id")).toString()}) {
            if (!part.isEmpty())
                name.append(part);
        }
        // What turns the direction of a text would turn the whole row.
        static const QRegularExpression turns(QStringLiteral("[\\x{061C}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]"));
        license.name = name.join(QLatin1String(", ")).remove(turns);
        const QString written = info.value(QLatin1String("valid_to")).toString();
        const QDate end = QDate::fromString(written, Qt::ISODate);
        const QString date = end.isValid() ? shortDate(end) : written;
        const bool over = end.isValid() && end < QDate::currentDate();
        // One that was bought for good covers what was built before it ended.
        const bool perpetual = info.value(QLatin1String("type")).toString() == QLatin1String("perpetual");
        if (written.isEmpty())
            license.validity = tr("no end date");
        else if (perpetual)
            license.validity = tr("for builds until %1").arg(date);
        else
            license.validity = over ? tr("expired on %1").arg(date) : tr("valid until %1").arg(date);
        QStringList covers;
        const QJsonArray consumers = object.value(QLatin1String("consumers")).toArray();
        for (const Finding &finding : findings) {
            const bool named = std::any_of(consumers.begin(), consumers.end(), [&](const QJsonValue &consumer) {
                return names(consumer.toObject(), finding.package);
            });
            if (named)
                covers.append(titleOf(finding.package));
        }
        license.covers = covers.join(QLatin1String(", "));
        license.admin = contact(contacts.value(QLatin1String("admin")).toString());
        license.sales = contact(contacts.value(QLatin1String("sales")).toString());
        license.support = contact(contacts.value(QLatin1String("support")).toString());
        licenses.append(license);
    }
    return licenses;
}
