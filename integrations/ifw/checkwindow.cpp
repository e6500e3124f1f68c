#include "checkwindow.h"

#include <messageboxhandler.h>
#include <packagemanagergui.h>

#include <QtCore/QDir>
#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>

#include <memory>

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
    struct Header
    {
        QPointer<QWidget> widget;
        int height = 0;
    };
    // A wizard keeps its header at two lines: it has to grow, and only for this page.
    const std::shared_ptr<Header> header = std::make_shared<Header>();
    QObject::connect(page, &QInstaller::PackageManagerPage::entered, page, [page, lines, header] {
        const QStringList added = lines();
        if (added.isEmpty())
            return;
        // The framework has set it anew, in the colour of the wizard's style.
        QString subtitle = page->subTitle();
        const int end = int(subtitle.lastIndexOf(QLatin1String("</font>")));
        subtitle.insert(end < 0 ? int(subtitle.size()) : end,
                        QLatin1String("<br>") + added.join(QLatin1String("<br>")));
        page->setSubTitle(subtitle);
        for (QLabel *label : page->window()->findChildren<QLabel *>()) {
            if (label->text() != subtitle)
                continue;
            header->widget = label->parentWidget();
            header->height = header->widget->height();
            const int needed = header->widget->heightForWidth(header->widget->width());
            header->widget->setFixedHeight(qMax(header->height, needed));
        }
    });
    QObject::connect(page, &QInstaller::PackageManagerPage::left, page, [header] {
        if (header->widget)
            header->widget->setFixedHeight(header->height);
        header->widget.clear();
    });
}
