#include "report/facts.h"

#include "base/buffer.h"
#include "base/calendar.h"

#include <math.h>

/* Readable bytes behind every text, for those who read words: text/words.h. */
#define PADDING 64

struct VocFacts {
    GArray *rows;
    GArray *themes;
    GArray *cues;
    VocBuffer bytes;
    GPtrArray *names; /* number -> string in chunk */
    GHashTable *numbers;
    GStringChunk *chunk;
    GArray *known;        /* VocThemeFacts */
    GHashTable *known_at; /* theme -> index + 1 */
    gint64 rejected;
};

VocFacts *
voc_facts_new(void)
{
    VocFacts *facts = g_new0(VocFacts, 1);
    facts->rows = g_array_new(FALSE, FALSE, sizeof(VocFact));
    facts->themes = g_array_new(FALSE, FALSE, sizeof(VocFactTheme));
    facts->cues = g_array_new(FALSE, FALSE, sizeof(VocFactCue));
    facts->names = g_ptr_array_new();
    g_ptr_array_add(facts->names, (gpointer) "");
    facts->numbers = g_hash_table_new(g_str_hash, g_str_equal);
    facts->chunk = g_string_chunk_new(1 << 16);
    facts->known = g_array_new(FALSE, FALSE, sizeof(VocThemeFacts));
    facts->known_at = g_hash_table_new(NULL, NULL);
    return facts;
}

void
voc_facts_free(VocFacts *facts)
{
    if (!facts)
        return;
    g_array_unref(facts->rows);
    g_array_unref(facts->themes);
    g_array_unref(facts->cues);
    voc_buffer_clear(&facts->bytes);
    g_ptr_array_unref(facts->names);
    g_hash_table_unref(facts->numbers);
    g_string_chunk_free(facts->chunk);
    g_array_unref(facts->known);
    g_hash_table_unref(facts->known_at);
    g_free(facts);
}

VocName
voc_facts_intern(VocFacts *facts, VocSlice name)
{
    if (name.len == 0)
        return 0;
    char stack[256];
    g_autofree char *heap = name.len < sizeof stack ? NULL : voc_slice_dup(name);
    const char *key = heap;
    if (!heap) {
        memcpy(stack, name.data, name.len);
        stack[name.len] = '\0';
        key = stack;
    }
    gpointer found = g_hash_table_lookup(facts->numbers, key);
    if (found)
        return GPOINTER_TO_UINT(found);
    char *kept = g_string_chunk_insert(facts->chunk, key);
    VocName number = facts->names->len;
    g_ptr_array_add(facts->names, kept);
    g_hash_table_insert(facts->numbers, kept, GUINT_TO_POINTER(number));
    return number;
}

const char *
voc_facts_name(const VocFacts *facts, VocName name)
{
    return g_ptr_array_index(facts->names, name);
}

static guint64
keep(VocFacts *facts, VocSlice slice, gboolean nul)
{
    guint64 at = facts->bytes.len;
    voc_buffer_add_slice(&facts->bytes, slice);
    if (nul)
        voc_buffer_add_char(&facts->bytes, '\0');
    return at;
}

/* At most VOC_FACTS_TEXT_MAX bytes, ending with a whole character. */
static VocSlice
cut(VocSlice text)
{
    if (text.len <= VOC_FACTS_TEXT_MAX)
        return text;
    gsize len = VOC_FACTS_TEXT_MAX;
    while (len > 0 && (text.data[len] & 0xC0) == 0x80)
        len--;
    return voc_slice_of(text.data, len);
}

VocFact *
voc_facts_add(VocFacts *facts, VocSlice id, VocSlice source, VocSlice text)
{
    text = cut(text);
    VocFact fact = {.day = VOC_DAY_NONE,
                    .score = NAN,
                    .negative = NAN,
                    .positive = NAN,
                    .rating = {NAN, NAN, NAN, NAN},
                    .themes = facts->themes->len,
                    .cue_list = facts->cues->len,
                    .text_len = (guint32)text.len};
    fact.id = keep(facts, id, TRUE);
    fact.source = keep(facts, source, TRUE);
    fact.text = keep(facts, text, FALSE);
    memset(voc_buffer_reserve(&facts->bytes, PADDING), 0, PADDING);
    g_array_append_val(facts->rows, fact);
    return &g_array_index(facts->rows, VocFact, facts->rows->len - 1);
}

static VocFact *
last(VocFacts *facts)
{
    return &g_array_index(facts->rows, VocFact, facts->rows->len - 1);
}

void
voc_facts_add_theme(VocFacts *facts, VocFactTheme theme)
{
    if (last(facts)->n_themes == G_MAXUINT16)
        return;
    g_array_append_val(facts->themes, theme);
    last(facts)->n_themes++;
}

void
voc_facts_add_cue(VocFacts *facts, VocFactCue cue)
{
    if (last(facts)->n_cues == G_MAXUINT16)
        return;
    g_array_append_val(facts->cues, cue);
    last(facts)->n_cues++;
    last(facts)->cues |= (guint16)cue.cue;
}

void
voc_facts_describe_theme(VocFacts *facts, VocThemeFacts theme)
{
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(facts->known_at, GUINT_TO_POINTER(theme.id)));
    if (at) {
        g_array_index(facts->known, VocThemeFacts, at - 1) = theme;
        return;
    }
    g_array_append_val(facts->known, theme);
    g_hash_table_insert(facts->known_at, GUINT_TO_POINTER(theme.id), GUINT_TO_POINTER(facts->known->len));
}

const VocThemeFacts *
voc_facts_theme(const VocFacts *facts, VocName id)
{
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(facts->known_at, GUINT_TO_POINTER(id)));
    return at ? &g_array_index(facts->known, VocThemeFacts, at - 1) : NULL;
}

const char *
voc_facts_theme_name(const VocFacts *facts, VocName id, const char *lang)
{
    const VocThemeFacts *theme = voc_facts_theme(facts, id);
    if (!theme)
        return voc_facts_name(facts, id);
    gboolean finnish = g_str_equal(lang, "fi");
    VocName first = finnish ? theme->name_fi : theme->name_en,
            second = finnish ? theme->name_en : theme->name_fi;
    return voc_facts_name(facts, first ? first : second ? second : id);
}

void
voc_facts_set_rejected(VocFacts *facts, gint64 rejected)
{
    facts->rejected = rejected;
}

gint64
voc_facts_rejected(const VocFacts *facts)
{
    return facts->rejected;
}

gsize
voc_facts_count(const VocFacts *facts)
{
    return facts->rows->len;
}

const VocFact *
voc_facts_at(const VocFacts *facts, gsize row)
{
    return &g_array_index(facts->rows, VocFact, row);
}

VocSlice
voc_facts_text(const VocFacts *facts, const VocFact *fact)
{
    return voc_slice_of(facts->bytes.data + fact->text, fact->text_len);
}

const char *
voc_facts_id(const VocFacts *facts, const VocFact *fact)
{
    return facts->bytes.data + fact->id;
}

const char *
voc_facts_source(const VocFacts *facts, const VocFact *fact)
{
    return facts->bytes.data + fact->source;
}

const VocFactTheme *
voc_facts_themes(const VocFacts *facts, const VocFact *fact)
{
    return fact->n_themes ? &g_array_index(facts->themes, VocFactTheme, fact->themes) : NULL;
}

const VocFactCue *
voc_facts_cues(const VocFacts *facts, const VocFact *fact)
{
    return fact->n_cues ? &g_array_index(facts->cues, VocFactCue, fact->cue_list) : NULL;
}
