#include "checkwindow.h"

#include <messageboxhandler.h>
#include <packagemanagergui.h>

#include <QtCore/QDir>
#include <QtCore/QEvent>
#include <QtCore/QTimer>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLayout>

namespace {

// While an object of this class lives, it keeps the header of a wizard as high as its text. The wizard itself makes the
// header two lines high, again for every page.
class HighHeader : public QObject
{
public:
    explicit HighHeader(QWidget *header) : QObject(header), m_header(header), m_least(header->minimumHeight())
    {
        header->installEventFilter(this);
        fit();
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Resize)
            fit();
        return false;
    }

private:
    void fit()
    {
        m_header->setFixedHeight(qMax(m_least, m_header->heightForWidth(m_header->width())));
        // The layout has measured the label before it had more text.
        m_header->layout()->invalidate();
        m_header->layout()->activate();
    }

    QWidget *const m_header;
    const int m_least;
};

} // namespace

CheckWindow::Choice CheckWindow::ask(QWidget *window, const Question &question, QString *tokenFile, bool *answered)
{
    QMessageBox::StandardButtons buttons = QMessageBox::Retry | QMessageBox::Cancel;
    QString consequence = tr("Without an answer from the license server nothing can be installed.");
    if (question.mayGoOn) {
        buttons |= QMessageBox::Ignore;
        consequence = tr("Without an answer from the license server components that need a license cannot be "
                         "installed.");
    }
    if (tokenFile)
        buttons |= QMessageBox::Open;
    const QStringList paragraphs = {tr("Your licenses could not be checked."), question.reason, consequence};
    // The framework logs this text as it is, and its message box takes it for markup until prepare() sets another one.
    const QString text = paragraphs.join(QLatin1Char(' ')).replace(QLatin1Char('<'), QChar(0x2039));
    *answered = false;
    for (;;) {
        QTimer shown;
        QTimer late;
        shown.setSingleShot(true);
        late.setSingleShot(true);
        const auto box = [] { return qobject_cast<QMessageBox *>(QApplication::activeModalWidget()); };
        QObject::connect(&shown, &QTimer::timeout, [&] {
            if (!box())
                return;
            *answered = true;
            prepare(box(), paragraphs);
            if (question.answerAfterMs)
                late.start(question.answerAfterMs);
        });
        QObject::connect(&late, &QTimer::timeout, [&] {
            if (!box())
                return;
            *answered = false;
            box()->button(question.mayGoOn ? QMessageBox::Ignore : QMessageBox::Cancel)->click();
        });
        shown.start(0);
        const QMessageBox::StandardButton answer = QInstaller::MessageBoxHandler::critical(
            window, QLatin1String("QlsPrecheckFailed"), tr("License Check"), text, buttons, QMessageBox::Retry);
        if (answer == QMessageBox::Retry)
            return TryAgain;
        if (answer == QMessageBox::Ignore)
            return GoOn;
        if (answer != QMessageBox::Open || !*answered)
            return GiveUp;
        const QString file = QFileDialog::getOpenFileName(window, tr("Choose Token File"), QDir::homePath());
        if (!file.isEmpty()) {
            *tokenFile = file;
            return TryAgain;
        }
    }
}

// The framework's message box has one text and standard buttons only. What two of them do here needs other words.
void CheckWindow::prepare(QMessageBox *box, const QStringList &paragraphs)
{
    QString text;
    for (const QString &paragraph : paragraphs)
        text += QString::fromLatin1(text.isEmpty() ? "<p><b>%1</b></p>" : "<p>%1</p>").arg(paragraph.toHtmlEscaped());
    box->setText(text);
    if (QAbstractButton *open = box->button(QMessageBox::Open))
        open->setText(tr("Choose token file..."));
    if (QAbstractButton *goOn = box->button(QMessageBox::Ignore))
        goOn->setText(tr("Continue without them"));
}

void CheckWindow::addToSubtitle(QInstaller::PackageManagerPage *page, const std::function<QStringList()> &lines)
{
    QObject::connect(page, &QInstaller::PackageManagerPage::entered, page, [page, lines] {
        const QStringList added = lines();
        if (added.isEmpty())
            return;
        // The framework has just set the subtitle anew, in a <font> element that has the color of the wizard's style.
        QString subtitle = page->subTitle();
        const int end = int(subtitle.lastIndexOf(QLatin1String("</font>")));
        subtitle.insert(end < 0 ? int(subtitle.size()) : end,
                        QLatin1String("<br>") + added.join(QLatin1String("<br>")));
        page->setSubTitle(subtitle);
        QWidget *const window = page->window();
        for (QLabel *label : window->findChildren<QLabel *>()) {
            if (label->text() != subtitle)
                continue;
            QWidget *const place = label->parentWidget();
            int missing = 0;
            if (place->isAncestorOf(page)) {
                // The styles Aero and Mac have no header. There the label is in the frame around the page, and has the
                // room that the page leaves.
                if (label->height() < label->heightForWidth(label->width()))
                    missing = place->heightForWidth(place->width()) - place->height();
            } else {
                QObject::connect(page, &QInstaller::PackageManagerPage::left, new HighHeader(place), &QObject::deleteLater);
                // The header now covers the top of a page that cannot give it more room: the window has to grow by that.
                place->parentWidget()->layout()->activate();
                missing = place->mapTo(window, QPoint(0, place->height())).y() - page->mapTo(window, QPoint(0, 0)).y();
            }
            if (missing > 0)
                window->resize(window->width(), window->height() + missing);
        }
    });
}
