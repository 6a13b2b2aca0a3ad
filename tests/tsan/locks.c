/* GLib's mutexes and conditions over those of POSIX, for the thread sanitizer alone. GLib makes its own of
 * futexes, inside a library that is not instrumented; the sanitizer cannot see that they order anything. */
#include <glib.h>
#include <pthread.h>

/* A zeroed GMutex or GCond is a good one: what it stands for is made at first use. */
static pthread_mutex_t *
mutex_of(GMutex *mutex)
{
    pthread_mutex_t *known = __atomic_load_n((pthread_mutex_t **)&mutex->p, __ATOMIC_ACQUIRE);
    if (known)
        return known;
    pthread_mutex_t *made = g_new(pthread_mutex_t, 1);
    pthread_mutex_init(made, NULL);
    if (__atomic_compare_exchange_n((pthread_mutex_t **)&mutex->p, &known, made, FALSE, __ATOMIC_ACQ_REL,
                                    __ATOMIC_ACQUIRE))
        return made;
    pthread_mutex_destroy(made);
    g_free(made);
    return known;
}

static pthread_cond_t *
cond_of(GCond *cond)
{
    pthread_cond_t *known = __atomic_load_n((pthread_cond_t **)&cond->p, __ATOMIC_ACQUIRE);
    if (known)
        return known;
    pthread_cond_t *made = g_new(pthread_cond_t, 1);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(made, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (__atomic_compare_exchange_n((pthread_cond_t **)&cond->p, &known, made, FALSE, __ATOMIC_ACQ_REL,
                                    __ATOMIC_ACQUIRE))
        return made;
    pthread_cond_destroy(made);
    g_free(made);
    return known;
}

void
g_mutex_init(GMutex *mutex)
{
    mutex->p = NULL;
}

void
g_mutex_clear(GMutex *mutex)
{
    if (mutex->p)
        pthread_mutex_destroy(mutex->p);
    g_free(mutex->p);
    mutex->p = NULL;
}

void
g_mutex_lock(GMutex *mutex)
{
    pthread_mutex_lock(mutex_of(mutex));
}

gboolean
g_mutex_trylock(GMutex *mutex)
{
    return pthread_mutex_trylock(mutex_of(mutex)) == 0;
}

void
g_mutex_unlock(GMutex *mutex)
{
    pthread_mutex_unlock(mutex_of(mutex));
}

void
g_cond_init(GCond *cond)
{
    cond->p = NULL;
}

void
g_cond_clear(GCond *cond)
{
    if (cond->p)
        pthread_cond_destroy(cond->p);
    g_free(cond->p);
    cond->p = NULL;
}

void
g_cond_wait(GCond *cond, GMutex *mutex)
{
    pthread_cond_wait(cond_of(cond), mutex_of(mutex));
}

gboolean
g_cond_wait_until(GCond *cond, GMutex *mutex, gint64 end_time)
{
    struct timespec until = {end_time / 1000000, end_time % 1000000 * 1000};
    return pthread_cond_timedwait(cond_of(cond), mutex_of(mutex), &until) == 0;
}

void
g_cond_signal(GCond *cond)
{
    pthread_cond_signal(cond_of(cond));
}

void
g_cond_broadcast(GCond *cond)
{
    pthread_cond_broadcast(cond_of(cond));
}
