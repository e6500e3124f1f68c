#include "licensesigns.h"

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtWidgets/QWidget>

namespace {

// On a square of 16 by 16.
void paint(QPainter *painter, LicenseReport::Sign sign, bool dark)
{
    static const QRgb onLight[] = {0xff2e7d32, 0xffc62828, 0xff8d6e00, 0xff5f6368};
    static const QRgb onDark[] = {0xff66bb6a, 0xffef5350, 0xffffca28, 0xffbdc1c6};
    painter->setPen(Qt::NoPen);
    painter->setBrush(QColor::fromRgb((dark ? onDark : onLight)[sign]));
    painter->drawEllipse(QRectF(0.5, 0.5, 15, 15));
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(dark ? QColor(0x20, 0x20, 0x20) : QColor(Qt::white), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    switch (sign) {
    case LicenseReport::Covered:
        painter->drawPolyline(QPolygonF() << QPointF(4.4, 8.4) << QPointF(7, 11) << QPointF(11.6, 5.4));
        break;
    case LicenseReport::NotCovered:
        painter->drawLine(QPointF(5.4, 5.4), QPointF(10.6, 10.6));
        painter->drawLine(QPointF(10.6, 5.4), QPointF(5.4, 10.6));
        break;
    case LicenseReport::Unknown: {
        QPainterPath hook(QPointF(5.6, 6));
        hook.cubicTo(5.6, 2.6, 10.6, 2.9, 10.5, 5.8);
        hook.cubicTo(10.4, 7.4, 8, 7.4, 8, 9.4);
        painter->drawPath(hook);
        painter->drawPoint(QPointF(8, 12.2));
        break;
    }
    case LicenseReport::LeftOut:
        painter->drawLine(QPointF(4.6, 8), QPointF(11.4, 8));
        break;
    }
}

} // namespace

QIcon LicenseSigns::icon(LicenseReport::Sign sign, const QWidget *widget)
{
    const bool dark = widget->palette().color(QPalette::Base).lightness() < 128;
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64, 96}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(size / 16.0, size / 16.0);
        paint(&painter, sign, dark);
        painter.end();
        for (const QIcon::Mode mode : {QIcon::Normal, QIcon::Selected})
            icon.addPixmap(pixmap, mode);
    }
    return icon;
}
