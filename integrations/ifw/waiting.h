// Waiting for a blocking call without a frozen window. Qt Widgets alone.
#ifndef QLS_WAITING_H
#define QLS_WAITING_H

#include <functional>

class QWidget;

// Runs a blocking call on a thread of its own, and returns when it is done. Meanwhile the window is painted but takes no
// input; closing it, a wizard's Cancel button and the Escape key call cancel, once or more. Where no window is to be
// seen, it just calls.
void callBehindWindow(QWidget *window, const std::function<void()> &call, const std::function<void()> &cancel);

#endif
