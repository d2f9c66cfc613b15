/* The one function of Windows' bcryptprimitives.dll that Rust's standard library asks for. The Wine of Debian 12 does not
   have this library. Windows itself has it, so nothing of this is given away. */

#include <stddef.h>

unsigned char __stdcall SystemFunction036(void *out, unsigned long length);

__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *out, size_t length) {
    return SystemFunction036(out, (unsigned long)length);
}
