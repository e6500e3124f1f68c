/* In the place of Microsoft's <stdlib.h> while ring's C code is compiled for the library that is shipped: with
 * RING_CORE_NOSTDLIBINC ring takes nothing else of it.
 */
#define _byteswap_ulong(value) __builtin_bswap32(value)
#define _byteswap_uint64(value) __builtin_bswap64(value)
