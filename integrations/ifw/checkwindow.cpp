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

// Keeps the header of a wizard as high as its text while it lives. The wizard makes it two lines high, and does so anew
// for every page.
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
    void fit() { m_header->setFixedHeight(qMax(m_least, m_header->heightForWidth(m_header->width()))); }

    QWidget *const m_header;
    const int m_least;
};

} // namespace

CheckWindow::Choice CheckWindow::ask(QWidget *window, const QString &reason, bool mayGoOn, QString *tokenFile,
                                     bool *answered)
{
    QMessageBox::StandardButtons buttons = QMessageBox::Retry | QMessageBox::Cancel;
    QString consequence = tr("Without an answer from the licence server nothing can be installed.");
    if (mayGoOn) {
        buttons |= QMessageBox::Ignore;
        consequence = tr("Without an answer from the licence server components that need a licence cannot be "
                         "installed.");
    }
    if (tokenFile)
        buttons |= QMessageBox::Open;
    const QString text = QString::fromLatin1("<p><b>%1</b></p><p>%2</p><p>%3</p>")
                             .arg(tr("Your licences could not be checked.").toHtmlEscaped(), reason.toHtmlEscaped(),
                                  consequence.toHtmlEscaped());
    *answered = false;
    for (;;) {
        // The framework's message box has standard buttons only; what two of them do here needs other words.
        QTimer shown;
        shown.setSingleShot(true);
        QObject::connect(&shown, &QTimer::timeout, [&] {
            QMessageBox *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
            if (!box)
                return;
            *answered = true;
            if (QAbstractButton *open = box->button(QMessageBox::Open))
                open->setText(tr("Choose token file..."));
            if (QAbstractButton *goOn = box->button(QMessageBox::Ignore))
                goOn->setText(tr("Continue without them"));
        });
        shown.start(0);
        const QMessageBox::StandardButton answer = QInstaller::MessageBoxHandler::critical(
            window, QLatin1String("QlsPrecheckFailed"), tr("Licence Check"), text, buttons, QMessageBox::Retry);
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

void CheckWindow::addToSubtitle(QInstaller::PackageManagerPage *page, const std::function<QStringList()> &lines)
{
    QObject::connect(page, &QInstaller::PackageManagerPage::entered, page, [page, lines] {
        const QStringList added = lines();
        if (added.isEmpty())
            return;
        // The framework has set it anew, in the colour of the wizard's style.
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
                // Aero and Mac have no header: the label is in the frame around the page, with what room the page leaves.
                if (label->height() < label->heightForWidth(label->width()))
                    missing = place->heightForWidth(place->width()) - place->height();
            } else {
                QObject::connect(page, &QInstaller::PackageManagerPage::left, new HighHeader(place), &QObject::deleteLater);
                // Where the page can give it no more room, the header lies over the page.
                place->parentWidget()->layout()->activate();
                missing = place->mapTo(window, QPoint(0, place->height())).y() - page->mapTo(window, QPoint(0, 0)).y();
            }
            if (missing > 0)
                window->resize(window->width(), window->height() + missing);
        }
    });
}
