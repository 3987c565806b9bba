#include "shared_page.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

int shared_page_new(void) {
    const int fd = memfd_create("mtcheck-worker", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) return -1;
    if (ftruncate(fd, sizeof(mtcd_shared_page)) != 0 ||
        fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
        const int saved = errno;
        close(fd);
        errno = saved;
        return -1;
    }
    return fd;
}

mtcd_shared_page *shared_page_map(int fd) {
    void *const page =
        mmap(NULL, sizeof(mtcd_shared_page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    return page == MAP_FAILED ? NULL : page;
}

void shared_page_unmap(mtcd_shared_page *page) {
    if (page != NULL) munmap(page, sizeof *page);
}

void shared_page_begin(mtcd_shared_page *page, uint64_t sequence, uint64_t deadline_us) {
    atomic_store_explicit(&page->deadline_us, deadline_us, memory_order_relaxed);
    atomic_store_explicit(&page->begun, sequence, memory_order_release);
}

void shared_page_finish(mtcd_shared_page *page, uint64_t sequence) {
    atomic_store_explicit(&page->finished, sequence, memory_order_release);
}

bool shared_page_deadline(const mtcd_shared_page *page, uint64_t sequence,
                          uint64_t *ret_deadline_us) {
    if (atomic_load_explicit(&page->begun, memory_order_acquire) != sequence)
        return false;
    *ret_deadline_us = atomic_load_explicit(&page->deadline_us, memory_order_relaxed);
    return true;
}
