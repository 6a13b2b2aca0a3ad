#include "text/words.h"

#include <sys/mman.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "text/mixed.h"
#include "text/morphology.h"

/* The table forgets when it holds so many chunks, or so much about them. */
#define MAX_CHUNKS 240000u
#define MAX_BYTES ((gsize)36 * 1024 * 1024)
#define SLOTS (1u << 19)

/* Longer chunks (addresses, mostly seen once) are analysed where they stand and not kept. */
#define KEPT_LEN 64u

/* A slot holds 14 bits of the hash and 18 of the chunk's place, from 1; 0 is empty. Four bytes a slot
 * keep the table in the second-level cache. */
typedef guint32 Slot;
#define INDEX_BITS 18
#define INDEX_MASK ((1u << INDEX_BITS) - 1)
G_STATIC_ASSERT(MAX_CHUNKS < INDEX_MASK);

typedef struct Annotator {
    VocAnnotate annotate;
    void *data;
} Annotator;

struct VocWords {
    const VocWordModel *model;
    VocMorphologist *morphologist;
    Slot *slots;
    guint32 mask;
    VocChunk *chunks; /* in the order of first sight: what is frequent stands together at the front */
    guint32 n_chunks;
    VocArena arena;
    gsize bytes; /* taken from the arena */
    VocArena scratch;
    Annotator annotators[VOC_ANNOTATORS];
    guint n_annotators;
    guint64 *masks; /* a bit a byte of the text: not white space */
    gsize masks_len;
};

/* Zeroed memory on large pages where the system has them: look-ups go everywhere in it. */
static void *
map(gsize size)
{
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED)
        g_error("out of memory: %" G_GSIZE_FORMAT " bytes", size);
    madvise(at, size, MADV_HUGEPAGE);
    return at;
}

VocWords *
voc_words_new(const VocWordModel *model)
{
    VocWords *words = g_new0(VocWords, 1);
    words->model = model;
    words->morphologist = voc_morphologist_new(model);
    words->mask = SLOTS - 1;
    words->slots = map(sizeof(Slot) * SLOTS);
    words->chunks = map(sizeof(VocChunk) * (MAX_CHUNKS + 1));
    voc_arena_init(&words->arena, 256 * 1024);
    voc_arena_init(&words->scratch, 16 * 1024);
    return words;
}

void
voc_words_free(VocWords *words)
{
    if (!words)
        return;
    voc_morphologist_free(words->morphologist);
    voc_arena_clear(&words->arena);
    voc_arena_clear(&words->scratch);
    g_free(words->masks);
    munmap(words->chunks, sizeof(VocChunk) * (MAX_CHUNKS + 1));
    munmap(words->slots, sizeof(Slot) * SLOTS);
    g_free(words);
}

guint
voc_words_add_annotator(VocWords *words, VocAnnotate annotate, void *data)
{
    g_return_val_if_fail(words->n_annotators < VOC_ANNOTATORS, 0);
    words->annotators[words->n_annotators] = (Annotator){annotate, data};
    return words->n_annotators++;
}

void
voc_words_settle(VocWords *words)
{
    if (words->n_chunks < MAX_CHUNKS - MAX_CHUNKS / 8 && voc_arena_size(&words->arena) < MAX_BYTES)
        return;
    memset(words->slots, 0, sizeof(Slot) * ((gsize)words->mask + 1));
    words->n_chunks = 0;
    voc_arena_clear(&words->arena);
}

/* White space is every byte up to the space: control characters part words too. */
static void
mask_plain(const char *text, gsize n, guint64 *masks)
{
    for (gsize block = 0; block * 64 < n; block++) {
        guint64 mask = 0;
        for (guint i = 0; i < 64; i++)
            mask |= (guint64)((guchar)text[block * 64 + i] > 0x20) << i;
        masks[block] = mask;
    }
}

#ifdef __x86_64__
/* Unsigned bytes above the space: a saturating subtraction leaves something of them. */
__attribute__((target("avx2"))) static void
mask_avx2(const char *text, gsize n, guint64 *masks)
{
    const __m256i space = _mm256_set1_epi8(0x20), zero = _mm256_setzero_si256();
    for (gsize block = 0; block * 64 < n; block++) {
        __m256i low = _mm256_loadu_si256((const __m256i *)(text + block * 64));
        __m256i high = _mm256_loadu_si256((const __m256i *)(text + block * 64 + 32));
        guint32 a = (guint32)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_subs_epu8(low, space), zero));
        guint32 b = (guint32)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_subs_epu8(high, space), zero));
        masks[block] = ~((guint64)a | (guint64)b << 32);
    }
}
#endif

/* A bit for every byte of the text that is not white space; reads up to 63 bytes behind it. */
static void
mask_text(const char *text, gsize n, guint64 *masks)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2")) {
        mask_avx2(text, n, masks);
    } else
#endif
        mask_plain(text, n, masks);
    if (n % 64)
        masks[n / 64] &= ((guint64)1 << n % 64) - 1;
    masks[(n + 63) / 64] = 0;
}

static inline guint64
load8(const char *at)
{
    guint64 value;
    memcpy(&value, at, 8);
    return value;
}

/* The last, partial word of a key: the bytes behind its end do not count. Reads 8 bytes. */
static inline guint64
load_tail(const char *at, guint len)
{
    return load8(at) & (~(guint64)0 >> (8 * (8 - len)));
}

static inline guint64
mix(guint64 hash, guint64 value)
{
    __uint128_t product = (__uint128_t)(hash ^ value) * 0x9E3779B97F4A7C15u;
    return (guint64)product ^ (guint64)(product >> 64);
}

static inline guint64
hash_key(const char *at, guint len)
{
    guint64 hash = 0x2545F4914F6CDD1Du ^ len;
    if (G_LIKELY(len <= 8))
        return mix(hash, load_tail(at, len));
    /* The last eight bytes overlap those before: no tail to mask. */
    for (guint i = 0; i + 8 < len; i += 8)
        hash = mix(hash, load8(at + i));
    return mix(hash, load8(at + len - 8));
}

static inline gboolean
same_key(const char *at, guint len, const VocChunk *chunk)
{
    if (chunk->len != len)
        return FALSE;
    if (G_LIKELY(len <= 8))
        return load_tail(at, len) == load8(chunk->key.near);
    const char *key = voc_chunk_key(chunk);
    for (guint i = 0; i + 8 < len; i += 8)
        if (load8(at + i) != load8(key + i))
            return FALSE;
    return load8(at + len - 8) == load8(key + len - 8);
}

static void
init_chunk(VocWords *words, VocChunk *chunk, VocSlice key, VocArena *arena)
{
    memset(chunk, 0, sizeof *chunk);
    chunk->len = (guint16)key.len;
    chunk->cp_len = (guint16)voc_text_length(key);
    char *at = chunk->key.near;
    if (key.len > VOC_CHUNK_INLINE)
        chunk->key.far = at = voc_arena_alloc0(arena, key.len + 8);
    memcpy(at, key.data, key.len);
    VocLangScores scores;
    gsize mask = voc_mask_length(key); /* is of no language */
    voc_lang_model_score(voc_word_model_languages(words->model), voc_slice_of(at + mask, key.len - mask),
                         &scores);
    chunk->letters = (guint16)scores.letters;
    for (int i = 0; i < VOC_LANG_CLASSES; i++)
        chunk->scores[i] = (gint16)CLAMP(scores.v[i], G_MININT16, G_MAXINT16);
}

G_GNUC_NO_INLINE static VocChunk *
add_chunk(VocWords *words, VocSlice key, Slot tag, guint32 at, VocArena *transient)
{
    if (key.len > KEPT_LEN || words->n_chunks == MAX_CHUNKS) {
        VocChunk *passing = voc_arena_alloc(transient, sizeof(VocChunk));
        init_chunk(words, passing, key, transient);
        return passing;
    }
    VocChunk *chunk = &words->chunks[++words->n_chunks];
    init_chunk(words, chunk, key, &words->arena);
    words->slots[at] = tag | words->n_chunks;
    return chunk;
}

static inline VocChunk *
find_chunk(VocWords *words, VocSlice key, guint64 hash, VocArena *transient)
{
    Slot tag = (Slot)(hash >> 32) & ~INDEX_MASK;
    for (guint32 at = (guint32)hash & words->mask;; at = (at + 1) & words->mask) {
        Slot slot = words->slots[at];
        if (!slot)
            return add_chunk(words, key, tag, at, transient);
        VocChunk *chunk = &words->chunks[slot & INDEX_MASK];
        if ((slot & ~INDEX_MASK) == tag && same_key(key.data, (guint)key.len, chunk))
            return chunk;
    }
}

/* The end of a chunk that may be too long: at most VOC_CHUNK_MAX bytes, never inside a character. */
static gsize
bounded_end(const char *text, gsize start, gsize end)
{
    if (end - start <= VOC_CHUNK_MAX)
        return end;
    end = start + VOC_CHUNK_MAX;
    while (((guchar)text[end] & 0xC0) == 0x80)
        end--;
    return end;
}

/* Where the chunks of a text begin and end. */
typedef struct Cut {
    guint32 *starts, *ends;
    guint n;
} Cut;

static guint
count_starts(const guint64 *masks, gsize n_masks)
{
    guint n = 0;
    guint64 inside = 0;
    for (gsize block = 0; block < n_masks; block++) {
        n += (guint)__builtin_popcountll(masks[block] & ~(masks[block] << 1 | inside));
        inside = masks[block] >> 63;
    }
    return n;
}

/* Walks the mask's transitions: a chunk begins where ones do and ends where zeros do. There is room for all
 * of them. */
static void
cut_plain(Cut *cut, const guint64 *masks, gsize n_masks)
{
    guint n_starts = 0, n_ends = 0;
    guint64 inside = 0;
    for (gsize block = 0; block < n_masks; block++) {
        guint64 mask = masks[block], shifted = mask << 1 | inside;
        guint32 base = (guint32)block * 64;
        inside = mask >> 63;
        for (guint64 starts = mask & ~shifted; starts; starts &= starts - 1)
            cut->starts[n_starts++] = base + (guint32)__builtin_ctzll(starts);
        for (guint64 ends = ~mask & shifted; ends; ends &= ends - 1)
            cut->ends[n_ends++] = base + (guint32)__builtin_ctzll(ends);
    }
    cut->n = n_starts;
}

/* Cuts up what is too long; rare, so that the usual text pays for one comparison a chunk. */
static void
cut_long(Cut *cut, const char *text, VocArena *arena)
{
    guint more = 0;
    for (guint i = 0; i < cut->n; i++)
        more += (cut->ends[i] - cut->starts[i]) / (VOC_CHUNK_MAX - 4);
    if (!more)
        return;
    Cut made = {voc_arena_alloc(arena, sizeof(guint32) * (cut->n + more)),
                voc_arena_alloc(arena, sizeof(guint32) * (cut->n + more)), 0};
    for (guint i = 0; i < cut->n; i++)
        for (gsize start = cut->starts[i], end = cut->ends[i]; start < end;) {
            gsize stop = bounded_end(text, start, end);
            made.starts[made.n] = (guint32)start;
            made.ends[made.n++] = (guint32)stop;
            start = stop;
        }
    *cut = made;
}

/* Marks the chunks that have a newline before them. */
static void
mark_newlines(const Cut *cut, VocSlice text)
{
    if (!memchr(text.data, '\n', text.len))
        return;
    guint32 last = 0;
    for (guint i = 0; i < cut->n; i++) {
        guint32 start = cut->starts[i];
        if (memchr(text.data + last, '\n', start - last))
            cut->starts[i] |= VOC_CHUNK_NEWLINE;
        last = cut->ends[i];
    }
}

/* A chunk that is being looked up. */
typedef struct Probe {
    const char *at;
    guint32 len;
    guint64 hash;
} Probe;

/* How many probes ahead a slot is asked for, and a chunk: a table larger than the caches answers late, so
 * many questions must be under way. */
#define SLOT_AHEAD 24u
#define CHUNK_AHEAD 12u

static inline void
ask_slot(const VocWords *words, Probe *probe)
{
    probe->hash = hash_key(probe->at, probe->len);
    __builtin_prefetch(&words->slots[(guint32)probe->hash & words->mask]);
}

static inline void
ask_chunk(const VocWords *words, const Probe *probe)
{
    Slot slot = words->slots[(guint32)probe->hash & words->mask];
    __builtin_prefetch(&words->chunks[slot & INDEX_MASK]);
}

static void
find_chunks(VocWords *words, Probe *probes, guint n, VocChunk **found, VocArena *arena)
{
    for (guint i = 0; i < MIN(n, SLOT_AHEAD); i++)
        ask_slot(words, &probes[i]);
    for (guint i = 0; i < MIN(n, CHUNK_AHEAD); i++)
        ask_chunk(words, &probes[i]);
    for (guint i = 0; i < n; i++) {
        if (i + SLOT_AHEAD < n)
            ask_slot(words, &probes[i + SLOT_AHEAD]);
        if (i + CHUNK_AHEAD < n)
            ask_chunk(words, &probes[i + CHUNK_AHEAD]);
        found[i] = find_chunk(words, voc_slice_of(probes[i].at, probes[i].len), probes[i].hash, arena);
        __builtin_prefetch(found[i]->words);
        __builtin_prefetch((const char *)found[i]->words + 64);
    }
}

/* Whoever reads the texts will soon ask what stages have noted about their words. */
static void
ask_notes(const VocWords *words, VocChunk *const *found, guint n)
{
    for (guint i = 0; i < n; i++) {
        const VocChunk *chunk = found[i];
        if (chunk->whole)
            __builtin_prefetch(chunk->note);
        for (guint k = chunk->whole; chunk->marks && k < chunk->n * words->n_annotators; k++)
            __builtin_prefetch(voc_list_notes(chunk->words)[k]);
    }
}

static void
mask(VocWords *words, VocSlice text, gsize n_masks)
{
    if (words->masks_len < n_masks) {
        words->masks_len = n_masks * 2;
        words->masks = g_renew(guint64, words->masks, words->masks_len);
    }
    mask_text(text.data, text.len, words->masks);
}

static VocText *
cut_text(VocWords *words, VocSlice text, VocArena *arena, Cut *cut)
{
    VocText *made = voc_arena_new(arena, VocText);
    made->text = text;
    *cut = (Cut){0};
    if (!text.len)
        return made;
    gsize n_masks = (text.len + 63) / 64 + 1;
    mask(words, text, n_masks);
    guint n = count_starts(words->masks, n_masks);
    cut->starts = voc_arena_alloc(arena, sizeof(guint32) * n);
    cut->ends = voc_arena_alloc(arena, sizeof(guint32) * n);
    cut_plain(cut, words->masks, n_masks);
    cut_long(cut, text.data, arena);
    made->n = cut->n;
    made->starts = cut->starts;
    return made;
}

static void
tell_language(const VocWords *words, VocText *text, VocArena *arena)
{
    const VocLangModel *model = voc_word_model_languages(words->model);
    VocLangScores sum = {0};
    for (guint i = 0; i < text->n; i++) {
        for (int k = 0; k < VOC_LANG_CLASSES; k++)
            sum.v[k] += text->chunks[i]->scores[k];
        sum.letters += text->chunks[i]->letters;
    }
    text->lang = voc_lang_decide(model, &sum, &text->confidence);
    voc_text_part_languages(text, model, &sum, arena);
}

void
voc_words_read_many(VocWords *words, const VocSlice *texts, guint n, VocArena *arena, VocText **made)
{
    Cut *cuts = voc_arena_new_array(arena, Cut, n);
    guint total = 0;
    for (guint i = 0; i < n; i++) {
        made[i] = cut_text(words, texts[i], arena, &cuts[i]);
        total += made[i]->n;
    }
    Probe *probes = voc_arena_alloc(arena, sizeof(Probe) * total);
    VocChunk **found = voc_arena_alloc(arena, sizeof(VocChunk *) * total);
    for (guint i = 0, at = 0; i < n; at += made[i]->n, i++) {
        made[i]->chunks = found + at;
        for (guint k = 0; k < cuts[i].n; k++)
            probes[at + k] =
                (Probe){texts[i].data + cuts[i].starts[k], cuts[i].ends[k] - cuts[i].starts[k], 0};
    }
    find_chunks(words, probes, total, found, arena);
    for (guint i = 0; i < n; i++) {
        if (made[i]->n)
            mark_newlines(&cuts[i], texts[i]);
        tell_language(words, made[i], arena);
    }
    ask_notes(words, found, total);
}

const VocText *
voc_words_read(VocWords *words, VocSlice text, VocArena *arena)
{
    VocText *made;
    voc_words_read_many(words, &text, 1, arena, &made);
    return made;
}

static void
annotate(VocWords *words, VocWordList *list)
{
    for (guint a = 0; a < words->n_annotators; a++)
        for (guint i = 0; i < list->n; i++) {
            const Annotator *one = &words->annotators[a];
            const void *note = one->annotate(one->data, &list->tokens[i], (VocLang)list->lang, &words->arena);
            voc_list_notes(list)[a * list->n + i] = note;
            if (note)
                list->marks |= (guint16)(1u << a);
        }
}

static VocWordList *
make_list(VocWords *words, const VocChunk *chunk, VocLang lang)
{
    guint n;
    VocSlice key = voc_slice_of(voc_chunk_key(chunk), chunk->len);
    VocRawToken *raw = voc_tokenize(key, &words->scratch, &n);
    gsize size = sizeof(VocToken) + sizeof(void *) * words->n_annotators;
    VocWordList *list = voc_arena_alloc0(&words->arena, sizeof(VocWordList) + size * n);
    list->n = (guint16)n;
    list->lang = (guint16)lang;
    for (guint i = 0; i < n; i++) {
        list->tokens[i].raw = raw[i];
        voc_morphologist_analyse(words->morphologist, key, lang, &list->tokens[i], &words->arena);
        list->flags |= list->tokens[i].raw.flags;
    }
    annotate(words, list);
    voc_arena_reset(&words->scratch);
    return list;
}

/* Chunks that are not kept leave their analysis in the table's memory all the same, until it settles: it may
 * be asked for again within their batch. */
VocWordList *
voc_words_analyse(VocWords *words, VocChunk *chunk, VocLang lang)
{
    VocWordList **at = &chunk->words;
    while (*at && (*at)->lang != lang)
        at = &(*at)->next;
    VocWordList *list = *at;
    if (list)
        *at = list->next;
    else
        list = make_list(words, chunk, lang);
    list->next = chunk->words;
    chunk->words = list;
    chunk->lang = (guint8)lang;
    chunk->n = list->n;
    chunk->marks = (guint8)list->marks;
    chunk->flags = list->flags;
    chunk->whole = list->n == 1 && list->tokens[0].raw.len == chunk->len;
    chunk->note = chunk->whole && words->n_annotators ? *voc_list_notes(list) : NULL;
    return list;
}

VocSlice
voc_words_base(VocWords *words, VocSlice word, VocLang lang, VocArena *arena)
{
    VocToken token = {.raw = {.kind = VOC_TOKEN_WORD, .len = (guint16)MIN(word.len, VOC_CHUNK_MAX)}};
    voc_morphologist_analyse(words->morphologist, word, lang, &token, arena);
    return token.base;
}

VocSlice
voc_words_parts(VocWords *words, VocSlice norm, VocLang lang, VocArena *arena)
{
    return voc_morphologist_parts(words->morphologist, norm, lang, arena);
}

gboolean
voc_words_is_stop(VocWords *words, VocSlice word, VocLang lang)
{
    VocToken token = {.raw = {.kind = VOC_TOKEN_WORD, .len = (guint16)MIN(word.len, VOC_CHUNK_MAX)}};
    voc_morphologist_analyse(words->morphologist, word, lang, &token, &words->scratch);
    voc_arena_reset(&words->scratch);
    return (token.raw.flags & VOC_TOKEN_STOP) != 0;
}
