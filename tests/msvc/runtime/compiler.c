/* What compiled code takes for granted, and what Microsoft's runtime therefore has in every program. */

/* A program that computes with floating-point numbers refers to it. */
int _fltused = 1;

/* The table of virtual functions of C++'s type_info. What is thrown refers to it; nothing calls a function of it. */
const void *const type_info_functions[1] __asm__("??_7type_info@@6B@");

/* Functions with arrays keep a copy of this number on the stack and have it checked before they return. A real runtime
 * chooses another one at each start.
 */
unsigned long long __security_cookie = 0x2B992DDFA232;

void __security_check_cookie(unsigned long long cookie)
{
    if (cookie != __security_cookie) {
        __builtin_trap();
    }
}

/* Called with a size in rax before a function takes that much stack: touches every page of it in turn, since Windows
 * gives a stack one page more only where the last one is touched. Every register but r10 and r11 is the caller's.
 */
__asm__(".globl __chkstk\n"
        "__chkstk:\n"
        "    leaq 8(%rsp), %r10\n"
        "    movq %rax, %r11\n"
        "next_page:\n"
        "    cmpq $4096, %r11\n"
        "    jb last_page\n"
        "    subq $4096, %r10\n"
        "    subq $4096, %r11\n"
        "    testb $0, (%r10)\n"
        "    jmp next_page\n"
        "last_page:\n"
        "    subq %r11, %r10\n"
        "    testb $0, (%r10)\n"
        "    ret\n");
