/* The whole outside world of the probe: the functions that any C compiler assumes, and an entry point. */
#include <stddef.h>
#include <stdint.h>

uint32_t probe(uint32_t replicas);

void *memcpy(void *restrict to, const void *restrict from, size_t n) {
    unsigned char *t = to;
    const unsigned char *f = from;
    while (n--)
        *t++ = *f++;
    return to;
}

void *memmove(void *to, const void *from, size_t n) {
    unsigned char *t = to;
    const unsigned char *f = from;
    if (t < f)
        return memcpy(to, from, n);
    while (n--)
        t[n] = f[n];
    return to;
}

void *memset(void *to, int byte, size_t n) {
    unsigned char *t = to;
    while (n--)
        *t++ = (unsigned char)byte;
    return to;
}

int memcmp(const void *a, const void *b, size_t n) {
    const unsigned char *x = a, *y = b;
    for (; n--; x++, y++)
        if (*x != *y)
            return *x < *y ? -1 : 1;
    return 0;
}

int bcmp(const void *a, const void *b, size_t n) { return memcmp(a, b, n); }

/* The loader jumps here with an aligned stack, not with a return address on it. */
__attribute__((noreturn, used, force_align_arg_pointer)) void _start(void) {
    /* Three pods are planned for three replicas, none for none, and 2^31 are refused. */
    long wrong = probe(3) != 3 || probe(0) != 0 || probe((uint32_t)1 << 31) != UINT32_MAX;
    /* exit, the only thing that is asked of the kernel that happens to be below. */
    __asm__ volatile("syscall" : : "a"(60L), "D"(wrong) : "rcx", "r11", "memory");
    for (;;)
        ;
}
