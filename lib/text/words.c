#include "text/words.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "text/morphology.h"

/* The table forgets when its chunks, their analyses and slots pass these: about 30 MB. */
#define MAX_CHUNKS 100000u
#define MAX_BYTES ((gsize)24 * 1024 * 1024)

/* Longer chunks (addresses, mostly seen once) are analysed where they stand and not kept. */
#define KEPT_LEN 64u

typedef struct Slot {
    guint32 tag;
    guint32 index; /* 0: empty; else the chunk's place + 1 */
} Slot;

typedef struct Annotator {
    VocAnnotate annotate;
    void *data;
} Annotator;

struct VocWords {
    const VocWordModel *model;
    VocMorphologist *morphologist;
    Slot *slots;
    guint32 mask;
    VocChunk **chunks;
    guint32 n_chunks;
    VocArena arena;
    gsize bytes; /* taken from the arena */
    VocArena scratch;
    Annotator annotators[VOC_ANNOTATORS];
    guint n_annotators;
    guint64 *masks; /* a bit a byte of the text: not white space */
    gsize masks_len;
};

VocWords *
voc_words_new(const VocWordModel *model)
{
    VocWords *words = g_new0(VocWords, 1);
    words->model = model;
    words->morphologist = voc_morphologist_new(model);
    words->mask = (1u << 18) - 1;
    words->slots = g_new0(Slot, words->mask + 1);
    words->chunks = g_new(VocChunk *, MAX_CHUNKS);
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
    g_free(words->chunks);
    g_free(words->slots);
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
    if (words->n_chunks < MAX_CHUNKS - MAX_CHUNKS / 8 && words->bytes < MAX_BYTES)
        return;
    memset(words->slots, 0, sizeof(Slot) * ((gsize)words->mask + 1));
    words->n_chunks = 0;
    words->bytes = 0;
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
    for (; len > 8; at += 8, len -= 8)
        hash = mix(hash, load8(at));
    return mix(hash, load_tail(at, len));
}

static inline gboolean
same_key(const char *at, guint len, const VocChunk *chunk)
{
    if (chunk->len != len)
        return FALSE;
    const char *key = chunk->key;
    for (; len > 8; at += 8, key += 8, len -= 8)
        if (load8(at) != load8(key))
            return FALSE;
    return load_tail(at, len) == load8(key);
}

static VocChunk *
make_chunk(VocWords *words, VocSlice key, VocArena *arena)
{
    /* The key is padded with zeros to whole words, for same_key(). */
    gsize size = sizeof(VocChunk) + (key.len + 7) / 8 * 8 + 8;
    VocChunk *chunk = voc_arena_alloc0(arena, size);
    memcpy(chunk->key, key.data, key.len);
    chunk->len = (guint16)key.len;
    chunk->cp_len = (guint16)voc_text_length(key);
    voc_lang_model_score(voc_word_model_languages(words->model), voc_slice_of(chunk->key, key.len),
                         &chunk->scores);
    return chunk;
}

G_GNUC_NO_INLINE static VocChunk *
add_chunk(VocWords *words, const char *at, guint len, guint32 tag, guint32 slot, VocArena *transient)
{
    if (len > KEPT_LEN || words->n_chunks == MAX_CHUNKS)
        return make_chunk(words, voc_slice_of(at, len), transient);
    VocChunk *chunk = make_chunk(words, voc_slice_of(at, len), &words->arena);
    words->bytes += sizeof(VocChunk) + len + 16;
    words->chunks[words->n_chunks++] = chunk;
    words->slots[slot] = (Slot){tag, words->n_chunks};
    return chunk;
}

static inline VocChunk *
find_chunk(VocWords *words, const char *at, guint len, VocArena *transient)
{
    guint64 hash = hash_key(at, len);
    guint32 tag = (guint32)(hash >> 32);
    guint32 slot = (guint32)hash & words->mask;
    for (;; slot = (slot + 1) & words->mask) {
        Slot found = words->slots[slot];
        if (!found.index)
            return add_chunk(words, at, len, tag, slot, transient);
        if (found.tag == tag && same_key(at, len, words->chunks[found.index - 1]))
            return words->chunks[found.index - 1];
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

typedef struct Cutter {
    VocWords *words;
    VocText *text;
    VocArena *arena;
    gsize last_end; /* of the chunk before */
    guint capacity;
    VocLangScores sum;
} Cutter;

static void
grow(Cutter *cutter)
{
    VocText *text = cutter->text;
    guint capacity = cutter->capacity * 2;
    VocChunk **chunks = voc_arena_alloc(cutter->arena, sizeof(VocChunk *) * capacity);
    guint32 *starts = voc_arena_alloc(cutter->arena, sizeof(guint32) * capacity);
    memcpy(chunks, text->chunks, sizeof(VocChunk *) * text->n);
    memcpy(starts, text->starts, sizeof(guint32) * text->n);
    text->chunks = chunks;
    text->starts = starts;
    cutter->capacity = capacity;
}

static inline void
add(Cutter *cutter, gsize start, gsize end)
{
    VocText *text = cutter->text;
    const char *at = text->text.data;
    guint32 flag = 0;
    /* Mostly one space; only a longer gap or a lone other byte is looked at. */
    for (gsize i = cutter->last_end; i < start; i++)
        if (at[i] == '\n')
            flag = VOC_CHUNK_NEWLINE;
    cutter->last_end = end;
    do {
        gsize stop = bounded_end(at, start, end);
        if (G_UNLIKELY(text->n == cutter->capacity))
            grow(cutter);
        VocChunk *chunk = find_chunk(cutter->words, at + start, (guint)(stop - start), cutter->arena);
        voc_lang_scores_add(&cutter->sum, &chunk->scores);
        text->chunks[text->n] = chunk;
        text->starts[text->n++] = (guint32)start | flag;
        flag = 0;
        start = stop;
    } while (G_UNLIKELY(start < end));
}

/* Walks the mask's transitions: where a run of ones begins and ends. */
static void
cut(Cutter *cutter, const guint64 *masks, gsize n_masks)
{
    gsize start = 0;
    gboolean inside = FALSE;
    for (gsize block = 0; block < n_masks; block++) {
        guint64 mask = masks[block];
        guint64 edges = mask ^ (mask << 1 | (guint64)inside);
        while (edges) {
            gsize at = block * 64 + (gsize)__builtin_ctzll(edges);
            edges &= edges - 1;
            if (inside)
                add(cutter, start, at);
            else
                start = at;
            inside = !inside;
        }
    }
}

const VocText *
voc_words_read(VocWords *words, VocSlice text, VocArena *arena)
{
    gsize n_masks = (text.len + 63) / 64 + 1;
    if (words->masks_len < n_masks) {
        words->masks_len = n_masks * 2;
        words->masks = g_renew(guint64, words->masks, words->masks_len);
    }
    if (text.len)
        mask_text(text.data, text.len, words->masks);
    else
        words->masks[0] = 0;
    VocText *made = voc_arena_new(arena, VocText);
    Cutter cutter = {.words = words, .text = made, .arena = arena, .capacity = (guint)(text.len / 6) + 8};
    made->text = text;
    made->chunks = voc_arena_alloc(arena, sizeof(VocChunk *) * cutter.capacity);
    made->starts = voc_arena_alloc(arena, sizeof(guint32) * cutter.capacity);
    cut(&cutter, words->masks, n_masks);
    made->lang = voc_lang_decide(voc_word_model_languages(words->model), &cutter.sum, &made->confidence);
    return made;
}

static void
annotate(VocWords *words, VocWordList *list, VocLang lang)
{
    for (guint a = 0; a < words->n_annotators; a++)
        for (guint i = 0; i < list->n; i++) {
            const Annotator *annotator = &words->annotators[a];
            const void *note = annotator->annotate(annotator->data, &list->tokens[i], lang);
            list->notes[a * list->n + i] = note;
            if (note)
                list->marks |= (guint16)(1u << a);
        }
}

VocWordList *
voc_words_analyse(VocWords *words, VocChunk *chunk, VocLang lang)
{
    guint n;
    /* A chunk that is not kept must not leave its analysis behind either, but it is read again within its
     * batch: the table pays for it until it settles. */
    VocSlice key = voc_slice_of(chunk->key, chunk->len);
    VocRawToken *raw = voc_tokenize(key, &words->scratch, &n);
    gsize size = sizeof(VocWordList) + sizeof(VocToken) * n;
    VocWordList *list = voc_arena_alloc0(&words->arena, size);
    list->n = (guint16)n;
    if (words->n_annotators)
        list->notes = voc_arena_new_array(&words->arena, const void *, (gsize)n * words->n_annotators);
    for (guint i = 0; i < n; i++) {
        list->tokens[i].raw = raw[i];
        voc_morphologist_analyse(words->morphologist, key, lang, &list->tokens[i], &words->arena);
        list->flags |= list->tokens[i].raw.flags;
        words->bytes += list->tokens[i].norm.len + list->tokens[i].base.len;
    }
    words->bytes += size + sizeof(void *) * n * words->n_annotators;
    annotate(words, list, lang);
    voc_arena_reset(&words->scratch);
    chunk->words[lang] = list;
    return list;
}

VocSlice
voc_words_base(VocWords *words, VocSlice word, VocLang lang, VocArena *arena)
{
    VocToken token = {.raw = {.kind = VOC_TOKEN_WORD, .len = (guint16)MIN(word.len, VOC_CHUNK_MAX)}};
    voc_morphologist_analyse(words->morphologist, word, lang, &token, arena);
    return token.base;
}
