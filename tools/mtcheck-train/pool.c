#include "pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct train_pool {
    unsigned helpers;
    pthread_t *threads;
    pthread_mutex_t lock;
    pthread_cond_t begun, ended;
    unsigned long round; /* counts the calls of train_pool_run */
    unsigned busy;       /* helpers that have not yet ended this round */
    bool stop;
    void (*work)(void *context, size_t piece);
    void *context;
    size_t pieces;
    atomic_size_t next;
};

static void take_pieces(train_pool *pool) {
    for (size_t piece; (piece = atomic_fetch_add(&pool->next, 1)) < pool->pieces;)
        pool->work(pool->context, piece);
}

static void *help(void *argument) {
    train_pool *const pool = argument;
    unsigned long seen = 0;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (!pool->stop && pool->round == seen)
            pthread_cond_wait(&pool->begun, &pool->lock);
        if (pool->stop) break;
        seen = pool->round;
        pthread_mutex_unlock(&pool->lock);
        take_pieces(pool);
        pthread_mutex_lock(&pool->lock);
        if (--pool->busy == 0) pthread_cond_signal(&pool->ended);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

train_pool *train_pool_new(unsigned threads) {
    train_pool *const pool = calloc(1, sizeof *pool);
    if (pool == NULL) return NULL;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->begun, NULL);
    pthread_cond_init(&pool->ended, NULL);
    pool->threads = calloc(threads, sizeof *pool->threads);
    if (pool->threads == NULL) {
        train_pool_free(pool);
        return NULL;
    }
    while (pool->helpers + 1 < threads) {
        if (pthread_create(&pool->threads[pool->helpers], NULL, help, pool) != 0) break;
        pool->helpers++;
    }
    return pool;
}

void train_pool_free(train_pool *pool) {
    if (pool == NULL) return;
    pthread_mutex_lock(&pool->lock);
    pool->stop = true;
    pthread_cond_broadcast(&pool->begun);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->helpers; i++) pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->begun);
    pthread_cond_destroy(&pool->ended);
    pthread_mutex_destroy(&pool->lock);
    free(pool->threads);
    free(pool);
}

void train_pool_run(train_pool *pool, size_t pieces,
                    void (*work)(void *context, size_t piece), void *context) {
    if (pool->helpers == 0 || pieces == 1) {
        for (size_t piece = 0; piece < pieces; piece++) work(context, piece);
        return;
    }
    pthread_mutex_lock(&pool->lock);
    pool->work = work;
    pool->context = context;
    pool->pieces = pieces;
    atomic_store(&pool->next, 0);
    pool->busy = pool->helpers;
    pool->round++;
    pthread_cond_broadcast(&pool->begun);
    pthread_mutex_unlock(&pool->lock);
    take_pieces(pool);
    pthread_mutex_lock(&pool->lock);
    while (pool->busy > 0) pthread_cond_wait(&pool->ended, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}
