// The signs of the license page. They are drawn, so that they are sharp at every scale and readable on light and dark
// backgrounds, and need no resource file.
#ifndef QLS_LICENSESIGNS_H
#define QLS_LICENSESIGNS_H

#include "licensereport.h"

#include <QtGui/QIcon>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

class LicenseSigns
{
public:
    // For the colors of this widget, and for its screen: a label of an old Qt takes a picture's points for the screen's.
    static QIcon icon(LicenseReport::Sign sign, const QWidget *widget);
    static QPixmap pixmap(LicenseReport::Sign sign, const QWidget *widget, int size);
};

#endif
