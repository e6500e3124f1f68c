/* Thread-local storage. The linker joins sections whose names differ behind the $ alone, in the order of what stands
 * there: so the first and the last variable of a section tell where it begins and ends. Windows reads _tls_used.
 */
typedef void (*callback)(void *module, unsigned long reason, void *reserved);

#pragma section(".tls", read, write)
#pragma section(".tls$ZZZ", read, write)
#pragma section(".CRT$XLA", read)
#pragma section(".CRT$XLZ", read)
#pragma section(".rdata$T", read)

__declspec(allocate(".tls")) char _tls_start;
__declspec(allocate(".tls$ZZZ")) char _tls_end;

/* What Windows calls where a thread begins and ends; between them lies what runs the destructors of Rust. */
__declspec(allocate(".CRT$XLA")) const callback callbacks_begin = 0;
__declspec(allocate(".CRT$XLZ")) const callback callbacks_end = 0;

unsigned long _tls_index;

__declspec(allocate(".rdata$T")) const struct {
    const void *begin, *end, *index, *callbacks;
    unsigned long zeros, flags;
} _tls_used = {&_tls_start, &_tls_end, &_tls_index, &callbacks_begin + 1, 0, 0};
