#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>

struct mtc_arena_block {
    mtc_arena_block *older;
    size_t size, used;
    alignas(max_align_t) char bytes[];
};

static const size_t ALIGNMENT = alignof(max_align_t);

void mtc_arena_init(mtc_arena *arena, size_t block_size, size_t limit) {
    *arena = (mtc_arena){.block_size = block_size, .limit = limit};
}

static void drop_blocks(mtc_arena *arena, const mtc_arena_block *keep) {
    while (arena->blocks != NULL && arena->blocks != keep) {
        mtc_arena_block *const block = arena->blocks;
        arena->blocks = block->older;
        arena->used -= sizeof *block + block->size;
        free(block);
    }
}

void mtc_arena_fini(mtc_arena *arena) {
    drop_blocks(arena, NULL);
}

void mtc_arena_reset(mtc_arena *arena) {
    arena->exhausted = false;
#ifdef MTC_ARENA_MALLOC
    drop_blocks(arena, NULL);
#else
    mtc_arena_block *oldest = arena->blocks;
    while (oldest != NULL && oldest->older != NULL) oldest = oldest->older;
    if (oldest != NULL && oldest->size > arena->block_size) oldest = NULL;
    drop_blocks(arena, oldest);
    if (oldest != NULL) oldest->used = 0;
#endif
}

static mtc_arena_block *add_block(mtc_arena *arena, size_t size) {
    const size_t whole = sizeof(mtc_arena_block) + size;
    if (whole < size || whole > arena->limit || arena->used > arena->limit - whole)
        return NULL;
    mtc_arena_block *const block = malloc(whole);
    if (block == NULL) return NULL;
    *block = (mtc_arena_block){.older = arena->blocks, .size = size};
    arena->blocks = block;
    arena->used += whole;
    return block;
}

void *mtc_arena_take(mtc_arena *arena, size_t size) {
    if (size > SIZE_MAX - ALIGNMENT) return NULL;
#ifdef MTC_ARENA_MALLOC
    const size_t rounded = size == 0 ? 1 : size;
    const size_t block_size = rounded;
#else
    const size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    const size_t block_size = rounded > arena->block_size ? rounded : arena->block_size;
#endif
    mtc_arena_block *block = arena->blocks;
    if (block == NULL || block->size - block->used < rounded) {
        block = add_block(arena, block_size);
        if (block == NULL) {
            arena->exhausted = true;
            return NULL;
        }
    }
    void *const taken = block->bytes + block->used;
    block->used += rounded;
    return memset(taken, 0, size);
}

void *mtc_arena_take_array(mtc_arena *arena, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) {
        arena->exhausted = true;
        return NULL;
    }
    return mtc_arena_take(arena, count * size);
}

mtc_str mtc_arena_copy(mtc_arena *arena, mtc_str text) {
    char *const copy = mtc_arena_take(arena, text.len + 1);
    if (copy == NULL) return (mtc_str){NULL, 0};
    if (text.len > 0) memcpy(copy, text.ptr, text.len);
    return (mtc_str){copy, text.len};
}
