/* arena.h: memory with one lifetime.
 *
 * What is taken from an arena is never freed alone: mtc_arena_reset ends all of it at
 * once and gives back what was taken beyond the first block, so that one large article
 * does not leave a worker large. Every arena has a limit; beyond it mtc_arena_take
 * returns NULL. With MTC_ARENA_MALLOC each piece is its own malloc, so that sanitizers
 * see it.
 *
 *   mtc_arena arena;
 *   mtc_arena_init(&arena, 64 * 1024, 256u << 20);
 *   mtc_token *tokens = MTC_TAKE(&arena, mtc_token, count);
 *   ...
 *   mtc_arena_fini(&arena);
 */
#ifndef MTC_BASE_ARENA_H
#define MTC_BASE_ARENA_H

#include "base/str.h"

typedef struct mtc_arena_block mtc_arena_block;

typedef struct mtc_arena {
    mtc_arena_block *blocks; /* newest first; the oldest stays over a reset */
    size_t block_size;
    size_t used, limit; /* bytes asked from malloc */
    bool exhausted;     /* a take has failed since the last reset */
} mtc_arena;

/* Takes no memory yet. block_size > 0; limit counts bytes of blocks. */
void mtc_arena_init(mtc_arena *arena, size_t block_size, size_t limit);
void mtc_arena_fini(mtc_arena *arena);
void mtc_arena_reset(mtc_arena *arena);

/* Zeroed, aligned for any type; NULL where memory or the limit is exhausted. */
void *mtc_arena_take(mtc_arena *arena, size_t size);
/* The same for count × size, guarded against overflow. */
void *mtc_arena_take_array(mtc_arena *arena, size_t count, size_t size);
/* A copy that is followed by a NUL; ptr is NULL where memory is exhausted. */
mtc_str mtc_arena_copy(mtc_arena *arena, mtc_str text);

#define MTC_TAKE(arena, type, count)                                                     \
    ((type *)mtc_arena_take_array((arena), (count), sizeof(type)))

#endif
