// Runs an inquiry while the window stays alive.
#ifndef QLS_INQUIRYTHREAD_H
#define QLS_INQUIRYTHREAD_H

#include "inquiry.h"

#include <QtCore/QThread>

#include <memory>

class InquiryThread : public QThread
{
public:
    explicit InquiryThread(const std::shared_ptr<Inquiry> &inquiry, QObject *parent = nullptr)
        : QThread(parent), m_inquiry(inquiry)
    {
    }

    // A program that is about to end waits no longer than it takes to cancel.
    ~InquiryThread() override
    {
        m_inquiry->cancel();
        wait();
    }

    Inquiry &inquiry() const { return *m_inquiry; }

protected:
    void run() override { m_inquiry->run(); }

private:
    const std::shared_ptr<Inquiry> m_inquiry;
};

#endif
