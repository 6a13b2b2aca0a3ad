#include "read/mail-thread.h"

#include "read/identity.h"

/* A table of so many places, four to choose from for each key; the oldest of the four goes. */
#define PLACES ((gsize)1 << 17)
#define WAYS 4

typedef struct Place {
    guint64 key, thread;
} Place;

struct VocMailThreads {
    Place *places;
    guint8 *next; /* by four places: which one goes next */
};

VocMailThreads *
voc_mail_threads_new(void)
{
    VocMailThreads *threads = g_new0(VocMailThreads, 1);

    threads->places = g_new0(Place, PLACES);
    threads->next = g_new0(guint8, PLACES / WAYS);
    return threads;
}

void
voc_mail_threads_free(VocMailThreads *threads)
{
    if (!threads)
        return;
    g_free(threads->places);
    g_free(threads->next);
    g_free(threads);
}

static guint64
hash_of(VocSlice a, VocSlice b, VocSlice c)
{
    VocHash hash;
    guint64 result[2];

    voc_hash_init(&hash);
    voc_hash_add_part(&hash, a);
    voc_hash_add_part(&hash, b);
    voc_hash_add_part(&hash, c);
    voc_hash_end(&hash, result);
    return result[0] | (result[0] == 0);
}

static guint64
id_hash(VocSlice id)
{
    return hash_of(id, VOC_SLICE_NONE, VOC_SLICE_NONE);
}

/* The thread of the key, 0 when it is not known. */
static guint64
look_up(const VocMailThreads *threads, guint64 key)
{
    const Place *at = threads->places + (key & (PLACES / WAYS - 1)) * WAYS;

    for (int i = 0; i < WAYS; i++)
        if (at[i].key == key)
            return at[i].thread;
    return 0;
}

static void
remember(VocMailThreads *threads, guint64 key, guint64 thread)
{
    gsize group = key & (PLACES / WAYS - 1);
    Place *at = threads->places + group * WAYS;

    for (int i = 0; i < WAYS; i++) {
        if (at[i].key == key || !at[i].key) {
            at[i] = (Place){key, thread};
            return;
        }
    }
    at[threads->next[group]] = (Place){key, thread};
    threads->next[group] = (guint8)((threads->next[group] + 1) % WAYS);
}

/* Behind a mark of an answer or a forward at the beginning of `subject`; NULL when there is none. */
static const char *
skip_mark(const char *at, const char *end)
{
    static const char *const marks[] = {"re", "vs", "sv", "vl", "fwd",  "fw", "vb",
                                        "aw", "wg", "tr", "rv", "antw", NULL};

    for (const char *const *mark = marks; *mark; mark++) {
        gsize n = strlen(*mark);
        const char *behind = at + n;

        if ((gsize)(end - at) <= n || g_ascii_strncasecmp(at, *mark, n) != 0)
            continue;
        if (*behind == '[' || *behind == '(') { /* Re[2]: */
            while (behind < end && *behind != ']' && *behind != ')')
                behind++;
            behind += behind < end;
        }
        while (behind < end && *behind == ' ')
            behind++;
        if (behind < end && *behind == ':')
            return behind + 1;
    }
    return NULL;
}

VocSlice
voc_mail_bare_subject(VocSlice subject, gboolean *answers)
{
    const char *at, *behind;

    subject = voc_slice_strip(subject);
    *answers = FALSE;
    at = subject.data;
    while (at < subject.data + subject.len && (behind = skip_mark(at, subject.data + subject.len))) {
        *answers = TRUE;
        at = behind;
        while (at < subject.data + subject.len && g_ascii_isspace(*at))
            at++;
    }
    return voc_slice_of(at, subject.len - (gsize)(at - subject.data));
}

/* Both directions of a conversation between the two have the same key. */
static guint64
subject_key(const VocMailLinks *links, VocSlice bare)
{
    g_autofree char *folded = g_ascii_strdown(bare.data ? bare.data : "", (gssize)bare.len);
    int order = g_strcmp0(links->from.data ? "" : NULL, links->to.data ? "" : NULL);
    gsize n = MIN(links->from.len, links->to.len);

    if (!order)
        order = n ? memcmp(links->from.data, links->to.data, n) : 0;
    if (!order)
        order = links->from.len < links->to.len ? -1 : 1;
    return hash_of(voc_slice_from_string(folded), order < 0 ? links->from : links->to,
                   order < 0 ? links->to : links->from);
}

void
voc_mail_threads_find(VocMailThreads *threads, const VocMailLinks *links, VocBuffer *key)
{
    gboolean answers;
    VocSlice bare = voc_mail_bare_subject(links->subject, &answers);
    guint64 by_subject = subject_key(links, bare), thread = 0;

    if (links->parent.len)
        thread = look_up(threads, id_hash(links->parent));
    if (!thread && links->root.len && !(thread = look_up(threads, id_hash(links->root))))
        thread = id_hash(links->root);
    if (!thread && links->parent.len)
        thread = id_hash(links->parent);
    /* An answer that says not to what: the last mail between the two of that subject. */
    if (!thread && answers && bare.len)
        thread = look_up(threads, by_subject);
    if (!thread)
        thread = links->id.len ? id_hash(links->id) : by_subject;
    if (links->id.len)
        remember(threads, id_hash(links->id), thread);
    if (bare.len)
        remember(threads, by_subject, thread);
    for (int shift = 60; shift >= 0; shift -= 4)
        voc_buffer_add_char(key, "0123456789abcdef"[thread >> shift & 15]);
}
