#include "licensesigns.h"

#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtWidgets/QWidget>

namespace {

// On a square of 16 by 16.
void draw(QPainter *painter, LicenseReport::Sign sign, bool dark)
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

// Draws where it is shown, so that it is sharp at every scale, with every Qt.
class Engine : public QIconEngine
{
public:
    Engine(LicenseReport::Sign sign, bool dark) : m_sign(sign), m_dark(dark) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State) override
    {
        const qreal size = qMin(rect.width(), rect.height());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(QRectF(rect).center() - QPointF(size, size) / 2);
        painter->scale(size / 16, size / 16);
        draw(painter, m_sign, m_dark);
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new Engine(*this); }

private:
    const LicenseReport::Sign m_sign;
    const bool m_dark;
};

} // namespace

QIcon LicenseSigns::icon(LicenseReport::Sign sign, const QWidget *widget)
{
    return QIcon(new Engine(sign, widget->palette().color(QPalette::Base).lightness() < 128));
}

QPixmap LicenseSigns::pixmap(LicenseReport::Sign sign, const QWidget *widget, int size)
{
    QPixmap pixmap(QSize(size, size) * widget->devicePixelRatioF());
    pixmap.setDevicePixelRatio(widget->devicePixelRatioF());
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    icon(sign, widget).paint(&painter, QRect(0, 0, size, size));
    return pixmap;
}
