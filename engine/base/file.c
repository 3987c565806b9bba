#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static mtc_status read_all(int fd, const char *path, char *bytes, size_t size,
                           mtc_error *error) {
    size_t done = 0;
    while (done < size) {
        const ssize_t got = read(fd, bytes + done, size - done);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            return mtc_fail_in_file(error, path, 0, 0, "cannot be read: %s",
                                    got < 0 ? strerror(errno) : "it became shorter");
        }
        done += (size_t)got;
    }
    return MTC_OK;
}

mtc_status mtc_file_read(const char *path, size_t limit, mtc_arena *arena,
                         mtc_str *ret_bytes, mtc_error *error) {
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return mtc_fail_in_file(error, path, 0, 0, "cannot be opened: %s",
                                strerror(errno));
    struct stat facts;
    mtc_status status = MTC_OK;
    char *bytes = NULL;
    size_t size = 0;
    if (fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        status = mtc_fail_in_file(error, path, 0, 0, "is not a regular file");
    } else if ((uint64_t)facts.st_size > limit) {
        status = mtc_fail_in_file(error, path, 0, 0, "is larger than %zu bytes", limit);
    } else {
        size = (size_t)facts.st_size;
        bytes = mtc_arena_take(arena, size + 1);
        status = bytes == NULL
                     ? mtc_fail(error, MTC_NO_MEMORY, "no memory to read %s", path)
                     : read_all(fd, path, bytes, size, error);
    }
    (void)close(fd);
    if (status == MTC_OK) *ret_bytes = (mtc_str){bytes, size};
    return status;
}

static int compare_paths(const void *a, const void *b) {
    return mtc_str_compare(*(const mtc_str *)a, *(const mtc_str *)b);
}

static bool add_path(mtc_path_list *paths, const char *folder, const char *name,
                     mtc_arena *arena) {
    const size_t size = strlen(folder) + 1 + strlen(name) + 1;
    char *const path = mtc_arena_take(arena, size);
    if (path == NULL) return false;
    (void)snprintf(path, size, "%s/%s", folder, name);
    return mtc_vector_push(paths, arena, mtc_str_of(path));
}

mtc_status mtc_folder_list(const char *folder, mtc_str suffix, bool may_be_missing,
                           mtc_arena *arena, mtc_path_list *ret_paths, mtc_error *error) {
    mtc_path_list paths = {0};
    DIR *const open_folder = opendir(folder);
    if (open_folder == NULL) {
        if (may_be_missing && errno == ENOENT) {
            *ret_paths = paths;
            return MTC_OK;
        }
        return mtc_fail_in_file(error, folder, 0, 0, "cannot be opened: %s",
                                strerror(errno));
    }
    bool has_memory = true;
    for (const struct dirent *entry;
         has_memory && (entry = readdir(open_folder)) != NULL;) {
        const mtc_str name = mtc_str_of(entry->d_name);
        if (name.ptr[0] == '.' || !mtc_str_ends_with(name, suffix)) continue;
        has_memory = add_path(&paths, folder, entry->d_name, arena);
    }
    (void)closedir(open_folder);
    if (!has_memory)
        return mtc_fail(error, MTC_NO_MEMORY, "no memory to list %s", folder);
    if (paths.count > 0) qsort(paths.at, paths.count, sizeof *paths.at, compare_paths);
    *ret_paths = paths;
    return MTC_OK;
}

void mtc_sha256_hex(const unsigned char digest[32], char ret_hex[65]) {
    for (size_t i = 0; i < 32; i++) (void)snprintf(ret_hex + 2 * i, 3, "%02x", digest[i]);
}
