// Waits for a blocking call while the window stays alive. It needs Qt Widgets and nothing of the framework.
#ifndef QLS_WAITING_H
#define QLS_WAITING_H

#include <functional>

class QWidget;

// Runs a blocking call on a thread of its own, and returns when it is done. Meanwhile the window is painted but takes no
// input. Closing it, a wizard's Cancel button and the Escape key call cancel, once or more. When no window is visible,
// the call runs on the calling thread.
void callBehindWindow(QWidget *window, const std::function<void()> &call, const std::function<void()> &cancel);

#endif
