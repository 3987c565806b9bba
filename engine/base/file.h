/* file.h: reading files whole, in a fixed order. */
#ifndef MTC_BASE_FILE_H
#define MTC_BASE_FILE_H

#include "base/status.h"
#include "base/vector.h"

/* Whole regular file up to `limit` bytes; NUL-terminated behind its end. INVALID_FILE. */
mtc_status mtc_file_read(const char *path, size_t limit, mtc_arena *arena,
                         mtc_str *ret_bytes, mtc_error *error);

typedef MTC_VECTOR(mtc_str) mtc_path_list; /* each NUL-terminated */

/* Paths of the folder's files that end in `suffix`, sorted bytewise. A missing folder has
 * none where `may_be_missing`, else INVALID_FILE. */
mtc_status mtc_folder_list(const char *folder, mtc_str suffix, bool may_be_missing,
                           mtc_arena *arena, mtc_path_list *ret_paths, mtc_error *error);

/* SHA-256 (libsodium) as 64 lower-case hex digits and a NUL. */
void mtc_sha256_hex(const unsigned char digest[32], char ret_hex[65]);

#endif
