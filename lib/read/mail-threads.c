#include "read/mail-threads.h"

#include "read/identity.h"

#define SLOTS ((gsize)1 << 18) /* 8 MiB, and no page of it is touched before it is needed */
#define WAYS 4
#define MAX_PEOPLE 4 /* of a mail, that its subject is remembered by */

/* What a mail's id, or its subject and people, led to. */
typedef struct Slot {
    guint64 key; /* 0: free */
    guint64 thread[2];
    gint64 seconds;
} Slot;

struct VocMailThreads {
    Slot *slots;
    guint turn; /* which of a full set of slots goes next */
};

VocMailThreads *
voc_mail_threads_new(void)
{
    return g_new0(VocMailThreads, 1);
}

void
voc_mail_threads_free(VocMailThreads *threads)
{
    if (!threads)
        return;
    g_free(threads->slots);
    g_free(threads);
}

static Slot *
find_slot(VocMailThreads *threads, guint64 key)
{
    Slot *set;

    if (!threads->slots)
        threads->slots = g_malloc0(SLOTS * sizeof(Slot));
    set = threads->slots + (key & (SLOTS / WAYS - 1)) * WAYS;
    for (int i = 0; i < WAYS; i++)
        if (set[i].key == key)
            return &set[i];
    return NULL;
}

static void
remember(VocMailThreads *threads, guint64 key, const guint64 thread[2], gint64 seconds)
{
    Slot *slot = find_slot(threads, key), *set = threads->slots + (key & (SLOTS / WAYS - 1)) * WAYS;

    for (int i = 0; !slot && i < WAYS; i++)
        if (!set[i].key)
            slot = &set[i];
    if (!slot)
        slot = &set[threads->turn++ % WAYS];
    *slot = (Slot){key, {thread[0], thread[1]}, seconds};
}

static void
hash_id(VocSlice id, guint64 result[2])
{
    VocHash hash;

    voc_hash_init(&hash);
    voc_hash_add_part(&hash, VOC_SLICE("mail-thread"));
    voc_hash_add_part(&hash, id);
    voc_hash_end(&hash, result);
}

static gboolean
is_mark(const char *mark, gsize len)
{
    static const char *const marks[] = {"re", "vs",   "sv", "vl", "fwd", "fw",  "aw",
                                        "wg", "antw", "tr", "rv", "vb",  "odp", NULL};

    for (const char *const *one = marks; *one; one++)
        if (strlen(*one) == len && g_ascii_strncasecmp(*one, mark, len) == 0)
            return TRUE;
    return FALSE;
}

VocSlice
voc_mail_subject_strip(VocSlice subject, gboolean *reply)
{
    *reply = FALSE;
    for (;;) {
        gsize n = 0;

        subject = voc_slice_strip(subject);
        while (n < subject.len && g_ascii_isalpha(subject.data[n]))
            n++;
        if (!n || n > 4 || !is_mark(subject.data, n))
            return subject;
        if (n < subject.len && (subject.data[n] == '[' || subject.data[n] == '(')) /* Re[2]: */
            while (n < subject.len && (g_ascii_isdigit(subject.data[n]) || strchr("[]()", subject.data[n])))
                n++;
        while (n < subject.len && subject.data[n] == ' ')
            n++;
        if (n == subject.len || subject.data[n] != ':')
            return subject;
        *reply = TRUE;
        subject = voc_slice_of(subject.data + n + 1, subject.len - n - 1);
    }
}

/* A hash of the subject's words in small letters. */
static guint64
hash_subject(VocSlice subject)
{
    g_autofree char *small = NULL;
    char word[64];
    gsize n = 0;
    guint64 result[2];
    VocHash hash;

    for (gsize i = 0; i < subject.len && !small; i++)
        if ((guchar)subject.data[i] >= 0x80) {
            small = g_utf8_strdown(subject.data, (gssize)subject.len);
            subject = voc_slice_from_string(small);
        }
    voc_hash_init(&hash);
    for (gsize i = 0; i < subject.len; i++) {
        if (!g_ascii_isspace(subject.data[i]))
            word[n++] = g_ascii_tolower(subject.data[i]);
        else if (n && word[n - 1] != ' ')
            word[n++] = ' ';
        if (n == sizeof word) {
            voc_hash_add(&hash, voc_slice_of(word, n - 1));
            word[0] = word[n - 1];
            n = 1;
        }
    }
    voc_hash_add(&hash, voc_slice_of(word, n));
    voc_hash_end(&hash, result);
    return result[0];
}

/* A key for a subject between the customer and whoever answers. */
static guint64
subject_key(guint64 subject, VocSlice person)
{
    guint64 result[2];
    VocHash hash;

    voc_hash_init(&hash);
    voc_hash_add(&hash, voc_slice_of((const char *)&subject, sizeof subject));
    voc_hash_add(&hash, person);
    voc_hash_end(&hash, result);
    return result[0] | 1;
}

/* The people that a mail's subject is remembered and looked up by. */
static guint
people_of(const VocMime *mime, VocSlice customer, VocSlice people[MAX_PEOPLE])
{
    guint n = 0;

    if (customer.len) {
        people[0] = customer;
        return 1;
    }
    people[n++] = mime->from.address;
    for (guint i = 0; i < mime->n_to && n < MAX_PEOPLE; i++)
        people[n++] = mime->to[i].address;
    return n;
}

static gboolean
find_by_subject(VocMailThreads *threads, const VocMime *mime, guint64 subject, VocSlice customer,
                guint64 thread[2])
{
    VocSlice people[MAX_PEOPLE];
    guint n = people_of(mime, customer, people);

    for (guint i = 0; i < n; i++) {
        const Slot *slot = find_slot(threads, subject_key(subject, people[i]));

        if (slot && (!mime->has_date || !slot->seconds ||
                     ABS(mime->seconds - slot->seconds) <= VOC_MAIL_THREAD_DAYS * G_GINT64_CONSTANT(86400))) {
            thread[0] = slot->thread[0];
            thread[1] = slot->thread[1];
            return TRUE;
        }
    }
    return FALSE;
}

/* The thread of the mail that is named, if it has been seen. */
static gboolean
thread_of(VocMailThreads *threads, VocSlice id, guint64 thread[2])
{
    guint64 key[2];
    const Slot *slot;

    hash_id(id, key);
    slot = find_slot(threads, key[0] | 1);
    if (!slot)
        return FALSE;
    thread[0] = slot->thread[0];
    thread[1] = slot->thread[1];
    return TRUE;
}

/* Follows what the mail says it answers; FALSE when it says nothing. */
static gboolean
find_by_references(VocMailThreads *threads, const VocMime *mime, guint64 thread[2])
{
    for (guint i = 0; i < mime->n_references; i++)
        if (thread_of(threads, mime->references[i], thread))
            return TRUE;
    if (mime->in_reply_to.len && thread_of(threads, mime->in_reply_to, thread))
        return TRUE;
    if (!mime->n_references && !mime->in_reply_to.len)
        return FALSE;
    hash_id(mime->n_references ? mime->references[0] : mime->in_reply_to, thread);
    return TRUE;
}

void
voc_mail_threads_find(VocMailThreads *threads, const VocMime *mime, VocSlice id, VocSlice customer,
                      VocBuffer *out)
{
    static const char digits[] = "0123456789abcdef";
    guint64 thread[2], own[2], hashed;
    gboolean reply;
    VocSlice subject = voc_mail_subject_strip(mime->subject, &reply), people[MAX_PEOPLE];
    char *at;

    hash_id(id, own);
    hashed = subject.len ? hash_subject(subject) : 0;
    if (!find_by_references(threads, mime, thread) &&
        (!reply || !subject.len || !find_by_subject(threads, mime, hashed, customer, thread)))
        memcpy(thread, own, sizeof thread);
    remember(threads, own[0] | 1, thread, mime->seconds);
    for (guint i = 0, n = subject.len ? people_of(mime, customer, people) : 0; i < n; i++)
        remember(threads, subject_key(hashed, people[i]), thread, mime->has_date ? mime->seconds : 0);
    at = voc_buffer_reserve(out, 24);
    for (int i = 0; i < 24; i++)
        at[i] = digits[thread[i / 16] >> (60 - 4 * (i % 16)) & 15];
    out->len += 24;
}
