// What the headers of libc++ and the compiler expect of a C++ library. Debian has a libc++ for Linux alone, so here is as
// much of one as the test programs need: memory, the classes of exceptions, threads and a clock.
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <typeinfo>

#include <windows.h>

#include <process.h>

void *operator new(std::size_t size)
{
    void *memory = std::malloc(size != 0 ? size : 1);
    if (memory == nullptr) {
        std::abort();
    }
    return memory;
}

void operator delete(void *memory) noexcept
{
    std::free(memory);
}

int std::type_info::__compare(const type_info &other) const noexcept
{
    return &other == this ? 0 : std::strcmp(__data.__decorated_name, other.__data.__decorated_name);
}

namespace std {

exception::~exception() noexcept {}
const char *exception::what() const noexcept { return "exception"; }

bad_alloc::bad_alloc() noexcept {}
bad_alloc::~bad_alloc() noexcept {}
const char *bad_alloc::what() const noexcept { return "bad_alloc"; }

bad_array_new_length::bad_array_new_length() noexcept {}
bad_array_new_length::~bad_array_new_length() noexcept {}
const char *bad_array_new_length::what() const noexcept { return "bad_array_new_length"; }

__libcpp_refstring::__libcpp_refstring(const char *text) : __imp_(_strdup(text)) {}
__libcpp_refstring::__libcpp_refstring(const __libcpp_refstring &other) noexcept : __imp_(_strdup(other.__imp_)) {}
__libcpp_refstring::~__libcpp_refstring() { std::free(const_cast<char *>(__imp_)); }

logic_error::logic_error(const char *text) : __imp_(text) {}
logic_error::logic_error(const logic_error &other) noexcept : exception(other), __imp_(other.__imp_) {}
logic_error::~logic_error() noexcept {}
const char *logic_error::what() const noexcept { return __imp_.c_str(); }

length_error::~length_error() noexcept {}

} // namespace std

_LIBCPP_BEGIN_NAMESPACE_STD

[[noreturn]] void __throw_system_error(int, const char *) { std::abort(); }

chrono::steady_clock::time_point chrono::steady_clock::now() noexcept
{
    return time_point(chrono::milliseconds(GetTickCount64()));
}

void this_thread::sleep_for(const chrono::nanoseconds &time)
{
    Sleep(static_cast<DWORD>(chrono::duration_cast<chrono::milliseconds>(time).count()));
}

namespace {
struct Start {
    void *(*run)(void *);
    void *argument;
};

unsigned __stdcall started(void *of)
{
    const Start start = *static_cast<Start *>(of);
    delete static_cast<Start *>(of);
    start.run(start.argument);
    return 0;
}
} // namespace

int __libcpp_thread_create(__libcpp_thread_t *thread, void *(*run)(void *), void *argument)
{
    *thread = reinterpret_cast<void *>(_beginthreadex(nullptr, 0, started, new Start{run, argument}, 0, nullptr));
    return *thread != nullptr ? 0 : EAGAIN;
}

void thread::join()
{
    WaitForSingleObject(__t_, INFINITE);
    CloseHandle(__t_);
    __t_ = nullptr;
}

thread::~thread()
{
    if (__t_ != nullptr) {
        std::abort();
    }
}

// What is to be done at a thread's end: nothing here.
__thread_struct::__thread_struct() : __p_(nullptr) {}
__thread_struct::~__thread_struct() {}

__thread_specific_ptr<__thread_struct> &__thread_local_data()
{
    static __thread_specific_ptr<__thread_struct> *const data = new __thread_specific_ptr<__thread_struct>;
    return *data;
}

int __libcpp_tls_create(__libcpp_tls_key *key, void(__stdcall *at_exit)(void *))
{
    *key = static_cast<__libcpp_tls_key>(FlsAlloc(at_exit));
    return 0;
}

void *__libcpp_tls_get(__libcpp_tls_key key) { return FlsGetValue(static_cast<DWORD>(key)); }

int __libcpp_tls_set(__libcpp_tls_key key, void *value)
{
    return FlsSetValue(static_cast<DWORD>(key), value) ? 0 : EINVAL;
}

_LIBCPP_END_NAMESPACE_STD
