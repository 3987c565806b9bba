/* vector.h: arrays that grow inside an arena.
 *
 *   typedef MTC_VECTOR(mtc_token) mtc_token_vector;      {at, count, capacity}
 *   mtc_token_vector tokens = {0};
 *   if (!mtc_vector_push(&tokens, arena, token)) return MTC_NO_MEMORY;
 *
 * Growing leaves the old array behind in the arena: at most as much again is lost.
 */
#ifndef MTC_BASE_VECTOR_H
#define MTC_BASE_VECTOR_H

#include "base/arena.h"

#define MTC_VECTOR(type)                                                                 \
    struct {                                                                             \
        type *at;                                                                        \
        size_t count, capacity;                                                          \
    }

/* Makes room for one more element: true on success. */
static inline bool mtc_vector_reserve(void *at, size_t count, size_t *capacity,
                                      size_t size, mtc_arena *arena) {
    if (count < *capacity) return true;
    const size_t wanted = *capacity == 0 ? 8 : *capacity * 2;
    void *const grown = mtc_arena_take_array(arena, wanted, size);
    if (grown == NULL) return false;
    void *old;
    memcpy(&old, at, sizeof old);
    if (count > 0) memcpy(grown, old, count * size);
    memcpy(at, &grown, sizeof grown);
    *capacity = wanted;
    return true;
}

/* An expression: true where `element` was appended, false where memory is exhausted. */
#define mtc_vector_push(vector, arena, element)                                          \
    (mtc_vector_reserve(&(vector)->at, (vector)->count, &(vector)->capacity,             \
                        sizeof *(vector)->at, (arena)) &&                                \
             (vector)->at != NULL                                                        \
         ? ((vector)->at[(vector)->count++] = (element), true)                           \
         : false)

#endif
